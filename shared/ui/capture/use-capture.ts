import { useEffect, useRef, useState } from 'preact/hooks';
import type { Policy } from '../../domain/policy/schema.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { CaptureDraft } from '../../protocol/ledger.ts';
import type { ContainerView, ProductView, StaffView } from '../../protocol/views.ts';

export type CaptureData = {
  staff: StaffView[];
  products: ProductView[];
  containers: ContainerView[];
  policy: Policy;
};

export type CaptureDataState =
  | { state: 'loading' }
  | { state: 'ready'; data: CaptureData }
  | { state: 'failed'; message: string };

/** What the form is filled from, asked for once when it opens; `reload` asks again. */
export function useCaptureData(port: CapturePort): CaptureDataState & { reload: () => void } {
  const [state, setState] = useState<CaptureDataState>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const [staff, products, containers, policy] = await Promise.all([
        port.staff(),
        port.products(),
        port.containers({}),
        port.policy(),
      ]);
      if (wanted) setState({ state: 'ready', data: { staff, products, containers, policy } });
    };
    load().catch((error: unknown) => {
      if (wanted)
        setState({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      wanted = false;
    };
  }, [port, turn]);
  return { ...state, reload: () => setTurn((n) => n + 1) };
}

type DraftFrame = Pick<CaptureDraft, 'type' | 'startedAt' | 'door'> & { site?: string };

/**
 * Keeps what is typed as a draft under the entry's id, from the first change on. One save runs at a time and the
 * last values always follow it, so that nothing waits on a clock and closing the page loses at most the save
 * that is under way.
 */
export function useDraft(port: CapturePort, entryId: string | null, frame: DraftFrame) {
  const work = useRef<{ running: boolean; next: Record<string, string> | null; over: boolean }>({
    running: false,
    next: null,
    over: false,
  });
  const [refusal, setRefusal] = useState<string | null>(null);
  const [kept, setKept] = useState(false);

  const drain = async (id: string) => {
    const w = work.current;
    if (w.running) return;
    w.running = true;
    while (w.next !== null && !w.over) {
      const values = w.next;
      w.next = null;
      const saved = await port.saveDraft({ entryId: id, ...frame, form: { ...values } }).catch(() => null);
      setRefusal(
        saved?.ok ? null : (saved?.refusal.message ?? 'The draft could not be kept. Finish it here.'),
      );
      setKept(saved?.ok === true && w.next === null);
    }
    w.running = false;
    if (w.over) await port.dropDraft(id).catch(() => undefined);
  };

  return {
    refusal,
    /** All that was typed so far is in the draft. */
    kept,
    save: (values: Record<string, string>) => {
      if (entryId === null || work.current.over) return;
      work.current.next = values;
      setKept(false);
      void drain(entryId);
    },
    /** The entry is in the ledger, or the person gave it up: the draft goes, also one that is just being saved. */
    drop: () => {
      work.current.over = true;
      if (entryId !== null) void drain(entryId);
    },
  };
}

/** The entry's id: the draft's own, or a new one that is made once when the form opens. */
export function useEntryId(port: CapturePort, known: string | undefined): string | null {
  const [id, setId] = useState<string | null>(known ?? null);
  useEffect(() => {
    let wanted = true;
    if (known === undefined)
      port.newId().then(
        (fresh) => wanted && setId(fresh),
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [port, known]);
  return id;
}
