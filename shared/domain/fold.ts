import { partsOfProposal } from './approval.ts';
import { containersOf, effectsOf } from './effects.ts';
import type { EntryOf } from './entries.ts';
import {
  access,
  changeMember,
  changeStaff,
  closeProposal,
  factor,
  propose,
  spendAccess,
} from './fold-people.ts';
import { ruleForAll } from './policy/combine.ts';
import { policyActOf } from './policy/schema.ts';
import { toTenThousandths } from './quantity.ts';
import type { Container, FoldRecord, State } from './state.ts';
import { schedulesOf } from './state.ts';

/** What the fold needs to know of an entry that another one reverses. */
export type ReversedEntry = FoldRecord['entry'];

/**
 * Takes one record into the state, in place. Never refuses: what the log holds happened, and whether it should
 * have is for `judge`. `target` is the entry that a reversal undoes.
 */
export function fold(state: State, record: FoldRecord, target?: ReversedEntry): State {
  state.seq = record.seq;
  state.hash = record.hash;
  state.recorded = record.recorded;
  spendAccess(state, record);
  applyEffects(state, record);
  applyEntry(state, record, target);
  notePendingWitness(state, record);
  closeProposal(state, record);
  return state;
}

function applyEffects(state: State, record: FoldRecord): void {
  for (const effect of effectsOf(record.entry)) {
    const container = state.containers[effect.container];
    if (container) container.balance += effect.change;
  }
}

function applyEntry(state: State, record: FoldRecord, target: ReversedEntry | undefined): void {
  const { entry, seq } = record;
  switch (entry.type) {
    case 'ledger.created': {
      const { registrant, policy } = entry.body;
      state.ledger = entry.body;
      state.policy = policy;
      state.staff[registrant.id] = {
        id: registrant.id,
        name: registrant.name,
        role: 'registrant',
        enrolledSeq: seq,
      };
      return;
    }
    case 'staff.enrolled': {
      const { publicKey: _, ...member } = entry.body.staff;
      state.staff[member.id] = { ...member, enrolledSeq: seq };
      return;
    }
    case 'staff.admitted': {
      const { publicKey: _, ...member } = entry.body.staff;
      state.staff[member.id] = {
        ...{ ...member, role: 'witness', until: entry.body.until, admittedBy: entry.by },
        enrolledSeq: seq,
      };
      return;
    }
    case 'staff.changed':
      return changeStaff(state, entry);
    case 'staff.factor-added':
    case 'staff.factor-removed':
      return factor(state, entry);
    case 'staff.disabled':
      return changeMember(state, entry.body.staff.id, { disabledSeq: seq });
    case 'access.elevated':
    case 'access.ended':
      return access(state, entry);
    case 'proposal.made':
    case 'proposal.approved':
    case 'proposal.rejected':
      return propose(state, record, entry);
    case 'policy.changed':
      state.policy = entry.body.policy;
      return;
    case 'product.added':
      state.products[entry.body.product.id] = entry.body.product;
      return;
    case 'container.received':
      return receive(state, entry);
    case 'container.opened':
      return touch(state, entry.body.container, entry.at, (c) => {
        c.openedAt ??= entry.at;
      });
    case 'container.closed':
      delete state.mismatches[entry.body.container];
      return touch(state, entry.body.container, entry.at, (c) => {
        c.closedAt = entry.at;
      });
    case 'draw':
      return draw(state, entry);
    case 'waste':
    case 'return':
      return settle(state, entry);
    case 'cosign':
      delete state.pending[entry.body.entry];
      return;
    case 'reversal':
      return reverse(state, entry, target);
    case 'count':
      return count(state, entry);
    case 'discrepancy.opened':
    case 'discrepancy.noted':
    case 'discrepancy.resolved':
      return discrepancy(state, entry);
    case 'exported':
      return exported(state, entry);
    case 'verified':
      state.lastVerified = { seq: entry.body.size - 1, at: entry.at, failures: entry.body.failures };
      return;
    default:
      return;
  }
}

function touch(state: State, id: string, at: string, change: (container: Container) => void): void {
  const container = state.containers[id];
  if (!container) return;
  container.lastActAt = at;
  change(container);
}

function receive(state: State, entry: EntryOf<'container.received'>): void {
  for (const c of entry.body.containers) {
    const size = toTenThousandths(c.quantity);
    const { id, number, product, lot, expires, serial, gtin, unit } = c;
    state.containers[id] = {
      ...{ id, number, product, lot, expires, unit, size, balance: size },
      ...{ receivedAt: entry.at, lastActAt: entry.at },
      ...(serial === undefined ? {} : { serial }),
      ...(gtin === undefined ? {} : { gtin }),
    };
    state.numbers[number] = id;
  }
}

function draw(state: State, entry: EntryOf<'draw'>): void {
  const { container, leftover, unit, patient } = entry.body;
  touch(state, container, entry.at, (c) => {
    c.openedAt ??= entry.at;
  });
  const remaining = toTenThousandths(leftover);
  if (remaining === 0) return;
  state.leftovers[entry.id] = {
    ...{ draw: entry.id, container, remaining, unit, by: entry.by, at: entry.at },
    ...(patient === undefined ? {} : { patient: patient.ref }),
  };
}

function settle(state: State, entry: EntryOf<'waste'> | EntryOf<'return'>): void {
  const { container, draw: from, quantity } = entry.body;
  touch(state, container, entry.at, (c) => {
    c.openedAt ??= entry.at;
  });
  const open = from === undefined ? undefined : state.leftovers[from];
  if (!open) return;
  open.remaining -= toTenThousandths(quantity);
  if (open.remaining <= 0) delete state.leftovers[open.draw];
}

/** Reversing the waste or return of a leftover opens the leftover again; reversing a draw closes it. */
function reverse(state: State, entry: EntryOf<'reversal'>, target: ReversedEntry | undefined): void {
  delete state.pending[entry.body.entry];
  touch(state, entry.body.effect.container, entry.at, () => {});
  if (!target) return;
  if (target.type === 'draw') delete state.leftovers[target.id];
  if (target.type === 'container.closed')
    touch(state, target.body.container, entry.at, (c) => {
      delete c.closedAt;
    });
  if ((target.type === 'waste' || target.type === 'return') && target.body.draw !== undefined) {
    const { draw: from, container, unit, quantity } = target.body;
    const open = state.leftovers[from];
    if (open) open.remaining += toTenThousandths(quantity);
    else {
      const remaining = toTenThousandths(quantity);
      state.leftovers[from] = { draw: from, container, remaining, unit, by: target.by, at: target.at };
    }
  }
}

function count(state: State, entry: EntryOf<'count'>): void {
  for (const line of entry.body.lines) {
    const container = state.containers[line.container];
    if (!container) continue;
    container.lastCountedAt = entry.at;
    const counted = toTenThousandths(line.counted);
    if (counted === container.balance) {
      delete state.mismatches[line.container];
      continue;
    }
    state.mismatches[line.container] = {
      ...{ count: entry.id, session: entry.body.session, container: line.container },
      ...{ expected: container.balance, counted, unit: line.unit, at: entry.at, by: entry.by },
    };
  }
}

/** Only what begins at the first record can be held against the whole log later; a shorter one takes nothing back. */
function exported(state: State, entry: EntryOf<'exported'>): void {
  const { from, to } = entry.body;
  if (from > 0 || to - 1 < (state.lastExport?.seq ?? 0)) return;
  state.lastExport = { seq: to - 1, at: entry.at };
}

type DiscrepancyEntry =
  | EntryOf<'discrepancy.opened'>
  | EntryOf<'discrepancy.noted'>
  | EntryOf<'discrepancy.resolved'>;

function discrepancy(state: State, entry: DiscrepancyEntry): void {
  if (entry.type === 'discrepancy.opened') {
    const { discrepancy: id, container, count, expected, counted, difference, unit } = entry.body;
    // What a later count found stands until that one is taken up.
    if (state.mismatches[container]?.count === count) delete state.mismatches[container];
    state.discrepancies[id] = {
      ...{ id, container, unit, openedAt: entry.at, by: entry.by, notes: 0 },
      ...{ expected: toTenThousandths(expected), counted: toTenThousandths(counted) },
      difference: toTenThousandths(difference),
      ...(ruleForAll(state.policy, entry.type, schedulesOf(state, entry)).hold ? { hold: true } : {}),
    };
    return;
  }
  if (entry.type === 'discrepancy.resolved') {
    delete state.discrepancies[entry.body.discrepancy];
    return;
  }
  const open = state.discrepancies[entry.body.discrepancy];
  if (open) open.notes += 1;
}

function notePendingWitness(state: State, record: FoldRecord): void {
  const { entry, signatures } = record;
  const act = policyActOf(entry.type);
  const schedules = schedulesOf(state, entry);
  const rule = act && ruleForAll(state.policy, act, schedules).witness;
  if (rule?.value.due !== 'late' || signatures.some((s) => s.as === 'witness')) return;
  const [container] = containersOf(entry);
  state.pending[entry.id] = {
    ...{ entry: entry.id, record: record.hash, type: entry.type, by: entry.by, at: entry.at },
    ...{ recorded: record.recorded, schedules },
    parts: [...signatures.map(({ by }) => by), ...partsOfProposal(state, entry)],
    due: new Date(Date.parse(record.recorded) + rule.value.lateHours * 3_600_000).toISOString(),
    ...{ witnesses: rule.value.by, sources: rule.sources },
    ...(container === undefined ? {} : { container }),
  };
}
