/** A USB scanner that types, heard on a page: see `wedge-core.ts` for how it is told from a person. */
import {
  FAST_MS,
  fallSilent,
  IDLE,
  pressKey,
  SILENCE_MS,
  type WedgeKey,
  type WedgeScan,
  type WedgeState,
} from './wedge-core.ts';

export type { WedgeScan } from './wedge-core.ts';

export interface WedgeClock {
  /** When a key went down, in milliseconds on a steady clock. */
  at(event: KeyboardEvent): number;
  /** Runs `run` after `ms` milliseconds unless the returned function is called before. */
  later(run: () => void, ms: number): () => void;
}

const browserClock: WedgeClock = {
  // The browser's own time of the key: a page that is busy handles a scanner's keys late, and not further apart.
  at: ({ timeStamp }) => timeStamp,
  later(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

type TextField = HTMLInputElement | HTMLTextAreaElement;

function focusedField(): TextField | undefined {
  const active = document.activeElement;
  return active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : undefined;
}

/** What a field held before the burst: a value and where the cursor stood (number fields have none). */
interface Held {
  readonly field: TextField;
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
}

function hold(field: TextField | undefined): Held | undefined {
  if (!field) return undefined;
  return { field, value: field.value, start: field.selectionStart, end: field.selectionEnd };
}

function write({ field, start, end }: Held, value: string): void {
  if (field.value === value) return;
  field.value = value;
  if (start !== null && end !== null) field.setSelectionRange(start, end);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
}

function giveBack(held: Held | undefined, text: string): void {
  if (!held) return;
  const { value, start, end } = held;
  const at = (start ?? value.length) + text.length;
  const full = value.slice(0, start ?? value.length) + text + value.slice(end ?? value.length);
  write({ ...held, start: held.start === null ? null : at, end: held.end === null ? null : at }, full);
}

const toKey = (event: KeyboardEvent, at: number): WedgeKey => ({
  key: event.key,
  code: event.code,
  ctrl: event.ctrlKey,
  alt: event.altKey,
  repeat: event.repeat,
  up: event.type === 'keyup',
  at,
});

/** A PIN that is typed as fast as a scanner types is nobody's code: it would be shown as one. */
const isSecret = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'password';

class WedgeListener {
  #state: WedgeState = IDLE;
  #held: Held | undefined;
  #capsLock: true | undefined;
  #cancel = () => {};

  constructor(
    readonly onScan: (scan: WedgeScan) => void,
    readonly clock: WedgeClock,
  ) {}

  readonly hear = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (isSecret(event.target)) {
      this.#silence();
      this.#state = IDLE;
      return;
    }
    this.#capsLock = event.getModifierState('CapsLock') || undefined;
    // A key of its own after a burst: what was swallowed of that goes where it belongs before this one does.
    const at = this.clock.at(event);
    if (event.type === 'keydown' && at - this.#state.last > FAST_MS) this.#silence();
    const { state, action } = pressKey(this.#state, toKey(event, at));
    this.#state = state;
    this.#cancel();
    if (state.keys > 0) this.#cancel = this.clock.later(() => this.#silence(), SILENCE_MS);
    if (action.kind === 'begin') this.#held = hold(focusedField());
    if (action.kind === 'swallow' || action.kind === 'scan') {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (action.kind === 'scan') this.#finish(action.scan);
  };

  stop(): void {
    this.#cancel();
  }

  #silence(): void {
    this.#cancel();
    const end = fallSilent(this.#state);
    // The first keys of a code, heard late by a busy page: whether the next one belongs to them its own time tells.
    if (!end) return;
    this.#state = IDLE;
    if (end.kind === 'scan') this.#finish(end.scan);
    if (end.kind === 'give-back') giveBack(this.#held, end.text);
  }

  #finish(scan: WedgeScan): void {
    if (this.#held) write(this.#held, this.#held.value);
    this.#held = undefined;
    this.onScan(this.#capsLock && /[A-Za-z]/.test(scan.text) ? { ...scan, capsLock: true } : scan);
  }
}

/**
 * Listens for a scanner. What it types never stays in the field that has the focus, whatever that is but a PIN's,
 * and its Enter presses no button; a person's typing is left alone.
 * @param target window or document; a part of the page hears only what is typed in it
 * @returns stops listening
 */
export function attachWedge(
  target: EventTarget,
  onScan: (scan: WedgeScan) => void,
  clock: WedgeClock = browserClock,
): () => void {
  const listener = new WedgeListener(onScan, clock);
  target.addEventListener('keydown', listener.hear, true);
  target.addEventListener('keyup', listener.hear, true);
  return () => {
    listener.stop();
    target.removeEventListener('keydown', listener.hear, true);
    target.removeEventListener('keyup', listener.hear, true);
  };
}
