/**
 * Whose key was good when: the registry that a verifier folds out of the log itself
 * (README.md, "Whose key").
 */
import { type Bytes, fromBase64Url } from './bytes.ts';
import { isObject, type Json, type JsonObject } from './canonical.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import { type Id, isId } from './ids.ts';
import { isKeyId, type KeyId, keyId, type LedgerRecord, parseLog } from './record.ts';

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
  /** Whose each key is or was: a public key is enrolled for one id only. */
  readonly owners: ReadonlyMap<KeyId, Id>;
  /** The log's own device, from its first record; it signs checkpoints and performs system entries. */
  readonly device: { readonly id: Id; readonly publicKey: Bytes } | undefined;
  /** Who may perform the first record: the registrant, in a log that starts a ledger. */
  readonly founder: Id | undefined;
};

export const EMPTY_REGISTRY: KeyRegistry = {
  ...{ keys: new Map(), count: 0, owners: new Map() },
  ...{ device: undefined, founder: undefined },
};

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
    const own = place === 'further' || (seq === 0 && person === registry.founder);
    const begun = from < seq || (from === seq && own);
    if (begun && seq < until) return { ok: true, publicKey };
    if (begun) revoked = true;
  }
  return { ok: false, code: revoked ? 'revoked-key' : 'unknown-key' };
}

type Change = {
  readonly enrols: readonly { readonly person: Id; readonly publicKey: Bytes; readonly key: KeyId }[];
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
 * (a first record that names another log), `duplicate-id` (a key that is another's, the device's id for a
 * person, a rotation to the same key), `unknown-key` or `revoked-key` (a rotation of a key that is not the
 * person's, or no longer good).
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
  const change = readChange(sha, record);
  const { enrols, revokes } = change;
  const count = registry.count + enrols.length;
  if (count > MAX_ENROLMENTS) throw refuse('enrolment, as one of more than a log may hold,', seq);
  const founder = first ? enrols.at(-1)?.person : registry.founder;
  const owners = ownersWith(registry, change, seq);
  if (!first) checkPeople(registry, change, seq);
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
  for (const { person, publicKey, key } of enrols) {
    const at = name(person, key);
    keys.set(at, [...(keys.get(at) ?? []), { publicKey, from: seq, until: Number.POSITIVE_INFINITY }]);
  }
  return { keys, count, owners, device, founder };
}

/** Whose keys are whose, once the record has enrolled its own; one key would otherwise sign for two. */
function ownersWith({ owners }: KeyRegistry, { enrols }: Change, seq: number): ReadonlyMap<KeyId, Id> {
  if (enrols.length === 0) return owners;
  const grown = new Map(owners);
  for (const { person, key } of enrols) {
    if ((grown.get(key) ?? person) !== person)
      throw taken('The public key is enrolled for somebody else.', seq);
    grown.set(key, person);
  }
  if (new Set(enrols.map(({ person }) => person)).size < enrols.length) {
    throw taken('The registrant has the id of the device.', seq);
  }
  return grown;
}

/** Nobody has the device's id, and only a key that is the person's own and good can be replaced. */
function checkPeople(registry: KeyRegistry, { enrols, revokes }: Change, seq: number): void {
  for (const { person } of [...enrols, ...revokes]) {
    if (person === registry.device?.id) throw taken('The id of the person is that of the device.', seq);
  }
  for (const { person, key } of revokes) {
    if (key === 'all') continue;
    if (enrols.some((enrolled) => enrolled.key === key)) {
      throw taken('The new key is the one that it replaces.', seq);
    }
    const answer = keyFor(registry, person, key, seq, 'performer');
    if (answer.ok) continue;
    const message = 'The key that is replaced is not a good key of that person.';
    throw new LedgerError({ code: answer.code, seq, message });
  }
}

function names({ person, key }: Change['revokes'][number], at: string): boolean {
  return key === 'all' ? at.startsWith(`${person}/`) : at === name(person, key);
}

function readChange(sha: Sha256, { seq, entry: { type, body } }: LedgerRecord): Change {
  const enrolled = (member: string) => {
    const who = memberOf(body, member, seq);
    const publicKey = publicKeyOf(who, seq);
    return { person: idOf(who, seq), publicKey, key: keyId(sha, publicKey) };
  };
  switch (type) {
    case 'ledger.created':
      return { enrols: [enrolled('device'), enrolled('registrant')], revokes: [] };
    case 'device.joined':
      return { enrols: [enrolled('device')], revokes: [] };
    case 'staff.enrolled':
      return { enrols: [enrolled('staff')], revokes: [] };
    case 'staff.key-rotated': {
      const replaced = enrolled('staff');
      if (!isKeyId(body.revokes)) throw refuse('revokes', seq);
      return { enrols: [replaced], revokes: [{ person: replaced.person, key: body.revokes }] };
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

function taken(message: string, seq: number): LedgerError {
  return new LedgerError({ code: 'duplicate-id', seq, message });
}

function refuse(member: string, seq: number): LedgerError {
  return new LedgerError({ code: 'parse', seq, message: `The entry's ${member} is missing or malformed.` });
}
