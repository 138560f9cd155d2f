import { type Adapter, type Expected, firstTreatment, labelled } from './adapter.ts';

/** The demo PMS's server-rendered pages. The facts stand in a table with row heads; ids are stable. */
export const demoTables: Adapter = {
  id: 'demo-tables',
  label: 'Demo PMS (tables)',
  match: ({ hostname, pathname }) => hostname === '127.0.0.1' && pathname.startsWith('/tables/patient/'),
  priority: 100,
  detect: (page) => page.querySelector('#patient-facts[data-patient]') !== null,
  extract: (page) => {
    const table = page.querySelector('#patient-facts');
    const facts = table ? labelled(table) : new Map<string, string>();
    return {
      patient: facts.get('patient'),
      species: facts.get('species'),
      owner: facts.get('owner'),
      address: facts.get('address'),
      recordNumber: facts.get('number'),
      ...firstTreatment(page.querySelector('#treatments')),
    };
  },
  pillAnchor: (page) => page.querySelector('main .head'),
  noteField: (page) => page.querySelector<HTMLTextAreaElement>('form#note-form textarea#note'),
};

export const expected: Expected = [
  {
    page: '/tables/patient/P-10422',
    suggestions: {
      patient: 'Bella',
      species: 'Canine',
      owner: 'Okafor, Ada',
      address: '12 Larch Row, Millbrook',
      recordNumber: 'P-10422',
      drug: 'Ketamine 100 mg/mL',
      dose: '0.35 mL IV',
    },
  },
];
