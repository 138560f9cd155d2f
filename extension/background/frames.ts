import * as v from 'valibot';
import { parseSite, parseTamper, type SiteReading, type Tamper } from '../../shared/protocol/overlay.ts';
import type { Shelf } from './shelf.ts';

/** A frame that has shown its ticket: known by the browser's own id of its document, so that it can come back. */
export type Frame = { tab: number; site: SiteReading | null; tamper: Tamper };
export type Frames = Record<string, Frame>;

const AT_MOST = 50;
const shape = v.record(
  v.string(),
  v.object({
    tab: v.number(),
    site: v.nullable(v.custom<SiteReading>((site) => parseSite(site) !== null)),
    tamper: v.custom<Tamper>((tamper) => parseTamper(tamper) !== null),
  }),
);
export const parseFrames = (stored: unknown): Frames => {
  const result = v.safeParse(shape, stored);
  return result.success ? result.output : {};
};

/** Remembers a frame. The tab's earlier frames are gone: a page shows one form at a time. */
export const admitFrame = (shelf: Shelf<Frames>, document: string, frame: Frame): Promise<void> =>
  shelf.change((frames) => {
    const others = Object.entries(frames).filter(([, { tab }]) => tab !== frame.tab);
    return { next: Object.fromEntries([...others.slice(1 - AT_MOST), [document, frame]]), result: undefined };
  });

/** Changes what is known of the frame in a tab, if there is one. */
export const changeFrame = (shelf: Shelf<Frames>, tab: number, change: Partial<Frame>): Promise<void> =>
  shelf.change((frames) => ({
    next: Object.fromEntries(
      Object.entries(frames).map(([id, frame]) => [id, frame.tab === tab ? { ...frame, ...change } : frame]),
    ),
    result: undefined,
  }));

export const forgetFrames = (shelf: Shelf<Frames>, tab: number): Promise<void> =>
  shelf.change((frames) => ({
    next: Object.fromEntries(Object.entries(frames).filter(([, frame]) => frame.tab !== tab)),
    result: undefined,
  }));
