import type { Body, DiscrepancyCause, EntryType, Product } from '../domain/entries.ts';
import type { Policy } from '../domain/policy/schema.ts';
import type { Quantity, Unit } from '../domain/quantity.ts';
import type { Role } from '../domain/roles.ts';
import type { Schedule } from '../domain/schema.ts';
import type { SignedAs } from '../domain/state.ts';
import type { Assertion } from '../ledger/assertion.ts';
import type { ApprovalService } from './approvals.ts';
import type { FactorService } from './factors.ts';
import type { Outcome } from './outcome.ts';
import type { PeopleService } from './people.ts';
import type { PhoneService } from './phone.ts';
import type { OpenWork, RecordedAnswer, RecordedQuery } from './recorded.ts';
import type { VaultService } from './vault.ts';

/**
 * What the ledger worker offers. Every page (PWA tab, bridge) has its own copy of the worker; all of them write
 * through the same gate. Everything here is structured-cloneable; quantities are canonical decimal text.
 */
export interface LedgerService
  extends PeopleService,
    ApprovalService,
    VaultService,
    PhoneService,
    FactorService {
  /** Opens the store. `remembered` is the head that the page keeps outside IndexedDB (localStorage). */
  open(remembered: RememberedHead | null): Promise<LedgerStatus>;
  status(): Promise<LedgerStatus>;

  create(input: CreateLedger): Promise<Outcome<Receipt>>;
  /** Fills an empty store with the demo clinic: real signatures, a real chain. PINs of everybody: `DEMO_PIN`. */
  createDemo(onProgress: (done: number, of: number) => void): Promise<Outcome<Receipt>>;

  /** The head that the screen is built on: goes into `entry.after`. */
  head(): Promise<Head>;
  /** A fresh UUIDv7, made once when a form opens and kept across retries. */
  newId(): Promise<string>;
  /** Unlocks a person's key for the policy's idle time. */
  unlock(staff: string, pin: string): Promise<Outcome<Session>>;
  /** Ends every session in every tab; a PIN opens the screens again. */
  lock(): Promise<void>;
  /** Signs an entry as one person. The entry is checked against its schema first, so that nobody signs nonsense. */
  sign(entry: EntryDraft, signer: Signer): Promise<Outcome<SignedStatement>>;
  /** What the gate would say now: refusals and flags, without signing or writing. */
  check(entry: EntryDraft, signedBy: readonly { as: SignedAs; by: string }[]): Promise<Advice[]>;
  /** Takes a signed entry into the ledger: committed, read back and compared when it answers. Idempotent by `entry.id`. */
  append(input: AppendInput): Promise<Outcome<Receipt>>;
  /** The receipt of an entry that is in the ledger already, for retries and for the extension's outbox. */
  receipt(entryId: string): Promise<Receipt | null>;

  today(): Promise<TodayView>;
  staff(): Promise<StaffView[]>;
  products(): Promise<ProductView[]>;
  containers(filter: ContainerFilter): Promise<ContainerView[]>;
  /** One container with every act on it and the running balance. */
  life(container: string): Promise<ContainerLife | null>;
  /** For counts: what there is to count, and never how much. */
  countSheet(): Promise<CountLine[]>;
  /** What a sealed count found, line by line. */
  countResult(entryId: string): Promise<CountResult | null>;
  discrepancies(): Promise<DiscrepancyView[]>;
  /** Rows for the ledger list, newest first: `seq < before`. */
  rows(query: RowQuery): Promise<{ rows: RecordRow[]; size: number }>;
  record(seqOrEntryId: number | string): Promise<RecordDetail | null>;
  policy(): Promise<Policy>;
  /** The draws of a time that stand, for holding a page's treatments against them. Needs no signing in. */
  recordedOn(query: RecordedQuery): Promise<RecordedAnswer>;
  /** How much waits for somebody, as numbers. */
  openWork(): Promise<OpenWork>;

  /** Encrypts patient identity into the vault and gives what goes into the entry. */
  keepPatient(details: PatientDetails): Promise<Outcome<{ ref: string; commitment: string }>>;
  /** Identity for showing on a screen to a person who has just proved who they are. */
  revealPatients(refs: readonly string[], session: string): Promise<Outcome<Record<string, PatientDetails>>>;
  /** Salts and details for a disclosed export. */
  discloseAll(session: string): Promise<Outcome<Disclosure[]>>;

  saveDraft(draft: CaptureDraft): Promise<Outcome<void>>;
  drafts(): Promise<CaptureDraft[]>;
  dropDraft(entryId: string): Promise<void>;

  setting<K extends keyof DeviceSettings>(key: K): Promise<DeviceSettings[K]>;
  setSetting<K extends keyof DeviceSettings>(key: K, value: DeviceSettings[K]): Promise<void>;

  /** A second door for the verify and package workers: reads lines and signs checkpoints, nothing else. */
  connectSource(port: MessagePortLike): Promise<void>;
}

/** What travels to the worker as a transferred MessagePort. */
export type MessagePortLike = { postMessage(message: unknown): void };

/** Read access to the log for verification and export. */
export interface LedgerSource {
  info(): Promise<{
    ledger: string;
    device: string;
    devicePublicKey: string;
    demo: boolean;
    facility: string;
    size: number;
  }>;
  /** Record lines `from <= seq < to`, as stored. */
  lines(from: number, to: number): Promise<string[]>;
  /** A signed note over the whole log as it is now. */
  checkpoint(): Promise<string>;
  /** For a part `[from, to)` of a log of `size`: what `proof.json` holds. */
  rangeProof(from: number, to: number, size: number): Promise<string>;
}

export type RememberedHead = { ledger: string; size: number; hash: string };

export type LedgerStatus =
  | { state: 'empty' }
  | {
      state: 'ready';
      ledger: string;
      device: string;
      facility: string;
      demo: boolean;
      head: Head;
      genesis: string;
    }
  /** A head is remembered elsewhere and the database is empty or shorter: never treated as a first run. */
  | { state: 'vanished'; remembered: RememberedHead; found: Head | null }
  | { state: 'newer-format' }
  /** Another tab of an older version holds the database open. */
  | { state: 'blocked' }
  | { state: 'closed'; reason: string };

/** `size` is the number of records; `hash` the leaf hash of the last one (64 zeros when there is none). */
export type Head = { size: number; hash: string };

export type Receipt = { entryId: string; seq: number; hash: string; recorded: string; flags: Advice[] };
export type Advice = { code: string; severity: 'refuse' | 'flag'; message: string };

export type CreateLedger = {
  facility: Body<'ledger.created'>['facility'];
  deviceName: string;
  registrant: { name: string; pin: string };
  policy: Policy;
};

export type EntryDraft = {
  id: string;
  type: EntryType;
  at: string;
  after: string;
  by: string;
  body: unknown;
};
export type Signer = { as: SignedAs; by: string } & ({ pin: string } | { session: string });
export type SignedStatement = {
  as: SignedAs;
  by: string;
  key: string;
  at: string;
  sig: string;
  /** The signer's second factor: what their authenticator answered to the challenge of this statement. */
  assertion?: Assertion;
};
export type AppendInput = { entry: EntryDraft; signatures: readonly SignedStatement[] };
export type Session = { session: string; staff: string; expires: string };

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

/** Patient and owner identity: lives in the vault only. */
export type PatientDetails = {
  name: string;
  species?: string;
  owner?: string;
  address?: string;
  recordNumber?: string;
};
export type Disclosure = { ref: string; salt: string; details: PatientDetails };

/** A capture that nobody has signed yet, kept encrypted at rest. `form` is what was typed, as the capture form has it. */
export type CaptureDraft = {
  entryId: string;
  type: 'draw' | 'waste';
  startedAt: string;
  door: 'pwa' | 'overlay';
  site?: string;
  form: Record<string, string>;
};

export type DeviceSettings = {
  /** Extension ids that a person has approved on this device. */
  pairedExtensions: string[];
  theme: 'system' | 'light' | 'dark';
  lastPerformer: string | null;
};

/** Said to every tab over the BroadcastChannel `countersign`. */
export type ChangeNotice =
  | { kind: 'appended'; seq: number; hash: string; entryId: string; type: EntryType }
  | { kind: 'drafts' }
  | { kind: 'settings' }
  /** Every session is over, here and in every other tab. */
  | { kind: 'access'; state: 'open' | 'locked' }
  /** Somebody is at work: idle times begin anew. */
  | { kind: 'awake' }
  | { kind: 'newer-version' };

export const CHANGE_CHANNEL = 'countersign';
export const DEMO_PIN = '246810';
