/** The decoding worker: frames in, symbols out. All state between frames is kept by the client's side. */
import { expose } from 'comlink';
import type { Engine, EngineName, FoundSymbol, Pixels } from './engine.ts';
import type { Rect } from './frame-policy.ts';

export interface DecodeRequest {
  readonly frame: ImageBitmap | ImageData;
  /** Looked at first; the whole frame when absent. */
  readonly region?: Rect | undefined;
  /** Look at the whole frame even if the region holds nothing. */
  readonly whole: boolean;
}

export interface DecodeReply {
  readonly engine: EngineName;
  readonly symbols: readonly FoundSymbol[];
  /** Time the decoder took, in milliseconds. */
  readonly ms: number;
}

export interface ScanWorker {
  /** Chooses the engine: `undefined` takes WebAssembly and falls back where it is blocked. */
  open(engine?: EngineName): Promise<EngineName>;
  decode(request: DecodeRequest): Promise<DecodeReply>;
}

async function openEngine(wanted: EngineName | undefined): Promise<Engine> {
  if (wanted !== 'zxing-js') {
    try {
      return await (await import('./engine-wasm.ts')).openWasmEngine();
    } catch (error) {
      if (wanted === 'zxing-wasm') throw error;
    }
  }
  return (await import('./engine-zxing.ts')).openZxingEngine();
}

let opening: Promise<Engine> | undefined;
let canvas: OffscreenCanvas | undefined;

function cut(frame: ImageBitmap | ImageData, { x, y, width, height }: Rect): Pixels {
  canvas ??= new OffscreenCanvas(width, height);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives the scanner no canvas to read pixels with.');
  if (frame instanceof ImageBitmap) context.drawImage(frame, x, y, width, height, 0, 0, width, height);
  else context.putImageData(frame, -x, -y);
  const { data } = context.getImageData(0, 0, width, height);
  return { data, width, height };
}

function merge(a: readonly FoundSymbol[], b: readonly FoundSymbol[]): FoundSymbol[] {
  const byKey = new Map([...a, ...b].map((symbol) => [`${symbol.symbology}\n${symbol.text}`, symbol]));
  return [...byKey.values()];
}

const worker: ScanWorker = {
  async open(engine) {
    opening ??= openEngine(engine);
    return (await opening).name;
  },
  async decode({ frame, region, whole }) {
    opening ??= openEngine(undefined);
    const engine = await opening;
    const began = performance.now();
    try {
      const all = { x: 0, y: 0, width: frame.width, height: frame.height };
      const inRegion = region ? await engine.decode(cut(frame, region)) : [];
      // A code in the box is believed only when the rest of the same frame shows no other product.
      const rest = !region || whole || inRegion.length > 0 ? await engine.decode(cut(frame, all)) : [];
      return { engine: engine.name, symbols: merge(inRegion, rest), ms: performance.now() - began };
    } finally {
      if (frame instanceof ImageBitmap) frame.close();
    }
  },
};

expose(worker);
