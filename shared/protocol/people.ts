import type { ElevatedRole } from '../domain/roles.ts';
import type { FactorView } from './factors.ts';
import type { Receipt } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { StaffView } from './views.ts';

/** People's keys and PINs, and what the People screen shows. No PIN ever leaves the worker again. */
export interface PeopleService {
  /** Everybody in the ledger with what is kept of them, in the order of their enrolment. */
  people(): Promise<PersonView[]>;
  /** Makes a key for a new member of staff on this device, under a PIN that they type themself. */
  prepareStaff(pin: string): Promise<Outcome<{ staff: string; publicKey: string }>>;
  /** Makes another key for somebody enrolled, under a PIN that they type themself; `staff.key-rotated` brings it in. */
  prepareKey(staff: string, pin: string): Promise<Outcome<PreparedKey>>;
  /**
   * Wraps a person's keys under another PIN and records `staff.pin-changed`. The old PIN works until that entry is
   * in the ledger, and the new one from then on, wherever the work was cut off. Idempotent by `entry`.
   */
  changePin(change: PinChange): Promise<Outcome<Receipt>>;
  /** Replaces a person's own key by a new one under the same PIN, signed with the old one. Idempotent by `entry`. */
  rotateKey(rotation: KeyRotation): Promise<Outcome<Receipt>>;
}

export type PreparedKey = { staff: string; publicKey: string; revokes: string };
/** `entry` is an id from `newId`, made once and kept across retries. */
export type PinChange = { entry: string; staff: string; pin: string; next: string };
export type KeyRotation = { entry: string; staff: string; pin: string; reason: string };

export type ElevationView = {
  id: string;
  role: ElevatedRole;
  from: string;
  until: string;
  once: boolean;
  reason: string;
};

/** What is due for a person: training older than the policy's term or none recorded, no screening recorded. */
export type PersonDue =
  | { kind: 'training'; last: string | null }
  /** For those who handle drugs. */
  | { kind: 'screening' };

export type PersonView = StaffView & {
  deaNumber?: string;
  /** Days (`YYYY-MM-DD`). */
  screened?: string;
  trained?: string;
  idleSeconds?: number;
  elevations: ElevationView[];
  /** Second factors. */
  factors: FactorView[];
  due: PersonDue[];
};
