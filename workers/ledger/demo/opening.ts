import { STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import { DEMO_PIN } from '../../../shared/protocol/ledger.ts';
import { type Context, deviceRow } from '../context.ts';
import { createLedger } from '../create.ts';
import { deviceKey } from '../keys/device.ts';
import { makePerson, type OpenKeys, openPerson } from '../keys/person.ts';
import { keepDetails, shareVault } from '../vault/vault.ts';
import type { Actor, Clock } from './actor.ts';
import {
  DEMO_FACILITY,
  DEMO_PATIENTS,
  DEMO_PEOPLE,
  DEMO_PRODUCTS,
  type DemoPerson,
  type DemoProduct,
} from './clinic.ts';

/** What the script of the days works with. */
export type Clinic = {
  people: Record<DemoPerson, string>;
  products: readonly { id: string; demo: DemoProduct }[];
  patients: readonly { ref: string; commitment: string }[];
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Starts the ledger, enrols everybody, lists the products and puts the patients into the vault. */
export async function openClinic(context: Context, actor: Actor, clock: Clock): Promise<Clinic> {
  const begun = await createLedger(
    context,
    {
      ...{ facility: DEMO_FACILITY, deviceName: 'Demo tablet', policy: STRICT_POLICY },
      registrant: { name: DEMO_PEOPLE.wren.name, pin: DEMO_PIN },
    },
    { demo: true },
  );
  if (!begun.ok) throw new Error(begun.refusal.message);
  const keys = await registrant(context, actor);
  const wren = keys.staff;
  const people = { wren, ...(await enrol(context, actor, clock, keys)) };
  const products = [];
  for (const demo of DEMO_PRODUCTS) {
    clock.now += MINUTE;
    const id = actor.id();
    await actor.act(wren, 'product.added', { product: { id, ...demo.product } });
    products.push({ id, demo });
  }
  return { people, products, patients: await admit(context) };
}

async function registrant({ db, sha }: Context, actor: Actor): Promise<OpenKeys> {
  const [row, device] = await Promise.all([db.keys.toCollection().first(), deviceRow(db)]);
  const keys = row && device && (await openPerson(row, DEMO_PIN, device.mixKey));
  if (!keys) throw new Error('The registrant has no key.');
  actor.hold(keys);
  actor.hold(deviceKey(sha, device));
  return keys;
}

async function enrol(
  { db, sha }: Context,
  actor: Actor,
  clock: Clock,
  registrant: OpenKeys,
): Promise<Record<Exclude<DemoPerson, 'wren'>, string>> {
  const device = await deviceRow(db);
  if (!device) throw new Error('The device has no keys.');
  const daysBefore = (days: number) => new Date(clock.now - days * DAY).toISOString().slice(0, 10);
  // Juno's training runs out while the demo goes on: a year is what the policy allows.
  const join = async (person: DemoPerson, approver?: string): Promise<string> => {
    const staff = actor.id();
    const { row, keys } = await makePerson(staff, DEMO_PIN, { mixKey: device.mixKey, sha });
    await db.keys.add(row);
    actor.hold(keys);
    clock.now += 2 * MINUTE;
    await actor.act(
      registrant.staff,
      'staff.enrolled',
      {
        staff: {
          ...{ id: staff, ...DEMO_PEOPLE[person], publicKey: row.publicKey },
          ...{ screened: daysBefore(400), trained: daysBefore(person === 'juno' ? 350 : 120) },
        },
      },
      approver === undefined ? {} : { approver },
    );
    return staff;
  };
  // The registrant is alone for the first of them; from then on there is somebody to approve the next.
  const imre = await join('imre');
  const joined = {
    imre,
    tova: await join('tova', imre),
    juno: await join('juno', imre),
    sol: await join('sol', imre),
    petra: await join('petra', imre),
  };
  const staff = Object.values(joined);
  await shareVault(db, registrant, (row) => staff.includes(row.staff));
  return joined;
}

async function admit({ db, sha, now }: Context): Promise<Clinic['patients']> {
  return Promise.all(DEMO_PATIENTS.map((details) => keepDetails(db, sha, { details, now: now() })));
}
