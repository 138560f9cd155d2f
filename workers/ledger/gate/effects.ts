import type { Bytes } from '../../../shared/ledger/bytes.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import type { SignatureVerifiers } from '../../../shared/ledger/verify-signature.ts';
import type { ChangeNotice, EntryDraft, SignedStatement } from '../../../shared/protocol/ledger.ts';
import type { LogStore } from '../store/log-store.ts';

/** The device as a signer of its own entries (`clock.anomaly`, `sign-in.refused`). */
export type DeviceSigner = {
  id: string;
  sign(entry: EntryDraft, at: string): Promise<SignedStatement>;
};

/** Everything by which the gate touches the world. Each can be replaced, and made to fail, from outside. */
export type GateEffects = SignatureVerifiers & {
  store: LogStore;
  /** Runs the work while no other tab, worker or frame of this origin appends. */
  locked<T>(work: () => Promise<T>): Promise<T>;
  /** Milliseconds since 1970. */
  now(): number;
  random(length: number): Bytes;
  announce(notice: ChangeNotice): void;
  sha: Sha256;
  device(): Promise<DeviceSigner | null>;
};

const LOCK_PATIENCE_MS = 30_000;

/** The Web Lock `name`, held only around one append: a frozen tab cannot keep it. */
export function webLock(name: string): GateEffects['locked'] {
  return (work) =>
    navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }, () => work());
}
