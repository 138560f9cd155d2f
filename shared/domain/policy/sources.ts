import type { SourceId } from './source-ids.ts';

/**
 * Where the rules of the profiles come from. `says` is our own summary, not the text. Where the original text was
 * not read, `verified` is false and every view says so.
 */
export type Source = {
  readonly citation: string;
  readonly says: string;
  /** Where it was read, as an address or a publication; absent for what no law is behind. */
  readonly place?: string;
  /** The text itself, or a copy of it, was read. */
  readonly verified: boolean;
};

export const NOT_LEGAL_ADVICE =
  'This is not legal advice. The profiles hold only what we found a source for; your state may ask for more. Ask your board or counsel.';

export const SOURCES: Readonly<Record<SourceId, Source>> = {
  countersign: {
    citation: 'Countersign',
    says: 'A default of this software. No law is behind it; the clinic may set its own.',
    verified: true,
  },
  strict: {
    citation: 'Countersign, Strict profile',
    says: 'Good practice beyond federal law: a witness for all waste, an exact count every year, five years of records.',
    verified: true,
  },
  facility: {
    citation: 'This clinic',
    says: 'A rule that this clinic has set for itself.',
    verified: true,
  },
  'cfr-1304.04': {
    citation: '21 CFR 1304.04(a)',
    says: 'Inventories and records are kept for at least two years from their date, ready for inspection and copying.',
    place: 'eCFR, title 21, chapter II, part 1304',
    verified: true,
  },
  'cfr-1304.11c': {
    citation: '21 CFR 1304.11(c)',
    says: 'After the first inventory, stock is taken again on any date within two years of the one before.',
    place: 'read in state copies and a veterinary board’s questions and answers, not in the CFR itself',
    verified: false,
  },
  'cfr-1304.11e': {
    citation: '21 CFR 1304.11(e)(6)',
    says: 'Opened containers of Schedule II are counted or measured exactly. Schedules III to V may be estimated, unless the container holds more than 1,000 tablets or capsules.',
    place: 'read in state copies, not in the CFR itself',
    verified: false,
  },
  'cfr-1304.21e': {
    citation: '21 CFR 1304.21(e)',
    says: 'What is left of a dose after immediate administration is recorded as a use, without Form 41. Federal law names no witness for it.',
    place: 'eCFR, title 21, chapter II, part 1304',
    verified: true,
  },
  'ca-vmb': {
    citation: 'California Veterinary Medical Board, controlled substances',
    says: 'Veterinary records are kept for two years from the record, or three from the last visit, whichever is later.',
    place: 'vmb.ca.gov/licensees/controlled_subs.shtml',
    verified: true,
  },
  'ca-1715.65': {
    citation: '16 CCR 1715.65',
    says: 'Pharmacies and licensed clinics reconcile Schedule II every three months, and the other schedules at least every two years.',
    place: 'regulations.justia.com/states/california/title-16/division-17/article-2/section-1715-65/',
    verified: true,
  },
  'tx-481.067': {
    citation: 'Texas Health and Safety Code 481.067',
    says: 'Records are made at the time of the transaction and kept for two years.',
    place: 'law.onecle.com/texas/health/481.067.html',
    verified: true,
  },
  'fl-893.07': {
    citation: 'Florida Statutes 893.07',
    says: 'An inventory every two years; no perpetual inventory.',
    place: 'lawserver.com/law/state/florida/statutes/florida_statutes_893-07',
    verified: true,
  },
  'fl-64b16-29': {
    citation: 'Florida Administrative Code 64B16-29.004',
    says: 'Animal shelters keep their records for four years.',
    place: 'regulations.justia.com, Florida, section 64B16-29.004',
    verified: true,
  },
  'ny-80.112': {
    citation: '10 NYCRR 80.112',
    says: 'An inventory every two years, kept for five.',
    place: 'regs.health.ny.gov/content/section-80112-inventory-procedure-filing',
    verified: true,
  },
  'oh-4729-5-3-07': {
    citation: 'Ohio Administrative Code 4729:5-3-07',
    says: 'An inventory every year, at most thirteen months after the one before, kept for three years.',
    place: 'casetext copy of OAC 4729:5-3-07',
    verified: true,
  },
  'va-7666': {
    citation: 'Virginia Register, regulation 7666 (18VAC150-20)',
    says: 'Dispensed feline buprenorphine and canine butorphanol are reconciled every month.',
    place: 'register.dls.virginia.gov/details.aspx?id=7666',
    verified: true,
  },
  'mi-333.7321': {
    citation: 'Michigan Compiled Laws 333.7321',
    says: 'An inventory every year between 1 April and 30 June, kept for at least two years.',
    place: 'michvma.org/news/6422915',
    verified: true,
  },
  'or-855-080-0070': {
    citation: 'Oregon Administrative Rule 855-080-0070',
    says: 'An inventory every year, at most 367 days after the one before, kept for three years.',
    place: 'law.cornell.edu/regulations/oregon/Or-Admin-Code-SS-855-080-0070',
    verified: true,
  },
  'ia-481-553.5': {
    citation: 'Iowa Administrative Code 481-553.5',
    says: 'An inventory every year (at most a year and a week), by exact count for all schedules. Dispensing records are kept for two years.',
    place: 'law.cornell.edu/regulations/iowa/Iowa-Admin-Code-r-481-553-5, r-657-10-25',
    verified: true,
  },
  'sc-61-4': {
    citation: 'South Carolina Regulation 61-4',
    says: 'An inventory every year on 1 May, signed and with its time. Records are kept for two years.',
    place: 'scdhec.gov, annual inventory',
    verified: true,
  },
  'nc-26e-0407': {
    citation: '10A NCAC 26E .0407',
    says: 'Records of destruction are kept for two years.',
    place: 'reports.oah.state.nc.us, 10A NCAC 26E .0407',
    verified: true,
  },
  'nv-639.485': {
    citation: 'Nevada Administrative Code 639.485',
    says: 'In a hospital, waste is witnessed and cosigned by another licensed person.',
    place: 'casetext copy of NAC 639.485',
    verified: true,
  },
  'wi-8.02': {
    citation: 'Wisconsin Administrative Code Phar 8.02',
    says: 'An inventory every two years; records are kept for five.',
    place: 'wirules.elaws.us/rule/phar8.02',
    verified: true,
  },
  'wa-self-inspection': {
    citation: 'Washington pharmacy self-inspection worksheet (quotes CFR and WAC)',
    says: 'An inventory every two years; records are kept for two.',
    place: 'Washington State Department of Health, self-inspection worksheet',
    verified: true,
  },
  'wa-246-886-080': {
    citation: 'Washington Administrative Code 246-886-080',
    says: 'In an animal shelter, a second staff member witnesses waste. An older rule.',
    place: 'warules.elaws.us/wac/246-886-080',
    verified: true,
  },
  'wa-246-945-510': {
    citation: 'Washington Administrative Code 246-945-510',
    says: 'Animal shelters take stock every twelve months.',
    place: 'apps.leg.wa.gov, WAC 246-945-510',
    verified: true,
  },
  'dc-2814': {
    citation: '17 DCMR 2814',
    says: 'An inventory every two years, dated and signed; records are kept for three. Only a veterinarian has access to Schedule II.',
    place: 'dcrules.elaws.us/dcmr/17-2814',
    verified: true,
  },
  'mo-annual': {
    citation: 'Missouri Bureau of Narcotics and Dangerous Drugs',
    says: 'An inventory every year.',
    place: 'mohealth.uservoice.com/knowledgebase/articles/1166407',
    verified: true,
  },
  'la-1223': {
    citation: 'Louisiana Administrative Code 46:LXXXV.1223',
    says: 'Animal shelters count by hand every three months; a witness is named for waste, spills and losses.',
    place: 'regulations.justia.com/states/louisiana/title-46/part-lxxxv/chapter-12/section-lxxxv-1223',
    verified: true,
  },
};

/** The citations of a list of sources, as one text. */
export const citationsOf = (sources: readonly SourceId[]): string =>
  sources.map((id) => SOURCES[id].citation).join('; ');
