import type { Body } from '../../../shared/domain/entries.ts';

/** What to export, read from what was typed. */

export type ExportForm = {
  part: 'whole' | 'seq' | 'dates';
  fromSeq: string;
  toSeq: string;
  fromDate: string;
  toDate: string;
  disclosed: boolean;
  reason: string;
};

export const EMPTY_FORM: ExportForm = {
  part: 'whole',
  fromSeq: '',
  toSeq: '',
  fromDate: '',
  toDate: '',
  disclosed: false,
  reason: '',
};

export type ExportField = 'fromSeq' | 'toSeq' | 'fromDate' | 'toDate' | 'reason';
/** Records `from <= seq < to`. */
export type SeqRange = { from: number; to: number };
export type DateRange = { fromDate: string; toDate: string };
export type Wanted =
  | { ok: true; part: 'seq'; range: SeqRange }
  | { ok: true; part: 'dates'; dates: DateRange }
  | { ok: false; field: ExportField; message: string };

const REASON_MAX = 200;

/** The range that was asked for, or what is wrong with it. `size` is the number of records in the log. */
export function readExport(form: ExportForm, size: number): Wanted {
  const refuse = (field: ExportField, message: string): Wanted => ({ ok: false, field, message });
  if (form.disclosed && form.reason.trim() === '') {
    return refuse('reason', 'Say who asked for patients and owners by name. It is kept in the ledger.');
  }
  if (form.reason.trim().length > REASON_MAX) {
    return refuse('reason', `The reason has at most ${REASON_MAX} characters. Shorten it.`);
  }
  switch (form.part) {
    case 'whole':
      return { ok: true, part: 'seq', range: { from: 0, to: size } };
    case 'seq':
      return readSeqs(form, size);
    case 'dates':
      if (form.fromDate === '') return refuse('fromDate', 'Choose the first day.');
      if (form.toDate === '') return refuse('toDate', 'Choose the last day.');
      if (form.toDate < form.fromDate)
        return refuse('toDate', 'The last day is before the first one. Swap them.');
      return { ok: true, part: 'dates', dates: { fromDate: form.fromDate, toDate: form.toDate } };
  }
}

function readSeqs(form: ExportForm, size: number): Wanted {
  const from = readSeq(form.fromSeq);
  const to = readSeq(form.toSeq);
  const last = size - 1;
  if (from === undefined)
    return { ok: false, field: 'fromSeq', message: `Type a record number from 0 to ${last}.` };
  if (to === undefined)
    return { ok: false, field: 'toSeq', message: `Type a record number from 0 to ${last}.` };
  if (from > last) return { ok: false, field: 'fromSeq', message: `The last record is number ${last}.` };
  if (to > last) return { ok: false, field: 'toSeq', message: `The last record is number ${last}.` };
  if (to < from)
    return { ok: false, field: 'toSeq', message: 'The last record is before the first one. Swap them.' };
  return { ok: true, part: 'seq', range: { from, to: to + 1 } };
}

const readSeq = (typed: string) => (/^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : undefined);

/**
 * The first seq whose record was recorded on or after `time` (RFC 3339), `size` when none was. Records stand in
 * the order of `recorded`, so the log is searched by halves: about 17 reads for 100,000 records.
 */
export async function firstAtOrAfter(
  time: string,
  size: number,
  recordedAt: (seq: number) => Promise<string>,
): Promise<number> {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await recordedAt(middle)) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A file name that says what is in it and sorts by time: `countersign-rivers-edge-2026-11-21-0-811.zip`. */
export function packageName(of: {
  facility: string;
  made: string;
  range: SeqRange;
  disclosed: boolean;
  demo: boolean;
}): string {
  const facility = of.facility
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const day = of.made.slice(0, 10);
  const marks = [of.demo ? 'demo' : '', of.disclosed ? 'with-patients' : ''].filter((mark) => mark !== '');
  const parts = ['countersign', facility, day, `${of.range.from}-${of.range.to - 1}`, ...marks];
  return `${parts.filter((part) => part !== '').join('-')}.zip`;
}

/** The body of the entry that says that a package left the browser. `log` is what the package holds of it. */
export function exportedBody(
  log: SeqRange & { size: number; root: string },
  said: { disclosed: boolean; reason: string },
): Body<'exported'> {
  const { from, to, size, root } = log;
  const reason = said.reason.trim();
  return { from, to, size, root, disclosed: said.disclosed, ...(reason === '' ? {} : { reason }) };
}
