import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { createSHA256 } from 'hash-wasm';

/** SHA-256 over bytes that come piece by piece. */
export type StreamHash = { update(bytes: Uint8Array): void; digest(): Uint8Array };

/** WebAssembly, or plain JavaScript where that is refused. */
export async function startHash(): Promise<StreamHash> {
  try {
    const hasher = (await createSHA256()).init();
    return {
      update: (bytes) => void hasher.update(bytes),
      digest: () => hasher.digest('binary'),
    };
  } catch {
    const hasher = nobleSha256.create();
    return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest() };
  }
}
