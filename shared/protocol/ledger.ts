import type { Body, EntryType } from '../domain/entries.ts';
import type { Policy } from '../domain/policy/schema.ts';
import type { SignedAs } from '../domain/state.ts';
import type { Assertion } from '../ledger/assertion.ts';
import type { ApprovalService } from './approvals.ts';
import type { FactorService } from './factors.ts';
import type { Outcome } from './outcome.ts';
import type { PeopleService } from './people.ts';
import type { PhoneService } from './phone.ts';
import type { OpenWork, RecordedAnswer, RecordedQuery } from './recorded.ts';
import type { VaultService } from './vault.ts';
import type {
  ContainerFilter,
  ContainerLife,
  ContainerView,
  CountLine,
  CountResult,
  DiscrepancyView,
  ProductView,
  RecordDetail,
  RecordRow,
  RowQuery,
  StaffView,
  TodayView,
} from './views.ts';

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

/** Patient and owner identity: lives in the vault only. */
export type PatientDetails = {
  name: string;
  species?: string;
  owner?: string;
  address?: string;
  recordNumber?: string;
  /** The system's own number of the visit: it belongs to the act, and names nobody by itself. */
  consultation?: string;
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
