import * as v from 'valibot';
import { expect, test } from 'vitest';
import { server } from 'vitest/browser';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import {
  runWycheproof,
  runWycheproofEs256,
  WYCHEPROOF_ES256,
  WycheproofEd25519,
  WycheproofEs256,
} from './wycheproof.ts';

/** The vectors stand beside the repository; where they don't, the reason is printed and nothing is run. */
async function readVectors(name: string): Promise<string | undefined> {
  try {
    return await server.commands.readFile(`../shared/vectors/${name}`);
  } catch (cause) {
    console.warn(`not run: ${name} is not beside the repository (../shared/vectors)`, cause);
    return undefined;
  }
}

const text = await readVectors('wycheproof-ed25519.json');
const es256 = await readVectors(WYCHEPROOF_ES256);

test.runIf(text)('Wycheproof Ed25519 in the browser’s own WebCrypto', async () => {
  const vectors = v.parse(WycheproofEd25519, JSON.parse(text ?? ''));
  expect(await runWycheproof(vectors, webCryptoEd25519(crypto.subtle))).toEqual({ wrong: [], count: 151 });
});

test.runIf(es256)('Wycheproof ES256 in the browser’s own WebCrypto', async () => {
  const vectors = v.parse(WycheproofEs256, JSON.parse(es256 ?? ''));
  const { wrong, count } = await runWycheproofEs256(vectors, webCryptoEs256(crypto.subtle));
  expect({ wrong, count }).toEqual({ wrong: [], count: vectors.numberOfTests });
});
