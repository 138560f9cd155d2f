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

/**
 * The browser is asked anew within so many milliseconds, and nobody knows when: a page that shows a cover in between the
 * browser's own looks, ten a second, would not be seen otherwise.
 */
const ASK_AGAIN = 120;

/**
 * And the browser has to have seen it so often meanwhile, without a break: one look may fall between two covers, and on a
 * busy machine there are few.
 */
const LEAST_LOOKS = 8;

/** A frame that is not drawn is not looked at: longer than this, in milliseconds, nobody waits for it. */
const LOOK_TAKES = 1_000;

export type Eyes = {
  /** `null` until the browser has said something. */
  seen: ReadonlySignal<boolean | null>;
  /** How often it has said something. */
  looks: () => number;
  /** Resolves once the browser has looked anew, twice: the first may have been drawn before it was asked. */
  look: () => Promise<void>;
};

/**
 * Watches with the browser's own eyes whether anything is over the frame, or it is faded, scaled or cut off:
 * the page cannot answer in its place.
 */
export function watchSight(target: Element): Eyes {
  const seen = signal<boolean | null>(null);
  const told: (() => void)[] = [];
  let looks = 0;
  const options: SightOptions = { threshold: [0, 0.5, 0.95, 1], trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver((entries) => {
    looks += 1;
    const last: SightEntry | undefined = entries.at(-1);
    if (last) seen.value = last.isVisible === true && last.intersectionRatio >= 0.95;
    for (const tell of told.splice(0)) tell();
  }, options);
  const ask = () => {
    observer.unobserve(target);
    observer.observe(target);
  };
  const askAgain = () => {
    ask();
    setTimeout(askAgain, Math.random() * ASK_AGAIN);
  };
  askAgain();
  const once = () =>
    new Promise<void>((tell) => {
      told.push(tell);
      ask();
    });
  const look = () =>
    new Promise<void>((done) => {
      const late = setTimeout(() => {
        seen.value = null;
        done();
      }, LOOK_TAKES);
      void once()
        .then(once)
        .then(() => {
          clearTimeout(late);
          done();
        });
    });
  return { seen, looks: () => looks, look };
}

/** Runs `act` after so many milliseconds. Gives what calls it off. */
export type Wait = (act: () => void, milliseconds: number) => () => void;
const byClock: Wait = (act, milliseconds) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * The page's report and the browser's own observation, as one answer. What was wrong counts for {@link STEADY} longer, and
 * until the browser has seen the frame {@link LEAST_LOOKS} times since, so that a page cannot take its cover away right
 * under a press that was meant for something else.
 */
export function sightOf(
  { seen, looks }: Pick<Eyes, 'seen' | 'looks'>,
  tamper: ReadonlySignal<Tamper>,
  wait: Wait = byClock,
): ReadonlySignal<Sight> {
  const now = computed<Sight>(() => {
    if (tamper.value !== 'none') return tamper.value;
    return seen.value === null ? 'settling' : seen.value ? 'none' : 'unseen';
  });
  const sight = signal<Sight>('settling');
  effect(() => {
    if (now.value !== 'none') {
      sight.value = now.value;
      return undefined;
    }
    const since = looks();
    const settle = () => {
      if (looks() - since >= LEAST_LOOKS) sight.value = 'none';
      else stop = wait(settle, ASK_AGAIN);
    };
    let stop = wait(settle, STEADY);
    return () => stop();
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

/** Acts on a press that was made in plain sight, and not on another. Gives whether it did. */
export type InSight = (act: () => void) => Promise<boolean>;

/**
 * `fresh` has the page's own watch look anew: what it said before may be lost or old, and a page that holds its script up
 * has it say nothing at all.
 */
export const inSight =
  (clear: () => boolean, fresh: () => Promise<void>): InSight =>
  async (act) => {
    await fresh();
    const may = clear();
    if (may) act();
    return may;
  };

/** The port, with one thing less: nobody signs in a frame that they may not be seeing. */
export const guarded = (port: CapturePort, pressed: InSight): CapturePort => ({
  ...port,
  sign: async (entry, signer) => ((await pressed(() => undefined)) ? port.sign(entry, signer) : COVERED),
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
