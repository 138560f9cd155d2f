import * as v from 'valibot';
import { hash, id, time } from '../domain/schema.ts';
import { rememberedHead } from './capture-schema.ts';
import { AT_MOST_LISTED, AT_MOST_PATIENTS, FIELD_LIMITS, plainLine } from './page-text.ts';
import { treatments } from './rows.ts';

/**
 * What is said between the PMS page's content script, the background and the capture frame, apart from the calls of
 * `bridge.ts`. Everything that comes from a page is hostile: lengths are limited and control characters taken out
 * before it is shown, and it stays a suggestion until a person accepts it.
 */

const optional = v.exactOptional;
const short = (max: number) => v.pipe(v.string(), v.maxLength(max));

const field = (max: number) =>
  v.pipe(
    short(max),
    v.check((text) => plainLine(text, max) === text, 'one plain line'),
  );
const suggestions = v.strictObject({
  patient: optional(field(FIELD_LIMITS.patient)),
  species: optional(field(FIELD_LIMITS.species)),
  owner: optional(field(FIELD_LIMITS.owner)),
  address: optional(field(FIELD_LIMITS.address)),
  weight: optional(field(FIELD_LIMITS.weight)),
  recordNumber: optional(field(FIELD_LIMITS.recordNumber)),
  drug: optional(field(FIELD_LIMITS.drug)),
  dose: optional(field(FIELD_LIMITS.dose)),
});
/** What the page says about the patient and the act, field by field. */
export type Suggestions = v.InferOutput<typeof suggestions>;

/** Which adapter read the page. The page's origin is added by the background, from the browser and not from the page. */
const reader = v.strictObject({ id: v.pipe(short(40), v.regex(/^[a-z0-9-]+$/)), label: field(60) });
/** What became of a field: which of its locators found it; or nothing, several that differ, an element without text. */
const find = v.union([v.literal(0), v.literal(1), v.literal(2), v.picklist(['none', 'many', 'empty'])]);
export type Find = v.InferOutput<typeof find>;
const finds = v.strictObject({
  ...v.entriesFromList(['patient', 'species', 'owner', 'address', 'weight', 'recordNumber'], optional(find)),
  ...v.entriesFromList(['drug', 'dose', 'note', 'rows'], optional(find)),
});
export type Finds = v.InferOutput<typeof finds>;
const names = (most: number) => v.pipe(v.array(field(FIELD_LIMITS.patient)), v.maxLength(most));
const listedDrug = v.strictObject({
  drug: field(FIELD_LIMITS.drug),
  dose: optional(field(FIELD_LIMITS.dose)),
});
/** A row of a list of treatments. */
export type ListedDrug = v.InferOutput<typeof listedDrug>;
const page = v.strictObject({
  ...{ reader, suggestions, finds: optional(finds) },
  /** The patients that this document shows side by side, where it shows several. */
  patients: optional(names(AT_MOST_PATIENTS)),
  /** What a list on it says was given to the patient; of a page as a whole only where that is several, controlled ones first. */
  listed: optional(v.pipe(v.array(listedDrug), v.maxLength(AT_MOST_LISTED))),
});
/** What one document says; of a page with frames, each by itself. */
export type PageReading = v.InferOutput<typeof page>;
const site = v.strictObject({
  ...page.entries,
  origin: short(300),
  /** Nobody has recorded by this definition yet: what it does not find may never have been there. */
  untried: optional(v.literal(true)),
  /** Title of the tab, as the browser has it. */
  title: optional(field(80)),
  /** The frame that the patient was read in, where it is not the page itself. */
  frame: optional(field(120)),
  /** All patients that the page shows, where those are several: nothing is taken of anybody until a person chooses. */
  choices: optional(
    v.array(v.strictObject({ patient: field(FIELD_LIMITS.patient), frame: v.pipe(v.number(), v.integer()) })),
  ),
});
export type SiteReading = v.InferOutput<typeof site>;

/** What is wrong with the frame's place in the page; `none` when nothing is. */
export const TAMPERS = ['none', 'covered', 'transparent', 'moved', 'disturbed'] as const;
const tamper = v.picklist(TAMPERS);
export type Tamper = v.InferOutput<typeof tamper>;

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** From the content script to the background. */
const fromPage = v.variant('kind', [
  v.strictObject({ kind: v.literal('page-here') }),
  v.strictObject({ kind: v.literal('open-overlay') }),
  /** From every frame. `settled` once the page has had its time to draw itself. */
  v.strictObject({ kind: v.literal('page-read'), page: v.nullable(page), settled: v.boolean() }),
  v.strictObject({ kind: v.literal('tamper'), tamper }),
  v.strictObject({ kind: v.literal('overlay-closed') }),
]);
export type FromPage = v.InferOutput<typeof fromPage>;

/** From the background to the content script; the answers are `PageReading | null` and `NoteResult`. */
export type ToPage =
  | { kind: 'toggle' }
  | { kind: 'close' }
  | { kind: 'leave' }
  /** From now on as that of the patient whom a person has chosen of those that the document shows, where one is named. */
  | { kind: 'read'; patient?: string }
  /** How does the frame stand in the page at this moment? The answer is a `Tamper`. */
  | { kind: 'look' }
  /** While a form is open, each frame looks again by itself. */
  | { kind: 'watch'; on: boolean }
  | { kind: 'pill'; pill: PillState }
  | { kind: 'read-rows' }
  /** `patient`: whose note it is, where the page shows several. */
  | { kind: 'put-note'; text: string; patient?: string };
/** Whether a patient is on the page; `lost` where the site was set up and none of it is found any more. */
export type PillState = 'none' | 'ready' | 'lost';

const noteResult = v.picklist(['put', 'no-field', 'no-page', 'other-patient']);
export type NoteResult = v.InferOutput<typeof noteResult>;

/** A line for the PMS's note field: what is copied or, on the person's press, put there. */
const noteLine = v.pipe(
  short(300),
  v.check((text) => plainLine(text, 300) === text, 'one plain line'),
);

/** From the capture frame to the background, beside its calls. */
const fromFrame = v.variant('kind', [
  v.strictObject({ kind: v.literal('enter'), nonce: v.nullable(nonce) }),
  v.strictObject({ kind: v.literal('ping') }),
  /** From the side panel: this tab is in front there. */
  v.strictObject({ kind: v.literal('beside'), tab: v.pipe(v.number(), v.integer()) }),
  v.strictObject({ kind: v.literal('read-page') }),
  /** Whose the form is, where the page shows several patients. */
  v.strictObject({
    ...{ kind: v.literal('choose-patient'), patient: field(FIELD_LIMITS.patient) },
    frame: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** Keeps what the page says as a draft. */
  /** With the drug that a person has taken of those that the page lists. */
  v.strictObject({ kind: v.literal('keep-draft'), taken: optional(listedDrug) }),
  /** The treatments that the page lists. */
  v.strictObject({ kind: v.literal('read-rows') }),
  /** Opens the field picker on the page. */
  v.strictObject({ kind: v.literal('set-up') }),
  v.strictObject({
    ...{ kind: v.literal('put-note'), text: noteLine },
    /** Whom the record names. */
    patient: optional(field(FIELD_LIMITS.patient)),
  }),
  v.strictObject({ kind: v.literal('close') }),
  v.strictObject({ kind: v.literal('try-again') }),
  v.strictObject({ kind: v.literal('accept-ledger') }),
]);
export type FromFrame = v.InferOutput<typeof fromFrame>;

const waiting = v.strictObject({
  entryId: id,
  state: v.picklist(['draft', 'queued', 'sent', 'refused']),
  since: time,
  attempts: v.number(),
  refusal: v.nullable(short(1000)),
});
/** One thing that the outbox still holds, without what is in it. */
export type Waiting = v.InferOutput<typeof waiting>;

const headAlarm = v.variant('alarm', [
  v.strictObject({
    alarm: v.literal('shorter'),
    remembered: rememberedHead,
    found: v.strictObject({ size: v.number(), hash }),
  }),
  v.strictObject({ alarm: v.literal('gone'), remembered: rememberedHead }),
  v.strictObject({ alarm: v.literal('other-ledger'), remembered: rememberedHead, found: rememberedHead }),
]);
/** The ledger that came back is not the one that this extension remembers. */
export type HeadAlarm = v.InferOutput<typeof headAlarm>;

const link = v.variant('state', [
  v.strictObject({ state: v.literal('connecting') }),
  v.strictObject({ state: v.literal('paired') }),
  v.strictObject({ state: v.literal('not-paired'), code: short(6) }),
  v.strictObject({ state: v.literal('unreachable') }),
  /** The browser does not let the extension at the app's origin. */
  v.strictObject({ state: v.literal('not-allowed') }),
]);
/** Whether the ledger can be reached, as the background last saw it. */
export type LinkState = v.InferOutput<typeof link>;

/** From the background to the capture frame, beside its replies. */
const toFrame = v.variant('kind', [
  v.strictObject({
    kind: v.literal('welcome'),
    tab: v.nullable(v.number()),
    site: v.nullable(site),
    tamper,
    link,
    alarm: v.nullable(headAlarm),
    waiting: v.array(waiting),
  }),
  v.strictObject({ kind: v.literal('turned-away') }),
  /** Somebody is there, and this is what the page's own watch last said. */
  v.strictObject({ kind: v.literal('pong'), tamper }),
  v.strictObject({ kind: v.literal('site'), site: v.nullable(site) }),
  v.strictObject({ kind: v.literal('tamper'), tamper }),
  v.strictObject({ kind: v.literal('link'), link }),
  v.strictObject({ kind: v.literal('alarm'), alarm: v.nullable(headAlarm) }),
  v.strictObject({ kind: v.literal('waiting'), waiting: v.array(waiting) }),
  v.strictObject({ kind: v.literal('rows'), read: v.nullable(treatments) }),
  /** A drug that a person has selected in the page and wants a draw of recorded. */
  v.strictObject({ kind: v.literal('drug'), drug: field(FIELD_LIMITS.drug) }),
  v.strictObject({ kind: v.literal('draft-kept'), kept: v.boolean() }),
  v.strictObject({ kind: v.literal('note'), result: noteResult }),
]);
export type ToFrame = v.InferOutput<typeof toFrame>;

const parser =
  <S extends v.GenericSchema>(schema: S) =>
  (message: unknown): v.InferOutput<S> | null => {
    const result = v.safeParse(schema, message);
    return result.success ? result.output : null;
  };
export const parseFromPage = parser(fromPage);
export const parseFromFrame = parser(fromFrame);
export const parseToFrame = parser(toFrame);
export const parsePage = parser(v.nullable(page));
export const parseSite = parser(site);
export const parseTamper = parser(tamper);
export const parseNoteResult = parser(noteResult);
/** Names of the runtime ports. */
export const PORTS = { frame: 'countersign-frame', bridge: 'countersign-bridge' } as const;
