import { useState } from 'preact/hooks';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import type { RotationView } from '../../../shared/protocol/vault.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { ableTo } from '../../../shared/ui/capture/Signature.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Progress } from '../../../shared/ui/Progress.tsx';
import { ActForm } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { usePeople } from '../../app/use-people.ts';
import { useQuery } from '../../app/use-query.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { patientsText } from './model.ts';

type Step =
  | { at: 'rest' }
  | { at: 'proof'; refusal: Refusal | null; busy: boolean }
  | { at: 'wrapping'; done: number; of: number }
  | { at: 'sign' };

/** The steps of a change, and the way through them. */
function useRotating() {
  const rotation = useQuery(() => service.rotation());
  const [step, setStep] = useState<Step>({ at: 'rest' });
  useUnsaved(step.at === 'wrapping' || step.at === 'sign', true);
  const wrap = async (by: string, pin: string) => {
    setStep({ at: 'proof', refusal: null, busy: true });
    const opened = await service.unlock(by, pin);
    if (!opened.ok) return setStep({ at: 'proof', refusal: opened.refusal, busy: false });
    setStep({ at: 'wrapping', done: 0, of: 0 });
    const { session } = opened.value;
    const staged = await service.stageRotation(session, (done, of) =>
      setStep((now) => (now.at === 'wrapping' ? { at: 'wrapping', done, of } : now)),
    );
    await service.endSession(session);
    rotation.reload();
    setStep(staged.ok ? { at: 'sign' } : { at: 'proof', refusal: staged.refusal, busy: false });
  };
  return { rotation, step, setStep, wrap };
}

/** Another key for the names: every name is wrapped anew, then somebody signs, then the old key opens nothing. */
export function RotatePanel() {
  const { rotation, step, setStep, wrap } = useRotating();
  const [seq, setSeq] = useState<number | null>(null);
  const begin = () => {
    setSeq(null);
    setStep({ at: 'proof', refusal: null, busy: false });
  };
  return (
    <section class="panel stack" aria-labelledby="vault-rotate">
      <h2 id="vault-rotate">Change the key</h2>
      <p>
        After somebody has left, or where a PIN may be known to others: every name is wrapped under another
        key, and only people who work here now get it. An old copy of the key opens nothing that is kept here
        then.
      </p>
      {seq === null ? null : (
        <Notice kind="ok" title="The key is changed.">
          <p>
            Recorded as <a href={href('ledger', [String(seq)])}>number {seq}</a>.
          </p>
        </Notice>
      )}
      {step.at === 'rest' ? (
        <Loading of={rotation}>
          {(under) => <Rest under={under} onBegin={begin} onDropped={rotation.reload} />}
        </Loading>
      ) : null}
      {step.at === 'proof' ? (
        <Proof
          busy={step.busy}
          refusal={step.refusal}
          onSign={(by, pin) => void wrap(by, pin)}
          onCancel={() => setStep({ at: 'rest' })}
        />
      ) : null}
      {step.at === 'wrapping' ? (
        <Progress label="Wrapping each name under the new key" done={step.done} of={step.of} />
      ) : null}
      {step.at === 'sign' ? (
        <Sign
          onDone={(at) => {
            setSeq(at);
            setStep({ at: 'rest' });
          }}
          onCancel={() => setStep({ at: 'rest' })}
        />
      ) : null}
    </section>
  );
}

function Rest(props: { under: RotationView | null; onBegin: () => void; onDropped: () => void }) {
  const { under, onBegin, onDropped } = props;
  if (!under) {
    return (
      <div>
        <Button onClick={onBegin}>Change the key</Button>
      </div>
    );
  }
  const drop = async () => {
    await service.dropRotation();
    onDropped();
  };
  return (
    <Notice kind="warn" quiet title="A change of the key is not finished.">
      <p>
        {under.byName} began it on {timeText(under.startedAt)}. {patientsText(under.done)} of {under.of} are
        wrapped anew; all of them can be read as before.
      </p>
      <div class="row">
        <Button kind="primary" onClick={onBegin}>
          Go on
        </Button>
        {under.recorded ? null : <Button onClick={() => void drop()}>Leave the old key</Button>}
      </div>
    </Notice>
  );
}

function Proof(props: {
  busy: boolean;
  refusal: Refusal | null;
  onSign: (by: string, pin: string) => void;
  onCancel: () => void;
}) {
  const people = usePeople();
  return (
    <Loading of={people}>
      {({ staff, policy, last }) => (
        <SignPanel
          title="Open the names"
          people={ableTo(staff, performersOf(policy, 'vault.rotated'))}
          suggested={last}
          action="Wrap the names anew"
          nobody="Nobody on this device may change the key."
          busy={props.busy}
          refusal={props.refusal}
          onSign={props.onSign}
          onCancel={props.onCancel}
        >
          <p>Nothing changes until it is signed for at the end. It can be broken off at any time.</p>
        </SignPanel>
      )}
    </Loading>
  );
}

function Sign({ onDone, onCancel }: { onDone: (seq: number) => void; onCancel: () => void }) {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const build = () => {
    const text = cleanLine(reason);
    setFault(text === '' ? 'Say why, so that it can be understood later.' : undefined);
    return text === '' ? null : { type: 'vault.rotated' as const, body: { reason: text } };
  };
  return (
    <ActForm
      who="Changed by"
      act="vault.rotated"
      submitLabel="Sign and change the key"
      said="Changed the key of the patients’ names"
      asks={{ type: 'vault.rotated', body: { reason: cleanLine(reason) || '-' } }}
      build={build}
      dirty
      onDone={({ seq }) => onDone(seq)}
      onCancel={onCancel}
    >
      <Notice kind="ok" quiet title="Every name is wrapped anew and was read back.">
        <p>Sign, and the new key takes the place of the old one in all of them at once.</p>
      </Notice>
      <TextField label="Reason" maxLength={200} value={reason} error={fault} onInput={setReason} />
    </ActForm>
  );
}
