import * as v from 'valibot';
import { expect, test } from 'vitest';
import { server } from 'vitest/browser';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { runWycheproof, WycheproofEd25519 } from './wycheproof.ts';

/** The vectors stand beside the repository; where they don't, the reason is printed and nothing is run. */
async function readVectors(): Promise<string | undefined> {
  try {
    return await server.commands.readFile('../shared/vectors/wycheproof-ed25519.json');
  } catch (cause) {
    console.warn('not run: wycheproof-ed25519.json is not beside the repository (../shared/vectors)', cause);
    return undefined;
  }
}

const text = await readVectors();

test.runIf(text)('Wycheproof Ed25519 in the browser’s own WebCrypto', async () => {
  const vectors = v.parse(WycheproofEd25519, JSON.parse(text ?? ''));
  expect(await runWycheproof(vectors, webCryptoEd25519(crypto.subtle))).toEqual({ wrong: [], count: 151 });
});
