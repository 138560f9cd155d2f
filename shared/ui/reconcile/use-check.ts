import { useEffect, useState } from 'preact/hooks';
import { holdRows, type JudgedRow } from '../../domain/reconcile/hold.ts';
import type { RecordedDraw, TreatmentRow } from '../../domain/reconcile/types.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { CaptureDraft } from '../../protocol/ledger.ts';
import type { ContainerView, ProductView, StaffView } from '../../protocol/views.ts';
import { beyondQuestion, questionOf } from './question.ts';

export type Checked = {
  rows: readonly JudgedRow<ProductView>[];
  /** Draws for patients of the page that no row of it answers to. */
  extra: readonly RecordedDraw[];
  products: readonly ProductView[];
  /** False where the ledger has more draws of that time than one answer holds. */
  all: boolean;
  containers: readonly ContainerView[];
  staff: readonly StaffView[];
  drafts: readonly CaptureDraft[];
};
export type CheckState =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'ready'; checked: Checked };

/** Holds rows against the ledger, anew whenever they or the day change, or `reload` is called. The last answer stands meanwhile. */
export function useCheck(
  port: CapturePort,
  rows: readonly TreatmentRow[],
  day: string,
): CheckState & { reload: () => void } {
  const [state, setState] = useState<CheckState>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    check(port, rows, day).then(
      (checked) => wanted && setState({ state: 'ready', checked }),
      (error: unknown) => {
        if (wanted)
          setState({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [port, rows, day, turn]);
  return { ...state, reload: () => setTurn((old) => old + 1) };
}

async function check(port: CapturePort, rows: readonly TreatmentRow[], day: string): Promise<Checked> {
  const [products, containers, staff, drafts] = await Promise.all([
    port.products(),
    port.containers({ open: true }),
    port.staff(),
    port.drafts(),
  ]);
  const query = questionOf(rows, products, day);
  const answer = query ? await port.recordedOn(query) : { draws: [], all: true };
  const held = holdRows(rows, { products, draws: answer.draws }, day);
  const judged = query ? held.map((row) => beyondQuestion(row, query)) : held;
  const answered = new Set(
    judged.flatMap(({ verdict }) => ('draw' in verdict && verdict.draw ? [verdict.draw.entryId] : [])),
  );
  const extra = answer.draws.filter(({ entryId, patients }) => patients.length > 0 && !answered.has(entryId));
  return { rows: judged, extra, products, all: answer.all, containers, staff, drafts };
}

/** The draft that was kept from this row and that nobody has signed yet. */
export const draftOf = (
  { row }: JudgedRow,
  at: string,
  drafts: readonly CaptureDraft[],
): CaptureDraft | undefined =>
  drafts.find(
    ({ form }) =>
      form.saidDrug === row.drug && (form.patient ?? '') === (row.patient ?? '') && (form.at ?? '') === at,
  );
