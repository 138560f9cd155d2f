/** The worked example of `shared/ledger/README.md`, made by the code itself. */
import { webcrypto } from 'node:crypto';
import { assertionChallenge, formatAssertion } from '../../shared/ledger/assertion.ts';
import { concat, toBase64Url, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { canonicalize, type JsonObject } from '../../shared/ledger/canonical.ts';
import { checkpointOrigin, signCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { formatDisclosure, makeCommitment } from '../../shared/ledger/commitment.ts';
import { webCryptoSigner } from '../../shared/ledger/ed25519.ts';
import { GENESIS_PREV, leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { MerkleTree } from '../../shared/ledger/merkle.ts';
import { formatPartProof } from '../../shared/ledger/part.ts';
import { proveInclusion, proveRange } from '../../shared/ledger/proof.ts';
import {
  formatRecord,
  keyId,
  parseRecord,
  type Signature,
  type SignerRole,
} from '../../shared/ledger/record.ts';
import { entryHash, signatureStatement } from '../../shared/ledger/statement.ts';
import { derOf, publicPoint, signP256 } from '../golden/p256.ts';

const sha = await loadSha256();
const { subtle } = webcrypto;

/** Every byte of the example's secrets is a small number: nobody can take them for real ones. */
const fill = (byte: number, length = 32) => new Uint8Array(length).fill(byte);
const id = (last: number) => `019aa6d0-0000-7000-8000-${last.toString(16).padStart(12, '0')}`;
const LEDGER = id(1);
const LOG = `${LEDGER}/${id(2)}`;

type Signer = { id: string; publicKey: Uint8Array; sign: (message: Uint8Array) => Promise<Uint8Array> };

async function signer(last: number, seed: number): Promise<Signer> {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), fill(seed)]);
  const key = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x = '' } = await subtle.exportKey('jwk', key);
  return {
    id: id(last),
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: webCryptoSigner(subtle, key),
  };
}

const enrolment = ({ id, publicKey }: Signer) => ({ id, publicKey: toBase64Url(publicKey) });

type Step = { type: string; body: JsonObject; signers: readonly [Signer, SignerRole][] };

async function append(lines: readonly string[], { type, body, signers }: Step): Promise<string> {
  const seq = lines.length;
  const before = lines[seq - 1];
  const prev = before === undefined ? GENESIS_PREV : toHex(leafHash(sha, utf8(before)));
  const time = (second: number) => `2026-11-21T18:0${seq}:0${second}.000Z`;
  const entry = { id: id(16 + seq), type, at: time(0), after: prev, by: signers[0]![0].id, body };
  const signatures: Signature[] = [];
  for (const [person, as] of signers) {
    const claim = { as, by: person.id, key: keyId(sha, person.publicKey), at: time(1) };
    const message = signatureStatement({ ...claim, entryHash: entryHash(sha, entry), ledger: LEDGER });
    signatures.push({ ...claim, sig: toBase64Url(await person.sign(message)) });
  }
  const nonce = toBase64Url(fill(seq, 16));
  return formatRecord({ v: 1, log: LOG, seq, prev, recorded: time(2), nonce, entry, signatures });
}

async function exampleLog(device: Signer, commitment: string): Promise<string[]> {
  const [ana, ben] = await Promise.all([signer(3, 1), signer(4, 3)]);
  const registrant = { ...enrolment(ana), name: 'Ana Ruiz' };
  const staff = { ...enrolment(ben), name: 'Ben Osei', role: 'technician' };
  const waste = { patient: { commitment, ref: id(5) }, quantity: '0.35', unit: 'mL' };
  const steps: Step[] = [
    {
      type: 'ledger.created',
      body: { ledger: LEDGER, device: enrolment(device), registrant },
      signers: [[ana, 'performer']],
    },
    {
      type: 'staff.enrolled',
      body: { staff },
      signers: [
        [ana, 'performer'],
        [ben, 'witness'],
      ],
    },
    {
      type: 'waste',
      body: waste,
      signers: [
        [ben, 'performer'],
        [ana, 'witness'],
      ],
    },
  ];
  const lines: string[] = [];
  for (const step of steps) lines.push(await append(lines, step));
  return lines;
}

/** A second factor for a statement: the credential, the challenge and the answer to it. */
function secondFactor(statement: Uint8Array): readonly (readonly [string, string])[] {
  const [secret, rp] = [fill(4), 'countersign.example'];
  const credentialId = fill(7, 16);
  const credential = {
    ...{ id: toBase64Url(credentialId), algorithm: 'ES256', rp },
    publicKey: toBase64Url(publicPoint(secret)),
  };
  const challenge = toBase64Url(assertionChallenge(sha, statement));
  // User present and verified; counter 1.
  const authenticatorData = concat(sha(utf8(rp)), Uint8Array.of(5, 0, 0, 0, 1));
  const clientDataJSON = utf8(
    `{"type":"webauthn.get","challenge":"${challenge}","origin":"https://${rp}","crossOrigin":false}`,
  );
  const signature = derOf(signP256(secret, concat(authenticatorData, sha(clientDataJSON))));
  const answer = formatAssertion({ rawId: credentialId, authenticatorData, clientDataJSON, signature });
  return [
    ['credential', canonicalize(credential)],
    ['challenge', challenge],
    ['assertion', canonicalize(answer)],
  ];
}

/** The blocks of the example, by the name that stands above each in the README. */
export async function workedExample(): Promise<ReadonlyMap<string, string>> {
  const device = await signer(2, 2);
  const secret = { salt: toBase64Url(fill(9)), details: { name: 'Biscuit', species: 'dog' } };
  const lines = await exampleLog(device, makeCommitment(sha, secret));
  const leaves = lines.map((line) => leafHash(sha, utf8(line)));
  const tree = new MerkleTree(sha, leaves);
  const { record } = parseRecord(lines[2]!);
  const { as, at, by, key } = record.signatures[0]!;
  const entry = entryHash(sha, record.entry);
  const statement = signatureStatement({ as, at, by, key, entryHash: entry, ledger: LEDGER });
  const checkpoint = { origin: checkpointOrigin(LOG), size: 3, root: tree.root() };
  const { left, right } = proveRange(tree.node, { begin: 2, end: 3 }, 3);
  const earlier = [0, 1].map((seq) => ({
    seq,
    line: lines[seq]!,
    path: proveInclusion(sha, tree.node, seq, 3).map(toHex),
  }));
  const part = {
    v: 1,
    from: 2,
    to: 3,
    size: 3,
    left: left.map(toHex),
    right: right.map(toHex),
    earlier,
  } as const;
  return new Map([
    ['records.jsonl', lines.join('\n')],
    ['leaf hashes', leaves.map(toHex).join('\n')],
    ['entry of record 2', canonicalize(record.entry)],
    ['entry hash of record 2', entry],
    ['first statement of record 2', Buffer.from(statement).toString()],
    ...secondFactor(statement),
    ['root', toHex(tree.root())],
    ['checkpoint', (await signCheckpoint(sha, checkpoint, device.publicKey, device.sign)).trimEnd()],
    ['proof.json', formatPartProof(part).trimEnd()],
    ['patients.jsonl', formatDisclosure({ ref: id(5), ...secret })],
    ['commitment', makeCommitment(sha, secret)],
  ]);
}
