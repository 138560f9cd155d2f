import { parseEntry } from '../../shared/domain/entries.ts';
import { GENESIS_PREV } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import type { CreateLedger, Receipt } from '../../shared/protocol/ledger.ts';
import { type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { type Context, random } from './context.ts';
import { refusalOf } from './gate/refusals.ts';
import { makeDevice } from './keys/device.ts';
import { makePerson } from './keys/person.ts';
import { weaknessOf } from './keys/pin.ts';
import { signEntry } from './keys/sign.ts';
import type { DeviceRow, KeyRow } from './store/rows.ts';
import { shareVaultKey } from './vault/vault.ts';

/** Said to the second of two tabs that both stood at the first run. */
export const ALREADY_STARTED = refused<never>(
  'already-started',
  'A ledger was started on this computer already, perhaps in another tab. Reload this page to open it.',
);

/** Starts a ledger in an empty store: this computer's keys, the registrant's keys, the first record. */
export async function createLedger(
  context: Context,
  input: CreateLedger,
  { demo }: { demo: boolean },
): Promise<Outcome<Receipt>> {
  const weakness = weaknessOf(input.registrant.pin);
  if (weakness) return refused('weak-pin', weakness);
  if (!isTimeZone(input.facility.timeZone))
    return refused(
      'schema',
      `"${input.facility.timeZone}" is not a time zone. Pick one, like America/Denver.`,
    );
  try {
    return await context.effects.locked(() => begin(context, input, demo));
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, 'before') };
  }
}

async function begin(context: Context, input: CreateLedger, demo: boolean): Promise<Outcome<Receipt>> {
  const { db, sha, gate, effects, now } = context;
  if (await effects.store.head()) return ALREADY_STARTED;
  const id = () => newId(now(), random(10));
  const ids = { ledger: id(), device: id() };
  const { row: device, vaultPrivate } = await makeDevice(ids);
  const { row: registrant, keys } = await makePerson(id(), input.registrant.pin, {
    mixKey: device.mixKey,
    sha,
  });
  const at = formatTime(now());
  const parsed = parseEntry({
    ...{ id: id(), type: 'ledger.created', at, after: GENESIS_PREV, by: registrant.staff },
    body: {
      ledger: ids.ledger,
      device: { id: ids.device, publicKey: device.publicKey, name: input.deviceName },
      registrant: { id: registrant.staff, name: input.registrant.name, publicKey: registrant.publicKey },
      ...{ facility: input.facility, policy: input.policy, demo },
    },
  });
  if (!parsed.ok) return refused('schema', `${parsed.where}: ${parsed.message}`);
  await settleKeys(context, device, registrant);
  await shareVaultKey(db, vaultPrivate, registrant);
  vaultPrivate.fill(0);
  const signed = await signEntry(sha, parsed.entry, { key: keys, as: 'performer', at, ledger: ids.ledger });
  return gate.appendHeld({ entry: parsed.entry, signatures: [signed] });
}

/** Whatever an attempt that came to nothing has left behind goes first: no log, so no key of it signed anything. */
async function settleKeys({ db }: Context, device: DeviceRow, registrant: KeyRow): Promise<void> {
  const tables = [db.device, db.keys, db.vaultKeys, db.vault, db.snapshots, db.lockouts, db.nodes, db.meta];
  await db.transaction('rw', tables, async () => {
    for (const table of tables) await table.clear();
    await db.device.put(device);
    await db.keys.put(registrant);
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
