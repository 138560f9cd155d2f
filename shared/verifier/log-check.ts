import { fromBase64Url, fromUtf8, toHex, utf8 } from '../ledger/bytes.ts';
import { type ChainState, type EntryPlace, nextRecord, skipRecord, startChain } from '../ledger/chain.ts';
import { type PatientReference, patientReference } from '../ledger/commitment.ts';
import { LedgerError } from '../ledger/errors.ts';
import { GENESIS_PREV, type Hash, leafHash, type Sha256 } from '../ledger/hash.ts';
import type { Id } from '../ledger/ids.ts';
import { EMPTY_REGISTRY, foldKeys, type KeyRegistry, keyFor } from '../ledger/keys.ts';
import type { EarlierRecord } from '../ledger/part.ts';
import { MAX_LINE_BYTES, type ParsedRecord, parseRecord } from '../ledger/record.ts';
import { recordStatements } from '../ledger/statement.ts';
import type { Failures } from './failures.ts';
import type { SignatureQueue } from './signatures.ts';

export type LogCheckOptions = {
  /** `<ledger id>/<device id>`. */
  readonly log: string;
  readonly sha: Sha256;
  readonly queue: SignatureQueue;
  readonly failures: Failures;
  /** Ids of the whole ledger: one map for all of its logs. */
  readonly ids: Map<Id, EntryPlace>;
  /** First position of the part; 0 for a whole log. */
  readonly from?: number;
  /** Proven records before the part. */
  readonly earlier?: readonly EarlierRecord[];
  /** Told every record that could be read, the proven earlier ones first. */
  readonly onRecord?: (record: ParsedRecord, hash: Hash, place: 'earlier' | 'within') => void;
  readonly onPatient?: (patient: PatientReference, seq: number) => void;
};

/** One log, line by line: text, chain, keys and signatures. Synchronous but for the signatures, which are queued. */
export class LogCheck {
  readonly #options: LogCheckOptions;
  readonly #chain: ChainState;
  #registry: KeyRegistry = EMPTY_REGISTRY;
  /** Leaf hashes of the lines at hand, in order. */
  readonly leaves: Uint8Array[] = [];
  readonly earlierLeaves: Uint8Array[] = [];
  /** Leaf hash of seq 0, where the log or a proof has it. */
  genesis: Hash | undefined;
  signatures = 0;

  constructor(options: LogCheckOptions) {
    this.#options = options;
    const { log, sha, earlier = [], from = 0, ids } = options;
    const proven: [number, Hash][] = [];
    for (const { seq, line } of earlier) {
      const leaf = leafHash(sha, utf8(line));
      this.earlierLeaves.push(leaf);
      proven.push([seq, toHex(leaf)]);
    }
    this.#chain = startChain(log, { from, ids, proven });
    earlier.forEach(({ seq, line }, i) => {
      this.#takeEarlier(seq, line, proven[i]![1]);
    });
  }

  get device(): KeyRegistry['device'] {
    return this.#registry.device;
  }

  /** Leaf hash of the last line; 64 zeros where there is none. */
  get head(): Hash {
    const last = this.leaves.at(-1);
    return last ? toHex(last) : GENESIS_PREV;
  }

  /** Checks the next line, given without its newline. */
  takeLine(bytes: Uint8Array): void {
    const { sha, onRecord } = this.#options;
    const seq = this.#chain.next;
    const leaf = leafHash(sha, bytes);
    const hash = toHex(leaf);
    this.leaves.push(leaf);
    if (seq === 0) this.genesis = hash;
    const parsed = this.#read(bytes, seq);
    if (!parsed) return skipRecord(this.#chain, hash);
    const { log } = this.#options;
    const entryId = parsed.record.entry.id;
    for (const { code, message } of nextRecord(this.#chain, parsed, hash)) {
      this.#options.failures.add(code, message, { log, seq, entryId });
    }
    this.#checkPeople(parsed, seq);
    onRecord?.(parsed, hash, 'within');
  }

  #read(bytes: Uint8Array, seq: number): ParsedRecord | undefined {
    const { log, failures } = this.#options;
    if (bytes.length > MAX_LINE_BYTES) {
      failures.add('parse', 'The line is longer than 64 KiB.', { log, seq });
      return undefined;
    }
    return this.#try(seq, undefined, () => parseRecord(fromUtf8(bytes)));
  }

  #takeEarlier(seq: number, line: string, hash: Hash): void {
    const { log, failures, onRecord, ids } = this.#options;
    const parsed = this.#try(seq, undefined, () => parseRecord(line));
    if (!parsed) return;
    const { record } = parsed;
    const place = { log, seq, entryId: record.entry.id };
    if (record.seq !== seq)
      failures.add('sequence', 'The earlier record says another position than its proof.', place);
    if (record.log !== log) failures.add('link', 'The earlier record belongs to another log.', place);
    if (ids.has(record.entry.id)) failures.add('duplicate-id', 'The entry’s id is used twice.', place);
    else ids.set(record.entry.id, { log, seq });
    if (seq === 0) this.genesis = hash;
    this.#checkPeople(parsed, seq);
    onRecord?.(parsed, hash, 'earlier');
  }

  /** Keys, signatures, and the patient's commitment being one. */
  #checkPeople(parsed: ParsedRecord, seq: number): void {
    const { sha, log, queue, failures, onPatient } = this.#options;
    const { entry, signatures } = parsed.record;
    const entryId = entry.id;
    const place = { log, seq, entryId };
    this.#try(seq, entryId, () => {
      this.#registry = foldKeys(this.#registry, sha, parsed.record);
    });
    this.#try(seq, entryId, () => {
      const patient = patientReference(entry.body);
      if (patient) onPatient?.(patient, seq);
    });
    const statements = recordStatements(sha, parsed);
    for (let i = 0; i < signatures.length; i += 1) {
      const { as, by, key, sig } = signatures[i]!;
      const answer = keyFor(this.#registry, by, key, parsed.record.seq, i === 0 ? 'performer' : 'further');
      if (!answer.ok) {
        failures.add(answer.code, KEY_MESSAGES[answer.code], place);
        continue;
      }
      this.signatures += 1;
      const task = { publicKey: answer.publicKey, signature: fromBase64Url(sig), message: statements[i]! };
      queue.add(task, () => {
        failures.add('signature', `The signature of the ${as} does not fit the entry.`, place);
      });
    }
  }

  #try<T>(seq: number, entryId: Id | undefined, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const { log, failures } = this.#options;
      failures.addError(error, { log, seq, ...(entryId === undefined ? {} : { entryId }) });
      return undefined;
    }
  }
}

const KEY_MESSAGES = {
  'unknown-key': 'It is signed with a key that no earlier record enrols for that person.',
  'revoked-key': 'It is signed with a key that an earlier record revokes.',
} as const;
