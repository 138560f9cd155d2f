import { equalBytes, utf8 } from '../ledger/bytes.ts';
import type { LogRow } from './log-rows.ts';

/** `log.csv`: RFC 4180 with CRLF, UTF-8 without a byte order mark, one heading row. */

const COLUMNS = [
  ['Date of act (UTC)', (row) => text(row.at)],
  ['Recorded (UTC)', (row) => text(row.recorded)],
  ['Container', (row) => text(row.number)],
  ['Drug', (row) => text(row.drug)],
  ['Strength', (row) => text(row.strength)],
  ['Schedule', (row) => text(row.schedule)],
  ['Form', (row) => text(row.form)],
  ['NDC', (row) => text(row.ndc)],
  ['Lot', (row) => text(row.lot)],
  ['Expires', (row) => text(row.expires)],
  ['Act', (row) => text(row.act)],
  ['Quantity', (row) => row.quantity],
  ['Change', (row) => row.change],
  ['Balance', (row) => row.balance],
  ['Unit', (row) => text(row.unit)],
  ['By', (row) => text(row.by)],
  ['Witness', (row) => text(row.witness)],
  ['Patient reference', (row) => text(row.patient)],
  ['Note', (row) => text(row.note)],
  ['Device', (row) => text(row.log.split('/')[1] ?? '')],
  ['Record', (row) => String(row.seq)],
  ['Record hash', (row) => text(row.hash.slice(0, 16))],
] as const satisfies readonly (readonly [string, (row: LogRow) => string])[];

/** The heading row, with its line end. */
export const CSV_HEADING = `${COLUMNS.map(([heading]) => heading).join(',')}\r\n`;

/** One row, with its line end. */
export function csvLine(row: LogRow): string {
  return `${COLUMNS.map(([, cell]) => cell(row)).join(',')}\r\n`;
}

/**
 * A cell of text. A spreadsheet runs what begins like a formula, so such a text gets an apostrophe in front;
 * quantities are canonical decimals of our own printing and keep their minus sign.
 */
export function text(value: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Compares a `log.csv` with the one that the records make, row by row as they come. */
export class CsvComparison {
  readonly #file: Uint8Array;
  #at = 0;
  #line = 0;
  #differs: number | undefined;

  constructor(file: Uint8Array) {
    this.#file = file;
    this.#expect(CSV_HEADING);
  }

  row(row: LogRow): void {
    if (this.#differs === undefined) this.#expect(csvLine(row));
  }

  /** Number of the first line that differs, from 1; `undefined` where the file is what the records make. */
  finish(): number | undefined {
    return this.#differs ?? (this.#at === this.#file.length ? undefined : this.#line + 1);
  }

  #expect(line: string): void {
    const bytes = utf8(line);
    const end = this.#at + bytes.length;
    this.#line += 1;
    if (!equalBytes(this.#file.subarray(this.#at, end), bytes)) this.#differs = this.#line;
    this.#at = end;
  }
}
