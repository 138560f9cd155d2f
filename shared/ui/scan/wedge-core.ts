/**
 * Tells a USB or Bluetooth scanner that types ("keyboard wedge") from a person who types. Pure: keys
 * with their times go in, what to do with each comes out.
 *
 * A scanner types a code in one burst, a few milliseconds a key; nobody types four keys in a row less
 * than 50 ms apart. Until a burst is sure its keys are let through, and whoever applies this takes them
 * back afterwards; from then on they are swallowed. A burst is a code when it ends with Enter or Tab, or
 * when it falls silent and cannot be anything else.
 *
 * Scanners send FNC1 (ASCII 29, GS) in one of these ways, all understood: the character itself, Ctrl+],
 * F8, Alt+029 on the number pad (as any other character in "Alt mode"), or spelled {GS}, <GS> or ^].
 */

/** One key going down (or Alt going up), as the browser tells it. */
export interface WedgeKey {
  /** `KeyboardEvent.key`. */
  readonly key: string;
  /** `KeyboardEvent.code`. */
  readonly code: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  /** Held down by a finger: a scanner never repeats. */
  readonly repeat: boolean;
  readonly up: boolean;
  /** Milliseconds on any steady clock. */
  readonly at: number;
}

export interface WedgeScan {
  readonly text: string;
  /** AIM symbology identifier when the scanner sends it in front; else empty. */
  readonly symbology: string;
  /** Caps Lock was on and there are letters: they may have come in the wrong case. */
  readonly capsLock?: true;
}

export interface WedgeState {
  /** Characters of the burst so far. */
  readonly text: string;
  readonly keys: number;
  readonly last: number;
  /** Digits typed on the number pad while Alt is down. */
  readonly pad: string;
}

/**
 * `pass`: nothing to do with a scanner. `begin`: let it through, but remember what the field held.
 * `swallow`: part of a burst, the field must not get it. `scan`: swallow, and put back what the field held.
 */
export type WedgeAction =
  | { readonly kind: 'pass' | 'begin' | 'swallow' }
  | { readonly kind: 'scan'; readonly scan: WedgeScan };

/** The longest pause between two keys of one burst, in milliseconds. */
export const FAST_MS = 50;
/** A burst without Enter is over after so long a silence, in milliseconds: longer than a busy page keeps keys waiting. */
export const SILENCE_MS = 250;
const SURE_AFTER = 4;
const SHORTEST = 4;
/** Without Enter at the end only this much text, and of digits in the main, passes for a code. */
const SHORTEST_UNENDED = 8;

const GS = '\x1d';
const MODIFIERS: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
]);

export const IDLE: WedgeState = { text: '', keys: 0, last: Number.NEGATIVE_INFINITY, pad: '' };

const isSure = (state: WedgeState): boolean => state.keys >= SURE_AFTER;

/** The character that a key stands for in a burst; undefined for one that no scanner sends. */
function character({ key, code, ctrl, alt }: WedgeKey): string | undefined {
  if (key === GS || key === 'F8' || (ctrl && !alt && (key === ']' || code === 'BracketRight'))) return GS;
  if (ctrl && /^[jm]$/i.test(key)) return '\n';
  if (key === 'Enter' || key === 'Tab') return '\n';
  // AltGr is Ctrl and Alt together, and makes plain characters such as ] on many keyboards.
  if (ctrl !== alt) return undefined;
  return [...key].length === 1 ? key : undefined;
}

function toScan(text: string): WedgeScan {
  const spelled = text.replace(/\{GS\}|<GS>|\^\]/g, GS);
  const identifier = /^\][A-Za-z][0-9A-Za-z]/.exec(spelled)?.[0] ?? '';
  return { symbology: identifier, text: spelled.slice(identifier.length) };
}

function onAltPad(state: WedgeState, key: WedgeKey): { state: WedgeState; action: WedgeAction } | undefined {
  // With Alt down the number pad types nothing by itself, so there is nothing to swallow.
  const digit = /^Numpad(\d)$/.exec(key.code)?.[1];
  if (key.alt && !key.ctrl && digit !== undefined && !key.up) {
    const pad = key.at - state.last <= FAST_MS ? state.pad + digit : digit;
    const going = pad === digit && key.at - state.last > FAST_MS ? IDLE : state;
    return { state: { ...going, pad, last: key.at }, action: { kind: 'pass' } };
  }
  if (key.up && key.key === 'Alt' && state.pad !== '') {
    const typed = String.fromCharCode(Number(state.pad) % 256);
    return take({ ...state, pad: '' }, typed === '\r' ? '\n' : typed, key.at);
  }
  return undefined;
}

function take(state: WedgeState, typed: string, at: number): { state: WedgeState; action: WedgeAction } {
  const going = at - state.last <= FAST_MS ? state : IDLE;
  if (typed === '\n') {
    const enough = isSure(going) && going.text.length >= SHORTEST;
    return { state: IDLE, action: enough ? { kind: 'scan', scan: toScan(going.text) } : { kind: 'pass' } };
  }
  const next = { text: going.text + typed, keys: going.keys + 1, last: at, pad: '' };
  if (next.keys === 1) return { state: next, action: { kind: 'begin' } };
  // A separator is no typing of a person's: it may not reach the field or trigger F8 and Ctrl+].
  return { state: next, action: { kind: next.keys > SURE_AFTER || typed === GS ? 'swallow' : 'pass' } };
}

/** Takes one key. */
export function pressKey(
  state: WedgeState,
  key: WedgeKey,
): { readonly state: WedgeState; readonly action: WedgeAction } {
  const padded = onAltPad(state, key);
  if (padded) return padded;
  if (key.up || MODIFIERS.has(key.key)) return { state, action: { kind: 'pass' } };
  const typed = key.repeat ? undefined : character(key);
  if (typed === undefined) return { state: IDLE, action: { kind: 'pass' } };
  return take(state, typed, key.at);
}

/** Whether a burst without Enter can only be a code: long, and digits in the main or with an identifier. */
function cannotBeTyping(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length >= SHORTEST_UNENDED && (2 * digits >= text.length || /^\][A-Za-z]\d/.test(text));
}

/**
 * What a burst comes to when it falls silent without Enter: a code, or swallowed text that the field
 * has to be given after all (a text expander types as fast). Undefined when nothing was swallowed.
 */
export function fallSilent(
  state: WedgeState,
):
  | { readonly kind: 'scan'; readonly scan: WedgeScan }
  | { readonly kind: 'give-back'; readonly text: string }
  | undefined {
  if (state.keys <= SURE_AFTER) return undefined;
  if (cannotBeTyping(state.text)) return { kind: 'scan', scan: toScan(state.text) };
  return { kind: 'give-back', text: state.text };
}
