import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { SaidDrug } from '../../shared/domain/drugs/name.ts';
import type { CaptureDraft, Receipt } from '../../shared/protocol/ledger.ts';
import type { ListedDrug } from '../../shared/protocol/overlay.ts';
import { FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { CaptureForm } from '../../shared/ui/capture/CaptureForm.tsx';
import { mismatch } from '../../shared/ui/capture/drug-match.ts';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';
import type { CaptureValues } from '../../shared/ui/capture/model.ts';
import { ReceiptView } from '../../shared/ui/capture/ReceiptView.tsx';
import type { OverlayProps } from './app.tsx';
import { guarded } from './guard.ts';
import { onKeepDraft } from './keep-key.ts';
import { Leftovers } from './leftovers.tsx';
import { MovedOn, type Whom } from './moved-on.tsx';
import { CheckPage } from './page-check.tsx';
import { PageOffer } from './page-offer.tsx';
import { ReceiptActions } from './receipt.tsx';
import { SitePart } from './site-part.tsx';
import { suggestionsOf, takingDrug } from './suggest.ts';
import { Unsent } from './unsent.tsx';

type Task =
  | {
      kind: 'draw';
      turn: number;
      draft?: CaptureDraft;
      initial?: Partial<CaptureValues>;
      /** What the page said when the form was filled from it: it may show somebody else by now. */
      filledFrom?: SaidDrug;
    }
  | { kind: 'leftovers'; turn: number; draft?: CaptureDraft }
  | { kind: 'check'; turn: number }
  | { kind: 'wasted'; turn: number; receipt: Receipt; said: string; facts: ActFacts };

/** What is recorded over the page: a draw, the waste of a leftover, or what the page lists held against the ledger. */
export function Tasks({ connection, alone, pressed, begun }: OverlayProps & { begun: CaptureDraft | null }) {
  const port = useMemo(
    () => (alone ? connection.capture : guarded(connection.capture, pressed)),
    [connection, alone, pressed],
  );
  const task = useSignal<Task>({ kind: 'draw', turn: 0, ...(begun ? { draft: begun } : {}) });
  const dirty = useSignal(false);
  const recorded = useSignal(false);
  /** Who recorded last while this frame stands: a list is worked through by one person. */
  const performer = useSignal('');
  const setDirty = useCallback((now: boolean) => {
    dirty.value = now;
  }, []);
  /** The one of the page's drugs that a person has taken. */
  const taking = useSignal<ListedDrug | null>(null);
  const site = takingDrug(connection.site.value, taking.value);
  /** Whom the form was filled in for. */
  const taken = useSignal<Whom | null>(begun?.form ?? null);
  const source = {
    door: 'overlay' as const,
    ...(site && site.reader.id !== 'none' ? { site: site.reader.id } : {}),
  };
  const go = (next: Task) => {
    connection.note.value = null;
    connection.kept.value = null;
    recorded.value = false;
    taken.value = null;
    task.value = next;
  };
  const turn = task.value.turn + 1;
  const drug = connection.drug.value;
  useEffect(() => {
    if (drug === null) return;
    connection.drug.value = null;
    // What was typed before waits as a draft in the list below.
    go({ kind: 'draw', turn, initial: { saidDrug: drug }, filledFrom: { drug } });
  }, [drug]);
  const keep = () => connection.say({ kind: 'keep-draft', ...(taking.value ? { taken: taking.value } : {}) });
  useEffect(() => onKeepDraft(keep), [connection]);
  // An empty form is filled in one press; one that has something in it is offered each value by itself.
  const fillable = !dirty.value && task.value.kind === 'draw' && !(task.value.initial ?? task.value.draft);
  const said = (task.value.kind === 'draw' ? task.value.filledFrom : undefined) ?? site?.suggestions ?? {};
  const actions = (receipts: readonly Receipt[], facts: ActFacts) => (
    <ReceiptActions
      {...{ receipts, facts }}
      hasPage={site !== null}
      note={connection.note.value}
      onPutNote={(text) => {
        const patient = plainLine(facts.patient ?? '', FIELD_LIMITS.patient);
        const say = () =>
          connection.say({ kind: 'put-note', text, ...(patient === undefined ? {} : { patient }) });
        // What goes into a page is as much a person's own press as a signature.
        void pressed(say).then((did) => {
          if (!did) connection.note.value = 'out-of-sight';
        });
      }}
    />
  );
  return (
    <>
      <nav class="tabs" aria-label="What to record">
        <button
          type="button"
          aria-pressed={task.value.kind === 'draw'}
          onClick={() => go({ kind: 'draw', turn })}
        >
          Draw or give
        </button>
        <button
          type="button"
          aria-pressed={task.value.kind === 'leftovers' || task.value.kind === 'wasted'}
          onClick={() => go({ kind: 'leftovers', turn })}
        >
          Waste a leftover
        </button>
        <button
          type="button"
          aria-pressed={task.value.kind === 'check'}
          onClick={() => go({ kind: 'check', turn })}
        >
          Check the page
        </button>
      </nav>
      {site && task.value.kind === 'draw' && !recorded.value ? (
        <PageOffer
          {...{ port, site }}
          fillable={fillable}
          onFill={(initial) => {
            go({ kind: 'draw', turn, initial, filledFrom: site.suggestions });
            taken.value = site.suggestions;
          }}
          kept={connection.kept.value}
          onKeep={keep}
          onTake={(listed) => (taking.value = listed)}
          onChoose={({ patient, frame }) => connection.say({ kind: 'choose-patient', patient, frame })}
        />
      ) : null}
      {task.value.kind === 'draw' && !recorded.value ? (
        <SitePart site={site} onSetUp={() => connection.say({ kind: 'set-up' })} />
      ) : null}
      {recorded.value ? null : (
        <MovedOn
          {...{ taken: taken.value, site }}
          title="This form is for"
          rest="Nothing in the form was changed."
        />
      )}
      {task.value.kind === 'draw' ? (
        <CaptureForm
          key={task.value.turn}
          port={port}
          source={source}
          suggestions={fillable ? [] : suggestionsOf(site)}
          {...(task.value.draft ? { draft: task.value.draft } : {})}
          {...(task.value.initial ? { initial: task.value.initial } : {})}
          remarkOn={(container) => mismatch(container, said)}
          onDirty={setDirty}
          onRecorded={() => {
            recorded.value = true;
          }}
          onDone={() => go({ kind: 'draw', turn })}
          receiptActions={actions}
        />
      ) : task.value.kind === 'check' ? (
        <CheckPage
          key={task.value.turn}
          {...{ connection, port, source }}
          lastPerformer={performer.value}
          onPerformer={(id) => (performer.value = id)}
        />
      ) : task.value.kind === 'leftovers' ? (
        <Leftovers
          key={task.value.turn}
          {...{ port, source, draft: task.value.draft }}
          onDone={(receipt, said, facts) => go({ kind: 'wasted', turn, receipt, said, facts })}
        />
      ) : (
        <ReceiptView receipts={[task.value.receipt]} lines={[task.value.said]}>
          <Button kind="primary" onClick={() => go({ kind: 'leftovers', turn })}>
            Done
          </Button>
          {actions([task.value.receipt], task.value.facts)}
        </ReceiptView>
      )}
      <Unsent
        {...{ connection, pressed }}
        onResume={(draft) => {
          go({ kind: draft.type === 'waste' ? 'leftovers' : 'draw', turn, draft });
          taken.value = draft.form;
        }}
      />
    </>
  );
}
