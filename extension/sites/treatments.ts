import type { TreatmentRow, Treatments } from '../../shared/domain/reconcile/types.ts';
import type { RowsDefinition, SiteDefinition } from '../../shared/protocol/site.ts';
import type { Place } from './locate.ts';
import { keptFor, panelsOf } from './panels.ts';
import { attempt, type Keep, reach } from './reach.ts';
import { placeHere } from './reader.ts';
import { type TreatmentRow as ReadRow, readRows } from './rows.ts';
import { TABLES, tableOf } from './tables.ts';

/** What heads of columns are called where nobody has said which they are; the earlier one is taken. */
const HEADS = {
  date: ['date/time', 'date', 'time', 'when', 'given at', 'service date', 'date given', 'performed'],
  patient: ['patient', 'patient name', 'animal', 'pet', 'pet name', 'name'],
  recordNumber: [
    'patient number',
    'patient id',
    'patient #',
    'chart',
    'chart #',
    'mrn',
    'record number',
    'number',
  ],
  drug: ['drug', 'medication', 'medicine', 'product', 'item', 'description', 'treatment'],
  quantity: ['dose', 'amount given', 'given', 'volume', 'qty', 'quantity', 'amount'],
  unit: ['unit', 'units', 'uom'],
  by: [
    'by',
    'given by',
    'administered by',
    'performed by',
    'staff',
    'user',
    'tech',
    'technician',
    'provider',
  ],
};
const ANY_TABLE: RowsDefinition = {
  container: [{ by: 'role', role: 'table' }],
  row: { by: 'row' },
  columns: {
    date: [{ by: 'header', texts: HEADS.date }],
    patient: [{ by: 'header', texts: HEADS.patient }],
    recordNumber: [{ by: 'header', texts: HEADS.recordNumber }],
    drug: [{ by: 'header', texts: HEADS.drug }],
    quantity: [{ by: 'header', texts: HEADS.quantity }],
    unit: [{ by: 'header', texts: HEADS.unit }],
    by: [{ by: 'header', texts: HEADS.by }],
  },
};
/** Tables looked at where the site does not say which: a page of layout tables has hundreds. */
const MOST_TABLES = 40;
/** Rows given of one document at most. */
const MOST = 500;

/**
 * The treatments that a document lists: those of the list that the site names, else of every table whose heads say drug
 * and how much of it. `null` where there is none. Where the page shows several patients side by side it is the chosen
 * one's.
 */
export function readTreatments(
  site: SiteDefinition | null,
  page: Document,
  chosen?: string,
): Treatments | null {
  const place = placeHere(page);
  const panels = panelsOf(site?.fields.patient, page, place);
  // Before anybody is chosen, a row that names its own patient is nobody else's.
  const anybody = panels.length > 0 && chosen === undefined;
  const keep = keptFor(anybody ? [] : panels, chosen);
  const found = listed(site, page, place, keep);
  if (!found) return null;
  const whole = found.flatMap(({ rows }) => rows);
  const rows = anybody ? whole.filter((row) => (row.patient ?? row.recordNumber) !== undefined) : whole;
  const [only, ...others] = found.map(({ element }) => drawnOf(element));
  const windowed = only && others.length === 0 && rows.length === whole.length && whole.length < MOST;
  return {
    rows: rows.slice(0, MOST),
    more: whole.length >= MOST || found.some(({ element }) => holdsMore(element)),
    ...(windowed ? { drawn: only } : {}),
  };
}

/** Which rows of a list that says how many it has are in the page; `undefined` where it does not say which they are. */
function drawnOf(element: Element): Treatments['drawn'] {
  const list = element.closest('[aria-rowcount]') ?? element.querySelector('[aria-rowcount]');
  const rows = [...(list?.querySelectorAll('tr,[role="row"]') ?? [])];
  const indexes = rows.flatMap(({ ariaRowIndex }) => (Number(ariaRowIndex) > 0 ? Number(ariaRowIndex) : []));
  const of = Number(list?.getAttribute('aria-rowcount')) - (rows.length - indexes.length);
  return indexes.length > 0 && indexes.length <= MOST && of >= indexes.length ? { of, indexes } : undefined;
}

type Listed = { element: Element; rows: TreatmentRow[] };

function listed(site: SiteDefinition | null, page: Document, place: Place, keep: Keep): Listed[] | null {
  const own = site?.rows && ofSite(site.rows, page, place, keep);
  if (own) return [own];
  const all = [...page.querySelectorAll(TABLES)].slice(0, MOST_TABLES).filter(listsDrugs);
  const tables = keep(all.map((element) => ({ element, text: '' }))).map(({ element }) => element);
  if (tables.length === 0) return null;
  return tables.map((element) => ({ element, rows: withDrug(readRows(ANY_TABLE, element)) }));
}

function ofSite(rows: RowsDefinition, page: Document, place: Place, keep: Keep): Listed | null {
  const element = reach(rows.container, page, place, keep)?.hit?.element;
  const found = element && attempt(() => readRows(rows, element));
  return element && found ? { element, rows: withDrug(found) } : null;
}

/** A list that says that it has more rows than are in the page: it draws those in sight alone. */
function holdsMore(element: Element): boolean {
  const list = element.closest('[aria-rowcount]') ?? element.querySelector('[aria-rowcount]');
  const stated = Number(list?.getAttribute('aria-rowcount') ?? 0);
  return stated < 0 || stated > (list?.querySelectorAll('tr,[role="row"]').length ?? 0);
}

function listsDrugs(table: Element): boolean {
  const { heads } = tableOf(table, 2);
  const has = (texts: readonly string[]) => texts.some((text) => heads.has(text));
  return has(HEADS.drug) && has(HEADS.quantity);
}

const withDrug = (rows: readonly ReadRow[]): TreatmentRow[] =>
  rows.flatMap(({ drug, ...row }) => (drug === undefined ? [] : [{ drug, ...row }]));
