/** What a decoder has to offer; the rest of the scanner knows no more of it. */

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

export interface Pixels {
  /** RGBA, 8 bits a channel, row by row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

export interface Engine {
  readonly name: EngineName;
  /** Every symbol of the formats that medicines carry. Finding none is an empty list, not an error. */
  decode(pixels: Pixels): Promise<readonly FoundSymbol[]>;
}
