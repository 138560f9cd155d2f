/**
 * The GS1 Application Identifiers: which there are, how long their data is, of what type, and what
 * else it must satisfy. Source: GS1 General Specifications, section 3 (the identifiers) and section 7.8
 * (which of them need no FNC1 after them).
 */

/** What a part of the data may be made of: digits, or GS1 character set 82, 39 or 64. */
export type CharacterSet = 'digits' | 'set82' | 'set39' | 'set64';

export type PartCheck =
  | 'check-digit'
  | 'check-pair'
  | 'company-prefix'
  | 'has-non-digit'
  | 'date'
  | 'date-day-00'
  | 'date-yyyymmdd'
  | 'hour'
  | 'hour-minute'
  | 'minute-second'
  | 'country'
  | 'country-or-999'
  | 'country-list'
  | 'country-alpha2'
  | 'currency'
  | 'iban'
  | 'percent-encoded'
  | 'importer-index'
  | 'not-zero'
  | 'zero'
  | 'no-leading-zero'
  | 'yes-no'
  | 'winding'
  | 'piece-of-total'
  | 'latitude'
  | 'longitude'
  | 'hyphen'
  | 'sex'
  | 'sequence'
  | 'media-type'
  | 'coupon'
  | 'coupon-offer';

export interface AiPart {
  readonly set: CharacterSet;
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  readonly checks: readonly PartCheck[];
}

export interface AiEntry {
  readonly ai: string;
  /** The data title of the General Specifications, or a plainer name where a person will read it. */
  readonly title: string;
  readonly parts: readonly AiPart[];
  /** Data length, in characters, when it is predefined: such a field needs no FNC1 after it. */
  readonly predefined: number | undefined;
}

/**
 * One row a line: identifiers (or a range), title, then the parts. A part is `n14`, `x..20`, `y..30`
 * (set 39) or `z..90` (set 64), in `[ ]` when optional, with its checks after colons.
 */
const ROWS = `
00 | SSCC | n18:check-digit
01 | product number (GTIN) | n14:check-digit
02 | contained GTIN | n14:check-digit
03 | made-to-order GTIN | n14:check-digit
10 | lot number | x..20
11 | production date | n6:date-day-00
12 | due date | n6:date-day-00
13 | packaging date | n6:date-day-00
15 | best-before date | n6:date-day-00
16 | sell-by date | n6:date-day-00
17 | expiry date | n6:date-day-00
20 | variant | n2
21 | serial number | x..20
22 | consumer product variant | x..20
235 | third-party serial | x..28
240 | additional ID | x..30
241 | customer part number | x..30
242 | made-to-order variant | n..6
243 | packaging component number | x..20
250 | secondary serial | x..30
251 | source reference | x..30
253 | GDTI | n13:check-digit [x..17]
254 | GLN extension | x..20
255 | GCN | n13:check-digit [n..12]
30 | variable count | n..8
3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 | measure | n6
3200-3205 3210-3215 3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 | measure | n6
3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375 | measure | n6
3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495 | measure | n6
3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575 | measure | n6
3600-3605 3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695 | measure | n6
37 | count | n..8
3900-3909 | amount | n..15
3910-3919 | amount with currency | n3:currency n..15
3920-3929 | price | n..15
3930-3939 | price with currency | n3:currency n..15
3940-3943 | percentage off | n4
3950-3955 | price per unit of measure | n6
400 | order number | x..30
401 | consignment number (GINC) | x..30:company-prefix
402 | shipment number (GSIN) | n17:check-digit
403 | route | x..30
410-417 | location number (GLN) | n13:check-digit
420 | ship-to postal code | x..20
421 | ship-to postal code with country | n3:country x..9
422 424 426 | country | n3:country
423 425 | countries | n..15:country-list
427 | origin subdivision | x..3
4300 4301 4310 4311 4320 | delivery name | x..35:percent-encoded
4302-4306 4312-4316 | delivery address | x..70:percent-encoded
4307 4317 | delivery country | x2:country-alpha2
4308 4319 | delivery telephone | x..30
4309 | delivery position | n10:latitude n10:longitude
4318 | return-to postal code | x..20
4321 4322 4323 | delivery flag | n1:yes-no
4324 4325 | delivery time | n6:date-day-00 n4:hour-minute
4326 | release date | n6:date
4330-4333 | temperature | n6 [x1:hyphen]
7001 | NATO stock number | n13
7002 | meat cut | x..30
7003 | expiry date and time | n6:date n4:hour-minute
7004 | active potency | n..4
7005 | catch area | x..12
7006 | first freeze date | n6:date
7007 | harvest date | n6:date [n6:date]
7008 | aquatic species | x..3
7009 | fishing gear | x..10
7010 | production method | x..2
7011 | test-by date | n6:date [n4:hour-minute]
7020 | refurbishment lot | x..20
7021 | functional status | x..20
7022 | revision status | x..20
7023 | assembly asset (GIAI) | x..30:company-prefix
7030-7039 | processor | n3:country-or-999 x..27
7040 | unique identification code | n1 x1 x1 x1:importer-index
7041 | freight unit type | x..4
710-714 716 717 | national drug number | x..20
715 | National Drug Code (NDC) | x..20
7230-7239 | certification | x2 x..28
7240 | protocol | x..20
7241 | media type | n2:media-type
7242 | version control number | x..25
7250 | date of birth | n8:date-yyyymmdd
7251 | time of birth | n8:date-yyyymmdd n4:hour-minute
7252 | biological sex | n1:sex
7253 7254 7259 | person name | x..40:percent-encoded
7255 | name suffix | x..10:percent-encoded
7256 | full name | x..90:percent-encoded
7257 | person address | x..70:percent-encoded
7258 | birth sequence | x3:sequence
8001 | roll dimensions | n4:not-zero n5:not-zero n3:not-zero n1:winding n1
8002 | mobile telephone number | x..20
8003 | GRAI | n1:zero n13:check-digit [x..16]
8004 | asset (GIAI) | x..30:company-prefix
8005 | price per unit | n6
8006 | piece of a trade item (ITIP) | n14:check-digit n4:piece-of-total
8007 | bank account (IBAN) | x..34:iban
8008 | production time | n6:date n2:hour [n..4:minute-second]
8009 | optical sensor | x..50
8010 | component (CPID) | y..30:company-prefix
8011 | component serial | n..12:no-leading-zero
8012 | software version | x..20
8013 | model number (GMN) | x..25:check-pair:company-prefix
8014 | device registration (M-UDI-DI) | x..25:check-pair:company-prefix:has-non-digit
8017 8018 | service relation (GSRN) | n18:check-digit
8019 | service relation instance | n..10
8020 | payment reference | x..25
8026 | contained piece (ITIP) | n14:check-digit n4:piece-of-total
8030 | digital signature | z..90
8110 | coupon | x..70:coupon
8111 | loyalty points | n4
8112 | coupon offer | x..70:coupon-offer
8200 | product web address | x..70
90 | internal | x..30
91-99 | internal | x..90
`;

/**
 * Element-string lengths, identifier included, of the fields that need no FNC1 after them, by their
 * first two digits (GS1 General Specifications, section 7.8.5, figure "predefined length").
 */
const PREDEFINED = new Map<string, number>([
  ...['00'].map((p) => [p, 20] as const),
  ...['01', '02', '03'].map((p) => [p, 16] as const),
  ...['04'].map((p) => [p, 18] as const),
  ...['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((p) => [p, 8] as const),
  ...['20'].map((p) => [p, 4] as const),
  ...['31', '32', '33', '34', '35', '36'].map((p) => [p, 10] as const),
  ...['41'].map((p) => [p, 16] as const),
]);

const SETS: Readonly<Record<string, CharacterSet>> = { n: 'digits', x: 'set82', y: 'set39', z: 'set64' };

function readPart(text: string): AiPart {
  const found = /^(\[?)([nxyz])(\.\.)?(\d+)([a-z0-9:-]*)\]?$/.exec(text);
  const set = SETS[found?.[2] ?? ''];
  if (!found || !set) throw new RangeError(`identifier table: cannot read the part ${text}`);
  const max = Number(found[4]);
  return {
    set,
    min: found[3] ? 1 : max,
    max,
    optional: found[1] === '[',
    checks: (found[5] ?? '').split(':').filter((name): name is PartCheck => name !== ''),
  };
}

function expand(range: string): string[] {
  const [first = '', last = first] = range.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, i) => String(Number(first) + i).padStart(first.length, '0'));
}

function readRow(row: string): AiEntry[] {
  const [ais = '', title = '', spec = ''] = row.split('|').map((cell) => cell.trim());
  const parts = spec.split(' ').map(readPart);
  return ais
    .split(' ')
    .flatMap(expand)
    .map((ai) => {
      const whole = PREDEFINED.get(ai.slice(0, 2));
      return { ai, title, parts, predefined: whole === undefined ? undefined : whole - ai.length };
    });
}

const TABLE: ReadonlyMap<string, AiEntry> = new Map(
  ROWS.trim()
    .split('\n')
    .flatMap(readRow)
    .map((entry) => [entry.ai, entry]),
);

/** The entry of one Application Identifier (2 to 4 digits), or undefined when GS1 has not assigned it. */
export function findAi(ai: string): AiEntry | undefined {
  return TABLE.get(ai);
}

/** The Application Identifier that `text` has at `at`. No identifier is the beginning of another one. */
export function aiAt(text: string, at: number): AiEntry | undefined {
  return (
    TABLE.get(text.slice(at, at + 2)) ??
    TABLE.get(text.slice(at, at + 3)) ??
    TABLE.get(text.slice(at, at + 4))
  );
}
