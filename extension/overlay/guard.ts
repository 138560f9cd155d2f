import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import { type Outcome, refused } from '../../shared/protocol/outcome.ts';
import type { Tamper } from '../../shared/protocol/overlay.ts';

/** What is wrong with how the frame is seen; `none` where a person can trust what they press. */
export type Sight = Tamper | 'unseen';

/** IntersectionObserver version 2: the members that the DOM library does not know yet. */
type SightOptions = IntersectionObserverInit & { trackVisibility: boolean; delay: number };
type SightEntry = IntersectionObserverEntry & { isVisible?: boolean };

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
  return seen;
}

/** The page's report and the browser's own observation, as one answer. */
export const sightOf = (
  seen: ReadonlySignal<boolean | null>,
  tamper: ReadonlySignal<Tamper>,
): ReadonlySignal<Sight> =>
  computed(() => (tamper.value !== 'none' ? tamper.value : seen.value === true ? 'none' : 'unseen'));

/**
 * The port, with one thing less: nobody signs in a frame that they may not be seeing. `fresh` asks for the page's own
 * watch anew, since what it said may have been lost with the background.
 */
export const guarded = (port: CapturePort, sight: () => Sight, fresh: () => Promise<void>): CapturePort => ({
  ...port,
  sign: async (entry, signer) => {
    await fresh();
    return sight() === 'none' ? port.sign(entry, signer) : COVERED;
  },
});

const COVERED: Outcome<never> = refused(
  'covered',
  'Something on the page covers, fades or moves this form, so nothing was signed. Open it in the side panel and sign there.',
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
