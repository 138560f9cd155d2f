import { expose } from 'comlink';
import type Dexie from 'dexie';
import { type Body, type EntryType, parseEntry } from '../../shared/domain/entries.ts';
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import type {
  CreateLedger,
  EntryDraft,
  LedgerService,
  Receipt,
  SignedStatement,
  Signer,
} from '../../shared/protocol/ledger.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import type { Context, ServiceOptions } from '../../workers/ledger/context.ts';
import { openPerson } from '../../workers/ledger/keys/person.ts';
import { signEntry } from '../../workers/ledger/keys/sign.ts';
import { createService, type LedgerCore } from '../../workers/ledger/service.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { verifyLedger } from '../../workers/verify/client.ts';

export const PIN = '271828';
export const OTHER_PIN = '314159';

export const CLINIC: CreateLedger = {
  facility: {
    name: 'Test Animal Hospital',
    address: '2 Test Street, Nowhere, CO 80000',
    deaNumber: 'FD1234563',
    timeZone: 'America/Denver',
  },
  deviceName: 'Test device',
  registrant: { name: 'Dr. Test Person', pin: PIN },
  policy: STRICT_POLICY,
};

/** What the verifier, in a worker of its own, says of the whole log at that time: broken records, and breaches. */
export async function verdictOn(context: Context, now: number): Promise<string[]> {
  const { port1, port2 } = new MessageChannel();
  expose(ledgerSource(context), port1);
  const { integrity, conformity } = await verifyLedger(port2, new Date(now).toISOString());
  const breaches = conformity.findings.filter(({ severity }) => severity === 'breach');
  return [...integrity.failures, ...breaches].map(({ message }) => message);
}

/** A database name of this test's own. */
export const freshName = () => `test-${crypto.randomUUID()}`;

export async function freshService(options: ServiceOptions = {}) {
  const name = options.name ?? freshName();
  const made = await createService({ ...options, name });
  return { ...made, name, remove: () => removeDatabase(made.context.db) };
}

/** The browser's profile ends with the run, and the database with it. */
export async function removeDatabase(db: Dexie): Promise<void> {
  db.close();
}

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

type Service = LedgerCore | LedgerService;

/** An entry on the present head. */
export async function draft<T extends EntryType>(
  service: Service,
  by: string,
  type: T,
  body: Body<T>,
): Promise<EntryDraft> {
  const { hash } = await service.head();
  return { id: await service.newId(), type, at: new Date().toISOString(), after: hash, by, body };
}

export async function signed(
  service: Service,
  entry: EntryDraft,
  signers: readonly Signer[],
): Promise<SignedStatement[]> {
  const signatures: SignedStatement[] = [];
  for (const signer of signers) signatures.push(value(await service.sign(entry, signer)));
  return signatures;
}

/** Signs with a person's stored key, past all that the worker asks of whoever wants to sign. */
export async function signedAnyway(
  { db, sha, now }: Context,
  draft: EntryDraft,
  pin: string,
): Promise<SignedStatement[]> {
  const parsed = parseEntry(draft);
  const [device] = await db.device.toArray();
  const [row] = await db.keys.where('staff').equals(draft.by).toArray();
  const keys = device && row && (await openPerson(row, pin, device.mixKey));
  if (!parsed.ok || !device || !keys) throw new Error('Nothing to sign, or nothing to sign with.');
  const at = new Date(now()).toISOString();
  return [await signEntry(sha, parsed.entry, { key: keys, as: 'performer', at, ledger: device.ledger })];
}

/** Builds, signs and appends; the first signer is the performer. */
export async function act<T extends EntryType>(
  service: Service,
  type: T,
  body: Body<T>,
  signers: readonly Signer[],
): Promise<Receipt> {
  const entry = await draft(service, signers[0]?.by ?? '', type, body);
  return value(await service.append({ entry, signatures: await signed(service, entry, signers) }));
}

export type Stocked = {
  registrant: Signer & { session: string };
  technician: Signer & { session: string };
  product: string;
  container: string;
};

/** A ledger with a registrant, a technician, one product and one vial of 10 mL. Both are signed in. */
export async function stock(service: Service): Promise<Stocked> {
  value(await service.create(CLINIC));
  const by = (await service.staff())[0]?.id ?? '';
  const one = value(await service.unlock(by, PIN));
  const registrant = { as: 'performer' as const, by, session: one.session };
  const { staff, publicKey } = value(await service.prepareStaff(OTHER_PIN));
  await act(
    service,
    'staff.enrolled',
    { staff: { id: staff, name: 'Tess Technician', role: 'technician', publicKey } },
    [registrant],
  );
  const two = value(await service.unlock(staff, OTHER_PIN));
  const product = await service.newId();
  await act(
    service,
    'product.added',
    {
      product: {
        ...{ id: product, name: 'Ketamine', strength: '100 mg/mL', form: 'injection', schedule: 'III' },
        ...{ unit: 'mL', holds: '10', gtins: ['00359399114103'] },
      },
    },
    [registrant],
  );
  const container = await service.newId();
  await act(
    service,
    'container.received',
    {
      containers: [
        {
          ...{ id: container, number: 'K-01', product, lot: 'L1', expires: '2031-12-31' },
          ...{ quantity: '10', unit: 'mL' },
        },
      ],
    },
    [registrant],
  );
  return {
    registrant,
    technician: { as: 'performer', by: staff, session: two.session },
    product,
    container,
  };
}
