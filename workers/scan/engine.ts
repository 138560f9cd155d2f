import type { EngineName, FoundSymbol } from '../../shared/codes/sighting.ts';

export type { EngineName, FoundSymbol };

export interface Pixels {
  /** RGBA, 8 bits a channel, row by row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** What a decoder has to offer; the rest of the scanner knows no more of it. */
export interface Engine {
  readonly name: EngineName;
  /** Every symbol of the formats that medicines carry. Finding none is an empty list, not an error. */
  decode(pixels: Pixels): Promise<readonly FoundSymbol[]>;
}
