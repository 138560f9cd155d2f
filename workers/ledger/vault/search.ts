import type { State } from '../../../shared/domain/state.ts';
import type { PatientDetails } from '../../../shared/protocol/ledger.ts';
import type { FoundPatient, FoundPatients, PatientAct } from '../../../shared/protocol/vault.ts';
import { nameOf } from '../queries/words.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { StoredRecord } from '../store/rows.ts';
import { matches, queryWords, sameness, searchWords } from './match.ts';
import { type NamedDraw, namedDraws } from './patients.ts';
import { type OpenVault, readPatient } from './vault.ts';

/** Draws that are looked into for one answer: few enough that the answer does not keep anybody waiting. */
const CHUNK = 200;
/** Patients in one answer. More are nothing that anybody reads. */
const SHOWN = 30;

type Known = { details: PatientDetails; words: string[]; draws: NamedDraw[] };

/**
 * The patients of the log, decrypted into memory as they are asked for, newest first. It is dropped with the session
 * that it was made for; nothing of it is ever written down.
 */
export class PatientIndex {
  readonly #vault: OpenVault;
  readonly #byRef = new Map<string, Known | null>();
  readonly #known = new Map<string, Known>();
  /** The draws that have been looked into stand in `bottom <= seq < top`. */
  #bottom = 0;
  #top = 0;
  #read = 0;
  #started = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(vault: OpenVault) {
    this.#vault = vault;
  }

  /** Looks a little further into the log, and answers with what is known so far. */
  find(db: LedgerDatabase, state: State, query: string): Promise<FoundPatients> {
    const next = this.#turn.then(
      () => this.#find(db, state, query),
      () => this.#find(db, state, query),
    );
    this.#turn = next;
    return next;
  }

  async #find(db: LedgerDatabase, state: State, query: string): Promise<FoundPatients> {
    await this.#readOn(db, state.seq + 1);
    const words = queryWords(query);
    const found =
      words.length === 0 ? [] : [...this.#known.values()].filter((one) => matches(one.words, words));
    const newest = ({ draws }: Known) => draws[0]?.row.seq ?? 0;
    found.sort((a, b) => newest(b) - newest(a));
    const shown = found.slice(0, SHOWN);
    const undone = await undoneAmong(db, shown);
    const of = this.#bottom === 0 ? this.#read : await countDraws(db);
    const damaged = [...this.#byRef.values()].filter((one) => one === null).length;
    const patients = shown.map((one) => describe(state, one, undone));
    return { patients, total: found.length, read: this.#read, of, damaged };
  }

  /** What is new since the last look, and one more piece of what is older. */
  async #readOn(db: LedgerDatabase, size: number): Promise<void> {
    if (!this.#started) {
      this.#started = true;
      this.#bottom = size;
      this.#top = size;
    }
    if (size > this.#top) {
      await this.#take(
        db,
        await newestDraws(db, { from: this.#top, to: size, limit: Number.POSITIVE_INFINITY }),
      );
      this.#top = size;
    }
    if (this.#bottom === 0) return;
    const rows = await newestDraws(db, { from: 0, to: this.#bottom, limit: CHUNK });
    await this.#take(db, rows);
    this.#bottom = rows.length < CHUNK ? 0 : (rows.at(-1)?.seq ?? 0);
  }

  async #take(db: LedgerDatabase, rows: readonly StoredRecord[]): Promise<void> {
    const draws = namedDraws(rows);
    await this.#open(
      db,
      draws.map(({ ref }) => ref).filter((ref) => !this.#byRef.has(ref)),
    );
    const grown = new Set<Known>();
    for (const draw of draws) {
      const known = this.#byRef.get(draw.ref);
      known?.draws.push(draw);
      if (known) grown.add(known);
    }
    for (const known of grown) known.draws.sort((a, b) => b.row.seq - a.row.seq);
    this.#read += rows.length;
  }

  async #open(db: LedgerDatabase, refs: readonly string[]): Promise<void> {
    const kept = (await db.vault.bulkGet([...new Set(refs)])).filter((row) => row !== undefined);
    const opened = await Promise.all(
      kept.map(async (row) => ({
        ref: row.ref,
        read: await readPatient(this.#vault, row).catch(() => null),
      })),
    );
    for (const { ref, read } of opened) {
      if (!read) {
        this.#byRef.set(ref, null);
        continue;
      }
      const key = sameness(read.details);
      // A consultation is one act's: it finds the patient, and is not said of all the others.
      const { consultation, ...details } = read.details;
      const known: Known = this.#known.get(key) ?? { details, words: [], draws: [] };
      known.words.push(...searchWords(read.details).filter((word) => !known.words.includes(word)));
      this.#known.set(key, known);
      this.#byRef.set(ref, known);
    }
  }
}

const newestDraws = (
  db: LedgerDatabase,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<StoredRecord[]> =>
  db.records
    .where('[type+seq]')
    .between(['draw', from], ['draw', to], true, false)
    .reverse()
    .limit(limit)
    .toArray();

const countDraws = (db: LedgerDatabase): Promise<number> =>
  db.records.where('[type+seq]').between(['draw', 0], ['draw', Number.MAX_SAFE_INTEGER]).count();

async function undoneAmong(db: LedgerDatabase, found: readonly Known[]): Promise<Set<string>> {
  const ids = found.flatMap(({ draws }) => draws.map(({ row }) => row.entryId));
  const later = await db.records.where('refs').anyOf(ids).toArray();
  return new Set(later.filter(({ type }) => type === 'reversal').flatMap(({ refs }) => refs));
}

function describe(state: State, { details, draws }: Known, undone: ReadonlySet<string>): FoundPatient {
  const acts = draws.map(({ row, body }): PatientAct => {
    const { seq, entryId, at, by } = row;
    const container = state.containers[body.container];
    const product = container && state.products[container.product];
    return {
      ...{
        seq,
        entryId,
        at,
        container: body.container,
        drawn: body.drawn,
        given: body.given,
        unit: body.unit,
      },
      ...{ number: container?.number ?? '', product: product?.name ?? '', byName: nameOf(state, by) },
      reversed: undone.has(entryId),
    };
  });
  return { details, acts };
}
