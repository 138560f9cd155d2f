/** A small ledger for tests, signed with real keys: a genesis, people, and what they do. */
import { webcrypto } from 'node:crypto';
import { toBase64Url, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import type { JsonObject } from '../../shared/ledger/canonical.ts';
import { webCryptoSigner } from '../../shared/ledger/ed25519.ts';
import { GENESIS_PREV, type Hash, leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';
import {
  type Entry,
  formatLog,
  formatRecord,
  keyId,
  type LedgerRecord,
  type Signature,
  type SignerRole,
} from '../../shared/ledger/record.ts';
import { entryHash, signatureStatement } from '../../shared/ledger/statement.ts';
import { formatTime } from '../../shared/ledger/time.ts';

export const sha = await loadSha256();
const { subtle } = webcrypto;

export const START = Date.UTC(2026, 10, 21, 18);

/** Bytes that look random and are the same in every run. */
export function bytesOf(seed: string, length = 32): Uint8Array<ArrayBuffer> {
  return sha(utf8(seed)).slice(0, length);
}

export function idOf(seed: string): string {
  return newId(START, bytesOf(seed));
}

export type Person = {
  readonly id: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
};

/** A key pair from a seed: the PKCS #8 wrapping of RFC 8410 section 7 around 32 bytes. */
export async function person(name: string, key = name): Promise<Person> {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    bytesOf(`key of ${key}`),
  ]);
  const privateKey = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x } = await subtle.exportKey('jwk', privateKey);
  return {
    id: idOf(name),
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: webCryptoSigner(subtle, privateKey),
  };
}

/** `id` and `publicKey` as an entry's body names them. */
export function enrolment({ id, publicKey }: Person): { id: string; publicKey: string } {
  return { id, publicKey: toBase64Url(publicKey) };
}

export const LEDGER = idOf('ledger');

export type Draft = {
  readonly type: string;
  readonly body?: JsonObject;
  readonly signers: readonly [Person, ...Person[]];
  readonly as?: readonly SignerRole[];
  readonly change?: Partial<LedgerRecord>;
  readonly entry?: Partial<Entry>;
};

/** A log in memory that is appended to. */
export class Log {
  readonly name: string;
  readonly lines: string[] = [];
  readonly leaves: Hash[] = [];

  constructor(device: Person) {
    this.name = formatLog(LEDGER, device.id);
  }

  async append({
    type,
    body = {},
    signers,
    as = [],
    change = {},
    entry: entryChange = {},
  }: Draft): Promise<string> {
    const seq = this.lines.length;
    const head = this.leaves.at(-1) ?? GENESIS_PREV;
    const at = formatTime(START + seq * 60_000);
    const entry: Entry = {
      id: idOf(`entry ${seq}`),
      type,
      at,
      after: head,
      by: signers[0].id,
      body,
      ...entryChange,
    };
    const signatures: Signature[] = [];
    for (const [i, signer] of signers.entries()) {
      const claim = {
        as: as[i] ?? (i === 0 ? 'performer' : 'witness'),
        by: signer.id,
        key: keyId(sha, signer.publicKey),
        at,
      } as const;
      const message = signatureStatement({ ...claim, entryHash: entryHash(sha, entry), ledger: LEDGER });
      signatures.push({ ...claim, sig: toBase64Url(await signer.sign(message)) });
    }
    const line = formatRecord({
      v: 1,
      log: this.name,
      seq,
      prev: head,
      recorded: at,
      nonce: toBase64Url(bytesOf(`nonce ${seq}`, 16)),
      entry,
      signatures,
      ...change,
    });
    this.lines.push(line);
    this.leaves.push(leafOf(line));
    return line;
  }
}

export function leafOf(line: string): Hash {
  return toHex(leafHash(sha, utf8(line)));
}

/** The people and the log that most tests begin with: genesis, and two more people enrolled. */
export async function smallLog() {
  const [device, ana, ben, cal] = await Promise.all(
    ['device', 'ana', 'ben', 'cal'].map((name) => person(name)),
  );
  if (!device || !ana || !ben || !cal) throw new Error('a person is missing');
  const log = new Log(device);
  await log.append({
    type: 'ledger.created',
    body: {
      ledger: LEDGER,
      device: enrolment(device),
      registrant: { ...enrolment(ana), name: 'Ana Ruiz' },
      facility: { name: 'Harbour Street Veterinary' },
      policy: {},
    },
    signers: [ana],
  });
  for (const [each, role] of [
    [ben, 'technician'],
    [cal, 'veterinarian'],
  ] as const) {
    await log.append({
      type: 'staff.enrolled',
      body: { staff: { ...enrolment(each), name: 'Somebody', role } },
      signers: [ana, each],
    });
  }
  return { log, device, ana, ben, cal };
}
