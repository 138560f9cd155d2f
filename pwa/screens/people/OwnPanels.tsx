import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Receipt } from '../../../shared/protocol/ledger.ts';
import type { Outcome, Refusal } from '../../../shared/protocol/outcome.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useFirstField } from './AdminForm.tsx';
import { checkPin, checkReason } from './model.ts';

type Props = { person: StaffView; onEnd: (said: string) => void };

/** What one does about one's own PIN and key: the id of the entry is made once and kept across retries. */
function useOwnAct() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const id = useRef<Promise<string> | null>(null);
  const submit = async (act: (entry: string) => Promise<Outcome<Receipt>>): Promise<Receipt | null> => {
    setBusy(true);
    setRefusal(null);
    id.current ??= service.newId();
    const outcome = await act(await id.current);
    setBusy(false);
    if (outcome.ok) return outcome.value;
    setRefusal(outcome.refusal);
    return null;
  };
  return { busy, refusal, submit };
}

/** Another PIN for the same key, by the person alone. */
export function PinPanel({ person, onEnd }: Props) {
  const act = useOwnAct();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({ now: '', pin: '', again: '' });
  const [problems, setProblems] = useState<Partial<typeof typed>>({});
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setProblems({});
  };
  const about = act.refusal?.code;
  const submit = async () => {
    const found = {
      ...(typed.now === '' ? { now: 'Type the PIN that you have.' } : {}),
      ...checkPin(typed),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstFault(form.current);
    const pins = { staff: person.id, pin: typed.now, next: typed.pin };
    const receipt = await act.submit((entry) => service.changePin({ entry, ...pins }));
    if (receipt) onEnd(`The PIN of ${person.name} is changed. Recorded as number ${receipt.seq}.`);
    else focusFirstFault(form.current);
  };
  return (
    <OwnForm
      {...{ form, act, onEnd }}
      title={`${person.name}: change your PIN`}
      action="Change the PIN"
      shown={['wrong-pin', 'locked', 'weak-pin']}
      onSubmit={submit}
    >
      <p>Everybody else looks away. The old PIN works until the change is recorded, and never after.</p>
      <div class="columns">
        <PinField
          label="PIN that you have"
          value={typed.now}
          error={
            problems.now ?? (about === 'wrong-pin' || about === 'locked' ? act.refusal?.message : undefined)
          }
          onInput={(now) => change({ now })}
        />
        <PinField
          label="New PIN"
          isNew
          value={typed.pin}
          error={problems.pin ?? (about === 'weak-pin' ? act.refusal?.message : undefined)}
          onInput={(pin) => change({ pin })}
        />
        <PinField
          label="The same PIN again"
          isNew
          value={typed.again}
          error={problems.again}
          onInput={(again) => change({ again })}
        />
      </div>
    </OwnForm>
  );
}

/** Another key under the same PIN, by the person alone. */
export function KeyPanel({ person, onEnd }: Props) {
  const act = useOwnAct();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({ reason: '', pin: '' });
  const [problems, setProblems] = useState<Partial<typeof typed>>({});
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setProblems({});
  };
  const about = act.refusal?.code;
  const submit = async () => {
    const reason = checkReason(cleanLine(typed.reason));
    setProblems({
      ...(reason.ok ? {} : { reason: reason.message }),
      ...(typed.pin === '' ? { pin: 'Type your PIN.' } : {}),
    });
    if (!reason.ok || typed.pin === '') return focusFirstFault(form.current);
    const rotation = { staff: person.id, pin: typed.pin, reason: reason.reason };
    const receipt = await act.submit((entry) => service.rotateKey({ entry, ...rotation }));
    if (receipt) onEnd(`${person.name} signs with a new key. Recorded as number ${receipt.seq}.`);
    else focusFirstFault(form.current);
  };
  return (
    <OwnForm
      {...{ form, act, onEnd }}
      title={`${person.name}: replace your key`}
      action="Replace the key"
      shown={['wrong-pin', 'locked']}
      onSubmit={submit}
    >
      <p>
        The old key signs for the new one, and for nothing after that. The PIN stays the same. What the old
        key signed stays valid.
      </p>
      <TextField
        label="Reason"
        value={typed.reason}
        error={problems.reason}
        maxLength={200}
        list={['Yearly', 'Somebody may have copied it']}
        onInput={(reason) => change({ reason })}
      />
      <PinField
        label="PIN"
        value={typed.pin}
        error={
          problems.pin ?? (about === 'wrong-pin' || about === 'locked' ? act.refusal?.message : undefined)
        }
        onInput={(pin) => change({ pin })}
      />
    </OwnForm>
  );
}

/** The frame of a form that a person signs alone. `shown`: refusals that stand beside a field already. */
export function OwnForm(props: {
  title: string;
  children: ComponentChildren;
  action: string;
  act: { busy: boolean; refusal: Refusal | null };
  shown: readonly Refusal['code'][];
  form: { current: HTMLFormElement | null };
  onSubmit: () => Promise<void>;
  onEnd: (said: string) => void;
}) {
  const { act, form, shown } = props;
  const heading = useId();
  useUnsaved(true);
  useFirstField(form);
  return (
    <form
      class="panel stack sign-panel"
      ref={form}
      aria-labelledby={heading}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.busy) void props.onSubmit();
      }}
    >
      <h2 id={heading}>{props.title}</h2>
      {props.children}
      {act.refusal && !shown.includes(act.refusal.code) ? (
        <Notice kind="danger">{act.refusal.message}</Notice>
      ) : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={act.busy}>
          {props.action}
        </Button>
        <Button onClick={() => props.onEnd('')}>Cancel</Button>
      </div>
    </form>
  );
}
