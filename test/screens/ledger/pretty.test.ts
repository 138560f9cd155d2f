import { expect, it } from 'vitest';
import { lateBy, prettyLines } from '../../../pwa/screens/ledger/pretty.ts';

const ID = '0198c0de-0000-7000-8000-000000000001';

it('makes links of the ids of other records and of containers, and of nothing else', () => {
  const line = JSON.stringify({ entry: { body: { draw: ID, container: ID, reason: ID }, id: ID } });
  const links = prettyLines(line).flatMap((l) => (l.link ? [`${l.link.to} ${l.text.trim()}`] : []));
  expect(links).toEqual([`ledger "draw": "${ID}",`, `vials "container": "${ID}",`]);
});

it('shows a text that is no JSON as it is', () => {
  expect(prettyLines('{"entry":')).toEqual([{ text: '{"entry":' }]);
});

it('says how late only where it is worth saying', () => {
  const at = '2026-11-21T18:00:00.000Z';
  const after = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
  expect(lateBy({ at, recorded: after(4) })).toBeUndefined();
  expect(lateBy({ at, recorded: after(45) })).toBe('45 minutes');
  expect(lateBy({ at, recorded: after(60 * 20) })).toBe('20 hours');
  expect(lateBy({ at, recorded: after(60 * 24 * 3) })).toBe('3 days');
});
