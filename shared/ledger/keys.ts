/**
 * Whose key was good when: the registry that a verifier folds out of the log itself
 * (README.md, "Whose key").
 */
import type { Bytes } from './bytes.ts';
import { type Credentials, foldCredentials } from './credentials.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import type { Id } from './ids.ts';
import { KEY_ENTRY_TYPES, type KeyChange, readChange, readDevice } from './key-entries.ts';
import type { KeyId, LedgerRecord } from './record.ts';

export { KEY_ENTRY_TYPES } from './key-entries.ts';

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
  /** Enrolments of keys and credentials so far. */
  readonly count: number;
  /** Whose each key is or was: a public key is enrolled for one id only. */
  readonly owners: ReadonlyMap<KeyId, Id>;
  /** The log's own device, from its first record; it signs checkpoints and performs system entries. */
  readonly device: { readonly id: Id; readonly publicKey: Bytes } | undefined;
  /** Who may perform the first record: the registrant, in a log that starts a ledger. */
  readonly founder: Id | undefined;
  /** By seq: rotations that the person performed themself, and the key that signs there for the last time. */
  readonly ownRotations: ReadonlyMap<number, OwnRotation>;
  /** Second factors. */
  readonly credentials: Credentials;
};

type OwnRotation = { readonly person: Id; readonly key: KeyId; readonly publicKey: Bytes };

export const EMPTY_REGISTRY: KeyRegistry = {
  ...{ keys: new Map(), count: 0, owners: new Map() },
  ...{ device: undefined, founder: undefined, ownRotations: new Map(), credentials: new Map() },
};

/** Keys and credentials together. More are refused: no clinic comes near, and a hostile log could stall its reader. */
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
 * not including, the record that revokes it; only a rotation that the person performs themself is signed, as
 * performer, with the key that it revokes, and with no other. The registry has to hold the record `seq` itself
 * already.
 */
export function keyFor(
  registry: KeyRegistry,
  person: Id,
  key: KeyId,
  seq: number,
  place: SignaturePlace,
): KeyAnswer {
  const own = place === 'performer' ? registry.ownRotations.get(seq) : undefined;
  if (own?.person === person) {
    return own.key === key ? { ok: true, publicKey: own.publicKey } : { ok: false, code: 'unknown-key' };
  }
  let revoked = false;
  for (const { publicKey, from, until } of registry.keys.get(name(person, key)) ?? []) {
    const atOnce = place === 'further' || (seq === 0 && person === registry.founder);
    const begun = from < seq || (from === seq && atOnce);
    if (begun && seq < until) return { ok: true, publicKey };
    if (begun) revoked = true;
  }
  return { ok: false, code: revoked ? 'revoked-key' : 'unknown-key' };
}

/** The keys of a person that are good at `seq`, the oldest first. */
export function goodKeys(registry: KeyRegistry, person: Id, seq: number): KeyId[] {
  return [...registry.owners].flatMap(([key, owner]) =>
    owner === person && keyFor(registry, person, key, seq, 'further').ok ? [key] : [],
  );
}

/**
 * The registry with a record's changes. Records have to come in seq order; others than KEY_ENTRY_TYPES
 * change nothing. Throws `parse` (a member that is read is missing or malformed, or
 * MAX_ENROLMENTS is passed), `sequence` (a first record elsewhere than at seq 0, or another there), `link`
 * (a first record that names another log), `duplicate-id` (a key that is another's, the device's id for a
 * person, a rotation to the same key, a credential that was added before), `unknown-key` or `revoked-key` (an end
 * of a key or credential that is not the person's, or no longer good; an addition that another performs).
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
  const { enrols, credential } = change;
  const count = registry.count + enrols.length + (credential && 'adds' in credential ? 1 : 0);
  if (count > MAX_ENROLMENTS) throw tooMany(seq);
  const founder = first ? enrols.at(-1)?.person : registry.founder;
  const owners = ownersWith(registry, change, seq);
  if (!first) checkPeople(registry, change, record);
  const credentials = credential
    ? foldCredentials(registry.credentials, credential, seq)
    : registry.credentials;
  const keys = keysWith(registry, change, seq);
  if (keys === registry.keys && credentials === registry.credentials) return registry;
  const ownRotations = ownRotationsWith(registry, change, record);
  return { keys, count, owners, device, founder, ownRotations, credentials };
}

/** The keys with what the record ends and begins. */
function keysWith({ keys }: KeyRegistry, { enrols, revokes }: KeyChange, seq: number): KeyRegistry['keys'] {
  const ended = [...keys]
    .filter(
      ([at, enrolments]) => revokes.some((each) => names(each, at)) && enrolments.some((e) => e.until > seq),
    )
    .map(([at]) => at);
  if (enrols.length + ended.length === 0) return keys;
  const changed = new Map(keys);
  for (const at of ended) {
    const until = (enrolment: Enrolment) => ({ ...enrolment, until: Math.min(enrolment.until, seq) });
    changed.set(at, (changed.get(at) ?? []).map(until));
  }
  for (const { person, publicKey, key } of enrols) {
    const at = name(person, key);
    changed.set(at, [...(changed.get(at) ?? []), { publicKey, from: seq, until: Number.POSITIVE_INFINITY }]);
  }
  return changed;
}

/** Notes a rotation that the person performs themself. It has been checked that the key that it revokes is good. */
function ownRotationsWith(
  registry: KeyRegistry,
  { enrols, revokes: [revoked] }: KeyChange,
  { seq, entry }: LedgerRecord,
): KeyRegistry['ownRotations'] {
  const { ownRotations } = registry;
  if (!revoked || revoked.key === 'all' || enrols.length === 0 || revoked.person !== entry.by) {
    return ownRotations;
  }
  const { person, key } = revoked;
  const answer = keyFor(registry, person, key, seq, 'performer');
  return answer.ok
    ? new Map([...ownRotations, [seq, { person, key, publicKey: answer.publicKey }]])
    : ownRotations;
}

/** Whose keys are whose, once the record has enrolled its own; one key would otherwise sign for two. */
function ownersWith({ owners }: KeyRegistry, { enrols }: KeyChange, seq: number): ReadonlyMap<KeyId, Id> {
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

/**
 * Nobody has the device's id, a person adds keys and factors themself, and only a key that is the person's own
 * and good can be replaced or removed.
 */
function checkPeople(registry: KeyRegistry, change: KeyChange, { seq, entry }: LedgerRecord): void {
  const { enrols, revokes, credential, only } = change;
  for (const { person } of [...enrols, ...revokes, ...(credential ? [credential] : [])]) {
    if (person === registry.device?.id) throw taken('The id of the person is that of the device.', seq);
  }
  if (only !== undefined && only !== entry.by) {
    const message = 'Another key or second factor is added by the person whose it is, and by nobody else.';
    throw new LedgerError({ code: 'unknown-key', seq, message });
  }
  for (const { person, key } of revokes) {
    if (key === 'all') continue;
    if (enrols.some((enrolled) => enrolled.key === key)) {
      throw taken('The new key is the one that it replaces.', seq);
    }
    const answer = keyFor(registry, person, key, seq, 'performer');
    if (answer.ok) continue;
    const message = 'The key that is replaced or removed is not a good key of that person.';
    throw new LedgerError({ code: answer.code, seq, message });
  }
}

function names({ person, key }: KeyChange['revokes'][number], at: string): boolean {
  return key === 'all' ? at.startsWith(`${person}/`) : at === name(person, key);
}

function name(person: Id, key: KeyId): string {
  return `${person}/${key}`;
}

function taken(message: string, seq: number): LedgerError {
  return new LedgerError({ code: 'duplicate-id', seq, message });
}

function tooMany(seq: number): LedgerError {
  const message = `A log holds at most ${MAX_ENROLMENTS} keys and second factors.`;
  return new LedgerError({ code: 'parse', seq, message });
}
