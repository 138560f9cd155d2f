/** What a person's signature covers (README.md, "Signature"). */
import { type Bytes, utf8 } from './bytes.ts';
import { canonicalize } from './canonical.ts';
import { type Hash, hashHex, type Sha256 } from './hash.ts';
import type { Id } from './ids.ts';
import {
  type Entry,
  FORMAT_VERSION,
  type KeyId,
  type ParsedRecord,
  type Signature,
  type SignerRole,
} from './record.ts';
import type { Time } from './time.ts';

export type Statement = {
  readonly as: SignerRole;
  readonly at: Time;
  readonly by: Id;
  readonly entryHash: Hash;
  readonly key: KeyId;
  readonly ledger: Id;
};

/** SHA-256 of JCS(entry), as hex. For a record that was read, `parsedEntryHash` hashes the stored text. */
export function entryHash(sha: Sha256, entry: Entry): Hash {
  return hashHex(sha, utf8(canonicalize(entry)));
}

/** SHA-256 of the entry's own text within a parsed line. */
export function parsedEntryHash(sha: Sha256, parsed: ParsedRecord): Hash {
  return hashHex(sha, utf8(parsed.entryText));
}

/** The message that a signer signs: JCS({"as","at","by","entry","key","ledger","v"}) in UTF-8. */
export function signatureStatement({ as, at, by, entryHash: entry, key, ledger }: Statement): Bytes {
  return utf8(canonicalize({ as, at, by, entry, key, ledger, v: FORMAT_VERSION }));
}

/**
 * The message of a signature that has been made and is not in a record yet: its SHA-256 is the challenge for the
 * second factor beside it (`assertionChallenge`).
 */
export function statementOf(
  sha: Sha256,
  ledger: Id,
  entry: Entry,
  { as, at, by, key }: Pick<Signature, 'as' | 'at' | 'by' | 'key'>,
): Bytes {
  return signatureStatement({ as, at, by, key, ledger, entryHash: entryHash(sha, entry) });
}

/**
 * The messages of all signatures of a record that was read, in their order. The record's shape leaves
 * nothing in these members that JSON would escape, so the canonical text can be put together as it is;
 * a verifier spends this time on every signature.
 */
export function recordStatements(sha: Sha256, parsed: ParsedRecord): readonly Bytes[] {
  const { log, signatures } = parsed.record;
  const ledger = log.slice(0, log.indexOf('/'));
  const entry = parsedEntryHash(sha, parsed);
  return signatures.map(({ as, at, by, key }) =>
    utf8(
      `{"as":"${as}","at":"${at}","by":"${by}","entry":"${entry}","key":"${key}","ledger":"${ledger}","v":${FORMAT_VERSION}}`,
    ),
  );
}
