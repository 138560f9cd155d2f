/**
 * Which part of a frame is looked at, and when a reading is believed. Pure: frames go in as lists of
 * symbols, and what to do comes out.
 */
import { interpretScan, type ScanResult } from '../../shared/codes/scan-result.ts';
import { type FoundSymbol, GUIDE_BOX, type RefusalCode, type Verdict } from '../../shared/codes/sighting.ts';

/** In pixels of the frame. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every so many frames the whole frame is searched even though the box holds nothing. */
const WHOLE_EVERY = 4;
/** A code counts as gone, and may be read anew, after so many frames without it. */
const GONE_AFTER = 8;
/** A linear reading waits for the second one that agrees for so many frames. */
const WAIT_FOR_SECOND = 8;

/** The guide box in the middle of a frame; whole pixels, never empty, never outside. */
export function guideBox(frameWidth: number, frameHeight: number): Rect {
  const width = Math.max(1, Math.round(frameWidth * GUIDE_BOX.width));
  const height = Math.max(1, Math.round(frameHeight * GUIDE_BOX.height));
  return {
    x: Math.floor((frameWidth - width) / 2),
    y: Math.floor((frameHeight - height) / 2),
    width,
    height,
  };
}

/** Whether the whole frame is due, counting frames from 0. */
export function wholeFrameDue(frame: number): boolean {
  return frame % WHOLE_EVERY === WHOLE_EVERY - 1;
}

interface Sighting {
  readonly symbol: FoundSymbol;
  /** Frames in which it was seen, and how many have gone by since. */
  readonly times: number;
  readonly ago: number;
}

/** What the policy remembers from frame to frame. */
export interface PolicyState {
  readonly sightings: readonly Sighting[];
  /** The code that was accepted last and has not left the view since, with frames since it was seen. */
  readonly held: { readonly key: string; readonly ago: number } | undefined;
}

export const FRESH: PolicyState = { sightings: [], held: undefined };

const keyOf = (symbol: FoundSymbol): string => `${symbol.symbology}\n${symbol.text}`;

interface Candidate {
  readonly symbol: FoundSymbol;
  readonly result: ScanResult;
}

interface Identity {
  readonly gtin: string | undefined;
  readonly lot: string | undefined;
  readonly serial: string | undefined;
}

function identity(result: ScanResult): Identity {
  if (result.kind === 'gs1') return { gtin: result.gtin, lot: result.lot, serial: result.serial };
  return { gtin: result.kind === 'gtin' ? result.gtin : undefined, lot: undefined, serial: undefined };
}

const differ = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a !== b;

const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  'two-products':
    'Two different products are in view. Cover or move one away, so that only the vial in your hand is seen.',
  'two-packages':
    'Two packages of the same product are in view, with different lots or serial numbers. Cover or move one away.',
};

/** Why these readings cannot all be of one package; undefined when they can. */
function conflict(candidates: readonly Candidate[]): RefusalCode | undefined {
  let code: RefusalCode | undefined;
  for (const [i, a] of candidates.entries()) {
    for (const b of candidates.slice(i + 1)) {
      const [one, two] = [identity(a.result), identity(b.result)];
      if (differ(one.gtin, two.gtin)) return 'two-products';
      if (differ(one.lot, two.lot) || differ(one.serial, two.serial)) code = 'two-packages';
    }
  }
  return code;
}

/** How much a reading says: of several symbols on one package the richest is taken. */
function worth({ symbol, result }: Candidate): number {
  const kinds = { gs1: 8, gtin: 4, ndc: 4, bad: 2, text: 0 } as const;
  const { gtin, lot, serial } = identity(result);
  const fields = [gtin, lot, serial].filter((field) => field !== undefined).length;
  return kinds[result.kind] + fields + (symbol.linear ? 0 : 0.5);
}

function remember(state: PolicyState, symbols: readonly FoundSymbol[]): PolicyState {
  const seen = new Map(symbols.map((symbol) => [keyOf(symbol), symbol]));
  const old = state.sightings
    .filter((s) => !seen.has(keyOf(s.symbol)) && s.ago + 1 < WAIT_FOR_SECOND)
    .map((s) => ({ ...s, ago: s.ago + 1 }));
  const now = [...seen].map(([key, symbol]) => {
    const times = state.sightings.find((s) => keyOf(s.symbol) === key)?.times ?? 0;
    return { symbol, times: times + 1, ago: 0 };
  });
  const heldAgo = state.held === undefined || seen.has(state.held.key) ? 0 : state.held.ago + 1;
  const held = state.held && heldAgo < GONE_AFTER ? { key: state.held.key, ago: heldAgo } : undefined;
  return { sightings: [...old, ...now], held };
}

/**
 * Takes the symbols of one frame. Matrix symbols are believed at once, linear ones when a second frame
 * agrees; a code that was accepted is not accepted again before it has left the view; readings of two
 * products or two packages are refused.
 * @param today YYYY-MM-DD
 */
export function seeFrame(
  state: PolicyState,
  symbols: readonly FoundSymbol[],
  today: string,
): { readonly state: PolicyState; readonly verdict: Verdict } {
  const next = remember(state, symbols);
  const here = next.sightings.filter((s) => s.ago === 0);
  const candidates = here.map((s) => ({
    symbol: s.symbol,
    result: interpretScan(s.symbol, today),
    sure: !s.symbol.linear || s.times >= 2,
  }));
  const sure = candidates.filter((c) => c.sure);
  const code = conflict(sure);
  if (code) return { state: next, verdict: { kind: 'refused', code, message: REFUSALS[code] } };
  // A single linear reading that contradicts may be a misreading or a second vial: one more frame tells.
  if (candidates.length > sure.length && (sure.length === 0 || conflict(candidates))) {
    return { state: next, verdict: { kind: 'hold-still' } };
  }
  const best = [...sure].sort((a, b) => worth(b) - worth(a))[0];
  if (!best || next.held?.key === keyOf(best.symbol)) return { state: next, verdict: { kind: 'nothing' } };
  return {
    state: { ...next, held: { key: keyOf(best.symbol), ago: 0 } },
    verdict: { kind: 'read', symbol: best.symbol, result: best.result },
  };
}
