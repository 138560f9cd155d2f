import { createScanClient, type ScanClient } from '../../workers/scan/client.ts';
import { guideBox } from '../../workers/scan/frame-policy.ts';
import { percentile } from './percentile.mjs';

export interface DecodeFigure {
  readonly name: string;
  readonly unit: 'ms';
  readonly p50: number;
  readonly p95: number;
}

/** GS1 DataMatrix 22x22 of (01)00361414567894(17)271231(10)ABC123(21)SER0001, a row a number. */
const MATRIX = [
  0x2aaaaa, 0x329419, 0x22d14a, 0x2d4427, 0x3815e0, 0x256077, 0x20e960, 0x3d4d4f, 0x323274, 0x3bde99,
  0x339d8e, 0x22da17, 0x28049c, 0x2511f9, 0x3e1af8, 0x34ef37, 0x200e7a, 0x2a1f09, 0x2b1938, 0x2f45dd,
  0x2a8916, 0x3fffff,
];
const WIDTH = 1280;
const HEIGHT = 720;
const MODULE = 6;
const WARM_UP = 5;

/** A label's ground with lines of made-up print, so that a frame without a code is not an empty one. */
function drawFrame(withCode: boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas.');
  context.fillStyle = '#d7d7d7';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = '#1e1e1e';
  context.font = '28px sans-serif';
  for (let y = 40; y < HEIGHT; y += 80) context.fillText('Ketamine HCl injection 100 mg/mL, 10 mL', 60, y);
  if (!withCode) return canvas;
  const left = (WIDTH - 22 * MODULE) / 2;
  const top = (HEIGHT - 22 * MODULE) / 2;
  context.fillStyle = '#f4f4f0';
  context.fillRect(left - 24, top - 24, 22 * MODULE + 48, 22 * MODULE + 48);
  context.fillStyle = '#1e1e1e';
  for (const [y, row] of MATRIX.entries()) {
    for (let x = 0; x < 22; x += 1) {
      if ((row >> (21 - x)) & 1) context.fillRect(left + x * MODULE, top + y * MODULE, MODULE, MODULE);
    }
  }
  return canvas;
}

async function measure(
  client: ScanClient,
  name: string,
  withCode: boolean,
  whole: boolean,
  frames: number,
): Promise<DecodeFigure> {
  const canvas = drawFrame(withCode);
  const region = guideBox(WIDTH, HEIGHT);
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + frames; i += 1) {
    const frame = await createImageBitmap(canvas);
    const reply = await client.decode({ frame, region: whole ? undefined : region, whole });
    if (reply.symbols.length !== (withCode ? 1 : 0))
      throw new Error(`${name}: ${reply.symbols.length} codes`);
    if (i >= WARM_UP) times.push(reply.ms);
  }
  return { name, unit: 'ms', p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/**
 * Time that the decoding worker takes for one 1280x720 frame, in milliseconds, pixels read and all:
 * guide box alone when there is no code, box and then whole frame when there is one, whole frame.
 * @param frames how many of each kind are timed
 */
export async function decodeBench(frames = 60): Promise<DecodeFigure[]> {
  const client = createScanClient();
  try {
    return [
      await measure(client, 'decode, guide box, no code', false, false, frames),
      await measure(client, 'decode, guide box and whole frame, code', true, false, frames),
      await measure(client, 'decode, whole frame, no code', false, true, frames),
      await measure(client, 'decode, whole frame, code', true, true, frames),
    ];
  } finally {
    client.close();
  }
}
