import * as v from 'valibot';
import { plainLine } from './page-text.ts';
import { columns, locators, rowsPlace, siteFields } from './site.ts';

/**
 * What is said while a person points at a page. The page itself has the panel and the order of steps; its frames only
 * say what is under the pointer and what was taken. All of it goes over the background, which knows who speaks.
 */

/** What is pointed at, in this order. The last four are columns of the list that the drug stands in. */
export const STEPS = [
  'patient',
  'species',
  'owner',
  'weight',
  'recordNumber',
  'drug',
  'dose',
  'note',
  'unit',
  'date',
  'rowPatient',
  'by',
] as const;
export type Step = (typeof STEPS)[number];
const step = v.picklist(STEPS);

const line = v.pipe(
  v.string(),
  v.maxLength(200),
  v.check((text) => text === '' || plainLine(text, 200) === text, 'one plain line'),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const pick = v.variant('as', [
  v.strictObject({ as: v.literal('field'), step, text: line, locators }),
  v.strictObject({
    as: v.literal('column'),
    step,
    text: line,
    count,
    place: rowsPlace,
    column: v.nonOptional(columns),
  }),
]);
/** What a person has taken: a field, or a column of a list with one treatment a row. */
export type Pick = v.InferOutput<typeof pick>;

const draft = v.strictObject({
  path: v.pipe(v.string(), v.startsWith('/'), v.maxLength(200)),
  ...siteFields,
});
/** A site as it was pointed at: who it is and where it is allowed is added by the background. */
export type SiteDraft = v.InferOutput<typeof draft>;

const said = v.variant('said', [
  /** A picker has come into a document of this origin. */
  v.strictObject({ said: v.literal('here'), origin: v.pipe(v.string(), v.maxLength(300)) }),
  /** From the page to its frames: what is pointed at now, and what was read so far. */
  v.strictObject({
    said: v.literal('step'),
    step: v.nullable(step),
    texts: v.pipe(v.array(line), v.maxLength(20)),
    /** The list that the drug was taken from. */
    list: v.nullable(rowsPlace),
  }),
  /** From a frame: what is under the pointer there; `ways` is how many ways lead back to it. */
  v.strictObject({ said: v.literal('at'), text: line, ways: count, rows: count }),
  v.strictObject({ said: v.literal('took'), pick }),
  v.strictObject({ said: v.literal('leave') }),
  v.strictObject({ said: v.literal('save'), draft }),
]);
export type PickerSaid = v.InferOutput<typeof said>;
const fromPicker = v.strictObject({ kind: v.literal('picker'), message: said });
export type FromPicker = v.InferOutput<typeof fromPicker>;

export function parseFromPicker(message: unknown): FromPicker | null {
  const result = v.safeParse(fromPicker, message);
  return result.success ? result.output : null;
}

/** The answer to `save`. */
export type Saved = { saved: true; label: string; allowed: boolean } | { saved: false; message: string };
