import { describe, expect, it } from 'vitest';
import { siteAt, sitesOf } from '../../extension/sites/choose.ts';
import { readable, SHIPPED } from '../../extension/sites/index.ts';
import { readSite } from '../../extension/sites/reader.ts';
import { sameReading } from '../../extension/sites/same.ts';
import { FIELD_LIMITS, plainLine, type SuggestedField } from '../../shared/protocol/page-text.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import hostile from '../sites/demo-pms/hostile.html?raw';
import { PATIENTS } from '../sites/demo-pms/patients.mjs';
import { patientPage, splitPage } from '../sites/demo-pms/tables.mjs';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const placeAt = (path: string) => ({ top: true, address: `http://127.0.0.1:4180${path}`, name: '' });

function shipped(id: string): SiteDefinition {
  const site = SHIPPED.find((one) => one.id === id);
  if (!site) throw new Error(`No site ${id}`);
  return site;
}

const patientAt = (number: string) => {
  const patient = PATIENTS.find((one) => one.number === number);
  if (!patient) throw new Error(`No patient ${number}`);
  return patient;
};

/** The card of the single-page app, as it draws it. */
function card(number: string): string {
  const patient = patientAt(number);
  const facts = [
    ['Chart #', patient.number],
    ['Name', patient.name],
    ['Species', patient.species],
    ['Client', patient.owner],
    ['Weight', patient.weight],
  ];
  const rows = patient.treatments.map(
    (t) => `<tr><td>${t.time}</td><td>${t.drug}</td><td>${t.dose}</td></tr>`,
  );
  return `<section data-testid="patient-card"><dl data-testid="facts">${facts
    .map(([dt, dd]) => `<dt>${dt}</dt><dd>${dd}</dd>`)
    .join('')}</dl><table><thead><tr><th>Time</th><th>Drug</th><th>Dose</th></tr></thead>
    <tbody>${rows.join('')}</tbody></table></section>`;
}

describe('a page with two patients side by side', () => {
  const [bella, rex] = [patientAt('P-10422'), patientAt('P-10507')];
  const page = parse(splitPage(bella, rex));
  const read = (chosen?: string) =>
    readSite(shipped('demo-tables'), page, placeAt('/tables/patient/P-10422'), chosen);

  it('is read as nobody’s, and names both', () => {
    expect(read().patients).toEqual([bella.name, rex.name]);
    expect(read().suggestions).toEqual({});
    expect(read('Somebody Else').suggestions).toEqual({});
  });

  it('is read panel by panel once one of them is chosen', () => {
    for (const one of [bella, rex]) {
      expect(read(one.name).suggestions).toMatchObject({
        ...{ patient: one.name, species: one.species, owner: one.owner },
        ...{ weight: one.weight, recordNumber: one.number },
      });
      expect(read(one.name).listed?.map(({ drug }) => drug)).toEqual(
        one.treatments.map(({ drug }) => drug).filter((drug) => drug !== ''),
      );
    }
  });

  it('gives the one nothing that only the other has', () => {
    const less = parse(splitPage(bella, rex));
    const weights = [...less.querySelectorAll('th')].filter(({ textContent }) => textContent === 'Weight');
    weights[0]?.parentElement?.remove();
    const said = (chosen: string) =>
      readSite(shipped('demo-tables'), less, placeAt('/tables/patient/P-10422'), chosen).suggestions;
    expect(said(bella.name).weight).toBeUndefined();
    expect(said(rex.name).weight).toBe(rex.weight);
  });
});

describe('a site that came along and nobody has tried', () => {
  const page = '<dl><dt>Patient</dt><dd>Rex</dd></dl><label>Patient Weight <input value="4 kg"></label>';
  it('is read as any page where it says nothing itself', () => {
    for (const id of ['vetspire', 'digitail', 'shepherd', 'ezyvet']) {
      const read = readSite(readable(shipped(id)), parse(page));
      expect(read.suggestions.patient, id).toBe('Rex');
      expect(read.reader.id).toBe(id);
    }
  });
});

describe('the sites that come with the extension', () => {
  it('read the server-rendered page: facts, and what the list says was given', () => {
    const page = parse(patientPage(patientAt('P-10422')));
    const read = readSite(shipped('demo-tables'), page, placeAt('/tables/patient/P-10422'));
    expect(read.suggestions).toEqual({
      patient: 'Bella',
      species: 'Canine',
      owner: 'Okafor, Ada',
      address: '12 Larch Row, Millbrook',
      weight: '28.4 kg',
      recordNumber: 'P-10422',
    });
    expect(read.listed?.[0]).toEqual({ drug: 'Maropitant 10 mg/mL', dose: '2.8 mL SC' });
    expect(new Set(Object.values(read.finds ?? {}))).toEqual(new Set([0]));
  });

  it('read the single-page app, and nothing of a card that is still another patient’s', () => {
    const page = parse(card('P-10507'));
    const site = shipped('demo-spa');
    const read = readSite(site, page, placeAt('/spa/patient/P-10507'));
    expect(read.suggestions).toMatchObject({
      patient: 'Mr. Biscuit',
      recordNumber: 'P-10507',
      weight: '5.1 kg',
    });
    expect(read.listed?.[0]?.drug).toBe('Buprenorphine 0.3 mg/mL');
    const other = readSite(site, page, placeAt('/spa/patient/P-10422'));
    expect([other.suggestions, other.listed]).toEqual([{}, undefined]);
  });

  it('read any page by the labels that mean what they say', () => {
    const page = parse(patientPage(patientAt('P-10533')));
    expect(readSite(shipped('generic'), page, placeAt('/x')).suggestions).toEqual({
      patient: 'Juniper',
      species: 'Equine',
      owner: 'Whitcombe Stables',
      address: 'Farm Road, Alder Cross',
      weight: '210 kg',
    });
  });

  it('read schema.org data from JSON-LD and microdata', () => {
    const expected = { patient: 'Rex', recordNumber: '77' };
    for (const html of [
      '<script type="application/ld+json">{"@type":"Patient","name":"Rex","identifier":"77"}</script>',
      '<div itemscope itemtype="https://schema.org/Patient"><b itemprop="name">Rex</b><meta itemprop="identifier" content="77"></div>',
    ])
      expect(readSite(shipped('generic'), parse(html)).suggestions).toEqual(expected);
  });
});

describe('which site reads a page', () => {
  it('is the clinic’s own first, one of the address next, and any-page last', () => {
    const url = new URL('http://127.0.0.1:4180/tables/patient/P-10422');
    const own = { ...shipped('demo-tables'), id: 'own', match: [{ origin: url.origin, path: '/tables/**' }] };
    expect(siteAt(sitesOf([own, ...SHIPPED], url), url)?.id).toBe('own');
    expect(siteAt(sitesOf(SHIPPED, url), url)?.id).toBe('demo-tables');
    const elsewhere = new URL('https://127.0.0.1.example.com/tables/patient/1');
    expect(siteAt(sitesOf(SHIPPED, elsewhere), elsewhere)?.id).toBe('generic');
  });
});

describe('fallbacks', () => {
  const site: SiteDefinition = {
    ...shipped('generic'),
    id: 'own',
    fields: {
      patient: [
        { by: 'attribute', name: 'data-testid', value: 'patient-name' },
        { by: 'term', texts: ['Patient'] },
      ],
      weight: [{ by: 'beside', texts: ['Weight'] }],
    },
  };
  it('are used when the main way is gone, and it is told which; several that differ are nobody', () => {
    const read = (html: string) => readSite(site, parse(html));
    expect(read('<b data-testid="patient-name">Rex</b>').finds).toMatchObject({ patient: 0, weight: 'none' });
    expect(read('<dl><dt>Patient<dd>Rex</dl><p>Weight: 4 kg</p>')).toMatchObject({
      suggestions: { patient: 'Rex', weight: '4 kg' },
      finds: { patient: 1, weight: 0 },
    });
    const two = read('<b data-testid="patient-name">Rex</b><b data-testid="patient-name">Bella</b>');
    expect(two).toMatchObject({ suggestions: {}, finds: { patient: 'many' } });
    expect(read('<b data-testid="patient-name"></b>').finds?.patient).toBe('empty');
  });
});

describe('a page that sends nonsense', () => {
  it('gives plain lines within their limits and nothing else', () => {
    const page = parse(hostile);
    page.getElementById('long')?.replaceChildren('9'.repeat(100_000));
    page
      .getElementById('odd')
      ?.replaceChildren('Be\u0000l\u202ela\u2066\n\n\u0007 <script>alert(1)</script>');
    const { suggestions } = readSite(shipped('demo-tables'), page, placeAt('/tables/patient/x'));
    expect(suggestions.recordNumber).toHaveLength(60);
    expect(suggestions.address).toBeUndefined();
    for (const name of Object.keys(FIELD_LIMITS) as SuggestedField[]) {
      const text = suggestions[name];
      if (text === undefined) continue;
      expect(text.length).toBeLessThanOrEqual(FIELD_LIMITS[name]);
      expect(plainLine(text, FIELD_LIMITS[name])).toBe(text);
    }
  });

  it.each([
    '<script type="application/ld+json">{</script>',
    '<script type="application/ld+json">[null]</script>',
    '',
    '<dl><dt>Patient</dt></dl>',
  ])('is a page without suggestions: %s', (html) => {
    expect(readSite(shipped('generic'), parse(html)).suggestions).toEqual({});
  });

  it('says the same again as the same', () => {
    const a = readSite(shipped('generic'), parse('<dl><dt>Patient</dt><dd>Rex</dd></dl>'));
    expect(sameReading(a, { ...a, suggestions: { ...a.suggestions } })).toBe(true);
    expect(sameReading(a, null)).toBe(false);
  });
});
