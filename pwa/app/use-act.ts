import { useRef, useState } from 'preact/hooks';
import type { SignedAs } from '../../shared/domain/state.ts';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import {
  type Act,
  appendSigned,
  type Doing,
  type Recorded,
  recordAct,
  type Signed,
  type SignedAct,
  signAct,
} from '../../shared/ui/capture/record.ts';
import { service } from './ledger.ts';
import { signing } from './signing.ts';

const UNHEARD: Extract<Recorded, { ok: false }> = {
  ok: false,
  refusal: {
    code: 'unreachable',
    message: 'The ledger did not answer. What you typed is kept; try again.',
  },
};

/**
 * Signs and appends one act. The entry id is made once and kept across retries, so that pressing twice, or again
 * after a wrong PIN, is the same entry; `renew` begins another one.
 */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [of, setOf] = useState<SignedAs | null>(null);
  const id = useRef<Promise<string> | null>(null);
  const running = useRef<Promise<Recorded> | null>(null);

  const once = async <T extends Recorded | SignedAct>(
    work: () => Promise<T>,
  ): Promise<T | typeof UNHEARD> => {
    setBusy(true);
    setRefusal(null);
    setOf(null);
    const outcome = await work().catch(() => UNHEARD);
    if (!outcome.ok) {
      setRefusal(outcome.refusal);
      setOf(outcome.of ?? null);
    }
    setBusy(false);
    return outcome;
  };
  const withId = async (act: Doing): Promise<Act> => {
    id.current ??= service.newId().catch((error) => {
      id.current = null;
      throw error;
    });
    return { ...act, id: await id.current };
  };
  /** A second call while one runs is the same call. */
  const record = (work: () => Promise<Recorded>): Promise<Recorded> => {
    running.current ??= once(work).finally(() => {
      running.current = null;
    });
    return running.current;
  };

  return {
    busy,
    refusal,
    /** Whose signature was refused; null when it was the act itself. */
    of,
    /** Signs with the given PINs and appends. */
    submit: (act: Doing) => record(async () => recordAct(signing, await withId(act))),
    /** Signs with the given PINs and appends nothing yet: somebody else is still to sign elsewhere. */
    sign: (act: Doing) => once(async () => signAct(signing, await withId(act))),
    /** Appends what everybody has signed. */
    append: (signed: Signed) => record(() => appendSigned(signing, signed)),
    renew: () => {
      id.current = null;
      setRefusal(null);
    },
    clear: () => setRefusal(null),
  };
}
