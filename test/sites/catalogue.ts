import { TREATMENTS, type Treatment } from './day.mjs';

/**
 * Pages in the shape of real practice-management systems, written for these tests; what each shape rests on is in
 * README.md. For each: what a person would point at, and what has to be read there.
 */

/** What a person points at with the picker. */
export type PointedField =
  | 'patient'
  | 'species'
  | 'owner'
  | 'weight'
  | 'recordNumber'
  | 'drug'
  | 'dose'
  | 'note';

export type Trait =
  | 'server-rendered'
  | 'route-change'
  | 're-render'
  | 'generated-names'
  | 'virtual-list'
  | 'nested-frames'
  | 'open-shadow'
  | 'contenteditable'
  | 'inputs'
  | 'cells'
  | 'row-a-medication'
  | 'patient-tabs'
  | 'treatment-list';

export type Pointing = {
  /** Names (`<iframe name>`) from the page inwards; empty for the page itself. */
  frames: readonly string[];
  /** What is pressed: a text as it stands on the page, alone in its element, or a form field by its accessible name. */
  at: { text: string } | { field: string };
  /** Accessible name of the landmark, table, tab panel or group that holds it, where the text is on the page twice. */
  within?: string;
  /** What is read there: the text, or what is in the field. */
  reads: string;
};

/** The page after somebody goes on to another patient, without a reload where the system has none. */
export type Next = {
  press: { role: 'link' | 'button' | 'tab'; name: string; frames: readonly string[] };
  reads: Partial<Record<Exclude<PointedField, 'note'>, string>>;
};

/** A page with rows of what was given. `day` goes into the address as `?day=YYYY-MM-DD`; today without it. */
export type TreatmentPage = {
  path: string;
  frames: readonly string[];
  /** Accessible name of the table or grid. */
  table: string;
  /** Heads of the columns as they stand there. Where there is no column for the unit, it stands behind the quantity. */
  heads: Partial<Record<'date' | 'patient' | 'number' | 'drug' | 'quantity' | 'unit' | 'by', string>>;
  /** How a day stands there. */
  dates: 'YYYY-MM-DD' | 'MM/DD/YYYY' | 'DD MMM YYYY';
  rows: readonly Treatment[];
};

export type CatalogueEntry = {
  name: SiteName;
  /** What people call the system whose shape it has. */
  label: string;
  /** The page of the first patient. */
  path: string;
  points: Partial<Record<PointedField, Pointing>>;
  next: Next;
  treatments: TreatmentPage | null;
  traits: readonly Trait[];
};

export const SITE_NAMES = [
  'ezyvet',
  'provet-cloud',
  'vetspire',
  'digitail',
  'shepherd',
  'openvpm',
  'openemr',
  'hospitalrun',
] as const;
export type SiteName = (typeof SITE_NAMES)[number];

const text = (reads: string, within?: string, frames: readonly string[] = []): Pointing => ({
  ...{ frames, at: { text: reads }, reads },
  ...(within === undefined ? {} : { within }),
});
const field = (name: string, reads: string, within?: string, frames: readonly string[] = []): Pointing => ({
  ...{ frames, at: { field: name }, reads },
  ...(within === undefined ? {} : { within }),
});

const BRAMBLE = {
  patient: 'Bramble',
  species: 'Canine',
  owner: 'Imogen Hartley',
  weight: '24.6 kg',
  recordNumber: '240117',
  drug: 'Ketamine 100 mg/mL',
  dose: '0.4 mL',
} as const;
const PICKLE = {
  patient: 'Pickle',
  species: 'Feline',
  owner: 'Tomas Reinholt',
  weight: '4.3 kg',
  recordNumber: '240233',
  drug: 'Hydromorphone 2 mg/mL',
  dose: '0.15 mL',
} as const;

const OPENEMR_CHART = ['pat'] as const;
const OPENEMR_VISIT = ['enc', 'forms'] as const;

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: 'ezyvet',
    label: 'ezyVet',
    path: '/ezyvet/records/240117',
    points: {
      patient: text(BRAMBLE.patient, 'Record of Bramble'),
      species: text(BRAMBLE.species, 'Record of Bramble'),
      owner: text(BRAMBLE.owner, 'Record of Bramble'),
      weight: text(BRAMBLE.weight, 'Record of Bramble'),
      recordNumber: text(BRAMBLE.recordNumber, 'Record of Bramble'),
      drug: text(BRAMBLE.drug, 'Record of Bramble'),
      dose: text(BRAMBLE.dose, 'Record of Bramble'),
      note: field('Comments', '', 'Record of Bramble'),
    },
    next: { press: { role: 'tab', name: 'Pickle', frames: [] }, reads: PICKLE },
    treatments: {
      ...{ path: '/ezyvet/invoice-lines', frames: [], table: 'Invoice lines', dates: 'DD MMM YYYY' },
      heads: {
        date: 'Date',
        patient: 'Patient',
        drug: 'Product',
        quantity: 'Qty',
        unit: 'Unit',
        by: 'Staff member',
      },
      rows: TREATMENTS,
    },
    traits: [
      'route-change',
      'generated-names',
      'patient-tabs',
      'cells',
      'row-a-medication',
      'treatment-list',
    ],
  },
  {
    name: 'provet-cloud',
    label: 'Provet Cloud',
    path: '/provet-cloud/4417/consultation/900117',
    points: {
      patient: text(BRAMBLE.patient, 'Patient'),
      species: text(BRAMBLE.species, 'Patient'),
      owner: text(BRAMBLE.owner, 'Client'),
      weight: field('Weight (kg)', '24.6'),
      recordNumber: text(BRAMBLE.recordNumber, 'Patient'),
      drug: text(BRAMBLE.drug, 'Treatment items'),
      dose: text(BRAMBLE.dose, 'Treatment items'),
      note: field('Clinical notes', ''),
    },
    next: {
      press: { role: 'link', name: 'Consultation of Pickle', frames: [] },
      reads: { ...PICKLE, weight: '4.3' },
    },
    treatments: {
      ...{ path: '/provet-cloud/4417/items', frames: [], table: 'Sold items', dates: 'YYYY-MM-DD' },
      heads: {
        date: 'Date',
        patient: 'Patient',
        drug: 'Item',
        quantity: 'Quantity',
        unit: 'Unit',
        by: 'Added by',
      },
      rows: TREATMENTS,
    },
    traits: ['server-rendered', 'open-shadow', 'inputs', 'row-a-medication', 'treatment-list'],
  },
  {
    name: 'vetspire',
    label: 'Vetspire',
    path: '/vetspire/patients/240117/chart',
    points: {
      patient: text(BRAMBLE.patient, 'Patient banner'),
      species: text(BRAMBLE.species, 'Patient banner'),
      owner: text(BRAMBLE.owner, 'Client banner'),
      weight: text(BRAMBLE.weight, 'Patient banner'),
      recordNumber: text(BRAMBLE.recordNumber, 'Patient banner'),
      drug: text(BRAMBLE.drug, 'Medications'),
      dose: text(BRAMBLE.dose, 'Medications'),
      note: field('Plan notes', ''),
    },
    next: { press: { role: 'button', name: 'Pickle', frames: [] }, reads: PICKLE },
    treatments: {
      ...{ path: '/vetspire/orders', frames: [], table: 'Orders', dates: 'MM/DD/YYYY' },
      heads: {
        date: 'Date',
        patient: 'Patient',
        drug: 'Order',
        quantity: 'Quantity',
        unit: 'Unit',
        by: 'Provider',
      },
      rows: TREATMENTS,
    },
    traits: [
      ...(['route-change', 're-render', 'generated-names', 'virtual-list', 'contenteditable'] as const),
      ...(['row-a-medication', 'treatment-list'] as const),
    ],
  },
  {
    name: 'digitail',
    label: 'Digitail',
    path: '/digitail/patients/240117',
    points: {
      patient: text(BRAMBLE.patient, 'Health card'),
      species: text(BRAMBLE.species, 'Health card'),
      owner: text(BRAMBLE.owner, 'Health card'),
      weight: text(BRAMBLE.weight, 'Health card'),
      recordNumber: text(BRAMBLE.recordNumber, 'Health card'),
      drug: text(BRAMBLE.drug, 'Plan'),
      dose: text(BRAMBLE.dose, 'Plan'),
      note: field('Objective', ''),
    },
    next: { press: { role: 'link', name: 'Pickle', frames: [] }, reads: PICKLE },
    treatments: null,
    traits: ['route-change', 're-render', 'generated-names', 'contenteditable', 'row-a-medication'],
  },
  {
    name: 'shepherd',
    label: 'Shepherd',
    path: '/shepherd/soaps/240117',
    points: {
      patient: text(BRAMBLE.patient, 'Patient'),
      species: text(BRAMBLE.species, 'Patient'),
      owner: text(BRAMBLE.owner, 'Patient'),
      weight: field('Patient Weight', '24.6'),
      recordNumber: text(BRAMBLE.recordNumber, 'Patient'),
      drug: field('Product', BRAMBLE.drug, 'Treatment 1'),
      dose: field('Quantity', BRAMBLE.dose, 'Treatment 1'),
      note: field('Addendum', ''),
    },
    next: {
      press: { role: 'link', name: 'SOAP of Pickle', frames: [] },
      reads: { ...PICKLE, weight: '4.3' },
    },
    treatments: {
      ...{ path: '/shepherd/treatments', frames: [], table: 'Treatments today', dates: 'MM/DD/YYYY' },
      heads: { date: 'Date', patient: 'Patient', drug: 'Treatment', quantity: 'Amount', by: 'Given by' },
      rows: TREATMENTS,
    },
    traits: ['route-change', 're-render', 'inputs', 'row-a-medication', 'treatment-list'],
  },
  {
    name: 'openvpm',
    label: 'OpenVPM',
    path: '/openvpm/patients/240117',
    points: {
      patient: text(BRAMBLE.patient, 'Basic Information'),
      species: text(BRAMBLE.species, 'Basic Information'),
      owner: text(BRAMBLE.owner, 'Basic Information'),
      weight: text('24.6', 'Weights'),
      recordNumber: text(BRAMBLE.recordNumber, 'Basic Information'),
      drug: text(BRAMBLE.drug, 'Prescriptions'),
      dose: text(BRAMBLE.dose, 'Prescriptions'),
      note: field('Plan', ''),
    },
    next: { press: { role: 'button', name: 'Pickle', frames: [] }, reads: { ...PICKLE, weight: '4.3' } },
    treatments: {
      ...{ path: '/openvpm/controlled-substances', frames: [], table: 'Log', dates: 'YYYY-MM-DD' },
      heads: { date: 'Date', patient: 'Patient', drug: 'Drug', quantity: 'Quantity', unit: 'Unit', by: 'By' },
      rows: TREATMENTS,
    },
    traits: ['route-change', 're-render', 'generated-names', 'cells', 'row-a-medication', 'treatment-list'],
  },
  {
    name: 'openemr',
    label: 'OpenEMR',
    path: '/openemr/main',
    points: {
      patient: text('Testerley, Rowan', undefined, OPENEMR_CHART),
      weight: text('71 kg', undefined, OPENEMR_VISIT),
      recordNumber: text('P00417', undefined, OPENEMR_CHART),
      drug: text('Ketamine 50 mg/mL', 'Dispensed', OPENEMR_VISIT),
      dose: text('1.2 mL', 'Dispensed', OPENEMR_VISIT),
      note: field('Plan', '', undefined, OPENEMR_VISIT),
    },
    next: {
      press: { role: 'link', name: 'Specimen, Linnea', frames: [] },
      reads: {
        ...{ patient: 'Specimen, Linnea', weight: '58 kg', recordNumber: 'P00521' },
        ...{ drug: 'Fentanyl 50 mcg/mL', dose: '0.5 mL' },
      },
    },
    treatments: {
      ...{ path: '/openemr/main', frames: ['rep', 'list'], table: 'Drugs dispensed', dates: 'YYYY-MM-DD' },
      heads: {
        date: 'Date',
        patient: 'Patient',
        number: 'ID',
        drug: 'Drug',
        quantity: 'Qty',
        unit: 'Units',
        by: 'User',
      },
      rows: TREATMENTS,
    },
    traits: [
      'server-rendered',
      'nested-frames',
      'patient-tabs',
      'cells',
      'row-a-medication',
      'treatment-list',
    ],
  },
  {
    name: 'hospitalrun',
    label: 'HospitalRun',
    path: '/hospitalrun/patients/P00417',
    points: {
      patient: text('Testerley, Rowan', 'Brief Patient Information'),
      recordNumber: text('P00417', 'Brief Patient Information'),
      drug: text('Ketamine 50 mg/mL', 'Medications'),
      dose: text('1.2 mL', 'Medications'),
      note: field('Note', ''),
    },
    next: {
      press: { role: 'button', name: 'Specimen, Linnea', frames: [] },
      reads: {
        ...{ patient: 'Specimen, Linnea', recordNumber: 'P00521' },
        ...{ drug: 'Fentanyl 50 mcg/mL', dose: '0.5 mL' },
      },
    },
    treatments: {
      ...{ path: '/hospitalrun/medications', frames: [], table: 'Medications', dates: 'YYYY-MM-DD' },
      heads: {
        date: 'Requested On',
        patient: 'Patient',
        drug: 'Medication',
        quantity: 'Quantity',
        by: 'Requested By',
      },
      rows: TREATMENTS,
    },
    traits: ['route-change', 'generated-names', 'cells', 'row-a-medication', 'treatment-list'],
  },
];
