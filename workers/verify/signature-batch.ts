import type { SignatureTask } from '../../shared/ledger/verify-signature.ts';

/** A batch of signatures in one buffer, so that it is handed to another worker and not copied. */

const ALGORITHMS = ['Ed25519', 'ES256'] as const satisfies readonly SignatureTask['algorithm'][];
const KEY_BYTES = { Ed25519: 32, ES256: 65 } as const satisfies Record<SignatureTask['algorithm'], number>;
const SIGNATURE_BYTES = 64;

/** Algorithm and length of the message. */
const HEAD_BYTES = 5;

const sizeOf = ({ algorithm, message }: SignatureTask) =>
  HEAD_BYTES + KEY_BYTES[algorithm] + SIGNATURE_BYTES + message.length;

/** Layout of each: number of the algorithm, length of the message (32-bit little-endian), key, signature, message. */
export function packBatch(batch: readonly SignatureTask[]): ArrayBuffer {
  const bytes = new Uint8Array(batch.reduce((sum, task) => sum + sizeOf(task), 0));
  const view = new DataView(bytes.buffer);
  let start = 0;
  for (const task of batch) {
    const { algorithm, publicKey, signature, message } = task;
    const key = start + HEAD_BYTES;
    view.setUint8(start, ALGORITHMS.indexOf(algorithm));
    view.setUint32(start + 1, message.length, true);
    bytes.set(publicKey, key);
    bytes.set(signature, key + KEY_BYTES[algorithm]);
    bytes.set(message, key + KEY_BYTES[algorithm] + SIGNATURE_BYTES);
    start += sizeOf(task);
  }
  return bytes.buffer;
}

export function unpackBatch(buffer: ArrayBuffer): SignatureTask[] {
  const view = new DataView(buffer);
  const tasks: SignatureTask[] = [];
  for (let start = 0; start < buffer.byteLength; ) {
    const algorithm = ALGORITHMS[view.getUint8(start)] ?? 'Ed25519';
    const length = view.getUint32(start + 1, true);
    const key = start + HEAD_BYTES;
    const signature = key + KEY_BYTES[algorithm];
    const task: SignatureTask = {
      algorithm,
      publicKey: new Uint8Array(buffer, key, KEY_BYTES[algorithm]),
      signature: new Uint8Array(buffer, signature, SIGNATURE_BYTES),
      message: new Uint8Array(buffer, signature + SIGNATURE_BYTES, length),
    };
    tasks.push(task);
    start += sizeOf(task);
  }
  return tasks;
}
