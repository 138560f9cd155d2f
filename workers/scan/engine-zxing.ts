import {
  BarcodeFormat,
  BinaryBitmap,
  DataMatrixReader,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatOneDReader,
  QRCodeReader,
  type Reader,
  type Result,
  RGBLuminanceSource,
} from '@zxing/library';
import { GS } from '../../shared/codes/gs1.ts';
import type { Engine, FoundSymbol, Pixels } from './engine.ts';

/**
 * UPC-E is missing because the library cannot read it, and DataBar Expanded because it gives the data
 * back in brackets without separators: a lot that holds brackets could not be told from two fields.
 */
const LINEAR = [
  BarcodeFormat.EAN_13,
  BarcodeFormat.EAN_8,
  BarcodeFormat.UPC_A,
  BarcodeFormat.CODE_128,
  BarcodeFormat.RSS_14,
];

/** As many symbols as are looked for in one frame: two are enough to see that there is more than one. */
const MOST = 3;
/** DataMatrix codeword for FNC1: in front of all others it marks GS1 data (ISO/IEC 16022, table 2). */
const DATA_MATRIX_FNC1 = 232;
/** QR mode indicator "FNC1 in first position" (ISO/IEC 18004, table 2). */
const QR_FNC1_FIRST = 5;

/** The symbol in the terms of ISO/IEC 15424; undefined for a format that was not asked for. */
function toFoundSymbol(result: Result): FoundSymbol | undefined {
  const text = result.getText();
  const bytes: Uint8Array | null = result.getRawBytes();
  const first = bytes?.[0] ?? 0;
  switch (result.getBarcodeFormat()) {
    case BarcodeFormat.DATA_MATRIX: {
      const gs1 = first === DATA_MATRIX_FNC1 || text.startsWith(GS);
      return {
        symbology: gs1 ? ']d2' : ']d1',
        text: text.startsWith(GS) ? text.slice(1) : text,
        linear: false,
      };
    }
    case BarcodeFormat.QR_CODE:
      return { symbology: first >> 4 === QR_FNC1_FIRST ? ']Q3' : ']Q1', text, linear: false };
    case BarcodeFormat.CODE_128: {
      const gs1 = text.startsWith(']C1');
      return { symbology: gs1 ? ']C1' : ']C0', text: gs1 ? text.slice(3) : text, linear: true };
    }
    case BarcodeFormat.UPC_A:
      return { symbology: ']E0', text: `0${text}`, linear: true };
    case BarcodeFormat.EAN_13:
      return { symbology: ']E0', text, linear: true };
    case BarcodeFormat.EAN_8:
      return { symbology: ']E4', text, linear: true };
    case BarcodeFormat.RSS_14:
      return { symbology: ']e0', text: `01${text}`, linear: true };
    default:
      return undefined;
  }
}

function toGrey({ data, width, height }: Pixels): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0; i < grey.length; i += 1) {
    const at = 4 * i;
    grey[i] = ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) >> 2;
  }
  return grey;
}

/** Whitens the place of a symbol that was read, so that the next pass finds another one or none. */
function wipe(grey: Uint8ClampedArray, width: number, height: number, result: Result): void {
  const points = result.getResultPoints();
  const xs = points.map((p) => p.getX());
  const ys = points.map((p) => p.getY());
  const wide = Math.max(...xs) - Math.min(...xs);
  // A linear symbol is reported as one row: its bars reach about half its width above and below.
  const high = Math.max(Math.max(...ys) - Math.min(...ys), wide);
  const margin = 0.25 * Math.max(wide, high);
  const middle = (Math.max(...ys) + Math.min(...ys)) / 2;
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + margin));
  const top = Math.max(0, Math.floor(middle - high / 2 - margin));
  const bottom = Math.min(height, Math.ceil(middle + high / 2 + margin));
  for (let y = top; y < bottom; y += 1) grey.fill(255, y * width + left, y * width + right);
}

type Hints = Map<DecodeHintType, unknown>;

/**
 * One reading with each reader in turn. Every reader is reset afterwards, found or not: the DataBar
 * reader keeps halves of symbols from earlier frames and would report a product that is gone.
 */
function readOnce(readers: readonly Reader[], bitmap: BinaryBitmap, hints: Hints): Result | undefined {
  for (const reader of readers) {
    try {
      return reader.decode(bitmap, hints);
    } catch {
      // The library says "nothing here" by throwing, and throws plain TypeErrors on blurred symbols too.
    } finally {
      reader.reset();
    }
  }
  return undefined;
}

/** The engine in plain JavaScript, for where WebAssembly is blocked. It reads less: see `scan/README.md`. */
export function openZxingEngine(): Promise<Engine> {
  const hints: Hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, LINEAR],
    [DecodeHintType.TRY_HARDER, true],
    // Without it the library drops the FNC1s of GS1-128, and lot and serial run together.
    [DecodeHintType.ASSUME_GS1, true],
  ]);
  const readers: readonly Reader[] = [
    new DataMatrixReader(),
    new QRCodeReader(),
    new MultiFormatOneDReader(hints),
  ];
  return Promise.resolve({
    name: 'zxing-js',
    async decode(pixels) {
      const { width, height } = pixels;
      const grey = toGrey(pixels);
      const found: FoundSymbol[] = [];
      for (let pass = 0; pass < MOST; pass += 1) {
        const source = new RGBLuminanceSource(grey, width, height);
        const result = readOnce(readers, new BinaryBitmap(new HybridBinarizer(source)), hints);
        if (!result) break;
        const symbol = toFoundSymbol(result);
        if (symbol) found.push(symbol);
        wipe(grey, width, height, result);
      }
      return found;
    },
  });
}
