import { type Bytes, concat, utf8 } from '../../../shared/ledger/bytes.ts';
import type { Sealed } from '../store/rows.ts';

/**
 * Sealing to an X25519 public key: an ephemeral key, HKDF-SHA-256 over the shared secret with both public
 * keys as salt, AES-256-GCM. As RFC 9180 (HPKE) base mode does it, in the few calls that WebCrypto has.
 * `context` says what is sealed; bytes sealed for one purpose cannot be put in the place of another.
 */
export async function seal(publicKey: Bytes, bytes: Bytes, context: string): Promise<Sealed> {
  const [recipient, own] = await Promise.all([
    crypto.subtle.importKey('raw', publicKey, 'X25519', false, []),
    crypto.subtle.generateKey('X25519', true, ['deriveBits']),
  ]);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const key = await deriveKey(own.privateKey, recipient, concat(ephemeral, publicKey), context);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(context) },
    key,
    bytes,
  );
  return { ephemeral, iv, data: new Uint8Array(data) };
}

/** Opens what was sealed to a key pair. Rejects for another key, another context or changed bytes. */
export async function unseal(
  keys: { privateKey: CryptoKey; publicKey: Bytes },
  { ephemeral, iv, data }: Sealed,
  context: string,
): Promise<Bytes> {
  const sender = await crypto.subtle.importKey('raw', ephemeral, 'X25519', false, []);
  const key = await deriveKey(keys.privateKey, sender, concat(ephemeral, keys.publicKey), context);
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(context) },
    key,
    data,
  );
  return new Uint8Array(plain);
}

async function deriveKey(privateKey: CryptoKey, publicKey: CryptoKey, salt: Bytes, context: string) {
  const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: publicKey }, privateKey, 256);
  const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(`countersign 1 ${context}`) },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
