import { retentionYears } from '../../../shared/domain/policy/combine.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { ErasurePlan } from '../../../shared/protocol/vault.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import { drawsIn, namedDraws, namedSince } from './patients.ts';

/**
 * Destroying identities after retention. The log decides: `patients.erased` says before when, and whatever no record
 * since then names is deleted, at once or when the ledger is opened the next time. The commitments in the records stay
 * and go on verifying; only nobody can open them any more.
 */

/** What an erasure would destroy now. */
export async function erasurePlan(context: Context, before?: string): Promise<ErasurePlan> {
  const { db, projection, now } = context;
  const { state } = await projection.catchUp();
  const years = retentionYears(state.policy).value;
  const limit = new Date(now());
  limit.setUTCFullYear(limit.getUTCFullYear() - years);
  const latest = formatTime(limit.getTime());
  const until = before ?? latest;
  const [refs, drafts, all] = await Promise.all([
    refsBefore(db, until),
    draftsBefore(db, until),
    db.vault.count(),
  ]);
  return {
    ...{ before: until, latest, years, patients: refs.length },
    ...{ staying: all - refs.length, drafts: drafts.length },
  };
}

/** References in the vault that records before that time name, and none since. */
async function refsBefore(db: LedgerDatabase, before: string): Promise<string[]> {
  const from = await firstSince(db, before);
  const old = new Set(namedDraws(await drawsIn(db, 0, from)).map(({ ref }) => ref));
  if (old.size === 0) return [];
  const staying = await namedSince(db, from);
  const gone = [...old].filter((ref) => !staying.has(ref));
  return db.vault.where('ref').anyOf(gone).primaryKeys();
}

const draftsBefore = async (db: LedgerDatabase, before: string): Promise<string[]> =>
  (await db.drafts.toArray()).filter(({ startedAt }) => startedAt < before).map(({ entryId }) => entryId);

/** The number of the first record of that time or later. Records stand in the order of `recorded`. */
export async function firstSince(db: LedgerDatabase, time: string): Promise<number> {
  let [low, high] = [0, await db.records.count()];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await db.records.get(middle);
    if (row && row.recorded < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Why this many patients cannot be erased, or `null`: the record has to say what is done. */
export async function whyNotErased(
  { db }: Pick<Context, 'db'>,
  { before, patients }: { before: string; patients: number },
): Promise<string | null> {
  const { length } = await refsBefore(db, before);
  if (length === patients) return null;
  return `There are ${length} patients to erase now, not ${patients}. Look at the number again and sign anew.`;
}

/** Carries out what the log says and this device has not done yet. */
export async function carryOutErasures({ db, announce }: Context): Promise<void> {
  const last = await db.meta.get('erased');
  const from = last?.key === 'erased' ? last.seq + 1 : 0;
  const due = await db.records
    .where('[type+seq]')
    .between(['patients.erased', from], ['patients.erased', Number.MAX_SAFE_INTEGER])
    .toArray();
  for (const row of due) {
    const entry = readStored(row)?.fold.entry;
    if (entry?.type !== 'patients.erased') continue;
    await erase(db, entry.body.before, row.seq);
    announce({ kind: 'drafts' });
  }
}

async function erase(db: LedgerDatabase, before: string, seq: number): Promise<void> {
  const [refs, drafts] = await Promise.all([refsBefore(db, before), draftsBefore(db, before)]);
  await db.transaction('rw', db.vault, db.drafts, db.meta, async () => {
    await db.vault.bulkDelete(refs);
    await db.drafts.bulkDelete(drafts);
    await db.meta.put({ key: 'erased', seq });
  });
}
