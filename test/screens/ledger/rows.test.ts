import { describe, expect, it } from 'vitest';
import { PAGE_ROWS, type RowFilter, RowPages } from '../../../pwa/screens/ledger/rows.ts';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';

const row = (seq: number): RecordRow => ({
  ...{ seq, hash: 'h', entryId: `e${seq}`, type: seq % 3 === 0 ? 'draw' : 'count' },
  ...{ at: '', recorded: '', byName: 'A', summary: '', late: false, flags: [] },
});

const settled = (pages: RowPages) =>
  new Promise<void>((resolve) => {
    pages.onChange(resolve);
  });

/** A log of `size` records and the pages that a list of it has asked for. */
function log(size: number, filter: RowFilter = {}) {
  const asked: RowQuery[] = [];
  const fetch = (query: RowQuery) => {
    asked.push(query);
    const rows = Array.from({ length: size }, (_, i) => row(size - 1 - i))
      .filter(
        (r) => (query.before === undefined || r.seq < query.before) && (!query.type || r.type === query.type),
      )
      .slice(0, query.limit);
    return Promise.resolve({ rows, size });
  };
  const pages = new RowPages(fetch, filter);
  const settle = () => settled(pages);
  return { pages, asked, settle };
}

describe('the whole ledger', () => {
  it('fetches any page at once, by its place', async () => {
    const { pages, asked, settle } = log(100_000);
    pages.want(0, 20);
    await settle();
    expect(pages.count).toBe(100_000);
    expect(pages.at(0)?.seq).toBe(99_999);
    pages.want(50_000, 50_020);
    await settle();
    expect(pages.at(50_000)?.seq).toBe(49_999);
    expect(asked).toHaveLength(2);
  });

  it('does not ask for a page twice, nor for one beyond the end', async () => {
    const { pages, asked, settle } = log(5);
    pages.want(0, 20);
    pages.want(0, 20);
    await settle();
    pages.want(0, 400);
    expect(asked).toHaveLength(1);
    expect(pages.complete).toBe(true);
  });
});

describe('a filtered ledger', () => {
  it('follows from the last row, until a page is short', async () => {
    const { pages, settle } = log(PAGE_ROWS * 4, { type: 'draw' });
    pages.want(0, 20);
    await settle();
    expect(pages.count).toBe(PAGE_ROWS + 1);
    expect(pages.complete).toBe(false);
    pages.want(90, PAGE_ROWS + 1);
    await settle();
    expect(pages.complete).toBe(true);
    expect(pages.count).toBe(134);
    expect(pages.at(133)?.seq).toBe(0);
  });

  it('is empty when nothing matches', async () => {
    const { pages, settle } = log(10, { type: 'waste' });
    pages.want(0, 20);
    await settle();
    expect(pages.count).toBe(0);
    expect(pages.complete).toBe(true);
  });
});

it('says so when rows cannot be read, and asks again only when told to', async () => {
  let fail = true;
  let asked = 0;
  const pages = new RowPages(() => {
    asked += 1;
    return fail ? Promise.reject(new Error('closed')) : Promise.resolve({ rows: [row(0)], size: 1 });
  }, {});
  pages.want(0, 1);
  await settled(pages);
  expect(pages.failure).toContain('could not be read');
  pages.want(0, 1);
  expect(asked).toBe(1);
  fail = false;
  pages.retry();
  pages.want(0, 1);
  await settled(pages);
  expect(pages.failure).toBeUndefined();
  expect(pages.at(0)?.seq).toBe(0);
});
