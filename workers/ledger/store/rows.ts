import type { EntryType } from '../../../shared/domain/entries.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import type { Advice } from '../../../shared/protocol/ledger.ts';

/** What stands in the database. Everything but `line` of a record is derived from the lines and can be rebuilt. */

/** A record and what it is looked up by. `line` is the record; the rest serves the indexes. */
export type StoredRecord = {
  seq: number;
  hash: string;
  entryId: string;
  type: EntryType;
  at: string;
  by: string;
  recorded: string;
  line: string;
  containers: string[];
  /** Ids of the earlier entries, and of the discrepancy, that the entry takes up. */
  refs: string[];
  /** What the gate flagged. */
  flags: Advice[];
};

/** The log's head: what an append reads first and writes last. */
export type HeadRow = {
  key: 'head';
  ledger: string;
  device: string;
  size: number;
  hash: string;
  recorded: string;
  /** Roots of the perfect subtrees, largest first, in hex. */
  frontier: string[];
  /** The time that the log is held at, once `clock.anomaly` has said so. */
  heldAt?: string;
};

/** The largest checkpoint that this device has signed. */
export type CheckpointRow = { key: 'checkpoint'; size: number; root: string };

/** The format of what is stored; a database of a later format is not written to. */
export type FormatRow = { key: 'format'; version: number };
/** Whether a page on which nobody is signed in shows a lock, and who was signed in last. */
export type AccessRow = { key: 'access'; guarded: boolean; by?: string };
/** Patients that stood in the log or not have been looked for up to this reference (`vault/unused.ts`). */
export type UnusedRow = { key: 'unused'; upTo: string };
/** The last `patients.erased` that has been carried out. */
export type ErasedRow = { key: 'erased'; seq: number };
/** Another key of the vault, to which patients are being wrapped anew. It is sealed to people as the present one is. */
export type RotationRow = {
  key: 'rotation';
  startedAt: string;
  by: string;
  /** Size of the log when it began: only a `vault.rotated` after that belongs to it. */
  since: number;
  publicKey: Bytes;
  keys: VaultKeyRow[];
};
export type MetaRow = HeadRow | CheckpointRow | FormatRow | AccessRow | UnusedRow | ErasedRow | RotationRow;

/** A perfect subtree of level 1 and above; level 0 is the records' own hashes. */
export type NodeRow = { level: number; index: number; hash: Bytes };

/** This computer's own keys. All non-extractable: they can be used here, and never read. */
export type DeviceRow = {
  id: 'this';
  ledger: string;
  device: string;
  /** Ed25519, for checkpoints and for the device's own entries. */
  signKey: CryptoKey;
  publicKey: string;
  /** HMAC-SHA-256, mixed into what a PIN gives. */
  mixKey: CryptoKey;
  /** AES-256-GCM for drafts. */
  draftKey: CryptoKey;
  /** X25519: whoever has it can put a patient into the vault, and not read one. */
  vaultPublic: Bytes;
};

export type KdfParameters = { memoryKiB: number; passes: number; lanes: number };
export type Wrapped = { iv: Bytes; data: Bytes };

/** Both private keys of a person, wrapped under one PIN. */
export type KeyWrap = {
  kdf: KdfParameters;
  salt: Bytes;
  /** Ed25519 private key. */
  sign: Wrapped;
  /** X25519 private key: opens the vault key that was sealed to this person. */
  box: Wrapped;
};

/** A person's keys, wrapped under their PIN. */
export type KeyRow = KeyWrap & {
  keyId: string;
  staff: string;
  publicKey: string;
  boxPublic: Bytes;
  /** When it was made (ms since 1970), for as long as no entry has brought it in. */
  prepared?: number;
  /** The same keys under another PIN: in force from the moment at which the log holds the entry. */
  next?: KeyWrap & { entry: string };
};

/** A key with which somebody witnesses on this device what is written on another. */
export type PhoneKeyRow = {
  keyId: string;
  ledger: string;
  /** First digits of the hash of the ledger's first record. */
  genesis: string;
  facility: string;
  staff: string;
  name: string;
  publicKey: string;
  made: string;
  kdf: KdfParameters;
  salt: Bytes;
  /** HMAC-SHA-256, non-extractable, mixed into what the PIN gives: this device may have no other key. */
  mixKey: CryptoKey;
  /** Ed25519 private key. */
  sign: Wrapped;
};

/** Bytes that only the holder of an X25519 private key can read. */
export type Sealed = { ephemeral: Bytes; iv: Bytes; data: Bytes };
/** The vault's private key, sealed to one person's key. */
export type VaultKeyRow = { keyId: string; sealed: Sealed };
/** By what a patient is known again without being read (`vault/tags.ts`). Gone when the month is over. */
export type PatientTags = { number?: string; name?: string };
/** `next` is the same sealed to the key that a rotation is about to change to. */
export type PatientRow = { ref: string; sealed: Sealed; next?: Sealed; tags?: PatientTags };
export type DraftRow = { entryId: string; startedAt: string; iv: Bytes; data: Bytes };
/** A fold of the log up to `seq`, as text with a keyed checksum. */
export type SnapshotRow = { seq: number; hash: string; text: string; mac: Bytes };
export type SettingRow = { key: string; value: unknown };
export type LockoutRow = { staff: string; wrong: number; until: number };
