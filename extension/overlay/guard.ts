import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import { type Outcome, refused } from '../../shared/protocol/outcome.ts';
import type { Tamper } from '../../shared/protocol/overlay.ts';

/**
 * What is wrong with how the frame is seen; `none` where a person can trust what they press. `settling` while it has
 * not been in sight for long enough yet.
 */
export type Sight = Tamper | 'unseen' | 'settling';

/** IntersectionObserver version 2: the members that the DOM library does not know yet. */
type SightOptions = IntersectionObserverInit & { trackVisibility: boolean; delay: number };
type SightEntry = IntersectionObserverEntry & { isVisible?: boolean };

/** So long has the frame to have been in plain sight before a press counts, in milliseconds: nobody aims faster. */
export const STEADY = 500;

/** While the frame is not in sight the browser is asked anew this often, in milliseconds. */
const ASK_AGAIN = 300;

/**
 * Watches with the browser's own eyes whether anything is over the frame, or it is faded, scaled or cut off:
 * the page cannot answer in its place. `null` until the browser has said something.
 */
export function watchSight(target: Element): ReadonlySignal<boolean | null> {
  const seen = signal<boolean | null>(null);
  const options: SightOptions = { threshold: [0, 0.5, 0.95, 1], trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver((entries) => {
    const last: SightEntry | undefined = entries.at(-1);
    if (last) seen.value = last.isVisible === true && last.intersectionRatio >= 0.95;
  }, options);
  observer.observe(target);
  // A frame in which nothing is drawn is not looked at again by itself when what lay over it goes.
  effect(() => {
    if (seen.value !== false) return undefined;
    const again = setInterval(() => {
      observer.unobserve(target);
      observer.observe(target);
    }, ASK_AGAIN);
    return () => clearInterval(again);
  });
  return seen;
}

/** Runs `act` after so many milliseconds. Gives what calls it off. */
export type Wait = (act: () => void, milliseconds: number) => () => void;
const byClock: Wait = (act, milliseconds) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * The page's report and the browser's own observation, as one answer. What was wrong counts for {@link STEADY} longer,
 * so that a page cannot take its cover away right under a press that was meant for something else.
 */
export function sightOf(
  seen: ReadonlySignal<boolean | null>,
  tamper: ReadonlySignal<Tamper>,
  wait: Wait = byClock,
): ReadonlySignal<Sight> {
  const now = computed<Sight>(() => {
    if (tamper.value !== 'none') return tamper.value;
    return seen.value === null ? 'settling' : seen.value ? 'none' : 'unseen';
  });
  const sight = signal<Sight>('settling');
  effect(() => {
    if (now.value === 'none') return wait(() => (sight.value = 'none'), STEADY);
    sight.value = now.value;
    return undefined;
  });
  return sight;
}

const PRESSES = ['pointerdown', 'keydown', 'click'] as const;

/**
 * Whether the last press was made in plain sight, and the frame has been in sight without a break since: an answer that
 * takes its time must not lend a later, better sight to an earlier press.
 */
export function watchPresses(target: EventTarget, sight: ReadonlySignal<Sight>): () => boolean {
  let clear = false;
  effect(() => {
    if (sight.value !== 'none') clear = false;
  });
  const pressed = (event: Event) => {
    if (event.isTrusted) clear = sight.value === 'none';
  };
  for (const type of PRESSES) target.addEventListener(type, pressed, true);
  return () => clear;
}

/**
 * The port, with one thing less: nobody signs in a frame that they may not be seeing. `fresh` has the page's own watch
 * look anew: what it said before may be lost or old, and a page that holds its script up has it say nothing at all.
 */
export const guarded = (
  port: CapturePort,
  clear: () => boolean,
  fresh: () => Promise<void>,
): CapturePort => ({
  ...port,
  sign: async (entry, signer) => {
    await fresh();
    return clear() ? port.sign(entry, signer) : COVERED;
  },
});

const COVERED: Outcome<never> = refused(
  'covered',
  'Something on the page covers, fades or moves this form, or it has only just come into sight, so nothing was signed. Press again, or open it in the side panel and sign there.',
);

/**
 * Events that a script made are nobody's press. Only those that act are stopped: a USB scanner's text is put into a
 * field by a script of ours, and that acts on nothing.
 */
export function ignoreScriptedEvents(target: EventTarget): void {
  for (const type of [
    'click',
    'pointerdown',
    'pointerup',
    'mousedown',
    'mouseup',
    'keydown',
    'keyup',
    'submit',
  ]) {
    target.addEventListener(
      type,
      (event) => {
        if (event.isTrusted) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
  }
}

/**
 * Empties every PIN field when the keyboard leaves the frame: what is typed next may go elsewhere, and half of a PIN
 * that waits here helps nobody. `emptied` is told when there was something.
 */
export function emptyPinsOnLeave(page: Window, emptied: () => void): void {
  page.addEventListener('blur', () => {
    const pins = [...page.document.querySelectorAll<HTMLInputElement>('input.pin')];
    const typed = pins.filter(({ value }) => value !== '');
    for (const pin of typed) {
      pin.value = '';
      pin.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (typed.length > 0) emptied();
  });
}
