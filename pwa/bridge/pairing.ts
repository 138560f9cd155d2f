import * as v from 'valibot';
import { EXTENSION_ID } from '../../shared/protocol/bridge.ts';
import type { LedgerService } from '../../shared/protocol/ledger.ts';

/**
 * Who asks to be let at the ledger, and the person's answer. The asks are kept in `localStorage`, where the app's tabs
 * see them (`storage` events); the approved ids are a setting of the ledger's own store.
 */
export type PairingAsk = {
  /** The extension's id. */
  id: string;
  /** Six digits, shown in the extension and in the app, so that a person approves the one that they mean. */
  code: string;
  at: string;
};

export type AskStorage = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};
export type PairingSettings = Pick<LedgerService, 'setting' | 'setSetting'>;

export const ASKS_KEY = 'countersign.pairing-asks';
/** An ask is forgotten after a day, and there are never many: an extension cannot fill the storage by asking. */
const GOOD_FOR = 24 * 60 * 60 * 1000;
const AT_MOST = 5;

const asksSchema = v.array(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(EXTENSION_ID)),
    code: v.pipe(v.string(), v.regex(/^\d{6}$/)),
    at: v.pipe(v.string(), v.isoTimestamp()),
  }),
);

/** The asks that nobody has answered, oldest first. `now` in milliseconds. */
export function readAsks(storage: AskStorage, now: number): PairingAsk[] {
  try {
    const asks = v.parse(asksSchema, JSON.parse(storage.getItem(ASKS_KEY) ?? '[]'));
    return asks.filter(({ at }) => now - Date.parse(at) < GOOD_FOR).slice(-AT_MOST);
  } catch {
    return [];
  }
}

/** Notes that an extension asks, and gives the code to show. It stays the same until it is answered or a day old. */
export function noteAsk(storage: AskStorage, id: string, now: number, random: Uint32Array): PairingAsk {
  const asks = readAsks(storage, now);
  const known = asks.find((ask) => ask.id === id);
  if (known) return known;
  const code = String((random[0] ?? 0) % 1_000_000).padStart(6, '0');
  const ask = { id, code, at: new Date(now).toISOString() };
  storage.setItem(ASKS_KEY, JSON.stringify([...asks.slice(1 - AT_MOST), ask]));
  return ask;
}

/** Takes an ask away: it was answered. */
function forgetAsk(storage: AskStorage, id: string, now: number): void {
  const left = readAsks(storage, now).filter((ask) => ask.id !== id);
  if (left.length === 0) storage.removeItem(ASKS_KEY);
  else storage.setItem(ASKS_KEY, JSON.stringify(left));
}

/** A person lets the extension at the ledger of this device. */
export async function approve(
  settings: PairingSettings,
  storage: AskStorage,
  id: string,
  now: number,
): Promise<void> {
  const paired = await settings.setting('pairedExtensions');
  if (!paired.includes(id)) await settings.setSetting('pairedExtensions', [...paired, id]);
  forgetAsk(storage, id, now);
}

/** A person takes it back; the extension's bridge hears of it at once. */
export async function unpair(settings: PairingSettings, id: string): Promise<void> {
  const paired = await settings.setting('pairedExtensions');
  await settings.setSetting(
    'pairedExtensions',
    paired.filter((one) => one !== id),
  );
}

/** Tells of every change of the asks by another page. Gives back what ends the telling. */
export function onAsks(heard: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === ASKS_KEY || event.key === null) heard();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
