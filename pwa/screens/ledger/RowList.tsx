import './ledger.css';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordRow } from '../../../shared/protocol/views.ts';
import { shortHash } from '../../../shared/ui/format.ts';
import { moved } from '../../app/router.ts';
import { flagBadge, TYPE_NAMES, whenText } from './names.ts';
import type { RowPages } from './rows.ts';
import { type ListView, moveBy, scrollToShow, windowOf } from './window.ts';

const WIDE = '(min-width: 1080px)';
const ROW_WIDE = 56;
const ROW_NARROW = 104;

/** Where a list was scrolled to, kept while a record is looked at. */
export type ListMemory = { scrollTop: number; active: number };

/** A list of any length: only what is in view, and a little more, stands in the document. Rows are links. */
export function RowList(props: {
  pages: RowPages;
  memory: ListMemory;
  label: string;
  linkTo: (seq: number) => string;
}) {
  const { pages, memory, label, linkTo } = props;
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [scrollTop, setScrollTop] = useState(memory.scrollTop);
  const [height, setHeight] = useState(600);
  // Coming back from a record, the row that led to it takes the focus.
  const toFocus = useRef(moved.value && memory.scrollTop + memory.active > 0 ? memory.active : null);
  const [active, setActive] = useState(memory.active);
  const view: ListView = { scrollTop, height, rowHeight, count: pages.count };
  const { first, end } = windowOf(view);

  useHeight(box, setHeight);
  useLayoutEffect(() => box.current?.scrollTo(0, memory.scrollTop), [pages]);
  useEffect(() => pages.want(first, end), [pages, first, end, pages.count]);
  // A row can take the focus only once it is in the document, which is after the render that brings it.
  useLayoutEffect(() => {
    if (toFocus.current !== null && focusRow(box, toFocus.current)) toFocus.current = null;
  });

  const activate = (index: number) => {
    setActive(index);
    memory.active = index;
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === ' ' && event.target instanceof HTMLAnchorElement) {
      event.preventDefault();
      event.target.click();
      return;
    }
    const to = moveBy(event.key, active, view);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const top = scrollToShow(view, to);
    box.current?.scrollTo(0, top);
    setScrollTop(top);
    activate(to);
    toFocus.current = to;
  };
  const indices = Array.from({ length: end - first }, (_, i) => first + i);
  if (active < pages.count && (active < first || active >= end)) indices.push(active);
  return (
    <div
      class="ledger-box panel"
      ref={box}
      onScroll={(event) => {
        memory.scrollTop = event.currentTarget.scrollTop;
        setScrollTop(memory.scrollTop);
      }}
    >
      <ol
        class="ledger-rows"
        aria-label={label}
        style={{ height: `${pages.count * rowHeight}px` }}
        onKeyDown={move}
        onFocusIn={(event) => {
          const index = rowOf(event.target);
          if (index !== undefined) activate(index);
        }}
      >
        {indices.map((index) => (
          <li
            key={index}
            aria-posinset={index + 1}
            aria-setsize={pages.complete ? pages.count : -1}
            style={{ top: `${index * rowHeight}px`, height: `${rowHeight}px` }}
          >
            <RowLink row={pages.at(index)} index={index} current={index === active} linkTo={linkTo} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function RowLink(props: {
  row: RecordRow | undefined;
  index: number;
  current: boolean;
  linkTo: (seq: number) => string;
}) {
  const { row, index, current, linkTo } = props;
  return (
    // One element before and after its row has come, so that the focus stays where it is.
    <a
      class="ledger-row"
      data-row={index}
      {...(row ? { href: linkTo(row.seq) } : {})}
      tabIndex={current ? 0 : -1}
    >
      {row ? <RowCells row={row} /> : <span class="muted">Reading…</span>}
    </a>
  );
}

function RowCells({ row }: { row: RecordRow }) {
  return (
    <>
      <span class="seq amount">{row.seq}</span>
      <span class="when amount">{whenText(row.at)}</span>
      <span class="act">{TYPE_NAMES[row.type]}</span>
      <span class="what">{row.summary}</span>
      <span class="who">
        {row.byName}
        {row.witnessName ? <span class="muted"> with {row.witnessName}</span> : null}
        {row.approverName ? <span class="muted"> approved by {row.approverName}</span> : null}
      </span>
      <span class="marks">
        {row.late ? <span class="badge warn">late</span> : null}
        {row.flags.length > 0 ? <span class="badge danger">{flagBadge(row.flags)}</span> : null}
        <span class="hash muted">{shortHash(row.hash).slice(0, 9)}</span>
      </span>
    </>
  );
}

/** The place of the row that an event came from. */
function rowOf(target: EventTarget | null): number | undefined {
  const text = target instanceof HTMLElement ? target.dataset.row : undefined;
  return text === undefined ? undefined : Number(text);
}

/** False while the row is not in the document. */
function focusRow(box: RefObject<HTMLDivElement | null>, index: number): boolean {
  const row = box.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
  row?.focus({ preventScroll: true });
  return row !== null && row !== undefined;
}

function useRowHeight(): number {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const change = () => setWide(media.matches);
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, []);
  return wide ? ROW_WIDE : ROW_NARROW;
}

function useHeight(box: RefObject<HTMLDivElement | null>, set: (height: number) => void): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => set(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
