/** Which rows of a long list stand in the document. All lengths in CSS pixels. */

export type ListView = { scrollTop: number; height: number; rowHeight: number; count: number };

/** Rows `first <= i < end` to render: those in view and `overscan` more on either side. */
export function windowOf(view: ListView, overscan = 8): { first: number; end: number } {
  const { scrollTop, height, rowHeight, count } = view;
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - overscan;
  const end = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight) + overscan;
  return { first: Math.min(Math.max(0, first), count), end: Math.min(Math.max(0, end), count) };
}

/** Where to scroll so that a row is wholly in view; the same place when it is already. */
export function scrollToShow(view: ListView, index: number): number {
  const top = index * view.rowHeight;
  const bottom = top + view.rowHeight;
  if (top < view.scrollTop) return top;
  if (bottom > view.scrollTop + view.height) return bottom - view.height;
  return view.scrollTop;
}

/** The row that a key moves to from `index`, or `undefined` for a key that moves nowhere. */
export function moveBy(key: string, index: number, view: ListView): number | undefined {
  const page = Math.max(1, Math.floor(view.height / view.rowHeight) - 1);
  const to = targetOf(key, index, page, view.count);
  return to === undefined || view.count === 0 ? undefined : Math.min(Math.max(0, to), view.count - 1);
}

function targetOf(key: string, index: number, page: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + page;
    case 'PageUp':
      return index - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
