import { describe, expect, it } from 'vitest';
import { demoSpa, expected as spaExpected } from '../../extension/sites/demo-spa.ts';
import { demoTables, expected as tablesExpected } from '../../extension/sites/demo-tables.ts';
import { generic, expected as genericExpected } from '../../extension/sites/generic.ts';
import { ADAPTERS, adapterFor, readPage, sameReading } from '../../extension/sites/index.ts';
import { FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';
import hostile from '../sites/demo-pms/hostile.html?raw';
import { PATIENTS } from '../sites/demo-pms/patients.mjs';
import { patientPage } from '../sites/demo-pms/tables.mjs';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const patientOf = (path: string) => PATIENTS.find(({ number }) => path.endsWith(number));

/** The page of the catalogue at a path, as the demo PMS draws it. */
function pageAt(path: string): Document {
  const patient = patientOf(path);
  if (!patient) throw new Error(`No patient at ${path}`);
  if (path.startsWith('/tables/')) return parse(patientPage(patient));
  const facts = [
    ['Chart #', patient.number],
    ['Name', patient.name],
    ['Species', patient.species],
    ['Client', patient.owner],
    ['Client address', patient.address],
  ];
  const rows = patient.treatments.map(
    (t) => `<tr><td>${t.time}</td><td>${t.drug}</td><td>${t.dose}</td></tr>`,
  );
  return parse(`<section data-testid="patient-card"><dl data-testid="facts">${facts
    .map(([dt, dd]) => `<dt>${dt}</dt><dd>${dd}</dd>`)
    .join('')}</dl><table><thead><tr><th>Time</th><th>Drug</th><th>Dose</th></tr></thead>
    <tbody>${rows.join('')}</tbody></table></section>`);
}

describe('each adapter reads its pages of the catalogue', () => {
  for (const [adapter, cases] of [
    [demoTables, tablesExpected],
    [demoSpa, spaExpected],
    [generic, genericExpected],
  ] as const) {
    for (const { page, suggestions } of cases) {
      it(`${adapter.id}: ${page}`, () => {
        expect(readPage(adapter, pageAt(page)).suggestions).toEqual(suggestions);
      });
    }
  }

  it('has ids that fit into an entry, each once, and the generic one last', () => {
    const ids = ADAPTERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
    expect([...ADAPTERS].sort((a, b) => a.priority - b.priority)[0]?.id).toBe('generic');
  });
});

describe('schema.org data', () => {
  it('is read from JSON-LD and microdata', () => {
    const json = parse(
      '<script type="application/ld+json">{"@type":"Patient","name":"Rex","identifier":"77"}</script>',
    );
    expect(readPage(generic, json).suggestions).toEqual({ patient: 'Rex', recordNumber: '77' });
    const micro = parse(
      '<div itemscope itemtype="https://schema.org/Patient"><b itemprop="name">Rex</b><meta itemprop="identifier" content="77"></div>',
    );
    expect(readPage(generic, micro).suggestions).toEqual({ patient: 'Rex', recordNumber: '77' });
  });
});

describe('a page that sends nonsense', () => {
  it('gives plain lines within their limits and nothing else', () => {
    const page = parse(hostile);
    page.getElementById('long')?.replaceChildren('9'.repeat(100_000));
    page
      .getElementById('odd')
      ?.replaceChildren('Be\u0000l\u202ela\u2066\n\n\u0007 <script>alert(1)</script>');
    const { suggestions } = readPage(demoTables, page);
    for (const name of Object.keys(FIELD_LIMITS) as (keyof typeof FIELD_LIMITS)[]) {
      const text = suggestions[name];
      if (text === undefined) continue;
      expect(text.length).toBeLessThanOrEqual(FIELD_LIMITS[name]);
      expect(plainLine(text, FIELD_LIMITS[name])).toBe(text);
    }
    expect(suggestions.address).toBeUndefined();
    expect(suggestions.recordNumber).toHaveLength(60);
  });

  it.each([
    '<script type="application/ld+json">{',
    '<script type="application/ld+json">[null]</script>',
    '',
    '<dl><dt>Patient</dt></dl>',
  ])('is a page without suggestions: %s', (html) => {
    expect(readPage(generic, parse(html)).suggestions).toEqual({});
  });

  it('does not take an adapter that throws, or one that is switched off', () => {
    expect(adapterFor(document, [])).toBeNull();
    expect(adapterFor(document, ['generic'])).toBeNull();
    const a = readPage(generic, parse('<dl><dt>Patient</dt><dd>Rex</dd></dl>'));
    expect(sameReading(a, { ...a, suggestions: { ...a.suggestions } })).toBe(true);
    expect(sameReading(a, null)).toBe(false);
  });
});
