import type { SignatureTask } from '../../shared/verifier/signatures.ts';

/** A batch of signatures in one buffer, so that it is handed to another worker and not copied. */

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const HEAD_BYTES = KEY_BYTES + SIGNATURE_BYTES + 4;

/** Layout of each: key, signature, length of the message (32-bit little-endian), message. */
export function packBatch(batch: readonly SignatureTask[]): ArrayBuffer {
  const size = batch.reduce((sum, { message }) => sum + HEAD_BYTES + message.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { publicKey, signature, message } of batch) {
    bytes.set(publicKey, at);
    bytes.set(signature, at + KEY_BYTES);
    view.setUint32(at + KEY_BYTES + SIGNATURE_BYTES, message.length, true);
    bytes.set(message, at + HEAD_BYTES);
    at += HEAD_BYTES + message.length;
  }
  return bytes.buffer;
}

export function unpackBatch(buffer: ArrayBuffer): SignatureTask[] {
  const view = new DataView(buffer);
  const tasks: SignatureTask[] = [];
  for (let at = 0; at < buffer.byteLength; ) {
    const length = view.getUint32(at + KEY_BYTES + SIGNATURE_BYTES, true);
    tasks.push({
      publicKey: new Uint8Array(buffer, at, KEY_BYTES),
      signature: new Uint8Array(buffer, at + KEY_BYTES, SIGNATURE_BYTES),
      message: new Uint8Array(buffer, at + HEAD_BYTES, length),
    });
    at += HEAD_BYTES + length;
  }
  return tasks;
}
