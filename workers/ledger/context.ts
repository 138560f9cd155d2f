import { type Bytes, fromBase64Url } from '../../shared/ledger/bytes.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { loadSha256, type Sha256 } from '../../shared/ledger/hash.ts';
import type { SignatureVerifiers } from '../../shared/ledger/verify-signature.ts';
import { CHANGE_CHANNEL, type ChangeNotice } from '../../shared/protocol/ledger.ts';
import { createGate, type Gate } from './gate/append.ts';
import { type GateEffects, webLock } from './gate/effects.ts';
import { type Projector, projector } from './gate/projection.ts';
import { snapshotsIn } from './gate/snapshots.ts';
import { deviceSigner } from './keys/device.ts';
import { Sessions } from './keys/sessions.ts';
import { parseNotice } from './parse.ts';
import { LedgerDatabase } from './store/database.ts';
import { logStore } from './store/log-store.ts';
import type { DeviceRow } from './store/rows.ts';

/** What the parts of the service share. */
export type Context = SignatureVerifiers & {
  db: LedgerDatabase;
  sha: Sha256;
  effects: GateEffects;
  projection: Projector;
  gate: Gate;
  sessions: Sessions;
  now(): number;
  announce(notice: ChangeNotice): void;
  /** Tells what other tabs announce; what this one does it knows. */
  onNotice(listener: (notice: ChangeNotice) => void): void;
};

export type ServiceOptions = {
  /** Name of the database, and of the lock and the channel that go with it. */
  name?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Puts other effects under the gate. */
  effects?: (effects: GateEffects) => GateEffects;
};

export const DATABASE = 'countersign';

/** Puts the parts together over one database. Nothing is opened yet. */
export async function createContext(options: ServiceOptions = {}): Promise<Context> {
  const { name = DATABASE, now = Date.now, effects: adapt = (given) => given } = options;
  const own = name === DATABASE;
  const db = new LedgerDatabase(name);
  const sha = await loadSha256();
  const verify = webCryptoEd25519(crypto.subtle);
  const verifyEs256 = webCryptoEs256(crypto.subtle);
  const channel = new BroadcastChannel(own ? CHANGE_CHANNEL : `${CHANGE_CHANNEL} ${name}`);
  const announce = (notice: ChangeNotice) => channel.postMessage(notice);
  const onNotice = (listener: (notice: ChangeNotice) => void) =>
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const notice = parseNotice(data);
      if (notice) listener(notice);
    });
  const effects = adapt({
    ...{ store: logStore(db), locked: webLock(own ? 'ledger' : `ledger ${name}`) },
    ...{ now, random, announce, verify, verifyEs256, sha },
    device: async () => {
      const row = await deviceRow(db);
      return row ? deviceSigner(sha, row) : null;
    },
  });
  const projection = projector(effects.store, sha, snapshotsIn(db));
  const gate = createGate(effects, projection);
  return {
    ...{ db, sha, verify, verifyEs256, effects, projection, gate },
    ...{ sessions: new Sessions(now), now, announce, onNotice },
  };
}

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const deviceRow = (db: LedgerDatabase): Promise<DeviceRow | undefined> => db.device.get('this');

export const devicePublicKey = (row: DeviceRow): Bytes => fromBase64Url(row.publicKey);
