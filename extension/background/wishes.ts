import * as v from 'valibot';
import type { Shelf } from './shelf.ts';

/** A drug that somebody has selected in the page of a tab, for the form that opens there. */
export type Wishes = Record<string, { drug: string; until: number }>;

/** How long a form may take to open, in milliseconds: what was wanted before that is not wanted of the next one. */
const GOOD_FOR = 30_000;
const shape = v.record(v.string(), v.object({ drug: v.string(), until: v.number() }));

export const parseWishes = (stored: unknown): Wishes => {
  const result = v.safeParse(shape, stored);
  return result.success ? result.output : {};
};

export const wish = (shelf: Shelf<Wishes>, tab: number, drug: string, now: number): Promise<void> =>
  shelf.change((wishes) => {
    const open = Object.entries(wishes).filter(([, { until }]) => until > now);
    return {
      next: { ...Object.fromEntries(open), [tab]: { drug, until: now + GOOD_FOR } },
      result: undefined,
    };
  });

/** What was wanted of the form in a tab; it is wanted once. */
export const takeWish = (shelf: Shelf<Wishes>, tab: number, now: number): Promise<string | null> =>
  shelf.change(({ [tab]: found, ...rest }) => ({
    next: rest,
    result: found && found.until > now ? found.drug : null,
  }));
