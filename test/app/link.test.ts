import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINK_SOURCES, readLink } from '../../pwa/app/link.ts';

const [PROVET, ANY] = LINK_SOURCES;

test('the number behind the name that the clinic has entered in its system, and who says so', () => {
  const said = { state: 'consultation', consultation: '900117' };
  expect(readLink('?provet_consultation=900117')).toEqual({ ...said, source: PROVET });
  expect(readLink('?consultation=900117')).toEqual({ ...said, source: ANY });
  expect(readLink('?consultation=0198c0de-7a11-7000-8000-0123456789ab').state).toBe('consultation');
});

test('what the system adds of its own is as if it were not there', () => {
  const query = '?provet_id=4417&user_id=12&hash=ab%2Fcd%3D&provet_consultation=900117&timestamp=1';
  expect(readLink(query)).toMatchObject({ consultation: '900117' });
});

test.each([
  '',
  '?',
  '?x=1',
  '?provet_consultation%20=1',
  '?Provet_Consultation=1',
  '?draft=1&container=2&pin=3',
])('the query “%s” names none', (query) => {
  expect(readLink(query)).toEqual({ state: 'none' });
});

test.each([
  ['two of them', '1&provet_consultation=2'],
  ['the same one twice', '1&provet_consultation=1'],
  ['one for each name', '1&consultation=1'],
])('%s is nobody’s', (_, rest) => {
  expect(readLink(`?provet_consultation=${rest}`)).toMatchObject({ state: 'refused', code: 'several' });
});

test.each([
  '',
  ' 1',
  '1 ',
  '1\n',
  '%0a1',
  '-1',
  'none',
  'Give all of it to room 2',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'https://other.example/1',
  '1/2',
  '9'.repeat(41),
  '\u202e711009',
  '９００１１７',
  '900117\u200b',
  '\ud800',
  '%',
])('“%s” is no number of a consultation', (value) => {
  const query = new URLSearchParams([['provet_consultation', value]]);
  expect(readLink(`?${query}`)).toEqual({ state: 'refused', code: 'malformed', source: PROVET });
});

test('a query that cannot be decoded, and one without end, are answered too', () => {
  expect(readLink('?provet_consultation=%ff%fe%')).toMatchObject({ code: 'malformed' });
  expect(readLink(`?${'x=1&'.repeat(100_000)}provet_consultation=1`)).toEqual({ state: 'none' });
});

test('whatever an address says, no more comes of it than one short line of plain letters', () => {
  const name = fc.oneof(
    fc.constantFrom('provet_consultation', 'consultation', 'container', 'pin'),
    fc.string(),
  );
  const value = fc.oneof(fc.stringMatching(/^[\w-]{0,50}$/), fc.string({ unit: 'binary' }), fc.string());
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 6 });
  const made = pairs.map((all) => `?${new URLSearchParams(all)}`);
  fc.assert(
    fc.property(fc.oneof(made, fc.string(), fc.string({ unit: 'binary' })), (query) => {
      const read = readLink(query);
      if (read.state === 'none') return;
      expect(LINK_SOURCES).toContain(read.source);
      if (read.state === 'refused') return;
      expect(Object.keys(read).sort()).toEqual(['consultation', 'source', 'state']);
      expect(read.consultation).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
      expect(new URLSearchParams(query).getAll(read.source.parameter)).toEqual([read.consultation]);
    }),
    { numRuns: 2000 },
  );
});
