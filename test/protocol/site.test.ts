import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { countRead, drifted, parseHealths } from '../../extension/sites/health.ts';
import { freeId, parseKept, withSite } from '../../extension/sites/kept.ts';
import { globFits } from '../../extension/sites/text.ts';
import { readSites, type SiteDefinition, siteDefinition, writeSites } from '../../shared/protocol/site.ts';

const folder = new URL('../../extension/sites/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const fileAt = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const site: SiteDefinition = {
  format: 'countersign-site-1',
  id: 'own',
  label: 'Our PMS',
  version: 1,
  tested: false,
  match: [{ origin: 'https://pms.example.com', path: '/patients/*' }],
  fields: { patient: [{ by: 'attribute', name: 'data-testid', value: 'patient-name' }] },
};
const changed = (change: object) => v.safeParse(siteDefinition, { ...site, ...change }).success;

describe('a site as data', () => {
  it.each(files)('%s, which comes with the extension, is one', (name) => {
    const read = v.safeParse(siteDefinition, fileAt(name));
    expect(read.issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
    expect(read.success && `${read.output.id}.json`).toBe(name);
  });

  it('goes out as a file and comes back the same', () => {
    expect(readSites(writeSites([site]))).toEqual({ ok: true, sites: [site] });
    expect(readSites(JSON.stringify(site))).toEqual({ ok: true, sites: [site] });
  });

  it.each([
    ['a member of its own', { run: 'alert(1)' }],
    ['an unencrypted address', { match: [{ origin: 'http://pms.example.com', path: '/*' }] }],
    ['every host there is', { match: [{ origin: 'https://*', path: '/*' }] }],
    ['a whole top-level domain', { match: [{ origin: 'https://*.com', path: '/*' }] }],
    ['a path that is none', { match: [{ origin: 'https://pms.example.com', path: 'patients' }] }],
    [
      'more stars than anybody needs',
      { match: [{ origin: 'https://pms.example.com', path: '/*a*b*c*d*e' }] },
    ],
    ['a selector', { fields: { patient: [{ by: 'css', value: '*' }] } }],
    ['a style attribute', { fields: { patient: [{ by: 'attribute', name: 'style', value: 'colour' }] } }],
    [
      'an attribute that holds anything',
      { fields: { patient: [{ by: 'attribute', name: 'id', value: '*' }] } },
    ],
    ['four ways to one field', { fields: { patient: Array(4).fill({ by: 'term', texts: ['Patient'] }) } }],
    ['a field of its own', { fields: { password: [{ by: 'term', texts: ['Password'] }] } }],
    ['a text of two lines', { fields: { patient: [{ by: 'term', texts: ['Pat\nient'] }] } }],
    [
      'a host that is no custom element',
      { fields: { patient: [{ by: 'term', texts: ['P'], hosts: ['div'] }] } },
    ],
    [
      'a list without a drug',
      { rows: { container: [{ by: 'role', role: 'table' }], row: { by: 'row' }, columns: {} } },
    ],
    ['an id with a slash', { id: '../x' }],
    ['no version', { version: 0 }],
  ])('is refused with %s', (_what, change) => {
    expect(changed({})).toBe(true);
    expect(changed(change)).toBe(false);
  });

  it('is refused with a sentence that says where', () => {
    expect(readSites('{')).toEqual({ ok: false, message: 'The file is not JSON, so it holds no sites.' });
    const bad = readSites(JSON.stringify({ format: 'countersign-sites-1', sites: [{ ...site, id: 'X Y' }] }));
    expect(bad.ok ? '' : bad.message).toContain('sites.0.id');
    expect(readSites('1'.repeat(500_001)).ok).toBe(false);
  });
});

describe('a glob', () => {
  it.each([
    ['/patients/*', '/patients/12', true],
    ['/patients/*', '/patients/12/chart', false],
    ['/patients/**', '/patients/12/chart', true],
    ['/#/patients/*', '/#/patients/a', true],
    ['**', '', true],
  ])('%s fits %s: %s', (glob, text, fits) => expect(globFits(glob, text)).toBe(fits));

  it('decides as a pattern would, and in time that grows with the text alone', () => {
    const char = fc.constantFrom('a', 'b', '/');
    const text = fc.string({ unit: char, maxLength: 12 });
    const glob = fc
      .array(fc.oneof(char, fc.constantFrom('*', '**')), { maxLength: 6 })
      .map((parts) => parts.join('').replace(/\*{3,}/g, '**'));
    fc.assert(
      fc.property(glob, text, (pattern, one) => {
        const source = pattern.replace(/\*\*|\*/g, (star) => (star === '**' ? '.*' : '[^/]*'));
        expect(globFits(pattern, one)).toBe(new RegExp(`^${source}$`).test(one));
      }),
    );
    const started = performance.now();
    expect(globFits(`${'**a'.repeat(40)}b`, 'a'.repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('what is kept of sites', () => {
  it('passes over one that the schema does not take, and keeps the others', () => {
    expect(parseKept({ off: ['x'], own: [site, { ...site, id: 'NO' }] })).toEqual({
      off: ['x'],
      own: [site],
    });
    expect(parseKept('nonsense')).toEqual({ off: [], own: [] });
  });
  it('puts a new one first, and switches on what it takes the place of', () => {
    const other = { ...site, id: 'other' };
    const kept = withSite({ off: ['own', 'x'], own: [other, site] }, { ...site, version: 2 });
    expect(kept).toEqual({ off: ['x'], own: [{ ...site, version: 2 }, other] });
    expect(freeId('PMS.example.com:8443', ['pms-example-com-8443'])).toBe('pms-example-com-8443-2');
  });
});

describe('a site’s health', () => {
  const at = (minute: number) => `2026-03-01T10:0${minute}:00.000Z`;
  it('counts by which way each field was found, and tells what has drifted', () => {
    let healths = countRead({}, 'own', { patient: 0, weight: 'none' }, at(0));
    healths = countRead(healths, 'own', { patient: 1, weight: 'empty' }, at(1));
    healths = countRead(healths, 'own', { patient: 2, weight: 0 }, at(2));
    expect(drifted(healths.own)).toEqual([]);
    healths = countRead(healths, 'own', { patient: 'many', weight: 0 }, at(3));
    expect(healths.own).toEqual({
      reads: 4,
      lastRead: at(3),
      fields: {
        patient: { used: [1, 1, 1], missed: 1, running: 3 },
        weight: { used: [2, 0, 0], missed: 1, running: 0 },
      },
    });
    expect(drifted(healths.own)).toEqual(['patient']);
    expect(parseHealths(JSON.parse(JSON.stringify(healths)))).toEqual(healths);
    expect(JSON.stringify(healths)).not.toMatch(/Rex|Bella/);
  });
});
