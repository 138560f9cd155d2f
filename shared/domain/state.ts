import type { ProposedAct } from './bodies/proposals.ts';
import { containersOf } from './effects.ts';
import type { Body, DomainEntry, EntryType, Product, TypedBody } from './entries.ts';
import { NO_POLICY, type Policy } from './policy/schema.ts';
import type { SourceId } from './policy/source-ids.ts';
import type { TenThousandths, Unit } from './quantity.ts';
import type { ElevatedRole, Role } from './roles.ts';
import type { Schedule } from './schema.ts';

/** A record as the domain sees it: parsed, its place in the log known, signatures reduced to who signed as what and when. */
export type FoldRecord = {
  seq: number;
  hash: string;
  recorded: string;
  entry: DomainEntry;
  signatures: readonly Signed[];
};
export type SignedAs = 'performer' | 'witness' | 'approver' | 'registrant';
/** `factor`: the signature carries a second factor, which was checked with it. */
export type Signed = { as: SignedAs; by: string; at: string; factor?: true };

export type StaffMember = {
  id: string;
  name: string;
  role: Role;
  licence?: string;
  deaNumber?: string;
  /** Days (`YYYY-MM-DD`) of the screening and of the last training. */
  screened?: string;
  trained?: string;
  idleSeconds?: number;
  /** Until when somebody who was admitted may sign, and who let them in. */
  until?: string;
  admittedBy?: string;
  enrolledSeq: number;
  disabledSeq?: number;
  /** Ids and names of the second factors. */
  factors?: readonly { id: string; name: string }[];
};

/** What somebody may do besides their own role, until it is over. A spent or ended one is forgotten. */
export type Elevation = {
  id: string;
  staff: string;
  role: ElevatedRole;
  from: string;
  until: string;
  once: boolean;
  reason: string;
};

/** An act that waits for approval, or that is approved and waits to be carried out. */
export type OpenProposal = {
  id: string;
  record: string;
  act: ProposedAct;
  reason: string;
  by: string;
  at: string;
  approved?: { by: string; at: string };
};

export type Container = {
  id: string;
  number: string;
  product: string;
  lot: string;
  expires: string;
  serial?: string;
  gtin?: string;
  unit: Unit;
  /** What it held when it came. */
  size: TenThousandths;
  balance: TenThousandths;
  receivedAt: string;
  openedAt?: string;
  closedAt?: string;
  lastCountedAt?: string;
  lastActAt: string;
};

/** What was drawn and not given, and is not yet wasted or returned. */
export type OpenLeftover = {
  draw: string;
  container: string;
  remaining: TenThousandths;
  unit: Unit;
  by: string;
  at: string;
  patient?: string;
};

/** An act recorded without the witness that the policy wants; `due` is when a cosign stops counting as in time. */
export type WitnessPending = {
  entry: string;
  record: string;
  type: EntryType;
  container?: string;
  /** Of the drugs that it is about. */
  schedules: readonly Schedule[];
  by: string;
  /** Everybody who has a part in it already: none of them is its witness. */
  parts: readonly string[];
  at: string;
  recorded: string;
  due: string;
  /** The roles that the policy of that time takes as witnesses. */
  witnesses: readonly Role[];
  /** The rule that asks for it. */
  sources: readonly SourceId[];
};

/** A line of a sealed count that did not agree with the book and has not been recounted or taken up. */
export type CountMismatch = {
  count: string;
  session: string;
  container: string;
  expected: TenThousandths;
  counted: TenThousandths;
  unit: Unit;
  at: string;
  by: string;
};

export type OpenDiscrepancy = {
  id: string;
  container: string;
  expected: TenThousandths;
  counted: TenThousandths;
  difference: TenThousandths;
  unit: Unit;
  openedAt: string;
  by: string;
  notes: number;
  /** The policy of that time sets the container aside until this is resolved. */
  hold?: true;
};

/**
 * The fold of the log so far. Plain data, so that it can be kept as a snapshot tied to `seq` and `hash`;
 * bounded by stock and open work, not by the number of records.
 */
export type State = {
  /** -1 before the first record. */
  seq: number;
  hash: string;
  recorded: string;
  ledger: Body<'ledger.created'> | null;
  policy: Policy;
  staff: Record<string, StaffMember>;
  elevations: Record<string, Elevation>;
  proposals: Record<string, OpenProposal>;
  products: Record<string, Product>;
  containers: Record<string, Container>;
  numbers: Record<string, string>;
  leftovers: Record<string, OpenLeftover>;
  pending: Record<string, WitnessPending>;
  mismatches: Record<string, CountMismatch>;
  discrepancies: Record<string, OpenDiscrepancy>;
  lastExport: { seq: number; at: string } | null;
  lastVerified: { seq: number; at: string; failures: number } | null;
};

/** Raised whenever `State` has another shape: a snapshot of another one is made again from the records. */
export const STATE_FORM = 4;

/** The state of a log with no record in it. */
export function emptyState(): State {
  return {
    seq: -1,
    hash: '0'.repeat(64),
    recorded: '',
    ledger: null,
    policy: NO_POLICY,
    staff: {},
    elevations: {},
    proposals: {},
    products: {},
    containers: {},
    numbers: {},
    leftovers: {},
    pending: {},
    mismatches: {},
    discrepancies: {},
    lastExport: null,
    lastVerified: null,
  };
}

export const productOf = (state: State, container: Container): Product | undefined =>
  state.products[container.product];

/**
 * The name by which somebody signs, `undefined` for nobody of the log. A visitor's has their host's beside it: whoever
 * admits somebody may know their PIN, and a reader is to see it.
 */
export function signerName(state: State, person: string): string | undefined {
  const member = state.staff[person];
  const host = member?.admittedBy === undefined ? undefined : state.staff[member.admittedBy];
  return member && host ? visitorName(member.name, host.name) : member?.name;
}
export const visitorName = (name: string, host: string): string => `${name} (visitor of ${host})`;
/** Longest such name: two of people, and the words between. */
export const SIGNER_NAME = 180;

export const scheduleOf = (state: State, container: string | undefined): Schedule | undefined => {
  const held = container === undefined ? undefined : state.containers[container];
  return held && productOf(state, held)?.schedule;
};

/**
 * The schedules of the drugs that an act is about, each once; none for acts about people or the ledger. Who signs
 * later, proposes or answers does so about the drugs of the act that it is for.
 */
export function schedulesOf(state: State, entry: TypedBody): Schedule[] {
  if (entry.type === 'cosign') return [...(state.pending[entry.body.entry]?.schedules ?? [])];
  const signedFor = proposedIn(state, entry);
  if (signedFor) return schedulesOf(state, signedFor);
  if ('container' in entry.body) {
    const schedule = scheduleOf(state, entry.body.container);
    return schedule ? [schedule] : [];
  }
  const found = new Set<Schedule | undefined>();
  if (entry.type === 'product.added') found.add(entry.body.product.schedule);
  else if (entry.type === 'container.received') {
    for (const { product } of entry.body.containers) found.add(state.products[product]?.schedule);
  } else if (entry.type === 'discrepancy.noted') {
    found.add(scheduleOf(state, state.discrepancies[entry.body.discrepancy]?.container));
  } else for (const container of containersOf(entry)) found.add(scheduleOf(state, container));
  return [...found].filter((schedule) => schedule !== undefined);
}

/** The act that an entry proposes, approves or rejects. */
export function proposedIn(state: State, { type, body }: TypedBody): ProposedAct | undefined {
  if (type === 'proposal.made') return body.act;
  const answers = type === 'proposal.approved' || type === 'proposal.rejected';
  return answers ? state.proposals[body.proposal]?.act : undefined;
}

/** The open discrepancy that sets a container aside, if there is one. */
export const holdOn = (state: State, container: string): OpenDiscrepancy | undefined =>
  Object.values(state.discrepancies).find((open) => open.hold === true && open.container === container);
