/** Ledgers for tests: real keys from fixed seeds, real signatures, the same bytes in every run and every realm. */
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import type { Policy } from '../../shared/domain/policy/schema.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { Assertion } from '../../shared/ledger/assertion.ts';
import { fromBase64Url, toBase64Url, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { canonicalize, type JsonObject } from '../../shared/ledger/canonical.ts';
import { checkpointOrigin, signCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { makeCommitment } from '../../shared/ledger/commitment.ts';
import { webCryptoEd25519, webCryptoSigner } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { GENESIS_PREV, leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';
import { MerkleTree } from '../../shared/ledger/merkle.ts';
import {
  type Entry,
  formatLog,
  keyId,
  type LedgerRecord,
  type Signature,
  type SignerRole,
} from '../../shared/ledger/record.ts';
import { entryHash, signatureStatement } from '../../shared/ledger/statement.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import type { VerifyPorts } from '../../shared/verifier/ports.ts';

export const sha = await loadSha256();
const { subtle } = globalThis.crypto;
export const ports: VerifyPorts = {
  ...{ sha, verify: webCryptoEd25519(subtle), verifyEs256: webCryptoEs256(subtle) },
};

export const START = Date.UTC(2026, 8, 1, 14);
const MINUTE = 60_000;

/** Bytes that look random and never change. */
export function bytesOf(seed: string, length = 32): Uint8Array<ArrayBuffer> {
  return sha(utf8(`golden ${seed}`)).slice(0, length);
}

export const idOf = (seed: string): string => newId(START, bytesOf(`id ${seed}`));

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
};

/** RFC 8410 section 7: PKCS #8 around a seed of 32 bytes. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** A person and their key. Another `key` gives the same person another key. */
export async function person(name: string, role: Role, key = name): Promise<Person> {
  const pkcs8 = new Uint8Array([...PKCS8, ...bytesOf(`key of ${key}`)]);
  const privateKey = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x = '' } = await subtle.exportKey('jwk', privateKey);
  return {
    ...{ id: idOf(name), name, role },
    publicKey: fromBase64Url(x),
    sign: webCryptoSigner(subtle, privateKey),
  };
}

export type Draft = {
  readonly type: string;
  readonly body: JsonObject;
  readonly by: Person;
  readonly witness?: Person;
  readonly approver?: Person;
  /** When it happened and was recorded, in minutes after the record before; 1 when absent. */
  readonly minutes?: number;
  /** How long before everybody else the performer signed, in minutes. */
  readonly apart?: number;
  readonly entry?: Partial<Entry>;
  readonly change?: Partial<LedgerRecord>;
  /** The performer's second factor, over the statement that they sign. */
  readonly factor?: (statement: Uint8Array) => Promise<Assertion>;
  /** Last chance to spoil the signatures. */
  readonly signatures?: (made: readonly Signature[]) => readonly Signature[];
  /** Last chance to spoil the line. */
  readonly line?: (line: string) => string;
};

export type People = Record<'device' | 'ana' | 'ben' | 'cal' | 'dee', Person>;

export async function people(): Promise<People> {
  const [device, ana, ben, cal, dee] = await Promise.all([
    person('Treatment room tablet', 'auditor'),
    person('Ana Ruiz', 'registrant'),
    person('Ben Okafor', 'veterinarian'),
    person('Cal Lindqvist', 'technician'),
    person('Dee Marsh', 'lead-technician'),
  ]);
  return { device, ana, ben, cal, dee };
}

export type LedgerOptions = {
  readonly demo?: boolean;
  readonly policy?: Partial<Policy>;
  /** Another seed gives another ledger. */
  readonly seed?: string;
};

/** One log in memory that is appended to without any rule: it can be made wrong on purpose. */
export class Ledger {
  readonly id: string;
  readonly log: string;
  readonly who: People;
  readonly lines: string[] = [];
  readonly leaves: Uint8Array[] = [];
  readonly entries: Entry[] = [];
  #now = START;
  readonly #seed: string;

  constructor(who: People, seed = 'ledger') {
    this.who = who;
    this.#seed = seed;
    this.id = idOf(seed);
    this.log = formatLog(this.id, who.device.id);
  }

  get now(): string {
    return formatTime(this.#now);
  }

  hash(seq: number): string {
    const leaf = this.leaves[seq];
    return leaf ? toHex(leaf) : GENESIS_PREV;
  }

  get head(): string {
    return this.hash(this.leaves.length - 1);
  }

  idOf(name: string): string {
    return idOf(`${this.#seed} ${name}`);
  }

  /** Appends and answers with the entry's id. */
  async append(draft: Draft): Promise<string> {
    const seq = this.lines.length;
    this.#now += (draft.minutes ?? 1) * MINUTE;
    const at = this.now;
    const entry: Entry = {
      ...{ id: this.idOf(`entry ${seq}`), type: draft.type, at, after: this.head },
      ...{ by: draft.by.id, body: draft.body, ...draft.entry },
    };
    const made = await this.#sign(entry, at, draft);
    const record: LedgerRecord = {
      ...{ v: 1, log: this.log, seq, prev: this.head, recorded: at },
      ...{ nonce: toBase64Url(bytesOf(`${this.#seed} nonce ${seq}`, 16)), entry },
      signatures: draft.signatures?.(made) ?? made,
      ...draft.change,
    };
    const line = canonicalize(record);
    this.push(draft.line?.(line) ?? line);
    this.entries.push(entry);
    return entry.id;
  }

  /** Appends a line as it is. */
  push(line: string): void {
    this.lines.push(line);
    this.leaves.push(leafHash(sha, utf8(line)));
  }

  /** A checkpoint over the first `size` records, signed by the device or whom else. */
  checkpoint(size = this.lines.length, signer = this.who.device): Promise<string> {
    const root = new MerkleTree(sha, this.leaves.slice(0, size)).root();
    return this.noteOver(size, root, signer);
  }

  noteOver(size: number, root: Uint8Array, signer = this.who.device): Promise<string> {
    const origin = checkpointOrigin(this.log);
    return signCheckpoint(sha, { origin, size, root }, signer.publicKey, signer.sign);
  }

  async #sign(entry: Entry, at: string, draft: Draft): Promise<Signature[]> {
    const { by, witness, approver, apart = 0, factor } = draft;
    const signers: [SignerRole, Person][] = [['performer', by]];
    if (witness) signers.push(['witness', witness]);
    if (approver) signers.push(['approver', approver]);
    return Promise.all(
      signers.map(async ([as, signer]) => {
        const early = as === 'performer' ? apart * MINUTE : 0;
        const signed = formatTime(Date.parse(at) - early);
        const claim = { as, by: signer.id, key: keyId(sha, signer.publicKey), at: signed };
        const message = signatureStatement({ ...claim, entryHash: entryHash(sha, entry), ledger: this.id });
        const made = { ...claim, sig: toBase64Url(await signer.sign(message)) };
        return as === 'performer' && factor ? { ...made, assertion: await factor(message) } : made;
      }),
    );
  }
}

const enrolment = ({ id, publicKey }: Person) => ({ id, publicKey: toBase64Url(publicKey) });

/** Seq 0. */
export async function startLedger({ demo = false, policy = {}, seed }: LedgerOptions = {}): Promise<Ledger> {
  const who = await people();
  const ledger = new Ledger(who, seed);
  await ledger.append(genesis(ledger, { demo, policy }));
  return ledger;
}

export function genesis(ledger: Ledger, { demo = false, policy = {} }: LedgerOptions = {}): Draft {
  const { device, ana } = ledger.who;
  return {
    type: 'ledger.created',
    by: ana,
    body: {
      ledger: ledger.id,
      device: { ...enrolment(device), name: device.name },
      registrant: { ...enrolment(ana), name: ana.name },
      facility: {
        ...{ name: 'Harbour Street Veterinary', address: '12 Harbour Street, Portland, ME 04101' },
        ...{ deaNumber: 'BH1234563', timeZone: 'America/New_York' },
      },
      policy: { ...STRICT_POLICY, ...policy },
      demo,
    },
  };
}

/** Where somebody is enrolled already who may approve it, they do. */
export function enrol(by: Person, whom: Person, approver?: Person): Draft {
  const { name, role } = whom;
  const draft = { type: 'staff.enrolled', by, body: { staff: { ...enrolment(whom), name, role } } };
  return approver ? { ...draft, approver } : draft;
}

/** The policy changes, as the registrant proposes and the veterinarian approves. */
export function changePolicy({ who }: Ledger, policy: Policy): Draft {
  const body = { policy, reason: 'reviewed with counsel' };
  return { type: 'policy.changed', by: who.ana, approver: who.ben, body };
}

export const PATIENT = {
  salt: toBase64Url(bytesOf('salt of Biscuit')),
  details: { name: 'Biscuit', owner: 'J. Harlow', species: 'dog' },
};

export const patientOf = (ledger: Ledger) => ({
  ref: ledger.idOf('Biscuit'),
  commitment: makeCommitment(sha, PATIENT),
});

export const KETAMINE = 'ketamine';
export const HYDROMORPHONE = 'hydromorphone';

export function addProduct(ledger: Ledger, name: string, schedule: string, gtin: string): Draft {
  const body = {
    product: {
      ...{ id: ledger.idOf(name), name, strength: '100 mg/mL', form: 'injection', schedule, unit: 'mL' },
      ...{ holds: '10', gtins: [gtin], ndc: { original: '0143-9508-10', ndc11: '00143950810' } },
    },
  };
  return { type: 'product.added', by: ledger.who.ana, body };
}

export function receive(ledger: Ledger, product: string, numbers: readonly string[]): Draft {
  const containers = numbers.map((number) => ({
    ...{ id: ledger.idOf(number), number, product: ledger.idOf(product), lot: 'LOT-7A' },
    ...{ expires: '2028-03-31', quantity: '10', unit: 'mL' },
  }));
  return { type: 'container.received', by: ledger.who.dee, body: { containers, invoice: 'INV-2041' } };
}

export function draw(ledger: Ledger, number: string, drawn: string, given: string, leftover: string): Draft {
  const container = ledger.idOf(number);
  const body = { container, drawn, given, leftover, unit: 'mL', patient: patientOf(ledger) };
  return { type: 'draw', by: ledger.who.cal, body };
}

export function waste(ledger: Ledger, number: string, quantity: string, of?: string): Draft {
  const body = {
    ...{ container: ledger.idOf(number), quantity, unit: 'mL', reason: 'left in the syringe' },
    ...(of === undefined ? {} : { draw: of }),
  };
  return { type: 'waste', by: ledger.who.cal, witness: ledger.who.ben, body };
}

export function count(ledger: Ledger, found: Readonly<Record<string, string>>): Draft {
  const lines = Object.entries(found).map(([number, counted]) => ({
    ...{ container: ledger.idOf(number), counted, unit: 'mL', method: 'measured' },
  }));
  const session = ledger.idOf(`session ${ledger.lines.length}`);
  return { type: 'count', by: ledger.who.dee, body: { session, kind: 'spot', lines } };
}

export function cosign(ledger: Ledger, seq: number, by: Person): Draft {
  const body = { entry: ledger.entries[seq]?.id ?? '', record: ledger.hash(seq) };
  return { type: 'cosign', by, body };
}

/** The first twelve records of every golden ledger: people, stock, one draw, its waste, a count. */
export async function shortStory(options: LedgerOptions = {}): Promise<Ledger> {
  const ledger = await startLedger(options);
  await addPeopleAndStock(ledger);
  const drawn = await ledger.append(draw(ledger, 'K-001', '1', '0.35', '0.65'));
  await ledger.append(waste(ledger, 'K-001', '0.65', drawn));
  await ledger.append(draw(ledger, 'K-001', '0.5', '0.5', '0'));
  await ledger.append(count(ledger, { 'K-001': '8.5', 'K-002': '10', 'H-001': '10' }));
  return ledger;
}

/** Seq 1 to 7. */
export async function addPeopleAndStock(ledger: Ledger): Promise<void> {
  const { ana, ben, cal, dee } = ledger.who;
  await ledger.append(enrol(ana, ben));
  for (const each of [cal, dee]) await ledger.append(enrol(ana, each, ben));
  await ledger.append(addProduct(ledger, KETAMINE, 'III', '00301439508102'));
  await ledger.append(addProduct(ledger, HYDROMORPHONE, 'II', '00304092012304'));
  await ledger.append(receive(ledger, KETAMINE, ['K-001', 'K-002']));
  await ledger.append({ ...receive(ledger, HYDROMORPHONE, ['H-001']), approver: ben });
}

/** Twenty-nine records: every act that a clinic's week holds. */
export async function longStory(options: LedgerOptions = {}): Promise<Ledger> {
  const ledger = await shortStory(options);
  const { ana, ben, cal, dee } = ledger.who;
  const unwitnessed = await ledger.append(draw(ledger, 'H-001', '0.4', '0.1', '0.3'));
  const { witness: _, ...alone } = waste(ledger, 'H-001', '0.3', unwitnessed);
  const wasteSeq = ledger.lines.length;
  await ledger.append(alone);
  await ledger.append({ ...cosign(ledger, wasteSeq, ben), minutes: 90 });
  const wrongSeq = ledger.lines.length;
  const wrong = await ledger.append(draw(ledger, 'K-002', '2', '2', '0'));
  const effect = { container: ledger.idOf('K-002'), change: '2', unit: 'mL' };
  const undo = { entry: wrong, record: ledger.hash(wrongSeq), reason: 'wrong vial scanned', effect };
  await ledger.append({ type: 'reversal', by: cal, body: undo });
  const counted = await ledger.append(count(ledger, { 'K-002': '9.8' }));
  const about = { discrepancy: ledger.idOf('discrepancy'), container: ledger.idOf('K-002'), unit: 'mL' };
  const found = { ...about, count: counted, expected: '10', counted: '9.8', difference: '-0.2' };
  await ledger.append({ type: 'discrepancy.opened', by: dee, body: found });
  const note = 'Both of us measured again.';
  await ledger.append({
    ...{ type: 'discrepancy.noted', by: dee, body: { discrepancy: about.discrepancy, note } },
  });
  const resolved = { ...about, cause: 'hub-loss', note, adjustment: '-0.2' };
  await ledger.append({ type: 'discrepancy.resolved', by: ana, witness: ben, approver: dee, body: resolved });
  for (const drawn of ['2', '1.5', '1', '0.75', '0.35']) {
    await ledger.append({ ...draw(ledger, 'K-001', drawn, drawn, '0'), minutes: 300 });
  }
  const closing = { container: ledger.idOf('K-001'), reason: 'empty', adjustment: '-2.9', unit: 'mL' };
  const body = { ...closing, note: 'Spilt when the syringe broke.' };
  await ledger.append({ type: 'container.closed', by: dee, witness: ben, approver: ana, body });
  await ledger.append({ type: 'staff.disabled', by: ana, body: { staff: { id: cal.id }, reason: 'left' } });
  await ledger.append(count(ledger, { 'K-002': '9.8', 'H-001': '9.6' }));
  return ledger;
}
