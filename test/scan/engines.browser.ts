import { afterAll, describe, expect, it } from 'vitest';
import { GS } from '../../shared/codes/gs1.ts';
import { createScanClient, type EngineName, type FoundSymbol } from '../../workers/scan/client.ts';
import { guideBox } from '../../workers/scan/frame-policy.ts';
import { frameOf, type Placed, VIAL_A, VIAL_B } from './symbols.ts';

const images = import.meta.glob<string>(['../../../shared/vectors/barcodes/**/*.{png,webp}', '!**/#*'], {
  query: '?url',
  import: 'default',
  eager: true,
});
const texts = import.meta.glob<string>(['../../../shared/vectors/barcodes/**/*.txt', '!**/#*'], {
  query: '?url',
  import: 'default',
  eager: true,
});
const here = Object.keys(images).length > 0;
if (!here) console.warn('scan: image vectors skipped, ../shared/vectors/barcodes is absent');

const clients = {
  'zxing-wasm': createScanClient({ engine: 'zxing-wasm' }),
  'zxing-js': createScanClient({ engine: 'zxing-js' }),
} satisfies Record<EngineName, unknown>;
afterAll(() => {
  for (const client of Object.values(clients)) client.close();
});

async function decode(engine: EngineName, frame: ImageData | ImageBitmap): Promise<readonly FoundSymbol[]> {
  return (await clients[engine].decode({ frame, whole: true })).symbols;
}

async function decodeFile(engine: EngineName, url: string): Promise<readonly FoundSymbol[]> {
  const answer = await fetch(url);
  return decode(engine, await createImageBitmap(await answer.blob()));
}

/**
 * The vectors hold what a person would read: GS1 data with brackets, UPC with twelve digits. Both sides
 * are brought to bare data, product numbers to fourteen digits.
 */
function bare(text: string): string {
  const plain = text.replaceAll(GS, '').replace(/[()]|\r?\n$/g, '');
  return /^\d{8,14}$/.test(plain) ? plain.padStart(14, '0') : plain;
}

async function score(engine: EngineName, family: string) {
  let [total, right] = [0, 0];
  const wrong: string[] = [];
  for (const [path, url] of Object.entries(images)) {
    if (!path.includes(`/${family}/`)) continue;
    const expected = texts[path.replace(/\.(png|webp)$/, '.txt')];
    if (!expected) continue;
    total += 1;
    const [text, found] = [bare(await (await fetch(expected)).text()), await decodeFile(engine, url)];
    if (found.some((symbol) => bare(symbol.text) === text)) right += 1;
    else if (found.length > 0) wrong.push(`${path}: ${found.map((s) => s.text).join(' / ')} not ${text}`);
  }
  return { total, rate: right / total, wrong };
}

// The floors are what was measured on these images, less one image at most.
describe.runIf(here)('photographs', () => {
  it.each([
    ['zxing-wasm', 'datamatrix-1', 0.96],
    ['zxing-wasm', 'datamatrix-2', 0.95],
    ['zxing-wasm', 'code128-1', 0.99],
    ['zxing-wasm', 'upca-2', 0.6],
    ['zxing-wasm', 'upce-1', 0.99],
    ['zxing-wasm', 'ean13-2', 0.35],
    ['zxing-wasm', 'rssexpanded-1', 0.97],
    ['zxing-js', 'datamatrix-1', 0.7],
    ['zxing-js', 'code128-1', 0.8],
    ['zxing-js', 'upca-2', 0.6],
    ['zxing-js', 'ean13-2', 0.35],
  ] as const)('%s reads %s at a rate of at least %d', async (engine, family, floor) => {
    const { total, rate, wrong } = await score(engine, family);
    expect(total).toBeGreaterThan(2);
    expect(rate, wrong.join('\n')).toBeGreaterThanOrEqual(floor);
  });

  it.each(['datamatrix-1', 'datamatrix-2'])('never misreads %s with the default engine', async (family) => {
    expect((await score('zxing-wasm', family)).wrong).toEqual([]);
  });
});

const TEXT_A = '0100361414567894172712311' + '0ABC123\x1d21SER0001';
const middle = (text: string, module = 6, turn = 0): Placed => ({
  bcid: 'gs1datamatrix',
  text,
  module,
  x: 640,
  y: 360,
  turn,
});

describe.each(['zxing-wasm', 'zxing-js'] as const)('%s', (engine) => {
  it('reads a GS1 DataMatrix, its separators whole', async () => {
    expect(await decode(engine, frameOf([middle(VIAL_A)]))).toEqual([
      { symbology: ']d2', text: TEXT_A, linear: false },
    ]);
  });

  it('tells a plain DataMatrix and a plain Code 128 from GS1 ones', async () => {
    const plain = await decode(engine, frameOf([{ ...middle('SAFE-12'), bcid: 'datamatrix' }]));
    expect(plain).toEqual([{ symbology: ']d1', text: 'SAFE-12', linear: false }]);
    const code128 = await decode(engine, frameOf([{ ...middle('SAFE-12', 3), bcid: 'code128' }]));
    expect(code128).toEqual([{ symbology: ']C0', text: 'SAFE-12', linear: true }]);
    const gs1 = await decode(engine, frameOf([{ ...middle('(10)ABC123(21)SER1', 3), bcid: 'gs1-128' }]));
    expect(gs1).toEqual([{ symbology: ']C1', text: '10ABC123\x1d21SER1', linear: true }]);
  });

  it.each([
    ['upca', '361414567894', ']E0', '0361414567894'],
    ['ean13', '4006381333931', ']E0', '4006381333931'],
    ['ean8', '96385074', ']E4', '96385074'],
    ['databaromni', '(01)00361414567894', ']e0', '0100361414567894'],
  ])('reads %s in the same terms as the other engine', async (bcid, text, symbology, data) => {
    const found = await decode(engine, frameOf([{ ...middle(text, 3), bcid }]));
    expect(found).toEqual([{ symbology, text: data, linear: true }]);
  });

  it('sees both of two products', async () => {
    const upper: Placed = { ...middle('361414567894', 3), bcid: 'upca', y: 200 };
    const lower: Placed = { ...middle('359399114103', 3), bcid: 'upca', y: 540 };
    const found = await decode(engine, frameOf([upper, lower]));
    expect(found.map((s) => s.text).sort()).toEqual(['0359399114103', '0361414567894']);
  });

  it('reports no product that is no longer there', async () => {
    const blank = () => frameOf([]);
    const dataBar = () => frameOf([{ ...middle('(01)00361414567894', 3), bcid: 'databaromni' }]);
    expect(await decode(engine, blank())).toEqual([]);
    expect(await decode(engine, dataBar())).toHaveLength(1);
    expect(await decode(engine, blank())).toEqual([]);
    const other = await decode(engine, frameOf([middle(VIAL_B)]));
    expect(other.map((s) => s.text)).toEqual(['0100359399114103172802001' + '0LOT-9\x1d21SER0002']);
    expect(await decode(engine, blank())).toEqual([]);
  });
});

describe('frames', () => {
  const client = clients['zxing-wasm'];

  it('show both of two DataMatrix codes side by side', async () => {
    const found = await decode(
      'zxing-wasm',
      frameOf([
        { ...middle(VIAL_A), x: 380 },
        { ...middle(VIAL_B), x: 900 },
      ]),
    );
    expect(new Set(found.map((s) => s.text.slice(0, 16)))).toEqual(
      new Set(['0100361414567894', '0100359399114103']),
    );
  });

  it('are read turned, at every angle', async () => {
    for (const turn of [10, 30, 45, 90, 180, 275]) {
      expect(await decode('zxing-wasm', frameOf([middle(VIAL_A, 6, turn)]))).toHaveLength(1);
    }
  });

  it('are read as poor as a hand-held camera makes them, at the size that the guide box asks for', async () => {
    const filters = ['none', 'blur(1px)', 'contrast(0.4)', 'contrast(0.15)', 'invert(1)', 'brightness(0.4)'];
    const missed: string[] = [];
    for (const filter of filters) {
      for (const turn of [0, 10, 30, 45]) {
        // 22 modules of 5.5 pixels: 121 pixels wide.
        const canvas = new OffscreenCanvas(1280, 720);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        const clean = await createImageBitmap(frameOf([middle(VIAL_A, 5.5, turn)]));
        context.filter = filter;
        context.drawImage(clean, 0, 0);
        const found = await decode('zxing-wasm', await createImageBitmap(canvas));
        if (found[0]?.text !== TEXT_A) missed.push(`${filter} ${turn}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('are searched in the guide box first, and whole only when something is there or it is due', async () => {
    const outside: Placed = { ...middle(VIAL_B), x: 130 };
    const region = guideBox(1280, 720);
    const ask = async (placed: readonly Placed[], whole: boolean) =>
      (await client.decode({ frame: frameOf(placed), region, whole })).symbols.length;
    expect(await ask([outside], false)).toBe(0);
    expect(await ask([outside], true)).toBe(1);
    expect(await ask([middle(VIAL_A)], false)).toBe(1);
    expect(await ask([middle(VIAL_A), outside], false)).toBe(2);
  });

  it('give the same as an ImageBitmap, which is handed over', async () => {
    const bitmap = await createImageBitmap(frameOf([middle(VIAL_A)]));
    expect(await decode('zxing-wasm', bitmap)).toHaveLength(1);
    expect(bitmap.width).toBe(0);
  });
});
