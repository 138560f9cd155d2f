import { writeFileSync } from 'node:fs';
import bwipjs from 'bwip-js/node';
import type { BrowserContext, Frame, Page } from 'playwright';

/** A symbol on the made-up label. Sizes and places in pixels; without a place it is in the middle. */
export interface FakeSymbol {
  /** bwip-js symbology. Default: `gs1datamatrix`. */
  readonly bcid?: string;
  /** With brackets for GS1 symbologies. */
  readonly text: string;
  /** Pixels a module. Default 10 in a file, 6 in a replaced camera. */
  readonly module?: number;
  readonly x?: number;
  readonly y?: number;
}

interface Bars {
  readonly width: number;
  readonly height: number;
  /** Row by row, 1 for dark. */
  readonly dark: readonly number[];
}

const LINEAR_HEIGHT = 40;

/** The modules of a symbol. Linear ones come as bar widths and are given a height. */
function modules({ bcid = 'gs1datamatrix', text }: FakeSymbol): Bars {
  const [drawn] = bwipjs.raw({ bcid, text });
  if (!drawn) throw new RangeError(`nothing drawn for ${text}`);
  if ('pixs' in drawn) return { width: drawn.pixx, height: drawn.pixy, dark: drawn.pixs };
  const row = drawn.sbs.flatMap((wide, i) => Array.from({ length: wide }, () => (i % 2 === 0 ? 1 : 0)));
  return {
    width: row.length,
    height: LINEAR_HEIGHT,
    dark: Array.from({ length: LINEAR_HEIGHT }, () => row).flat(),
  };
}

const PAPER = 215;
const INK = 30;

/**
 * Writes a one-frame video of the symbols (YUV4MPEG2; Chromium plays it over and over) for Chromium's
 * fake camera. The size is the camera's: wishes for another one are met by it, demands are refused.
 * @param file absolute path, ending in .y4m
 * @returns the flags with which Chromium has to be started; also give the context `permissions: ['camera']`
 */
export function writeFakeCamera(
  file: string,
  symbols: readonly FakeSymbol[],
  { width = 640, height = 480 }: { readonly width?: number; readonly height?: number } = {},
): string[] {
  const luma = Buffer.alloc(width * height, PAPER);
  for (const symbol of symbols) {
    const { module = 10, x = width / 2, y = height / 2 } = symbol;
    const bars = modules(symbol);
    const left = Math.round(x - (bars.width * module) / 2);
    const top = Math.round(y - (bars.height * module) / 2);
    for (let row = 0; row < bars.height * module; row += 1) {
      for (let column = 0; column < bars.width * module; column += 1) {
        const at = Math.floor(row / module) * bars.width + Math.floor(column / module);
        if (bars.dark[at] === 1) luma[(top + row) * width + left + column] = INK;
      }
    }
  }
  writeFilm(file, luma, { width, height });
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

/**
 * Writes a one-frame video in grey. Chromium opens the file when a page opens the camera, so another picture of the
 * same size may take its place before that.
 * @param luma one byte a pixel, row by row
 */
export function writeFilm(
  file: string,
  luma: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const chroma = Buffer.alloc((width * height) / 4, 128);
  const head = `YUV4MPEG2 W${width} H${height} F20:1 Ip A1:1 C420jpeg\n`;
  writeFileSync(file, Buffer.concat([Buffer.from(head), Buffer.from('FRAME\n'), luma, chroma, chroma]));
}

interface Drawn extends Bars {
  readonly module: number;
  readonly x: number;
  readonly y: number;
}

declare global {
  /** What the replaced camera of a page looks at. */
  var fakeCameraLooksAt: readonly Drawn[] | undefined;
}

/** Runs in the page: the camera's picture is a canvas from now on. */
function installCanvasCamera(): void {
  const draw = (context: CanvasRenderingContext2D) => {
    context.fillStyle = '#d7d7d7';
    context.fillRect(0, 0, 1280, 720);
    for (const { width, height, dark, module, x, y } of globalThis.fakeCameraLooksAt ?? []) {
      context.fillStyle = '#1e1e1e';
      for (const [i, ink] of dark.entries()) {
        const column = x + ((i % width) - width / 2) * module;
        const row = y + (Math.floor(i / width) - height / 2) * module;
        if (ink === 1) context.fillRect(Math.round(column), Math.round(row), module, module);
      }
    }
    requestAnimationFrame(() => draw(context));
  };
  // Pages that are not secure have no mediaDevices at all, and are left as they are.
  if (!navigator.mediaDevices) return;
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    if (!context) throw new DOMException('no canvas', 'NotReadableError');
    draw(context);
    return canvas.captureStream(20);
  };
}

/**
 * For tests that need many codes, or none at first: replaces the camera of every page of the context
 * by a canvas of 1280x720. A real MediaStream, but no permission is asked.
 */
export async function replaceCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript(installCanvasCamera);
}

/** Puts the symbols before a replaced camera; an empty list leaves the blank label. */
export async function pointCameraAt(page: Page | Frame, symbols: readonly FakeSymbol[]): Promise<void> {
  const drawn = symbols.map((symbol): Drawn => {
    const { module = 6, x = 640, y = 360 } = symbol;
    return { ...modules(symbol), module, x, y };
  });
  await page.evaluate((looksAt) => {
    globalThis.fakeCameraLooksAt = looksAt;
  }, drawn);
}
