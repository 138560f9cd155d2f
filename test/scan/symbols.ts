/** Made-up symbols drawn on a canvas, for the tests of the scanner. */
import bwipjs, { type RawOptions } from 'bwip-js/browser';

export interface Placed {
  readonly bcid: string;
  readonly text: string;
  /** Pixels a module. */
  readonly module: number;
  /** Middle of the symbol, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise. */
  readonly turn?: number;
}

export const VIAL_A = '(01)00361414567894(17)271231(10)ABC123(21)SER0001';
export const VIAL_B = '(01)00359399114103(17)280200(10)LOT-9(21)SER0002';

interface Bars {
  readonly width: number;
  readonly height: number;
  readonly dark: (x: number, y: number) => boolean;
}

/** The dark modules of a symbol. Linear ones come as bar widths and are given a height. */
export function modules(options: RawOptions): Bars {
  // The named export of the browser build draws a symbology called "raw" instead.
  const [drawn] = bwipjs.raw(options);
  if (!drawn) throw new RangeError(`nothing drawn for ${options.text}`);
  if ('pixs' in drawn) {
    const { pixs, pixx, pixy } = drawn;
    return { width: pixx, height: pixy, dark: (x, y) => pixs[y * pixx + x] === 1 };
  }
  const row = drawn.sbs.flatMap((wide, i) => Array.from({ length: wide }, () => i % 2 === 0));
  return { width: row.length, height: 40, dark: (x) => row[x] === true };
}

/** Draws label-like grounds and the symbols on a canvas of the given size. */
export function drawLabels(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  width: number,
  height: number,
  symbols: readonly Placed[],
): void {
  context.resetTransform();
  context.fillStyle = '#d7d7d7';
  context.fillRect(0, 0, width, height);
  for (const { bcid, text, module, x, y, turn = 0 } of symbols) {
    const bars = modules({ bcid, text });
    context.setTransform(1, 0, 0, 1, x, y);
    context.rotate((turn * Math.PI) / 180);
    context.translate((-bars.width * module) / 2, (-bars.height * module) / 2);
    context.fillStyle = '#f4f4f0';
    context.fillRect(-12 * module, -4 * module, (bars.width + 24) * module, (bars.height + 8) * module);
    context.fillStyle = '#1e1e1e';
    for (let row = 0; row < bars.height; row += 1) {
      for (let column = 0; column < bars.width; column += 1) {
        if (bars.dark(column, row)) context.fillRect(column * module, row * module, module, module);
      }
    }
  }
  context.resetTransform();
}

/** One frame with the symbols. */
export function frameOf(symbols: readonly Placed[], width = 1280, height = 720): ImageData {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  drawLabels(context, width, height, symbols);
  return context.getImageData(0, 0, width, height);
}
