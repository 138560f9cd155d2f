import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeOf } from '../../extension/background/badge.ts';
import { draftOf } from '../../extension/background/draft-of.ts';
import type { SiteReading } from '../../shared/protocol/overlay.ts';

const work = (drafts: string[], witnessPending = 0, overdue = 0) => ({ drafts, witnessPending, overdue });

describe('the badge', () => {
  it('counts each draft once, wherever it is kept, and every witness that is missing', () => {
    expect(badgeOf([], work([]), false).text).toBe('');
    expect(badgeOf(['a', 'b'], work(['b', 'c'], 2), false)).toMatchObject({
      text: '5',
      title: 'Countersign: 3 not in the ledger yet; 2 witness pending',
    });
  });

  it('presses when something is overdue, and says so; an alarm goes before all', () => {
    const late = badgeOf([], work([], 2, 1), false);
    expect(late.title).toBe('Countersign: 2 witness pending, 1 overdue');
    expect(late.color).not.toBe(badgeOf([], work([], 2), false).color);
    expect(badgeOf(['a'], work([], 2, 1), true).text).toBe('!');
  });

  it('is a number of four characters at the most', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (drafts, pending) => {
        const held = Array.from({ length: drafts }, (_, i) => String(i));
        expect(badgeOf(held, work([], pending), false).text).toMatch(/^(\d{1,3}|999\+)?$/);
      }),
    );
  });
});

describe('a draft from a page', () => {
  const site = (suggestions: SiteReading['suggestions']): SiteReading => ({
    ...{ reader: { id: 'demo-tables', label: 'Demo' }, suggestions, origin: 'http://127.0.0.1:4180' },
  });
  const now = Date.parse('2026-03-05T09:40:00.000Z');

  it('has the page’s words, the time of the press and an amount only where the page states one in mL', () => {
    const said = {
      patient: 'Bella',
      species: 'Canine',
      recordNumber: 'P-1',
      drug: 'Ketamine',
      dose: '0.35 mL IV',
    };
    expect(draftOf(site(said), now, 'id')).toEqual({
      ...{
        entryId: 'id',
        type: 'draw',
        door: 'overlay',
        site: 'demo-tables',
        startedAt: '2026-03-05T09:40:00.000Z',
      },
      form: {
        ...{ patient: 'Bella', species: 'Canine', recordNumber: 'P-1', drawn: '0.35' },
        ...{ at: '2026-03-05T09:40:00.000Z', saidDrug: 'Ketamine', saidDose: '0.35 mL IV' },
      },
    });
    const mass = draftOf(site({ patient: 'Bella', drug: 'Ketamine', dose: '35 mg' }), now, 'id');
    expect(mass?.form).not.toHaveProperty('drawn');
    expect(mass?.form).not.toHaveProperty('container');
  });

  it('is none where the page names neither patient nor drug', () => {
    expect(draftOf(site({ dose: '0.35 mL' }), now, 'id')).toBeNull();
  });
});
