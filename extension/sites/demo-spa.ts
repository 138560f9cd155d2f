import { type Adapter, type Expected, firstTreatment, labelled } from './adapter.ts';

/**
 * The demo PMS's single-page app. It throws its elements away every second, so nothing found here is kept:
 * each reading starts from the document again.
 */
export const demoSpa: Adapter = {
  id: 'demo-spa',
  label: 'Demo PMS (whiteboard)',
  match: ({ hostname, pathname }) => hostname === '127.0.0.1' && pathname.startsWith('/spa'),
  priority: 100,
  // The address changes before the card is drawn: a card that belongs to another address is not this patient.
  detect: (page) => {
    const number = facts(page).get('chart #');
    return number !== undefined && page.location.pathname.endsWith(`/${number}`);
  },
  extract: (page) => {
    const said = facts(page);
    return {
      patient: said.get('name'),
      species: said.get('species'),
      owner: said.get('client'),
      address: said.get('client address'),
      recordNumber: said.get('chart #'),
      ...firstTreatment(page.querySelector('[data-testid="patient-card"] table')),
    };
  },
  pillAnchor: (page) => page.querySelector('[data-testid="patient-card"] .head'),
  noteField: (page) => page.querySelector<HTMLTextAreaElement>('textarea[data-testid="note"]'),
};

function facts(page: Document): Map<string, string> {
  const list = page.querySelector('[data-testid="patient-card"] [data-testid="facts"]');
  return list ? labelled(list) : new Map();
}

export const expected: Expected = [
  {
    page: '/spa/patient/P-10507',
    suggestions: {
      patient: 'Mr. Biscuit',
      species: 'Feline',
      owner: 'Lindqvist, Per',
      address: '4 Quarry Lane, Millbrook',
      recordNumber: 'P-10507',
      drug: 'Buprenorphine 0.3 mg/mL',
      dose: '0.25 mL IM',
    },
  },
];
