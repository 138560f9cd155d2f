/** C2SP checkpoints (c2sp.org/tlog-checkpoint): how many records a log holds, and their Merkle root. */
import { type Bytes, fromBase64, toBase64 } from './bytes.ts';
import type { SignEd25519, VerifyEd25519 } from './ed25519.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';
import { MAX_TREE_SIZE } from './merkle.ts';
import { type NoteKey, openNote, signNote } from './note.ts';

export type Checkpoint = {
  /** `countersign/<ledger id>/<device id>`. */
  readonly origin: string;
  /** Number of records. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
};

/** Origin of a log's checkpoints, and the name of the key that signs them. `log` is `<ledger id>/<device id>`. */
export function checkpointOrigin(log: string): string {
  return `countersign/${log}`;
}

/** The three lines of a checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a checkpoint; extension lines are refused. Throws `checkpoint`. */
export function parseCheckpoint(text: string): Checkpoint & { readonly root: Bytes } {
  const [origin, decimal, base64, end, ...rest] = text.split('\n');
  if (!origin || decimal === undefined || base64 === undefined || end !== '' || rest.length > 0) {
    throw malformed('it does not have three lines');
  }
  const size = Number(decimal);
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_TREE_SIZE || String(size) !== decimal) {
    throw malformed('its size is not a plain decimal');
  }
  const root = decodeRoot(base64);
  return { origin, size, root };
}

/** A checkpoint as a note signed by the device. */
export function signCheckpoint(
  sha: Sha256,
  checkpoint: Checkpoint,
  publicKey: Uint8Array,
  sign: SignEd25519,
): Promise<string> {
  return signNote(sha, formatCheckpoint(checkpoint), { name: checkpoint.origin, publicKey }, sign);
}

/**
 * The checkpoint in a note, once its signature by the log's device has verified. Signatures by others
 * (witnesses) are let stand. Throws `checkpoint`.
 */
export async function openCheckpoint(
  sha: Sha256,
  verify: VerifyEd25519,
  note: string,
  device: { readonly log: string; readonly publicKey: Uint8Array },
): Promise<Checkpoint & { readonly root: Bytes }> {
  const key: NoteKey = { name: checkpointOrigin(device.log), publicKey: device.publicKey };
  const { text } = await openNote(sha, verify, note, [key]);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== key.name) throw malformed('it is of another log');
  return checkpoint;
}

function decodeRoot(base64: string): Bytes {
  try {
    const root = fromBase64(base64);
    if (root.length === 32) return root;
  } catch (cause) {
    throw new LedgerError({
      code: 'checkpoint',
      message: 'The root of the checkpoint is not base64.',
      cause,
    });
  }
  throw malformed('its root is not 32 bytes');
}

function malformed(what: string): LedgerError {
  return new LedgerError({ code: 'checkpoint', message: `The checkpoint is not acceptable: ${what}.` });
}
