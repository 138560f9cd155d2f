import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body, EntryType } from '../../shared/domain/entries.ts';
import { BASE_PERFORMERS, WITNESSES } from '../../shared/domain/policy/base.ts';
import { PROPOSABLE } from '../../shared/domain/policy/faults.ts';
import { policyActOf } from '../../shared/domain/policy/schema.ts';
import { ELEVATED_ROLES, type Role } from '../../shared/domain/roles.ts';
import type { FoldRecord, Signed, SignedAs } from '../../shared/domain/state.ts';
import { AUDITOR, type Bench, BOSS, receive, started, TECH } from './helpers.ts';

/**
 * Whatever people try, in whatever order: what the rules let through is looked at by an oracle that keeps its own
 * books of who is here, who was made more for how long, and who had which part in what was proposed.
 */

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
const attempts = fc
  .array(
    fc.oneof(
      attempt.map((one) => [one]),
      likely,
    ),
    { minLength: 20, maxLength: 100 },
  )
  .map((some) => some.flat());

class Clinic {
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

type Lift = { staff: string; role: Role; until: string; once: boolean };

/** The oracle's own books. */
class Books {
  readonly roles = new Map<string, Role>();
  readonly until = new Map<string, string>();
  readonly gone = new Set<string>();
  readonly lifts = new Map<string, Lift>();
  readonly proposed = new Map<string, { by: string; approved?: string }>();
  /** Who had a part in each entry, whoever signs for it later. */
  readonly parts = new Map<string, readonly string[]>();

  /** Looks at what was taken before it takes effect. */
  look({ entry, signatures, recorded }: FoldRecord): void {
    expect(new Set(signatures.map(({ by }) => by)).size, 'one person, one part').toBe(signatures.length);
    for (const { as, by } of signatures) {
      expect(this.gone.has(by), 'a disabled person signed').toBe(false);
      expect((this.until.get(by) ?? recorded) >= recorded, 'somebody whose day is over signed').toBe(true);
      if (as === 'performer' || as === 'witness') this.#rests(entry.type, as, by, recorded);
    }
    this.#parts(entry, signatures);
    this.#later(entry, signatures);
  }

  /** A witness who comes later, or beside a proposal that is carried out, has had no part in it. */
  #later(entry: FoldRecord['entry'], signatures: FoldRecord['signatures']): void {
    const made = 'proposal' in entry.body ? this.proposed.get(entry.body.proposal ?? '') : undefined;
    const before = made ? [made.by, ...(made.approved === undefined ? [] : [made.approved])] : [];
    if (!entry.type.startsWith('proposal.')) {
      for (const { as, by } of signatures) {
        if (as === 'witness') expect(before, 'witness of what they proposed or approved').not.toContain(by);
      }
    }
    this.parts.set(entry.id, [...before, ...signatures.map(({ by }) => by)]);
    if (entry.type !== 'cosign') return;
    expect(this.parts.get(entry.body.entry), 'late witness of an act that they had a part in').not.toContain(
      entry.by,
    );
  }

  /** On their own role, or on an elevation that is neither over, ended nor used up. */
  #rests(type: EntryType, as: 'performer' | 'witness', by: string, recorded: string): void {
    const act = policyActOf(type);
    if (act === undefined) return;
    const roles = as === 'performer' ? BASE_PERFORMERS[act] : WITNESSES;
    const own = this.roles.get(by);
    if (own !== undefined && roles.includes(own)) return;
    const lifts = [...this.lifts].filter(
      ([, one]) => one.staff === by && one.until >= recorded && roles.includes(one.role),
    );
    expect(lifts.length, `${own} as ${as} of ${type} without an elevation`).toBeGreaterThan(0);
    if (lifts.every(([, { once }]) => once)) this.lifts.delete(lifts[0]?.[0] ?? '');
  }

  #parts(entry: FoldRecord['entry'], signatures: FoldRecord['signatures']): void {
    const approver = signatures.find(({ as }) => as === 'approver')?.by;
    if (entry.type === 'access.elevated' || entry.type === 'patients.erased') {
      expect(approver === undefined || approver === entry.by, 'nobody approved it').toBe(false);
    }
    const subject = 'staff' in entry.body && typeof entry.body.staff === 'object' ? entry.body.staff.id : '';
    if (approver !== undefined) expect(approver, 'approved what is about them').not.toBe(subject);
    if (entry.type === 'proposal.approved') {
      const made = this.proposed.get(entry.body.proposal);
      expect(made, 'approved what nobody proposed').toBeDefined();
      expect(made?.by, 'approved their own').not.toBe(entry.by);
    }
    if ('proposal' in entry.body && PROPOSABLE.some((act) => act === entry.type)) {
      const made = this.proposed.get(entry.body.proposal ?? '');
      if (entry.body.proposal === undefined) return;
      expect(made?.approved, 'carried out what nobody approved').toBeDefined();
      expect(made?.approved, 'approved it and carried it out').not.toBe(entry.by);
    }
  }

  take({ entry }: FoldRecord): void {
    switch (entry.type) {
      case 'ledger.created':
        this.roles.set(entry.body.registrant.id, 'registrant');
        return;
      case 'staff.enrolled':
        this.roles.set(entry.body.staff.id, entry.body.staff.role);
        return;
      case 'staff.admitted':
        this.roles.set(entry.body.staff.id, 'witness');
        this.until.set(entry.body.staff.id, entry.body.until);
        return;
      case 'staff.changed':
        if (entry.body.staff.role) this.roles.set(entry.body.staff.id, entry.body.staff.role);
        if (entry.body.proposal) this.proposed.delete(entry.body.proposal);
        return;
      case 'staff.disabled':
        this.gone.add(entry.body.staff.id);
        return;
      case 'access.elevated': {
        const { elevation, staff, role, until, once } = entry.body;
        this.lifts.set(elevation, { staff: staff.id, role, until, once });
        return;
      }
      case 'access.ended':
        this.lifts.delete(entry.body.elevation);
        return;
      case 'proposal.made':
        this.proposed.set(entry.id, { by: entry.by });
        return;
      case 'proposal.approved': {
        const made = this.proposed.get(entry.body.proposal);
        if (made) made.approved = entry.by;
        return;
      }
      case 'proposal.rejected':
        this.proposed.delete(entry.body.proposal);
    }
  }
}

test('no accepted history has one person in two parts, a spent elevation used, or a disabled person’s signature', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(attempts, (tried) => {
      const clinic = new Clinic();
      for (const one of tried) clinic.try(one);
      const books = new Books();
      for (const record of clinic.bench.log) {
        books.look(record);
        books.take(record);
        seen.add(record.entry.type);
        const { entry } = record;
        if ('proposal' in entry.body && !entry.type.startsWith('proposal.'))
          seen.add(`${entry.type} carried out`);
      }
    }),
    { numRuns: 300 },
  );
  // The attempts are worth something only where each kind of them sometimes succeeds.
  const needed: EntryType[] = [
    'access.elevated',
    'access.ended',
    'proposal.approved',
    'staff.admitted',
    'product.added',
  ];
  expect(
    [
      ...needed,
      'staff.disabled',
      'patients.erased',
      'cosign',
      'container.closed',
      'staff.changed carried out',
    ].filter((type) => !seen.has(type)),
  ).toEqual([]);
});
