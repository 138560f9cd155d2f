import type { ProposedAct } from '../../../shared/domain/bodies/proposals.ts';
import type { Body, DomainEntry } from '../../../shared/domain/entries.ts';
import { add, fromTenThousandths, type Quantity, unitText } from '../../../shared/domain/quantity.ts';
import { ROLE_NAMES } from '../../../shared/domain/roles.ts';
import type { StaffMember, State } from '../../../shared/domain/state.ts';
import type { ProposedChange } from '../../../shared/protocol/approvals.ts';
import { nameOf, summaryOf } from './words.ts';

/** What a proposed act would change, line by line; a policy is compared on the screen that has the words for it. */
export function changesOf(state: State, act: ProposedAct, target: DomainEntry | undefined): ProposedChange[] {
  switch (act.type) {
    case 'container.received':
      return act.body.containers.map((container) => received(state, container));
    case 'container.closed': {
      const { container, adjustment, note } = act.body;
      return [book(state, container, adjustment), ...line('Note', note)];
    }
    case 'discrepancy.resolved': {
      const { container, adjustment, cause, note } = act.body;
      return [
        book(state, container, adjustment),
        ...line('Cause', cause.replace('-', ' ')),
        ...line('Note', note),
      ];
    }
    case 'reversal': {
      const { container, change } = act.body.effect;
      const undone = target && summaryOf(state, target);
      return [...line('Undoes', undone), book(state, container, change), ...line('Reason', act.body.reason)];
    }
    case 'staff.enrolled':
      return particulars(act.body.staff, undefined);
    case 'staff.changed':
      return particulars(act.body.staff, state.staff[act.body.staff.id]);
    case 'staff.key-rotated':
      return [
        { what: `Key of ${nameOf(state, act.body.staff.id)}`, before: 'the present one', after: 'a new one' },
      ];
    case 'access.elevated':
      return elevated(state, act.body);
    case 'policy.changed':
      return line('Reason', act.body.reason);
  }
}

const line = (what: string, after: string | undefined): ProposedChange[] =>
  after === undefined || after === '' ? [] : [{ what, after }];

type Received = Body<'container.received'>['containers'][number];

function received(
  state: State,
  { number, product: id, quantity, unit, lot, expires }: Received,
): ProposedChange {
  const product = state.products[id];
  const drug = [product?.name ?? 'unknown product', product?.strength].filter(Boolean).join(' ');
  const schedule = product ? ` (C-${product.schedule})` : '';
  const after = `${drug}${schedule}, ${quantity} ${unitText(unit, quantity)}, lot ${lot}, expires ${expires}`;
  return { what: number, after };
}

/** The balance of a container, now and with the change. */
function book(state: State, id: string, change: Quantity): ProposedChange {
  const container = state.containers[id];
  if (!container) return { what: 'Book', after: `changes by ${change}` };
  const { number, balance, unit } = container;
  const now = fromTenThousandths(balance);
  const after = add(now, change);
  return {
    what: `Book of ${number}`,
    ...{ before: `${now} ${unitText(unit, now)}`, after: `${after} ${unitText(unit, after)}` },
  };
}

type Particulars = Partial<Omit<StaffMember, 'id' | 'enrolledSeq'>>;

const PARTICULARS = [
  ['name', 'Name'],
  ['role', 'Role'],
  ['licence', 'Licence'],
  ['deaNumber', 'DEA number'],
  ['screened', 'Screened on'],
  ['trained', 'Trained on'],
  ['idleSeconds', 'Signed out after'],
] as const;

function particulars(next: Particulars, before: StaffMember | undefined): ProposedChange[] {
  const who = before && next.name === undefined ? [{ what: 'Person', after: before.name }] : [];
  const changes = PARTICULARS.flatMap(([key, what]): ProposedChange[] => {
    const after = next[key];
    if (after === undefined) return [];
    const was = before?.[key];
    return [{ what, ...(was === undefined ? {} : { before: said(key, was) }), after: said(key, after) }];
  });
  return [...who, ...changes];
}

function said(key: (typeof PARTICULARS)[number][0], value: string | number): string {
  if (key === 'idleSeconds') return `${value} seconds without an act`;
  return (
    (key === 'role' && Object.entries(ROLE_NAMES).find(([role]) => role === value)?.[1]) || String(value)
  );
}

function elevated(state: State, { staff, role, until, once }: Body<'access.elevated'>): ProposedChange[] {
  const member = state.staff[staff.id];
  return [
    {
      what: nameOf(state, staff.id),
      ...(member ? { before: ROLE_NAMES[member.role] } : {}),
      after: `${ROLE_NAMES[role]} as well, ${once ? 'for one act' : 'for a while'}`,
    },
    ...line('Over at', until),
  ];
}
