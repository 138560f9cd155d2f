import type { Body } from '../entries.ts';
import type { Quantity, Unit } from '../quantity.ts';

/** One row of a page's treatments or of an invoice, as text and as the page has it. Nobody's word yet. */
export type TreatmentRow = {
  drug: string;
  date?: string;
  patient?: string;
  recordNumber?: string;
  /** How much, often with its unit and way: `0.35 mL IV`. */
  quantity?: string;
  unit?: string;
  by?: string;
  /** Which row of its list it is, counted from 1, where the list says so. */
  index?: number;
};

/** What a page lists; `more` where it has rows that are not in it now, or were not read. */
export type Treatments = {
  rows: readonly TreatmentRow[];
  more: boolean;
  /** Of a list that draws only the rows in sight: how many it has, and which of them were read. */
  drawn?: { of: number; indexes: readonly number[] };
};

/** A product that a row may be, as the ledger lists it. */
export type Stocked = Pick<Body<'product.added'>['product'], 'id' | 'name' | 'strength' | 'form' | 'unit'>;

/** A draw that stands in the ledger and was not reversed, as it is held against the rows of a page. */
export type RecordedDraw = {
  entryId: string;
  seq: number;
  /** When it happened, and when it was recorded (UTC). */
  at: string;
  recorded: string;
  byName: string;
  /** Number on the container. */
  number: string;
  product: string;
  unit: Unit;
  drawn: Quantity;
  given: Quantity;
  /**
   * Which of the patients that were asked about it was for, by their place in the question: by a record number that is
   * the same, or by a name where not both have a number. Empty where it was for somebody else.
   */
  patients: readonly { index: number; by: 'number' | 'name' }[];
  /** `none`: the entry names nobody. `unknown`: it names somebody, and there is nothing left to compare with. */
  patient: 'comparable' | 'unknown' | 'none';
};

/** A patient, as a page has them. */
export type SaidPatient = { name?: string; recordNumber?: string };
