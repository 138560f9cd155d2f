import { parseEntry } from '../../../shared/domain/entries.ts';
import { fromBase64Url, toBase64Url } from '../../../shared/ledger/bytes.ts';
import { LedgerError } from '../../../shared/ledger/errors.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { keyId } from '../../../shared/ledger/record.ts';
import type { DeviceSigner } from '../gate/effects.ts';
import type { DeviceRow } from '../store/rows.ts';
import { type SigningKey, signEntry } from './sign.ts';

/** Makes this computer's own keys: non-extractable from the first moment. */
export async function makeDevice(ids: { ledger: string; device: string }): Promise<{
  row: DeviceRow;
  /** The vault's private key (PKCS #8), to be sealed to the first person and then forgotten. */
  vaultPrivate: Uint8Array<ArrayBuffer>;
}> {
  const [sign, vault, mixKey, draftKey] = await Promise.all([
    crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']),
    crypto.subtle.generateKey('X25519', true, ['deriveBits']),
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', sign.publicKey));
  return {
    row: {
      ...{
        id: 'this',
        ...ids,
        signKey: sign.privateKey,
        publicKey: toBase64Url(publicKey),
        mixKey,
        draftKey,
      },
      vaultPublic: new Uint8Array(await crypto.subtle.exportKey('raw', vault.publicKey)),
    },
    vaultPrivate: new Uint8Array(await crypto.subtle.exportKey('pkcs8', vault.privateKey)),
  };
}

/** The device's signing key, as a person's is held. */
export function deviceKey(sha: Sha256, row: DeviceRow): SigningKey {
  return { keyId: keyId(sha, fromBase64Url(row.publicKey)), staff: row.device, sign: row.signKey };
}

/** The device as a signer of the entries that are its own. */
export function deviceSigner(sha: Sha256, row: DeviceRow): DeviceSigner {
  const key = deviceKey(sha, row);
  return {
    id: row.device,
    sign: async (draft, at) => {
      const parsed = parseEntry(draft);
      if (!parsed.ok) throw new LedgerError({ code: 'parse', message: `${parsed.where}: ${parsed.message}` });
      return signEntry(sha, parsed.entry, { key, as: 'performer', at, ledger: row.ledger });
    },
  };
}
