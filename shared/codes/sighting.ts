/** What the camera sees and what is made of it: the words that decoder, policy and screen share. */
import type { ScanResult } from './scan-result.ts';

export type EngineName = 'zxing-wasm' | 'zxing-js';

/** One symbol that was found and decoded in a frame. */
export interface FoundSymbol {
  /** AIM symbology identifier (ISO/IEC 15424) like `]d2`. */
  readonly symbology: string;
  /** Data with ASCII 29 for each FNC1 within it and none in front. */
  readonly text: string;
  /** Linear symbols have weak check digits: one reading of one frame is not to be believed. */
  readonly linear: boolean;
}

export type RefusalCode = 'two-products' | 'two-packages';

/** What one more frame says. */
export type Verdict =
  | { readonly kind: 'nothing' }
  /** A linear code was read once; it has to be read a second time. */
  | { readonly kind: 'hold-still' }
  | { readonly kind: 'read'; readonly symbol: FoundSymbol; readonly result: ScanResult }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** Turns camera frames into verdicts, remembering what it saw before. */
export interface FrameScanner<Frame, Signal> {
  /** Loads the decoder ahead of the first frame. */
  open(signal?: Signal): Promise<EngineName>;
  /** Takes one frame and keeps it. Rejects with the signal's reason, or an Error in words for people. */
  see(frame: Frame, signal?: Signal): Promise<Verdict>;
  /** Forgets what was seen, so that the same code may be read again. */
  forget(): void;
}

/**
 * The guide box, as parts of the frame: 640x480 of 1280x720. A GS1 DataMatrix that fills a quarter of
 * its height is then 120 pixels wide, from where on the decoder was measured to miss nothing.
 */
export const GUIDE_BOX = { width: 0.5, height: 2 / 3 } as const;
