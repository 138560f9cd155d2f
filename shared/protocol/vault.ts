import type { Quantity, Unit } from '../domain/quantity.ts';
import type { PatientDetails, Session } from './ledger.ts';
import type { Outcome } from './outcome.ts';

/** Who is signed in, and what only somebody who is signed in gets to see. */
export interface VaultService {
  /** What this page may show: asked once when it opens, told by `ChangeNotice` afterwards. */
  access(): Promise<Access>;
  /** Signs a person in on this page. From then on this device asks for a PIN wherever nobody is signed in. */
  signIn(staff: string, pin: string): Promise<Outcome<SignedIn>>;
  /** Ends every session in every tab and leaves the device open, as before anybody had signed in. */
  signOut(): Promise<void>;
  /** Puts off the idle lock in every tab. False when nobody is signed in here. */
  stayAwake(): Promise<boolean>;
  /** Ends one session, as when the single thing is done that it was for. */
  endSession(session: string): Promise<void>;

  /**
   * Patients whose name, owner, species or record number begin with each word of `query`, newest act first. The index
   * is made in the worker's memory as it is asked for: while `read` is less than `of`, ask again for more.
   */
  findPatients(query: string, session: string): Promise<Outcome<FoundPatients>>;
  /** Whose act this was, as far as it can be said to somebody with this session, or with none. */
  patientOf(entryId: string, session: string | null): Promise<PatientOfAct>;

  /** The change of the vault's key that is under way, or `null`. */
  rotation(): Promise<RotationView | null>;
  /**
   * Makes another key for the vault and wraps every patient anew beside the old wrapping, or goes on where that was
   * broken off. The vault changes over when the `vault.rotated` entry is appended; until then nothing is different.
   */
  stageRotation(session: string, onProgress: (done: number, of: number) => void): Promise<Outcome<void>>;
  /** Drops what was wrapped anew and not yet recorded. */
  dropRotation(): Promise<void>;

  /** What an erasure of everything before that time (RFC 3339; the latest allowed, when absent) would destroy. */
  erasable(before?: string): Promise<ErasurePlan>;
}

export type SignedIn = Session & { name: string; idleSeconds: number };

export type Access =
  /** Nobody is signed in, and nobody has to be. */
  | { state: 'open' }
  /** Somebody was: the screen stays covered until a PIN opens it. `by` is who it was, where that is known. */
  | { state: 'locked'; by?: string }
  | { state: 'signed-in'; who: SignedIn };

export type PatientAct = {
  seq: number;
  entryId: string;
  at: string;
  container: string;
  number: string;
  product: string;
  drawn: Quantity;
  given: Quantity;
  unit: Unit;
  byName: string;
  reversed: boolean;
};
/** One patient: acts whose details are spelt alike, newest first. */
export type FoundPatient = { details: PatientDetails; acts: PatientAct[] };
export type FoundPatients = {
  patients: FoundPatient[];
  /** How many patients match; `patients` holds the first of them. */
  total: number;
  /** Draws that have been looked into so far, and all of them. */
  read: number;
  of: number;
  /** Patients that could not be decrypted. */
  damaged: number;
};

export type PatientOfAct =
  | { state: 'none' }
  /** In the vault; a PIN shows it. */
  | { state: 'kept' }
  | { state: 'shown'; details: PatientDetails }
  /** `record`: the number of the record that says so. */
  | { state: 'erased'; record: number }
  /** Not on this device, and nothing says why. */
  | { state: 'missing' };

export type RotationView = {
  startedAt: string;
  byName: string;
  done: number;
  of: number;
  /** Recorded, and not yet carried out: goes on by itself when the ledger is opened. */
  recorded: boolean;
};

export type ErasurePlan = {
  before: string;
  /** The latest that the policy allows now, and the years that it keeps records. */
  latest: string;
  years: number;
  /** Identities that would go, and those that stay. */
  patients: number;
  staying: number;
  /** Unfinished captures begun before then. */
  drafts: number;
};
