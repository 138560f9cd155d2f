/** The entries that make and end keys and second factors, and what is read of their bodies (README.md, "Whose key"). */
import { isBytes } from './assertion.ts';
import { type Bytes, fromBase64Url } from './bytes.ts';
import { isObject, type Json, type JsonObject } from './canonical.ts';
import {
  CREDENTIAL_ALGORITHMS,
  type Credential,
  type CredentialChange,
  type CredentialId,
  isCredentialKey,
  isHostName,
} from './credentials.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import { type Id, isId } from './ids.ts';
import { isKeyId, type KeyId, keyId, type LedgerRecord, parseLog } from './record.ts';

/** Entry types that change the registry; a part of a log proves the earlier ones beside its range. */
export const KEY_ENTRY_TYPES: readonly string[] = [
  'ledger.created',
  'device.joined',
  'staff.enrolled',
  'staff.admitted',
  'staff.key-added',
  'staff.key-rotated',
  'staff.key-removed',
  'staff.factor-added',
  'staff.factor-removed',
  'staff.disabled',
];

export type KeyChange = {
  readonly enrols: readonly { readonly person: Id; readonly publicKey: Bytes; readonly key: KeyId }[];
  readonly revokes: readonly { readonly person: Id; readonly key: KeyId | 'all' }[];
  readonly credential?: CredentialChange;
  /** Who has to perform it, where only one person may. */
  readonly only?: Id;
};

/** What a key entry changes. Throws `parse` for a member that is missing or malformed. */
export function readChange(sha: Sha256, { seq, entry: { type, body } }: LedgerRecord): KeyChange {
  const enrolled = (member: string) => {
    const who = memberOf(body, member, seq);
    const publicKey = publicKeyOf(who, seq);
    return { person: idOf(who, seq), publicKey, key: keyId(sha, publicKey) };
  };
  const staff = () => idOf(memberOf(body, 'staff', seq), seq);
  const revoked = (person: Id) => {
    if (!isKeyId(body.revokes)) throw malformed('revokes', seq);
    return { person, key: body.revokes };
  };
  switch (type) {
    case 'ledger.created':
      return { enrols: [enrolled('device'), enrolled('registrant')], revokes: [] };
    case 'device.joined':
      return { enrols: [enrolled('device')], revokes: [] };
    case 'staff.enrolled':
    case 'staff.admitted':
      return { enrols: [enrolled('staff')], revokes: [] };
    case 'staff.key-added': {
      const added = enrolled('staff');
      return { enrols: [added], revokes: [], only: added.person };
    }
    case 'staff.key-rotated': {
      const replaced = enrolled('staff');
      return { enrols: [replaced], revokes: [revoked(replaced.person)] };
    }
    case 'staff.key-removed':
      return { enrols: [], revokes: [revoked(staff())] };
    case 'staff.factor-added': {
      const [person, adds] = [staff(), readCredential(memberOf(body, 'credential', seq), seq)];
      return { enrols: [], revokes: [], credential: { person, adds }, only: person };
    }
    case 'staff.factor-removed': {
      const [person, removes] = [staff(), credentialIdOf(memberOf(body, 'credential', seq), seq)];
      return { enrols: [], revokes: [], credential: { person, removes } };
    }
    default: {
      const person = staff();
      return { enrols: [], revokes: [{ person, key: 'all' }], credential: { person, removes: 'all' } };
    }
  }
}

/** The log's own device, of its first record. Throws `parse`, or `link` where the record names another log. */
export function readDevice({ log, seq, entry }: LedgerRecord): { id: Id; publicKey: Bytes } {
  const device = memberOf(entry.body, 'device', seq);
  const names = parseLog(log);
  const id = idOf(device, seq);
  if (entry.body.ledger !== names.ledger || id !== names.device) {
    throw new LedgerError({
      code: 'link',
      seq,
      message: 'The first record names another ledger or device than its log.',
    });
  }
  return { id, publicKey: publicKeyOf(device, seq) };
}

function readCredential(value: JsonObject, seq: number): Credential {
  const { publicKey: text, rp } = value;
  const algorithm = CREDENTIAL_ALGORITHMS.find((name) => name === value.algorithm);
  if (algorithm === undefined) throw malformed('credential.algorithm', seq);
  const publicKey = typeof text === 'string' && isBytes(text, 32, 65) ? fromBase64Url(text) : undefined;
  if (!publicKey || !isCredentialKey(algorithm, publicKey)) throw malformed('credential.publicKey', seq);
  if (!isHostName(rp)) throw malformed('credential.rp', seq);
  return { id: credentialIdOf(value, seq), algorithm, publicKey, rp };
}

function credentialIdOf({ id }: JsonObject, seq: number): CredentialId {
  if (typeof id !== 'string' || !isBytes(id, 1, 1023)) throw malformed('credential.id', seq);
  return id;
}

function memberOf(body: JsonObject, member: string, seq: number): JsonObject {
  const value: Json | undefined = body[member];
  if (!isObject(value)) throw malformed(member, seq);
  return value;
}

function idOf(value: JsonObject, seq: number): Id {
  if (!isId(value.id)) throw malformed('id', seq);
  return value.id;
}

function publicKeyOf({ publicKey: text }: JsonObject, seq: number): Bytes {
  if (typeof text !== 'string' || !isBytes(text, 32, 32)) throw malformed('publicKey', seq);
  return fromBase64Url(text);
}

function malformed(member: string, seq: number): LedgerError {
  return new LedgerError({ code: 'parse', seq, message: `The entry's ${member} is missing or malformed.` });
}
