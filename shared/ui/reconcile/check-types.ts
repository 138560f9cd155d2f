import type { JudgedRow } from '../../domain/reconcile/hold.ts';
import type { RecordedDraw } from '../../domain/reconcile/types.ts';
import type { CaptureDraft } from '../../protocol/ledger.ts';
import type { ProductView } from '../../protocol/views.ts';

export type Row = JudgedRow<ProductView>;
/** What a person has said of a row, for as long as this list is open. */
export type Settled = 'same' | 'left' | 'draft';

export type CheckListProps = {
  /** The page has rows beside these: nothing is said of all. */
  more: boolean;
  rows: readonly Row[];
  all: boolean;
  extra: readonly RecordedDraw[];
  products: readonly ProductView[];
  settled: ReadonlyMap<number, Settled>;
  /** The draft that waits for a row. */
  draftFor: (row: Row) => CaptureDraft | undefined;
  /** Where a record is looked at and set right. */
  recordHref: (seq: number) => string;
  onRecord: (row: Row) => void;
  onResume: (draft: CaptureDraft) => void;
  onDraft: (row: Row) => void;
  onSettle: (row: Row, how: Settled) => void;
};
