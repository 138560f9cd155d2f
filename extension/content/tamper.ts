import type { Tamper } from '../../shared/protocol/overlay.ts';

/** What is measured of the frame's place in the page, apart from how, so that the judgement can be tested. */
export type Place = {
  connected: boolean;
  /** In the element that it was put into, and the page leaves the keyboard to it. */
  atHome: boolean;
  rect: { left: number; top: number; width: number; height: number };
  expected: { left: number; top: number; width: number; height: number };
  opacity: number;
  visible: boolean;
  /** What is topmost at the probed points: ours or somebody else's. */
  probes: readonly boolean[];
  foreignChanges: number;
};

/** Changes of the host by the page that are undone quietly; a page that goes on is fighting, and the frame gives up. */
export const FOREIGN_LIMIT = 10;
const SLACK = 2;

/**
 * Is the frame where and how it was put? Pages that hide, cover or move it are the ways of getting a real click for
 * something that the person did not see (DOM-based clickjacking).
 */
export function judgePlace(place: Place): Tamper {
  if (!place.connected || !place.atHome || place.foreignChanges > FOREIGN_LIMIT) return 'disturbed';
  if (!place.visible || place.opacity < 0.99) return 'transparent';
  const sides = ['left', 'top', 'width', 'height'] as const;
  if (sides.some((side) => Math.abs(place.rect[side] - place.expected[side]) > SLACK)) return 'moved';
  return place.probes.every((ours) => ours) ? 'none' : 'covered';
}

/** The product of the opacities from an element up to the root. */
export function opacityOf(element: Element): number {
  let opacity = 1;
  for (let at: Element | null = element; at; at = at.parentElement)
    opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
}

const MARGIN = 12;
const WIDTH = 400;
const HEIGHT = 860;

/** Where the frame belongs: a column at the right of the window, the same whatever is in it. In CSS pixels. */
export function expectedRect() {
  // In a page without a doctype it is the body that stands for the window, and the root is as wide as the page likes.
  const root = document.compatMode === 'CSS1Compat' ? document.documentElement : document.body;
  const viewport = root?.clientWidth || window.innerWidth;
  const width = Math.min(WIDTH, viewport - 2 * MARGIN);
  const height = Math.min(HEIGHT, window.innerHeight - 2 * MARGIN);
  return { left: viewport - width - MARGIN, top: MARGIN, width, height };
}

/** Everything outside a modal dialog is inert, the top layer too: there the host goes inside the dialog. */
export const homeOf = (): Element =>
  [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.documentElement;

/** Centre and four inner corners, as shares of the rectangle. */
export const PROBES: readonly (readonly [number, number])[] = [
  [0.5, 0.5],
  [0.08, 0.05],
  [0.92, 0.05],
  [0.08, 0.95],
  [0.92, 0.95],
];
