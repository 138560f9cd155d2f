import { afterEach, expect, test, vi } from 'vitest';
import { signatureVerifiers } from '../../../pwa/verify/support.ts';

afterEach(() => vi.unstubAllGlobals());

test('a browser that has both algorithms checks with them', async () => {
  expect(await signatureVerifiers()).toBeDefined();
});

test('one that lacks either, or is no secure context, checks nothing at all', async () => {
  const { subtle } = globalThis.crypto;
  const without = (lacking: string) => ({
    importKey: (format: 'raw', data: BufferSource, algorithm: 'Ed25519' | EcKeyImportParams) =>
      (typeof algorithm === 'string' ? algorithm : algorithm.name) === lacking
        ? Promise.reject(new DOMException('not here', 'NotSupportedError'))
        : subtle.importKey(format, data, algorithm, false, ['verify']),
    verify: subtle.verify.bind(subtle),
  });
  for (const crypto of [{ subtle: without('Ed25519') }, { subtle: without('ECDSA') }, {}]) {
    vi.stubGlobal('crypto', crypto);
    expect(await signatureVerifiers()).toBeUndefined();
  }
});
