import { fromUtf8 } from '../ledger/bytes.ts';
import {
  checkCommitment,
  type Disclosure,
  type PatientReference,
  parseDisclosure,
} from '../ledger/commitment.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Sha256 } from '../ledger/hash.ts';
import { MAX_LINE_BYTES } from '../ledger/record.ts';
import type { Failures } from './failures.ts';
import { endsWithLine, MAX_UNREADABLE, splitLines } from './lines.ts';

const FILE = 'patients.jsonl';

/** Holds every disclosed identity against the commitments in the log. */
export class DisclosureCheck {
  readonly #sha: Sha256;
  readonly #failures: Failures;
  readonly #byRef = new Map<string, Disclosure>();
  readonly #unused = new Set<string>();
  readonly #wrong = new Set<string>();
  #unreadable = 0;

  constructor(sha: Sha256, failures: Failures, file: Uint8Array) {
    this.#sha = sha;
    this.#failures = failures;
    let line = 0;
    for (const bytes of splitLines(file)) {
      line += 1;
      this.#read(bytes, line);
      if (this.#unreadable >= MAX_UNREADABLE) {
        failures.add('parse', `What follows line ${line} of ${FILE} was not checked.`, { file: FILE });
        return;
      }
    }
    if (!endsWithLine(file)) failures.add('parse', `The last line of ${FILE} does not end.`, { file: FILE });
  }

  /** Number of disclosed identities that could be read. */
  get count(): number {
    return this.#byRef.size;
  }

  reference(patient: PatientReference, log: string, seq: number): void {
    const disclosure = this.#byRef.get(patient.ref);
    if (!disclosure || this.#wrong.has(patient.ref)) return;
    this.#unused.delete(patient.ref);
    try {
      checkCommitment(this.#sha, patient, disclosure);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.#wrong.add(patient.ref); // named once, at the first record that refers to it
      this.#failures.addError(error, { log, seq, file: FILE });
    }
  }

  /** Names what is disclosed and stands nowhere in the log. */
  finish(): void {
    for (const ref of this.#unused) {
      this.#failures.add('commitment', `No record refers to the disclosed patient ${ref}.`, { file: FILE });
    }
  }

  #read(bytes: Uint8Array, line: number): void {
    try {
      if (bytes.length > MAX_LINE_BYTES) {
        throw new LedgerError({ code: 'parse', message: 'The line is longer than 64 KiB.' });
      }
      const disclosure = parseDisclosure(fromUtf8(bytes));
      if (this.#byRef.has(disclosure.ref)) {
        throw new LedgerError({ code: 'commitment', message: 'A patient is disclosed twice.' });
      }
      this.#byRef.set(disclosure.ref, disclosure);
      this.#unused.add(disclosure.ref);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.#unreadable += 1;
      this.#failures.add(error.code, `Line ${line} of ${FILE}: ${error.message}`, { file: FILE });
    }
  }
}
