import fc from 'fast-check';
import type { Body, EntryType } from '../../shared/domain/entries.ts';
import { ELEVATED_ROLES } from '../../shared/domain/roles.ts';
import type { Signed, SignedAs } from '../../shared/domain/state.ts';
import { AUDITOR, type Bench, BOSS, receive, started, TECH } from './helpers.ts';

/** What people might try, in any order, and a clinic for them to try it in. */

const HOUR = 3_600_000;
const KEY = 'A'.repeat(43);
const ANOTHER = {
  ...({ name: 'Midazolam', form: 'injection', schedule: 'IV', unit: 'mL' } as const),
  ...{ holds: '10', gtins: [] },
};

/** One attempt. Numbers pick people and open things by turn, so that attempts meet each other. */
const attempt = fc.record({
  what: fc.constantFrom(
    ...([
      'draw',
      'waste',
      'stock',
      'propose',
      'approve',
      'reject',
      'carry-out',
      'cosign',
      'elevate',
      'end',
    ] as const),
    ...(['disable', 'admit', 'change', 'erase', 'wait'] as const),
  ),
  by: fc.nat({ max: 7 }),
  whom: fc.nat({ max: 7 }),
  witness: fc.option(fc.nat({ max: 7 })),
  approver: fc.option(fc.nat({ max: 7 })),
  pick: fc.nat({ max: 5 }),
  hours: fc.integer({ min: 0, max: 30 }),
  flag: fc.boolean(),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

/** Some that mostly succeed, so that what comes after them has something to get round. */
const PLAIN = { by: 1, whom: 1, witness: null, approver: null, pick: 2, hours: 2, flag: true } as const;
const likely = fc.oneof(
  fc.record({ flag: fc.boolean(), hours: fc.integer({ min: 1, max: 20 }) }).map(({ flag, hours }) => [
    { ...PLAIN, what: 'elevate' as const, approver: 0, flag, hours },
    { ...PLAIN, what: 'stock' as const },
  ]),
  fc.constant([{ ...PLAIN, what: 'stock' as const }]),
  fc.integer({ min: 1, max: 9 }).map((hours) => [{ ...PLAIN, what: 'wait' as const, hours }]),
  fc.record({ by: fc.constantFrom(0, 3, 4), flag: fc.boolean() }).map(({ by, flag }) => [
    { ...PLAIN, what: 'propose' as const, by: 4, flag },
    { ...PLAIN, what: 'approve' as const, by, pick: 0 },
    { ...PLAIN, what: 'carry-out' as const, by: 0, pick: 0 },
  ]),
  fc.nat({ max: 5 }).map((by) => [
    { ...PLAIN, what: 'waste' as const },
    { ...PLAIN, what: 'cosign' as const, by },
  ]),
);
export const attempts = fc
  .array(
    fc.oneof(
      attempt.map((one) => [one]),
      likely,
    ),
    { minLength: 20, maxLength: 100 },
  )
  .map((some) => some.flat());

export class Clinic {
  readonly bench: Bench = started();
  readonly people: string[] = [BOSS, TECH, AUDITOR];
  readonly container: string;
  /** Closing it wants a witness and an approver. */
  readonly vial: string;

  constructor() {
    const { bench } = this;
    this.container = receive(bench, 'V-1', '1000');
    this.vial = receive(bench, 'V-2', '1');
    for (const role of ['veterinarian', 'lead-technician', 'witness'] as const) {
      const id = bench.id();
      const approver = this.people.length > 3 ? [this.#as('approver', this.people[3] ?? '')] : [];
      const staff = { id, name: role, role, publicKey: KEY };
      bench.take(bench.entry(BOSS, 'staff.enrolled', { staff }), undefined, ...approver);
      this.people.push(id);
    }
  }

  try(one: Attempt): void {
    const { bench } = this;
    if (one.what === 'wait') {
      bench.now += one.hours * HOUR;
      return;
    }
    bench.now += 60_000;
    const act = this.#act(one);
    if (!act) return;
    const [type, body] = act;
    const witness = one.witness === null ? [] : [this.#as('witness', this.#who(one.witness))];
    const approver = one.approver === null ? [] : [this.#as('approver', this.#who(one.approver))];
    const by = this.#who(one.by);
    const signers = [...witness, ...approver].filter(
      (s, i, all) => all.findIndex((o) => o.by === s.by) === i,
    );
    const known = bench.log.length;
    bench.take(bench.entry(by, type, body), undefined, ...signers);
    const taken = bench.log.length > known ? bench.log.at(-1) : undefined;
    if (taken?.entry.type === 'staff.admitted') this.people.push(taken.entry.body.staff.id);
  }

  #who = (n: number): string => this.people[n % this.people.length] ?? BOSS;

  #as(as: SignedAs, by: string): Signed {
    return { as, by, at: new Date(this.bench.now).toISOString() };
  }

  #act(one: Attempt): { [T in EntryType]: [T, Body<T>] }[EntryType] | null {
    const { bench, container } = this;
    const staff = { id: this.#who(one.whom) };
    const until = new Date(bench.now + one.hours * HOUR).toISOString();
    const proposals = Object.values(bench.state.proposals);
    const open = proposals[one.pick % Math.max(1, proposals.length)];
    const elevations = Object.values(bench.state.elevations);
    const lifted = elevations[one.pick % Math.max(1, elevations.length)];
    const role = ELEVATED_ROLES[one.pick % ELEVATED_ROLES.length] ?? 'technician';
    const reason = 'because';
    const closing = {
      container: this.vial,
      reason: 'damaged',
      adjustment: '-1',
      unit: 'mL',
      note: 'fell',
    } as const;
    switch (one.what) {
      case 'draw':
        return ['draw', { container, drawn: '0.1', given: '0.1', leftover: '0', unit: 'mL' }];
      case 'waste':
        return ['waste', { container, quantity: '0.1', unit: 'mL', reason }];
      case 'cosign': {
        const waiting = Object.values(bench.state.pending);
        const late = waiting[one.pick % Math.max(1, waiting.length)];
        return late ? ['cosign', { entry: late.entry, record: late.record }] : null;
      }
      case 'stock':
        return ['product.added', { product: { ...ANOTHER, id: bench.id() } }];
      case 'propose':
        return one.flag
          ? ['proposal.made', { act: { type: 'container.closed', body: closing }, reason }]
          : [
              'proposal.made',
              { act: { type: 'staff.changed', body: { staff: { ...staff, role }, reason } }, reason },
            ];
      case 'approve':
        return open ? ['proposal.approved', { proposal: open.id, record: open.record }] : null;
      case 'reject':
        return open ? ['proposal.rejected', { proposal: open.id, record: open.record, reason }] : null;
      case 'carry-out':
        if (open?.act.type === 'staff.changed') {
          return ['staff.changed', { ...open.act.body, proposal: open.id }];
        }
        return open?.act.type === 'container.closed'
          ? ['container.closed', { ...open.act.body, proposal: open.id }]
          : null;
      case 'elevate': {
        const elevation = bench.id();
        return [
          'access.elevated',
          { elevation, staff: { id: this.#who(one.by) }, role, until, once: one.flag, reason },
        ];
      }
      case 'end':
        return lifted ? ['access.ended', { elevation: lifted.id, reason }] : null;
      case 'disable':
        return ['staff.disabled', { staff, reason }];
      case 'admit':
        return [
          'staff.admitted',
          { staff: { id: bench.id(), name: 'Relief', publicKey: KEY }, until, reason },
        ];
      case 'change':
        return ['staff.changed', { staff: { ...staff, role }, reason }];
      case 'erase':
        return ['patients.erased', { before: '2010-01-01T00:00:00.000Z', patients: 0, reason }];
      default:
        return null;
    }
  }
}
