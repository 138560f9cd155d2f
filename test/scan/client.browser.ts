import { afterEach, describe, expect, it } from 'vitest';
import { createScanClient, type Later, type ScanClient } from '../../workers/scan/client.ts';
import workerUrl from '../../workers/scan/scan.worker.ts?worker&url';
import { frameOf, VIAL_A } from './symbols.ts';

const frame = () => frameOf([{ bcid: 'gs1datamatrix', text: VIAL_A, module: 6, x: 320, y: 240 }], 640, 480);

const startScanWorker = () =>
  new Worker(new URL('../../workers/scan/scan.worker.ts', import.meta.url), { type: 'module' });

const open: ScanClient[] = [];
function client(options: Parameters<typeof createScanClient>[0] = {}): ScanClient {
  const made = createScanClient(options);
  open.push(made);
  return made;
}
afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

describe('scan client', () => {
  it('takes WebAssembly when nothing is said', async () => {
    expect(await client().open()).toBe('zxing-wasm');
  });

  it('does without WebAssembly where it is blocked', async () => {
    // The policy of a page cannot be changed by a test: the worker itself loses WebAssembly first.
    const start = () => {
      const script = (source: string) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      const block = script('delete self.WebAssembly;');
      const worker = new URL(workerUrl, location.href).href;
      return new Worker(script(`import '${block}'; import '${worker}';`), { type: 'module' });
    };
    const scan = client({ start });
    const reply = await scan.decode({ frame: frame(), whole: true });
    expect(reply.engine).toBe('zxing-js');
    expect(reply.symbols).toHaveLength(1);
  });

  it('answers frames in order', async () => {
    const scan = client();
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2].map(async (i) => {
        await scan.decode({ frame: frame(), whole: true });
        order.push(i);
      }),
    );
    expect(order).toEqual([0, 1, 2]);
  });

  it('drops an aborted frame and goes on', async () => {
    const scan = client();
    await scan.open();
    const stop = new AbortController();
    const bitmap = await createImageBitmap(frame());
    const first = scan.decode({ frame: frame(), whole: true });
    const dropped = scan.decode({ frame: bitmap, whole: true }, stop.signal);
    stop.abort();
    await expect(dropped).rejects.toMatchObject({ name: 'AbortError' });
    expect((await first).symbols).toHaveLength(1);
    expect((await scan.decode({ frame: frame(), whole: true })).symbols).toHaveLength(1);
    expect(bitmap.width).toBe(0);
  });

  it('ends its worker when idle and starts another one when needed', async () => {
    let started = 0;
    let idle = () => {};
    const later: Later = (run, ms) => {
      expect(ms).toBe(5000);
      idle = run;
      return () => {
        idle = () => {};
      };
    };
    const start = () => {
      started += 1;
      return startScanWorker();
    };
    const scan = client({ later, idleMs: 5000, start });
    await scan.open();
    await scan.open();
    expect(started).toBe(1);
    idle();
    await scan.open();
    expect(started).toBe(2);
  });

  it('says so when the worker breaks, and starts anew', async () => {
    let broken = true;
    const start = () => {
      const url = URL.createObjectURL(new Blob(['throw new Error("broken")'], { type: 'text/javascript' }));
      const worker = broken ? new Worker(url) : startScanWorker();
      broken = false;
      return worker;
    };
    const scan = client({ start });
    await expect(scan.open()).rejects.toThrow(/could not be started.*type the code by hand/);
    expect(await scan.open()).toBe('zxing-wasm');
  });

  it('refuses waiting calls when it is closed', async () => {
    const scan = client();
    await scan.open();
    const waiting = scan.decode({ frame: frame(), whole: true });
    scan.close();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
