import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Engine, FoundSymbol } from './engine.ts';

/**
 * `Plain` keeps the separators (the default, HRI, writes brackets that a lot may hold too). All symbols
 * are asked for, since two products in view have to be refused. `tryDenoise` gains nothing on DataMatrix.
 */
const OPTIONS: ReaderOptions = {
  formats: [
    'DataMatrix',
    'QRCode',
    'Code128',
    'EAN13',
    'EAN8',
    'UPCA',
    'UPCE',
    'DataBarOmni',
    'DataBarStk',
    'DataBarStkOmni',
    'DataBarLtd',
    'DataBarExp',
    'DataBarExpStk',
  ],
  textMode: 'Plain',
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 0,
};

const MATRIX: readonly string[] = ['DataMatrix', 'QRCode'];

/** The smallest module there is: its header alone. */
const EMPTY_MODULE = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/**
 * The WebAssembly engine, compiled and ready.
 * Rejects where WebAssembly is blocked (by policy or by the browser) or its file cannot be had.
 */
export async function openWasmEngine(): Promise<Engine> {
  // A policy that blocks WebAssembly is met here, before a megabyte is fetched in vain.
  await WebAssembly.compile(EMPTY_MODULE);
  await prepareZXingModule({
    // Left to itself the package fetches its module from a public network; ours lies beside the app.
    overrides: { locateFile: () => wasmUrl },
    fireImmediately: true,
  });
  return {
    name: 'zxing-wasm',
    async decode({ data, width, height }) {
      const results = await readBarcodes(new ImageData(data, width, height), OPTIONS);
      return results
        .filter((result) => result.isValid)
        .map(
          (result): FoundSymbol => ({
            symbology: result.symbologyIdentifier,
            text: result.text,
            linear: !MATRIX.includes(result.symbology),
          }),
        );
    },
  };
}
