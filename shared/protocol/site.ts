import * as v from 'valibot';
import { plainLine } from './page-text.ts';

/**
 * A practice-management system as data: where its pages are and how the values on them are found again. A clinic makes
 * one by pointing, and others take it over as a file, so it is read as if an enemy had written it: closed, short, and
 * without anything that is run. There is no CSS and no pattern in it but names, texts and one kind of glob.
 */

/** Lengths in characters; numbers of members. A file that needs more is not a site. */
export const SITE_LIMITS = {
  text: 80,
  texts: 8,
  glob: 200,
  value: 120,
  remark: 300,
  locators: 3,
  hosts: 4,
  matches: 10,
  sites: 50,
  file: 500_000,
} as const;

const optional = v.exactOptional;
const between = <T extends v.GenericSchema>(item: T, min: number, max: number) =>
  v.pipe(v.array(item), v.minLength(min), v.maxLength(max));
const line = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    v.check((text) => plainLine(text, max) === text, 'one plain line'),
  );
const text = line(SITE_LIMITS.text);
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const texts = between(text, 1, SITE_LIMITS.texts);

/** `*` stands for any run of characters of one segment, `**` for any run at all. Four of them are enough for anybody. */
const glob = v.pipe(
  line(SITE_LIMITS.glob),
  v.regex(/^[^\s*]*(\*{1,2}[^\s*]+){0,3}\*{0,2}$/, 'at most four stars, never three in a row'),
);
/** A path of which the one star is what is wanted. */
const onePart = v.pipe(line(SITE_LIMITS.glob), v.regex(/^\/[^\s*]*\*[^\s*]*$/, 'a path with one star'));
/** A value with at most one star, and at least two characters that are none. */
const value = v.pipe(
  line(SITE_LIMITS.value),
  v.regex(/^[^*]*\*?[^*]*$/, 'at most one star'),
  v.check((one) => one.replace('*', '').length >= 2, 'two characters beside the star'),
);
/** Attributes that people give names in. Never `class`, `style` or an event. */
const attributeName = v.pipe(
  v.string(),
  v.regex(/^(id|name|itemprop|title|placeholder|autocomplete|aria-label|data-[a-z0-9-]{1,40})$/),
);
const attribute = { by: v.literal('attribute'), name: attributeName, value };
const role = {
  by: v.literal('role'),
  role: v.picklist([
    'heading',
    'region',
    'main',
    'form',
    'dialog',
    'tabpanel',
    'group',
    'article',
    'table',
    'grid',
    'list',
    'textbox',
    'combobox',
    'status',
    'banner',
    'complementary',
  ]),
  level: optional(whole(1, 6)),
  /** The accessible name, where it is a label and not the value itself. */
  name: optional(text),
};
/** A class that a person has chosen, like `patient-name`. What a build has made up is kept out when it is derived. */
const className = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z][a-zA-Z0-9]*([-_]{1,2}[a-zA-Z0-9]+){0,6}$/),
  v.maxLength(60),
);
const classed = { by: v.literal('class'), name: className };

/** The part of a page that is searched: the one element that this finds, or what stands under a heading. */
const scope = v.variant('by', [
  v.strictObject(attribute),
  v.strictObject(role),
  v.strictObject(classed),
  v.strictObject({ by: v.literal('heading'), text }),
]);
export type Scope = v.InferOutput<typeof scope>;

/** A frame of the page, wherever it stands in it: by its own address (`https://host/path`) or the name it was given. */
const frame = v.pipe(
  v.strictObject({ address: optional(glob), name: optional(text) }),
  v.check(({ address, name }) => address !== undefined || name !== undefined, 'an address or a name'),
);
export type FramePattern = v.InferOutput<typeof frame>;

const host = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+){1,8}$/), v.maxLength(60));
/** What is taken of the text that was found: what stands after and before literal words. */
const cut = v.strictObject({ after: optional(text), before: optional(text) });

const where = {
  frame: optional(frame),
  /** Names of the custom elements whose open shadow roots are entered, outermost first. */
  hosts: optional(between(host, 1, SITE_LIMITS.hosts)),
  within: optional(scope),
  cut: optional(cut),
};

/** One way of finding one element. What each kind means is in `extension/sites/README.md`. */
export const locator = v.variant('by', [
  v.strictObject({ ...attribute, ...where }),
  v.strictObject({ by: v.literal('label'), texts, ...where }),
  v.strictObject({ ...role, ...where }),
  v.strictObject({ by: v.literal('term'), texts, ...where }),
  v.strictObject({ by: v.literal('cell'), column: text, row: optional(text), ...where }),
  v.strictObject({ by: v.literal('beside'), texts, ...where }),
  v.strictObject({ ...classed, ...where }),
  v.strictObject({ by: v.literal('data'), type: text, property: text, ...where }),
  v.strictObject({ by: v.literal('query'), name: text, frame: optional(frame), cut: optional(cut) }),
  v.strictObject({ by: v.literal('path'), path: onePart, frame: optional(frame), cut: optional(cut) }),
]);
export type Locator = v.InferOutput<typeof locator>;

/** The main one first, then what is tried when it finds nothing. */
export const locators = between(locator, 1, SITE_LIMITS.locators);
export type Locators = v.InferOutput<typeof locators>;

/**
 * A cell of a row: by the head of its column, by what it is called in every row, or by the heads of the columns beside
 * it, both or at an edge of the table the one that there is. `place` counts from 0; with `of`, only in rows of as many.
 */
const column = v.variant('by', [
  v.strictObject({ by: v.literal('header'), texts }),
  v.strictObject({ by: v.literal('between'), after: optional(text), before: optional(text) }),
  v.strictObject(attribute),
  v.strictObject({ by: v.literal('label'), texts }),
  v.strictObject(classed),
  v.strictObject({ by: v.literal('place'), place: whole(0, 30), of: optional(whole(1, 31)) }),
]);
export type Column = v.InferOutput<typeof column>;
export const columns = between(column, 1, SITE_LIMITS.locators);
const someColumns = optional(columns);

const rowsEntries = {
  /** The table or list whose rows are read. */
  container: locators,
  /** What in it is a row: table rows and ARIA rows or list items, or what carries a name of its own. */
  row: v.variant('by', [
    v.strictObject({ by: v.literal('row') }),
    v.strictObject({ by: v.literal('children') }),
    v.strictObject(attribute),
    v.strictObject(classed),
  ]),
};
/** A list, without what its columns mean. */
export const rowsPlace = v.strictObject(rowsEntries);
export type RowsPlace = v.InferOutput<typeof rowsPlace>;
const rows = v.strictObject({
  ...rowsEntries,
  columns: v.pipe(
    v.strictObject({
      date: someColumns,
      patient: someColumns,
      recordNumber: someColumns,
      drug: someColumns,
      /** How much, as the page has it: often with its unit and way, like `0.35 mL IV`. */
      quantity: someColumns,
      unit: someColumns,
      by: someColumns,
    }),
    v.check(({ drug }) => drug !== undefined, 'a list names drugs'),
  ),
});
export type RowsDefinition = v.InferOutput<typeof rows>;

const fields = v.strictObject({
  patient: optional(locators),
  species: optional(locators),
  owner: optional(locators),
  address: optional(locators),
  weight: optional(locators),
  recordNumber: optional(locators),
  drug: optional(locators),
  dose: optional(locators),
});

/**
 * An origin, exactly, or with one star for the part of the host that is the clinic's own (`https://*.ezyvet.com`).
 * Unencrypted ones only on this computer, where the port may be a star.
 */
export const originPattern = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(
    /^https:\/\/(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?$|^https?:\/\/(localhost|127\.0\.0\.1)(:(\d{1,5}|\*))?$/,
    'an origin like https://pms.example.com',
  ),
  v.check((origin) => !/^https:\/\/\*\.[^.]+$/.test(origin), 'more than a top-level domain'),
);

const match = v.strictObject({
  origin: originPattern,
  /** Of path and, where the page keeps its route there, hash: `/patients/*`, `/#/patients/*`. */
  path: v.pipe(glob, v.startsWith('/')),
});
export type SiteMatch = v.InferOutput<typeof match>;

export const siteId = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), v.maxLength(40));

/** What is read of a page, and where a receipt line goes when the person asks for it. */
export const siteFields = { fields, note: optional(locators), rows: optional(rows) };

/** A site. `id` goes into entries as `source.site`, so it never changes once released. */
export const siteDefinition = v.strictObject({
  format: v.literal('countersign-site-1'),
  id: siteId,
  label: line(60),
  version: whole(1, 9999),
  /** True once somebody has recorded from the real system with it. */
  tested: v.boolean(),
  /** What it was made from, and when; what is known not to work. */
  remark: optional(line(SITE_LIMITS.remark)),
  /** None at all: any page that the clinic has allowed, after every site that says where it is. */
  match: between(match, 0, SITE_LIMITS.matches),
  /** Other origins whose frames hold parts of the record: they are asked for with the site. */
  frames: optional(between(originPattern, 1, SITE_LIMITS.matches)),
  ...siteFields,
  /** What the pill stands beside; without it, the corner of the window. */
  pill: optional(locators),
  /** Every clinic has this system at an address of its own: as it came along, only this computer's is in it. */
  selfHosted: optional(v.literal(true)),
  /** The page's address holds the record number: a card that belongs to another address is not this patient. */
  addressHoldsRecordNumber: optional(v.literal(true)),
});
export type SiteDefinition = v.InferOutput<typeof siteDefinition>;

/** What one or more sites are carried from clinic to clinic in. */
export const siteFile = v.strictObject({
  format: v.literal('countersign-sites-1'),
  sites: between(siteDefinition, 1, SITE_LIMITS.sites),
});
export type SiteFile = v.InferOutput<typeof siteFile>;

export type ReadSites = { ok: true; sites: SiteDefinition[] } | { ok: false; message: string };

/** Reads a file of sites, or one site by itself. The message names the first thing that is wrong and where. */
export function readSites(json: string): ReadSites {
  if (json.length > SITE_LIMITS.file)
    return { ok: false, message: 'The file is longer than any set of sites.' };
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return { ok: false, message: 'The file is not JSON, so it holds no sites.' };
  }
  const one = v.safeParse(siteDefinition, data);
  if (one.success) return { ok: true, sites: [one.output] };
  const many = v.safeParse(siteFile, data);
  if (many.success) return { ok: true, sites: many.output.sites };
  const isOne = typeof data === 'object' && data !== null && 'match' in data;
  const [issue] = isOne ? one.issues : many.issues;
  const at = v.getDotPath(issue) ?? 'the file itself';
  return {
    ok: false,
    message: `The file does not hold sites as Countersign writes them. Wrong at ${at}: ${issue.message}.`,
  };
}

/** Sites as the file that {@link readSites} reads. */
export const writeSites = (sites: readonly SiteDefinition[]): string =>
  `${JSON.stringify({ format: 'countersign-sites-1', sites }, null, 2)}\n`;
