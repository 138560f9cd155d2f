import { type Assertion, readAssertion } from '../ledger/assertion.ts';
import { fromBase64Url, fromUtf8, toHex, utf8 } from '../ledger/bytes.ts';
import {
  type ChainState,
  type EntryPlace,
  goOnAt,
  nextRecord,
  skipRecord,
  startChain,
} from '../ledger/chain.ts';
import { type PatientReference, patientReference } from '../ledger/commitment.ts';
import { credentialFor } from '../ledger/credentials.ts';
import { LedgerError } from '../ledger/errors.ts';
import { GENESIS_PREV, type Hash, leafHash, type Sha256 } from '../ledger/hash.ts';
import type { Id } from '../ledger/ids.ts';
import { EMPTY_REGISTRY, foldKeys, type KeyRegistry, keyFor, type SignaturePlace } from '../ledger/keys.ts';
import type { EarlierRecord } from '../ledger/part.ts';
import {
  isSignedLate,
  MAX_LINE_BYTES,
  type ParsedRecord,
  parseRecord,
  type Signature,
} from '../ledger/record.ts';
import { recordStatements } from '../ledger/statement.ts';
import type { Failures } from './failures.ts';
import { MAX_UNREADABLE } from './lines.ts';
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

type RecordPlace = { readonly log: string; readonly seq: number; readonly entryId: Id };

/** One log, line by line: text, chain, keys and signatures. Synchronous but for the signatures, which are queued. */
export class LogCheck {
  readonly #options: LogCheckOptions;
  readonly #chain: ChainState;
  #registry: KeyRegistry = EMPTY_REGISTRY;
  /** Records that could not be read, or whose keys or patient could not. */
  broken = 0;
  /** Leaf hashes of the lines at hand, in order. */
  readonly leaves: Uint8Array[] = [];
  readonly earlierLeaves: Uint8Array[] = [];
  /** Leaf hashes that proven earlier records give: their own, and that of the record before each. */
  readonly #earlier = new Map<number, Hash>();
  /** Leaf hash of seq 0, where the log or a proof has it. */
  genesis: Hash | undefined;
  signatures = 0;
  /** Second factors beside them. */
  factors = 0;

  constructor(options: LogCheckOptions) {
    this.#options = options;
    const { log, earlier = [], from = 0, ids } = options;
    this.#chain = startChain(log, ids);
    for (const { seq, line } of earlier) {
      goOnAt(this.#chain, seq);
      this.earlierLeaves.push(this.#take(utf8(line), 'earlier'));
    }
    goOnAt(this.#chain, from);
  }

  get device(): KeyRegistry['device'] {
    return this.#registry.device;
  }

  /** Leaf hash of the last line; 64 zeros where there is none. */
  get head(): Hash {
    const last = this.leaves.at(-1);
    return last ? toHex(last) : GENESIS_PREV;
  }

  /** Whether so much is broken that the lines that are left are not worth reading. */
  get hopeless(): boolean {
    return this.broken >= MAX_UNREADABLE;
  }

  /** Leaf hash of the record at a position, where it is at hand, proven, or named by the `prev` of one that is. */
  leafAt(seq: number): Hash | undefined {
    const leaf = this.leaves[seq - (this.#options.from ?? 0)];
    return leaf ? toHex(leaf) : this.#earlier.get(seq);
  }

  /** Checks the next line, given without its newline. */
  takeLine(bytes: Uint8Array): void {
    this.leaves.push(this.#take(bytes, 'within'));
  }

  /** Checks a line, whose leaf hash it answers with. */
  #take(bytes: Uint8Array, place: 'earlier' | 'within'): Uint8Array {
    const { sha, log, failures, onRecord, from = 0 } = this.#options;
    const seq = this.#chain.next;
    const leaf = leafHash(sha, bytes);
    const hash = toHex(leaf);
    if (seq === 0) this.genesis = hash;
    if (seq < from) this.#earlier.set(seq, hash);
    const parsed = this.#read(bytes, seq);
    if (!parsed) {
      skipRecord(this.#chain, hash);
      return leaf;
    }
    const { prev, entry } = parsed.record;
    if (seq <= from && seq > 0 && !this.#earlier.has(seq - 1)) this.#earlier.set(seq - 1, prev);
    for (const { code, message } of nextRecord(this.#chain, parsed, hash)) {
      failures.add(code, message, { log, seq, entryId: entry.id });
    }
    const placed = atPlace(parsed, seq);
    this.#checkPeople(placed, seq);
    onRecord?.(placed, hash, place);
    return leaf;
  }

  #read(bytes: Uint8Array, seq: number): ParsedRecord | undefined {
    return this.#try(seq, undefined, () => {
      if (bytes.length > MAX_LINE_BYTES) {
        throw new LedgerError({ code: 'parse', message: 'The line is longer than 64 KiB.' });
      }
      return parseRecord(fromUtf8(bytes));
    });
  }

  /** Keys, signatures, and the patient's commitment being one. */
  #checkPeople(parsed: ParsedRecord, seq: number): void {
    const { sha, log, failures, onPatient } = this.#options;
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
    if (signatures.some((signature) => isSignedLate(signature, parsed.record))) {
      failures.add('time-order', 'A signature is dated later than the record that holds it.', place);
    }
    const statements = recordStatements(sha, parsed);
    for (let i = 0; i < signatures.length; i += 1) {
      const signature = signatures[i]!;
      this.#checkSignature(signature, i === 0 ? 'performer' : 'further', statements[i]!, place);
      if (signature.assertion) this.#checkFactor(signature, signature.assertion, statements[i]!, place);
    }
  }

  #checkSignature(
    { as, by, key, sig }: Signature,
    where: SignaturePlace,
    message: Uint8Array,
    place: RecordPlace,
  ): void {
    const { failures, queue } = this.#options;
    const answer = keyFor(this.#registry, by, key, place.seq, where);
    if (!answer.ok) {
      failures.add(answer.code, KEY_MESSAGES[answer.code], place);
      return;
    }
    this.signatures += 1;
    const { publicKey } = answer;
    queue.add({ algorithm: 'Ed25519', publicKey, signature: fromBase64Url(sig), message }, () => {
      failures.add('signature', `The signature of the ${as} does not fit the entry.`, place);
    });
  }

  #checkFactor({ as, by }: Signature, assertion: Assertion, statement: Uint8Array, place: RecordPlace): void {
    const { sha, failures, queue } = this.#options;
    const answer = credentialFor(this.#registry.credentials, by, assertion.credential, place.seq);
    if (!answer.ok) {
      failures.add(answer.code, FACTOR_MESSAGES[answer.code], place);
      return;
    }
    const read = readAssertion(sha, assertion, answer.credential, statement);
    if (!read.ok) {
      failures.add('signature', read.message, place);
      return;
    }
    this.factors += 1;
    queue.add(read.task, () => {
      failures.add('signature', `The second factor of the ${as} does not fit the signature.`, place);
    });
  }

  #try<T>(seq: number, entryId: Id | undefined, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const { log, failures } = this.#options;
      this.broken += 1;
      failures.addError(error, { log, seq, ...(entryId === undefined ? {} : { entryId }) });
      return undefined;
    }
  }
}

/** The record by its place in the file, whatever position it says itself. */
function atPlace(parsed: ParsedRecord, seq: number): ParsedRecord {
  return parsed.record.seq === seq ? parsed : { ...parsed, record: { ...parsed.record, seq } };
}

const KEY_MESSAGES = {
  'unknown-key': 'It is signed with a key that no earlier record enrols for that person.',
  'revoked-key': 'It is signed with a key that an earlier record revokes.',
} as const;

const FACTOR_MESSAGES = {
  'unknown-key': 'It holds a second factor that no earlier record adds for that person.',
  'revoked-key': 'It holds a second factor that an earlier record, or this one, removes.',
} as const;
