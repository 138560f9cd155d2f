import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { hashHex, leafHash, loadSha256, nodeHash, plainSha256 } from '../../shared/ledger/hash.ts';

const wasm = await loadSha256();

for (const [name, sha] of [
  ['WebAssembly', wasm],
  ['plain', plainSha256],
] as const) {
  test(`SHA-256 in ${name} agrees with Node’s, in parts too`, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (parts) => {
        const want = createHash('sha256').update(Buffer.concat(parts)).digest('hex');
        expect(toHex(sha(...parts))).toBe(want);
      }),
    );
  });

  test(`leaf and node hashes of RFC 6962 in ${name}`, () => {
    expect(toHex(leafHash(sha, utf8('')))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(toHex(leafHash(sha, utf8('L123456')))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(toHex(nodeHash(sha, utf8('N123'), utf8('N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
    expect(hashHex(sha, utf8(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
}

test('a hash stays what it was when the next is made', () => {
  const first = wasm(utf8('a'));
  const before = toHex(first);
  wasm(utf8('b'));
  expect(toHex(first)).toBe(before);
});

test('where WebAssembly is refused, the plain one steps in', async () => {
  const refuse = () => Promise.reject(new EvalError('refused by the content security policy'));
  vi.stubGlobal('WebAssembly', { ...WebAssembly, compile: refuse, instantiate: refuse });
  vi.resetModules();
  try {
    const fresh = await import('../../shared/ledger/hash.ts');
    const sha = await fresh.loadSha256();
    expect(sha).toBe(fresh.plainSha256);
  } finally {
    vi.unstubAllGlobals();
  }
});
