/**
 * Whose key was good when: the registry that a verifier folds out of the log itself
 * (README.md, "Where keys come from").
 */
import { type Bytes, fromBase64Url } from './bytes.ts';
import { isObject, type Json, type JsonObject } from './canonical.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import { type Id, isId } from './ids.ts';
import { type KeyId, keyId, type LedgerRecord, parseLog } from './record.ts';

type Enrolment = {
  readonly publicKey: Bytes;
  /** First seq at which the key is good. */
  readonly from: number;
  /** First seq at which it no longer is. */
  readonly until: number;
};

/** Keys of one log, by `<person>/<key id>`. A value: folding makes a new one. */
export type KeyRegistry = {
  readonly keys: ReadonlyMap<string, readonly Enrolment[]>;
  /** Enrolments so far. */
  readonly count: number;
  /** The log's own device, from its first record; it signs checkpoints and performs system entries. */
  readonly device: { readonly id: Id; readonly publicKey: Bytes } | undefined;
};

export const EMPTY_REGISTRY: KeyRegistry = { keys: new Map(), count: 0, device: undefined };

/** More in one log are refused: no clinic comes near, and a hostile log could stall its reader. */
export const MAX_ENROLMENTS = 4096;

/**
 * Where in its record a signature stands. The performer of a record (its first signature) has to be
 * somebody whom an *earlier* record enrolled, or anybody could let themself in; only seq 0, where nobody
 * is known yet, is signed with a key of its own body.
 */
export type SignaturePlace = 'performer' | 'further';

export type KeyAnswer =
  | { readonly ok: true; readonly publicKey: Bytes }
  | { readonly ok: false; readonly code: 'unknown-key' | 'revoked-key' };

/**
 * The key that a signature at `seq` has to verify under. Good from the record that enrols it up to, and
 * not including, the record that revokes it. The registry has to hold the record `seq` itself already.
 */
export function keyFor(
  registry: KeyRegistry,
  person: Id,
  key: KeyId,
  seq: number,
  place: SignaturePlace,
): KeyAnswer {
  let revoked = false;
  for (const { publicKey, from, until } of registry.keys.get(name(person, key)) ?? []) {
    const begun = from < seq || (from === seq && (seq === 0 || place === 'further'));
    if (begun && seq < until) return { ok: true, publicKey };
    if (begun) revoked = true;
  }
  return { ok: false, code: revoked ? 'revoked-key' : 'unknown-key' };
}

type Change = {
  readonly enrols: readonly { readonly person: Id; readonly publicKey: Bytes }[];
  readonly revokes: readonly { readonly person: Id; readonly key: KeyId | 'all' }[];
};

/** Entry types that change the registry; a part of a log proves the earlier ones beside its range. */
export const KEY_ENTRY_TYPES: readonly string[] = [
  'ledger.created',
  'device.joined',
  'staff.enrolled',
  'staff.key-rotated',
  'staff.disabled',
];

/**
 * The registry with a record's changes. Records have to come in seq order; others than KEY_ENTRY_TYPES
 * change nothing. Throws `parse` (a member that is read is missing or malformed, or
 * MAX_ENROLMENTS is passed), `sequence` (a first record elsewhere than at seq 0, or another there), `link`
 * (a first record that names another log).
 */
export function foldKeys(registry: KeyRegistry, sha: Sha256, record: LedgerRecord): KeyRegistry {
  const { seq, entry } = record;
  const first = entry.type === 'ledger.created' || entry.type === 'device.joined';
  if (first !== (seq === 0)) {
    throw new LedgerError({
      code: 'sequence',
      seq,
      message: 'A log begins with ledger.created or device.joined, and holds neither anywhere else.',
    });
  }
  if (!KEY_ENTRY_TYPES.includes(entry.type)) return registry;
  const device = first ? readDevice(record) : registry.device;
  const { enrols, revokes } = readChange(record);
  const count = registry.count + enrols.length;
  if (count > MAX_ENROLMENTS) throw refuse('enrolment, as one of more than a log may hold,', seq);
  const ended = [...registry.keys]
    .filter(
      ([at, enrolments]) => revokes.some((each) => names(each, at)) && enrolments.some((e) => e.until > seq),
    )
    .map(([at]) => at);
  if (enrols.length + ended.length === 0) return registry;
  const keys = new Map(registry.keys);
  for (const at of ended) {
    const until = (enrolment: Enrolment) => ({ ...enrolment, until: Math.min(enrolment.until, seq) });
    keys.set(at, (keys.get(at) ?? []).map(until));
  }
  for (const { person, publicKey } of enrols) {
    const at = name(person, keyId(sha, publicKey));
    keys.set(at, [...(keys.get(at) ?? []), { publicKey, from: seq, until: Number.POSITIVE_INFINITY }]);
  }
  return { keys, count, device };
}

function names({ person, key }: Change['revokes'][number], at: string): boolean {
  return key === 'all' ? at.startsWith(`${person}/`) : at === name(person, key);
}

function readChange({ seq, entry: { type, body } }: LedgerRecord): Change {
  const enrolled = (member: string) => {
    const who = memberOf(body, member, seq);
    return { person: idOf(who, seq), publicKey: publicKeyOf(who, seq) };
  };
  switch (type) {
    case 'ledger.created':
      return { enrols: [enrolled('device'), enrolled('registrant')], revokes: [] };
    case 'device.joined':
      return { enrols: [enrolled('device')], revokes: [] };
    case 'staff.enrolled':
      return { enrols: [enrolled('staff')], revokes: [] };
    case 'staff.key-rotated': {
      const { person, publicKey } = enrolled('staff');
      if (typeof body.revokes !== 'string') throw refuse('revokes', seq);
      return { enrols: [{ person, publicKey }], revokes: [{ person, key: body.revokes }] };
    }
    default:
      return { enrols: [], revokes: [{ person: idOf(memberOf(body, 'staff', seq), seq), key: 'all' }] };
  }
}

function readDevice({ log, seq, entry }: LedgerRecord): { id: Id; publicKey: Bytes } {
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

function name(person: Id, key: KeyId): string {
  return `${person}/${key}`;
}

function memberOf(body: JsonObject, member: string, seq: number): JsonObject {
  const value: Json | undefined = body[member];
  if (!isObject(value)) throw refuse(member, seq);
  return value;
}

function idOf(value: JsonObject, seq: number): Id {
  if (!isId(value.id)) throw refuse('id', seq);
  return value.id;
}

function publicKeyOf(value: JsonObject, seq: number): Bytes {
  const bytes = typeof value.publicKey === 'string' ? fromBase64Url(value.publicKey) : undefined;
  if (bytes?.length !== 32) throw refuse('publicKey', seq);
  return bytes;
}

function refuse(member: string, seq: number): LedgerError {
  return new LedgerError({ code: 'parse', seq, message: `The entry's ${member} is missing or malformed.` });
}
