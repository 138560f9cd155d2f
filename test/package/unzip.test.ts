import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { readPackage } from '../../workers/package/unzip.ts';
import { ports, shortStory } from '../golden/builder.ts';
import { packageOf, zipOf } from '../golden/package-files.ts';

const files = await packageOf(await shortStory());
const zip = zipOf(files);

describe('a zip that anybody may have made', () => {
  test('is never an exception, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect((await readPackage(bytes)).ok).toBe(false);
        const headed = new Uint8Array([0x50, 0x4b, 3, 4, ...bytes]);
        expect((await readPackage(headed)).ok).toBe(false);
      }),
    );
  });

  test('with changed bytes is refused, or still holds exactly the same files', async () => {
    const change = fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const copy = zip.slice();
        for (const [at, flip] of changes) copy[at] = copy[at]! ^ flip;
        const read = await readPackage(copy);
        if (read.ok) expect([...read.files]).toEqual([...files]);
      }),
      { numRuns: 300 },
    );
  });

  test('cut anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), async (length) => {
        expect((await readPackage(zip.slice(0, length))).ok).toBe(false);
      }),
    );
  });

  test('is not expanded beyond the limit', async () => {
    expect(await readPackage(zip, { maxExpanded: 10_000 })).toMatchObject({ ok: false, code: 'too-large' });
    expect(await readPackage(zip, { maxExpanded: 1_000_000 })).toMatchObject({ ok: true });
  });
});

test('files of any content never make the check throw, nor end at valid', async () => {
  const names = fc.constantFrom(...files.keys());
  await fc.assert(
    fc.asyncProperty(names, fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (name, bytes, text) => {
      const content = text ? new TextEncoder().encode(`{"v":1,"x":${JSON.stringify([...bytes])}}\n`) : bytes;
      const { integrity } = await verifyPackage(new Map([...files, [name, content]]), ports);
      expect(integrity.ok).toBe(false);
    }),
  );
});
