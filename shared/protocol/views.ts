import type { DiscrepancyCause, EntryType, Product } from '../domain/entries.ts';
import type { Quantity, Unit } from '../domain/quantity.ts';
import type { Role } from '../domain/roles.ts';
import type { Schedule } from '../domain/schema.ts';
import type { SignedAs } from '../domain/state.ts';
import type { CaptureDraft, Head } from './ledger.ts';

/** What the ledger's worker answers the screens with: plain data, quantities as canonical decimal text. */

export type StaffView = {
  id: string;
  name: string;
  role: Role;
  licence?: string;
  /** Can no longer sign: disabled, or admitted for a day that is over. */
  disabled: boolean;
  hasKey: boolean;
  lockedUntil?: string;
  /** Until when somebody who was admitted for a day may sign. */
  until?: string;
  /** The name of whoever admitted them. */
  visitorOf?: string;
  /** What they are for a while, besides their own role: for performing and witnessing, never for approving. */
  elevatedTo?: Role[];
  /** Has added a passkey or security key. */
  hasFactor?: true;
};
export type ProductView = Product & { onHand: Quantity; containers: number };
export type ContainerFilter = { open?: boolean; product?: string; search?: string };
export type ContainerView = {
  id: string;
  number: string;
  productId: string;
  product: string;
  strength?: string;
  schedule: Schedule;
  form: Product['form'];
  lot: string;
  expires: string;
  expired: boolean;
  /** Set aside until its discrepancy is resolved. */
  onHold: boolean;
  serial?: string;
  gtin?: string;
  unit: Unit;
  size: Quantity;
  balance: Quantity;
  receivedAt: string;
  openedAt?: string;
  closedAt?: string;
  lastCountedAt?: string;
  leftovers: LeftoverView[];
};
export type LeftoverView = {
  draw: string;
  record: string;
  container: string;
  number: string;
  product: string;
  remaining: Quantity;
  unit: Unit;
  by: string;
  byName: string;
  at: string;
};
export type LifeEvent = {
  seq: number;
  hash: string;
  entryId: string;
  type: EntryType;
  at: string;
  recorded: string;
  by: string;
  byName: string;
  witnessName?: string;
  /** Change of the balance and the balance after it. */
  change: Quantity;
  balance: Quantity;
  summary: string;
  reversed: boolean;
  reversible: boolean;
};
export type ContainerLife = { container: ContainerView; events: LifeEvent[] };
export type CountLine = Pick<
  ContainerView,
  | 'id'
  | 'number'
  | 'product'
  | 'strength'
  | 'schedule'
  | 'form'
  | 'lot'
  | 'expires'
  | 'serial'
  | 'gtin'
  | 'unit'
>;
export type CountResult = {
  entryId: string;
  lines: {
    container: string;
    number: string;
    product: string;
    counted: Quantity;
    expected: Quantity;
    difference: Quantity;
    unit: Unit;
    agrees: boolean;
    discrepancy?: string;
  }[];
};
export type DiscrepancyView = {
  id: string;
  container: string;
  number: string;
  product: string;
  schedule: Schedule;
  expected: Quantity;
  counted: Quantity;
  difference: Quantity;
  unit: Unit;
  openedAt: string;
  byName: string;
  notes: { at: string; byName: string; note: string }[];
  /** Whom the policy wants told, and of whom nobody has signed anything about it yet: that is how somebody is told here. */
  untold: { role: Role; names: string[] }[];
  resolved?: { at: string; byName: string; cause: DiscrepancyCause; note: string };
};

export type WorkItem =
  | { kind: 'leftover'; leftover: LeftoverView }
  | {
      kind: 'witness-pending';
      entry: string;
      record: string;
      type: EntryType;
      summary: string;
      byName: string;
      by: string;
      at: string;
      due: string;
      overdue: boolean;
    }
  | {
      kind: 'mismatch';
      count: string;
      session: string;
      container: string;
      number: string;
      product: string;
      at: string;
    }
  | { kind: 'discrepancy'; discrepancy: DiscrepancyView }
  | {
      kind: 'expiring';
      container: string;
      number: string;
      product: string;
      expires: string;
      expired: boolean;
    }
  | { kind: 'below-zero'; container: string; number: string; product: string; balance: Quantity; unit: Unit }
  | { kind: 'count-due'; containers: number; since: string }
  /** Waits for somebody to approve it, or is approved and waits for somebody to carry it out. */
  | {
      kind: 'proposal';
      proposal: string;
      summary: string;
      byName: string;
      at: string;
      waitsFor: 'approval' | 'carrying-out';
    }
  /** How many people's training is due, and for how many who handle drugs no screening is recorded. */
  | { kind: 'staff-due'; training: number; screening: number; names: string[] }
  /** The policy asks for a passkey or security key with signatures of theirs, and these people have none. */
  | { kind: 'factor-due'; names: string[] }
  | { kind: 'draft'; draft: CaptureDraft }
  | { kind: 'export-due'; entries: number };

export type TodayView = {
  facility: string;
  demo: boolean;
  head: Head;
  onHand: {
    product: string;
    name: string;
    strength?: string;
    schedule: Schedule;
    unit: Unit;
    total: Quantity;
    full: Quantity;
    containers: number;
  }[];
  work: WorkItem[];
  recent: RecordRow[];
  entriesSinceExport: number;
  lastVerified: { at: string; failures: number } | null;
};

export type RowQuery = {
  before?: number;
  limit: number;
  type?: EntryType;
  container?: string;
  staff?: string;
};
export type RecordRow = {
  seq: number;
  hash: string;
  entryId: string;
  type: EntryType;
  at: string;
  recorded: string;
  byName: string;
  witnessName?: string;
  /** Who approved it: beside the performer, or the proposal that it carries out. */
  approverName?: string;
  summary: string;
  late: boolean;
  flags: string[];
};
export type RecordDetail = {
  row: RecordRow;
  line: string;
  prev: string;
  signatures: {
    as: SignedAs;
    by: string;
    name: string;
    key: string;
    at: string;
    sig: string;
    /** A second factor stands beside it; `valid` is said of both. */
    factor?: true;
    valid: boolean;
  }[];
  proof: { size: number; root: string; path: string[] };
  checkpoint: string;
  /** The earlier records that it takes up, and the later ones that take it up. */
  referred: { seq: number; entryId: string; type: EntryType; summary: string }[];
  referrers: { seq: number; entryId: string; type: EntryType; summary: string }[];
};
