import type { Body, Product } from '../../../shared/domain/entries.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import type { PatientDetails } from '../../../shared/protocol/ledger.ts';

/** The demo clinic: everything in it is made up, and says so. NDCs are those of real labels. */

export const DEMO_FACILITY: Body<'ledger.created'>['facility'] = {
  name: 'Demo Animal Hospital (made-up data)',
  address: '1 Example Street, Nowhere, CO 80000',
  deaNumber: 'FD1234563',
  timeZone: 'America/Denver',
};

export type DemoPerson = 'wren' | 'imre' | 'tova' | 'juno' | 'sol' | 'petra';

export const DEMO_PEOPLE: Record<DemoPerson, { name: string; role: Role; licence?: string }> = {
  wren: { name: 'Dr. Wren Alderdemo', role: 'registrant' },
  imre: { name: 'Dr. Imre Castlemock', role: 'veterinarian', licence: 'VET-DEMO-02' },
  tova: { name: 'Tova Marshmade', role: 'lead-technician', licence: 'CVT-DEMO-11' },
  juno: { name: 'Juno Pikesample', role: 'technician', licence: 'CVT-DEMO-12' },
  sol: { name: 'Sol Fernfiction', role: 'technician', licence: 'CVT-DEMO-13' },
  petra: { name: 'Petra Quillexample', role: 'compliance-officer' },
};

/** A product, the prefix of its containers' numbers, what people draw of it (in its unit), and how many come at once. */
export type DemoProduct = {
  product: Omit<Product, 'id'>;
  prefix: string;
  doses: readonly string[];
  /** Vials in the first order, and in every later one. */
  order: number;
  /** How often it is drawn, against the others. */
  use: number;
};

const injection = { form: 'injection', unit: 'mL' } as const;
const ndc = (original: string, ndc11: string) => ({ ndc: { original, ndc11 } });

export const DEMO_PRODUCTS: readonly DemoProduct[] = [
  {
    product: {
      ...{ ...injection, name: 'Ketamine (VetaKet)', strength: '100 mg/mL', schedule: 'III', holds: '10' },
      ...{ ...ndc('59399-114-10', '59399011410'), gtins: ['00359399114103'] },
    },
    ...{ prefix: 'K', doses: ['0.25', '0.35', '0.4', '0.5', '0.65', '0.8', '1'], order: 2, use: 6 },
  },
  {
    product: {
      ...{ ...injection, name: 'Hydromorphone', strength: '2 mg/mL', schedule: 'II', holds: '20' },
      ...{ ...ndc('0641-6206-10', '00641620610'), gtins: ['00306416206105'] },
    },
    ...{ prefix: 'H', doses: ['0.15', '0.3', '0.45', '0.6', '1'], order: 1, use: 5 },
  },
  {
    product: {
      ...{ ...injection, name: 'Methadone', strength: '10 mg/mL', schedule: 'II', holds: '20' },
      ...{ ...ndc('51991-002-98', '51991000298'), gtins: ['00351991002987'] },
    },
    ...{ prefix: 'M', doses: ['0.1', '0.25', '0.3', '0.55'], order: 1, use: 3 },
  },
  {
    product: {
      ...{ ...injection, name: 'Euthasol', strength: '390 mg/50 mg per mL', schedule: 'III', holds: '100' },
      ...{ ...ndc('11695-6990-1', '11695699001'), gtins: ['00311695699012'] },
    },
    ...{ prefix: 'E', doses: ['1', '2', '3.5', '5'], order: 1, use: 2 },
  },
  {
    product: {
      ...{
        ...injection,
        name: 'Butorphanol (Torbugesic-SA)',
        strength: '2 mg/mL',
        schedule: 'IV',
        holds: '10',
      },
      ...{ ...ndc('54771-4531-1', '54771453101'), gtins: ['00354771453115'] },
    },
    ...{ prefix: 'B', doses: ['0.2', '0.3', '0.5', '0.75'], order: 2, use: 4 },
  },
  {
    product: {
      ...{ ...injection, name: 'Midazolam', strength: '5 mg/mL', schedule: 'IV', holds: '10' },
      ...{ ...ndc('70860-601-10', '70860060110'), gtins: ['00370860601106'] },
    },
    ...{ prefix: 'Z', doses: ['0.2', '0.4', '0.5', '0.9'], order: 2, use: 4 },
  },
  {
    product: {
      ...{ ...injection, name: 'Buprenorphine (Simbadol)', strength: '1.8 mg/mL', schedule: 'III' },
      ...{ holds: '10', gtins: [] },
    },
    ...{ prefix: 'S', doses: ['0.12', '0.24', '0.36'], order: 1, use: 2 },
  },
  {
    product: {
      ...{ ...injection, name: 'Alfaxalone', strength: '10 mg/mL', schedule: 'IV', holds: '10', gtins: [] },
    },
    ...{ prefix: 'A', doses: ['0.5', '0.8', '1.2'], order: 1, use: 2 },
  },
  {
    product: {
      ...{ name: 'Phenobarbital', strength: '97.2 mg', form: 'tablet', unit: 'tablet', schedule: 'IV' },
      ...{ holds: '100', ...ndc('51672-5325-1', '51672532501'), gtins: ['00351672532512'] },
    },
    ...{ prefix: 'P', doses: ['1', '2', '4'], order: 1, use: 1 },
  },
];

export const DEMO_SUPPLIER = {
  name: 'Example Veterinary Supply (made up)',
  address: '9 Sample Road, Nowhere, CO 80000',
};

const ANIMALS = [
  'Biscuit',
  'Mochi',
  'Otis',
  'Pepper',
  'Luna',
  'Tuck',
  'Waffle',
  'Iggy',
  'Clover',
  'Bram',
  'Nova',
  'Fig',
];
const SPECIES = ['dog', 'cat', 'dog', 'rabbit'];
const OWNERS = ['R. Placeholder', 'J. Sample', 'A. Nobody', 'M. Specimen', 'T. Example'];

/** Made-up patients for the vault. */
export const DEMO_PATIENTS: readonly PatientDetails[] = Array.from({ length: 36 }, (_, i) => ({
  name: `${ANIMALS[i % ANIMALS.length]}${i < ANIMALS.length ? '' : ` ${Math.floor(i / ANIMALS.length) + 1}`}`,
  species: SPECIES[i % SPECIES.length] ?? 'dog',
  owner: OWNERS[i % OWNERS.length] ?? 'Sample',
  address: `${i + 1} Made-up Lane, Nowhere, CO 80000`,
  recordNumber: `DEMO-${1000 + i}`,
}));
