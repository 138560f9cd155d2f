import { type DomainEntry, parseEntry } from '../../../shared/domain/entries.ts';
import { judge } from '../../../shared/domain/judge.ts';
import { GENESIS_PREV } from '../../../shared/ledger/hash.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import type { AppendInput, Receipt, SignedStatement } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome, type Refusal, refused } from '../../../shared/protocol/outcome.ts';
import type { HeadRow, StoredRecord } from '../store/rows.ts';
import type { GateEffects } from './effects.ts';
import type { Projector } from './projection.ts';
import { asJudged, foldRecordOf } from './read-record.ts';
import { refusalOf } from './refusals.ts';
import {
  checkSignatures,
  compose,
  gatherTarget,
  holdsEntry,
  receiptOf,
  recordedTime,
  rowsOf,
  standsWritten,
} from './steps.ts';

export type Gate = {
  /** Takes a signed entry into the log. Never throws. */
  append(input: AppendInput): Promise<Outcome<Receipt>>;
  /** The same for a caller that holds the lock already. */
  appendHeld(input: AppendInput): Promise<Outcome<Receipt>>;
};

type Act = { entry: DomainEntry; signatures: readonly SignedStatement[] };
type Taken = { row: StoredRecord; fresh: boolean };

/** A slip of the clock smaller than this is held without a word. */
const CLOCK_SLACK_MS = 2_000;

/** The only way into the log: lock, read the head again, check, write, read back, let go, tell the others. */
export function createGate(effects: GateEffects, projection: Projector): Gate {
  const run = async (input: AppendInput, locked: GateEffects['locked']): Promise<Outcome<Receipt>> => {
    const parsed = parseEntry(input.entry);
    if (!parsed.ok) return refused('schema', `${parsed.where}: ${parsed.message}`);
    const act = { entry: parsed.entry, signatures: input.signatures };
    try {
      const taken = await locked(() => take(effects, projection, act));
      if (!taken.ok) return taken;
      tell(effects, taken.value);
      return done(receiptOf(taken.value.row));
    } catch (error) {
      return { ok: false, refusal: refusalOf(error, 'before') };
    }
  };
  return {
    append: (input) => run(input, effects.locked),
    appendHeld: (input) => run(input, (work) => work()),
  };
}

/** A tab that cannot be told finds the record by itself at its next look; the record stands either way. */
function tell({ announce }: GateEffects, { row, fresh }: Taken): void {
  if (!fresh) return;
  const { seq, hash, entryId, type } = row;
  try {
    announce({ kind: 'appended', seq, hash, entryId, type });
  } catch {
    return;
  }
}

async function take(effects: GateEffects, projection: Projector, act: Act): Promise<Outcome<Taken>> {
  const { store, now } = effects;
  const { id, after, type } = act.entry;
  const [twin, found, seen] = await Promise.all([store.byEntry(id), store.head(), store.byHash(after)]);
  if (twin) {
    if (holdsEntry(twin, act.entry)) return done({ row: twin, fresh: false });
    return refused(
      'duplicate-id',
      'Another entry was saved under this id. Close the form and fill it in again.',
    );
  }
  if (found ? !seen : type === 'ledger.created' && after !== GENESIS_PREV) {
    return refused(
      'stale',
      'The entry was made on a screen that this ledger does not know. Reload and try again.',
    );
  }
  let head = found;
  const clock = recordedTime(head, now());
  if (head && clock.behindMs > CLOCK_SLACK_MS && head.heldAt === undefined) {
    const noted = await noteClock(effects, projection, head, now());
    if (!noted.ok) return noted;
    head = await store.head();
  }
  return write(effects, projection, head, act);
}

/** Says in the log that the clock went back, once for as long as the log is held at the same time. */
async function noteClock(
  effects: GateEffects,
  projection: Projector,
  head: HeadRow,
  nowMs: number,
): Promise<Outcome<Taken>> {
  const device = await effects.device();
  if (!device)
    return refused('no-key', 'This device has lost its own key. Export the ledger and ask for help.');
  const heldAt = head.recorded;
  const deviceClock = new Date(nowMs).toISOString();
  const parsed = parseEntry({
    id: newId(nowMs, effects.random(10)),
    type: 'clock.anomaly',
    at: deviceClock,
    after: head.hash,
    by: device.id,
    body: { deviceClock, heldAt },
  });
  if (!parsed.ok) return refused('schema', parsed.message);
  const { entry } = parsed;
  return write(effects, projection, head, { entry, signatures: [await device.sign(entry, deviceClock)] });
}

async function write(
  effects: GateEffects,
  projection: Projector,
  head: HeadRow | null,
  act: Act,
): Promise<Outcome<Taken>> {
  const { store, now } = effects;
  const { entry, signatures } = act;
  const { state, registry } = await projection.catchUp(head);
  const { recorded, behindMs } = recordedTime(head, now());
  const target = await gatherTarget(store, entry);
  const findings = judge(state, {
    ...{ entry, signatures: signatures.map(asJudged), recorded, device: head?.device ?? '' },
    ...(target === undefined ? {} : { target }),
  });
  const against = findings.find((finding) => finding.severity === 'refuse');
  if (against) return refused(against.code, against.message);
  const parsed = compose(effects, head, recorded, act);
  const unsigned = await checkSignatures(effects, registry, parsed);
  if (unsigned) return { ok: false, refusal: unsigned };
  const heldAt = behindMs > CLOCK_SLACK_MS ? recorded : undefined;
  const rows = rowsOf(effects, head, parsed, { entry, flags: findings, heldAt });
  const taken = await commit(effects, rows);
  const read = { record: parsed.record, fold: foldRecordOf(parsed.record, rows.record.hash, entry) };
  if (taken.ok) await projection.take(read, target?.entry);
  return taken;
}

/** Writes and reads back. Where the answer of the write was lost, the database itself says whether it happened. */
async function commit({ store }: GateEffects, rows: ReturnType<typeof rowsOf>): Promise<Outcome<Taken>> {
  const fail = (refusal: Refusal): Outcome<Taken> => ({ ok: false, refusal });
  try {
    await store.commit(rows);
  } catch (error) {
    const there = await store.byEntry(rows.record.entryId).catch(() => undefined);
    if (there?.line !== rows.record.line) return fail(refusalOf(error, 'commit'));
  }
  try {
    if (await standsWritten(store, rows)) return done({ row: rows.record, fresh: true });
  } catch (error) {
    return fail(refusalOf(error, 'read-back'));
  }
  return fail(refusalOf(undefined, 'read-back'));
}
