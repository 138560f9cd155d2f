import { h, render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { RowList } from '../../../pwa/screens/ledger/RowList.tsx';
import { RowPages } from '../../../pwa/screens/ledger/rows.ts';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';

const SIZE = 100_000;

const row = (seq: number): RecordRow => ({
  ...{ seq, hash: 'ab'.repeat(32), entryId: `e${seq}`, type: 'draw', at: '2026-11-21T18:00:00.000Z' },
  ...{ recorded: '2026-11-21T18:00:01.000Z', byName: 'Juno Pikesample', summary: `Drew ${seq}` },
  ...{ late: false, flags: [] },
});
const fetchRows = async ({ before = SIZE, limit }: RowQuery) => ({
  rows: Array.from({ length: Math.min(limit, before) }, (_, i) => row(before - 1 - i)),
  size: SIZE,
});

const mounted: HTMLElement[] = [];
afterEach(() => {
  for (const host of mounted.splice(0)) {
    render(null, host);
    host.remove();
  }
});

async function mount() {
  const host = document.createElement('div');
  document.body.append(host);
  mounted.push(host);
  const pages = new RowPages(fetchRows, {});
  const memory = { scrollTop: 0, active: 0 };
  const show = () =>
    render(h(RowList, { pages, memory, label: 'Records', linkTo: (seq: number) => `#/ledger/${seq}` }), host);
  pages.onChange(show);
  pages.want(0, 1);
  await expect.poll(() => host.querySelectorAll('a[href]').length).toBeGreaterThan(5);
  const box = host.querySelector<HTMLElement>('.ledger-box');
  if (!box) throw new Error('The list has no box to scroll in.');
  return { host, box };
}

const focused = () => document.activeElement?.textContent ?? '';

test('a hundred thousand records keep a screenful in the document, wherever one scrolls', async () => {
  const { host, box } = await mount();
  expect(host.querySelector('li')?.getAttribute('aria-setsize')).toBe(String(SIZE));
  for (const part of [0.25, 0.5, 1]) {
    box.scrollTop = box.scrollHeight * part;
    const [from, to] = [SIZE * (1 - part) - 200, SIZE * (1 - part) + 200];
    await expect
      .poll(() => {
        const seqs = [...host.querySelectorAll('.ledger-row .seq')].map((cell) => Number(cell.textContent));
        return seqs.some((seq) => seq >= from && seq <= to);
      })
      .toBe(true);
    expect(host.querySelectorAll('li').length).toBeLessThan(60);
  }
});

test('keys go by a row, a page and to the ends, and the focus stays on a row while it is read', async () => {
  const { host } = await mount();
  host.querySelector<HTMLElement>('[data-row="0"]')?.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.poll(focused).toContain('Drew 99997');
  await userEvent.keyboard('{End}');
  await expect.poll(focused).toContain('Drew 0');
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(focused).toContain('Drew 1');
  await userEvent.keyboard('{Home}');
  await expect.poll(focused).toContain('Drew 99999');
  expect(host.querySelectorAll('a[tabindex="0"]')).toHaveLength(1);
});
