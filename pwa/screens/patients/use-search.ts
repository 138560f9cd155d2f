import { useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import type { FoundPatients } from '../../../shared/protocol/vault.ts';
import { changes, service } from '../../app/ledger.ts';

export type Search = { found: FoundPatients | null; refusal: Refusal | null };
const NOTHING: Search = { found: null, refusal: null };

/**
 * What the worker finds for a query, growing while it looks further into the log. Answers to what is no longer typed
 * are thrown away; a change of the ledger asks again.
 */
export function useSearch(query: string, session: string): Search {
  const [search, setSearch] = useState<Search>(NOTHING);
  const turn = useRef(0);
  useEffect(() => {
    const run = async () => {
      turn.current += 1;
      const mine = turn.current;
      for (let more = query.trim() !== ''; more; ) {
        const answer = await service.findPatients(query, session);
        if (mine !== turn.current) return;
        setSearch(
          answer.ok ? { found: answer.value, refusal: null } : { found: null, refusal: answer.refusal },
        );
        more = answer.ok && answer.value.read < answer.value.of;
      }
    };
    if (query.trim() === '') setSearch(NOTHING);
    const stop = changes.subscribe(() => void run());
    return () => {
      stop();
      turn.current += 1;
    };
  }, [query, session]);
  return search;
}
