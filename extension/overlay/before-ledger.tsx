import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import type { ListedDrug } from '../../shared/protocol/overlay.ts';
import { FIELD_LIMITS } from '../../shared/protocol/page-text.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { formKeys } from '../../shared/ui/capture/keys.ts';
import { BLANK_VALUES, type CaptureField, type CaptureValues } from '../../shared/ui/capture/model.ts';
import { PatientFields } from '../../shared/ui/capture/PatientFields.tsx';
import { useDraft, useEntryId } from '../../shared/ui/capture/use-capture.ts';
import { WhenNote } from '../../shared/ui/capture/WhenNote.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { QuantityField } from '../../shared/ui/QuantityField.tsx';
import type { Connection } from './connection.ts';
import type { InSight } from './guard.ts';
import { PageOffer } from './page-offer.tsx';
import { fillingOf, takingDrug } from './suggest.ts';

/**
 * The form while the ledger was never reached: without its vials and people nothing can be signed, but what was drawn, how
 * much and for whom is kept as a draft, and gone on with where it stands once the ledger is there.
 */
export function BeforeLedger(props: {
  connection: Connection;
  pressed: InSight;
  /** Hears the draft as it is now; `null` once it is given up. */
  onDraft: (draft: CaptureDraft | null) => void;
}) {
  const { connection, pressed, onDraft } = props;
  const [turn, setTurn] = useState(0);
  const again = () => {
    onDraft(null);
    setTurn((n) => n + 1);
  };
  return <DraftForm key={turn} {...{ connection, pressed, onDraft }} onDrop={again} />;
}

function DraftForm(props: {
  connection: Connection;
  pressed: InSight;
  onDraft: (draft: CaptureDraft) => void;
  onDrop: () => void;
}) {
  const { connection } = props;
  const [taking, setTaking] = useState<ListedDrug | null>(null);
  const site = takingDrug(connection.site.value, taking);
  const { values, draft, take } = useTyped(props);
  const set = (field: CaptureField) => (value: string) => take({ [field]: value });
  const empty = values === null;
  const shown = values ?? BLANK_VALUES;
  return (
    <>
      {site ? (
        <PageOffer
          {...{ port: connection.capture, site, fillable: empty, kept: connection.kept.value }}
          onFill={() => {
            const { drug = '', dose = '' } = site.suggestions;
            take({ ...fillingOf(site), saidDrug: drug, saidDose: dose });
          }}
          onKeep={() => connection.say({ kind: 'keep-draft', ...(taking ? { taken: taking } : {}) })}
          onChoose={({ patient, frame }) => connection.say({ kind: 'choose-patient', patient, frame })}
          onTake={setTaking}
        />
      ) : null}
      <form
        class="stack capture"
        aria-label="Keep for later"
        noValidate
        onKeyDown={(event) => formKeys(event)}
        onSubmit={(event) => event.preventDefault()}
      >
        <p class="muted">
          Nothing can be signed before the ledger is there. Write down what was drawn: it is kept as a draft,
          and whoever drew it signs it then.
        </p>
        <TextField
          label="Drug and strength"
          maxLength={FIELD_LIMITS.drug}
          value={shown.saidDrug}
          onInput={set('saidDrug')}
        />
        <div class="pair">
          <QuantityField label="Drawn" unit="" value={shown.drawn} error={undefined} onInput={set('drawn')} />
          <QuantityField
            label="Given"
            unit=""
            hint="Empty: all of it"
            value={shown.given}
            error={undefined}
            onInput={set('given')}
          />
        </div>
        <WhenNote at={shown.at} now={Date.now()} onChange={set('at')} />
        <PatientFields values={shown} errors={{}} set={set} />
      </form>
      {draft.refusal ? <Notice kind="warn">{draft.refusal}</Notice> : null}
      {empty ? null : (
        <div class="row spread">
          <span class="small muted" role="status">
            {draft.kept ? 'What you have typed is kept as a draft.' : ''}
          </span>
          <Button
            small
            kind="quiet"
            onClick={() =>
              void props.pressed(() => {
                draft.drop();
                props.onDrop();
              })
            }
          >
            Drop it
          </Button>
        </div>
      )}
    </>
  );
}

/** What is typed, `null` before anything is; kept under an id of its own from the first letter on. */
function useTyped({ connection, onDraft }: Parameters<typeof DraftForm>[0]) {
  const entryId = useEntryId(connection.capture, undefined);
  const startedAt = useMemo(() => new Date().toISOString(), []);
  const [values, setValues] = useState<CaptureValues | null>(null);
  const reader = connection.site.value?.reader.id;
  const [site, setSite] = useState<string>();
  const frame = { type: 'draw', startedAt, door: 'overlay', ...(site ? { site } : {}) } as const;
  const draft = useDraft(connection.capture, entryId, frame);
  useEffect(() => {
    if (values === null || entryId === null) return;
    draft.save(values);
    onDraft({ entryId, ...frame, form: { ...values } });
  }, [values, entryId]);
  const take = (typed: Partial<CaptureValues>) => {
    if (values === null && reader !== 'none') setSite(reader);
    setValues({ ...BLANK_VALUES, at: startedAt, ...values, ...typed });
  };
  return { values, draft, take };
}
