import type { SuggestedField } from '../../shared/protocol/page-text.ts';
import { type Adapter, type Expected, labelled, type RawSuggestions, textOf } from './adapter.ts';

/** Any other site that the clinic has allowed: schema.org data first, then labels that mean what they say. */
export const generic: Adapter = {
  id: 'generic',
  label: 'Any page',
  match: () => true,
  priority: 0,
  detect: (page) => read(page).patient !== undefined,
  extract: read,
  pillAnchor: () => null,
  noteField: (page) =>
    page.querySelector<HTMLTextAreaElement>('textarea[name*="note" i], textarea[aria-label*="note" i]'),
};

const LABELS: Record<SuggestedField, readonly string[]> = {
  patient: ['patient', 'patient name', 'animal', 'animal name', 'pet', 'pet name'],
  species: ['species'],
  owner: ['owner', 'owner name', 'client', 'client name'],
  address: ['address', 'owner address', 'client address'],
  weight: ['weight', 'current weight', 'last weight'],
  recordNumber: ['patient number', 'patient id', 'chart', 'chart #', 'chart number', 'record number', 'mrn'],
  drug: ['drug', 'medication'],
  dose: ['dose'],
};

function read(page: Document): RawSuggestions {
  return { ...fromLabels(page), ...fromMicrodata(page), ...fromJsonLd(page) };
}

function fromLabels(page: Document): RawSuggestions {
  const said = labelled(page);
  const raw: RawSuggestions = {};
  for (const [name, labels] of Object.entries(LABELS)) {
    const label = labels.find((text) => said.has(text));
    if (label !== undefined) raw[name as SuggestedField] = said.get(label);
  }
  return raw;
}

function fromMicrodata(page: Document): RawSuggestions {
  const item = page.querySelector('[itemscope][itemtype$="schema.org/Patient"]');
  if (!item) return {};
  const prop = (name: string) => {
    const element = item.querySelector(`[itemprop="${name}"]`);
    return element?.getAttribute('content') ?? textOf(element);
  };
  return defined({
    patient: prop('name'),
    recordNumber: prop('identifier'),
    address: prop('address'),
    drug: prop('drug'),
  });
}

function fromJsonLd(page: Document): RawSuggestions {
  for (const script of [...page.querySelectorAll('script[type="application/ld+json"]')].slice(0, 10)) {
    const data = parsed(script.textContent ?? '');
    if (data?.['@type'] !== 'Patient') continue;
    const string = (key: string) => (typeof data[key] === 'string' ? data[key] : undefined);
    return defined({
      patient: string('name'),
      recordNumber: string('identifier'),
      address: string('address'),
      drug: string('drug'),
    });
  }
  return {};
}

function parsed(json: string): Record<string, unknown> | null {
  if (json.length > 100_000) return null;
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === 'object' && data !== null ? { ...data } : null;
  } catch {
    return null;
  }
}

const defined = (raw: RawSuggestions): RawSuggestions =>
  Object.fromEntries(Object.entries(raw).filter(([, text]) => text !== undefined));

export const expected: Expected = [
  {
    page: '/tables/patient/P-10533',
    suggestions: {
      patient: 'Juniper',
      species: 'Equine',
      owner: 'Whitcombe Stables',
      address: 'Farm Road, Alder Cross',
      weight: '210 kg',
    },
  },
];
