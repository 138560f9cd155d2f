import { useRef, useState } from 'preact/hooks';
import type { SignedAs } from '../../shared/domain/state.ts';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import { type Doing, type Recorded, recordAct } from '../../shared/ui/capture/record.ts';
import { service } from './ledger.ts';
import { signing } from './signing.ts';

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

  const once = async (act: Doing): Promise<Recorded> => {
    setBusy(true);
    setRefusal(null);
    setOf(null);
    id.current ??= service.newId();
    const outcome = await recordAct(signing, { ...act, id: await id.current });
    if (!outcome.ok) {
      setRefusal(outcome.refusal);
      setOf(outcome.of ?? null);
    }
    setBusy(false);
    return outcome;
  };

  return {
    busy,
    refusal,
    /** Whose signature was refused; null when it was the act itself. */
    of,
    /** Signs with the given PINs and appends; a second call while one runs is the same call. */
    submit: (act: Doing): Promise<Recorded> => {
      running.current ??= once(act).finally(() => {
        running.current = null;
      });
      return running.current;
    },
    renew: () => {
      id.current = null;
      setRefusal(null);
    },
    clear: () => setRefusal(null),
  };
}
