import { useRef, useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { FactorView } from '../../../shared/protocol/factors.ts';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, dayText, localDay } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useAct } from '../../app/use-act.ts';
import type { NewCredential } from '../../platform/webauthn.ts';
import { AdminForm } from './AdminForm.tsx';
import { askedForFactor, checkReason, whoMay, whoMayAdminister } from './model.ts';
import { OwnForm } from './OwnPanels.tsx';

const NAME_MAX = 60;
const ABOUT_PIN: readonly Refusal['code'][] = ['wrong-pin', 'locked', 'no-key'];

/** A person adds a passkey or security key of their own: the key is made first, and then signed for with their PIN. */
export function AddFactorPanel({ person, onEnd }: { person: PersonView; onEnd: (said: string) => void }) {
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({ name: '', pin: '' });
  const [problems, setProblems] = useState<Partial<typeof typed>>({});
  const [made, setMade] = useState<NewCredential | null>(null);
  const [asking, setAsking] = useState<AbortController | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const said = act.refusal ?? refusal;
  const aboutPin = said !== null && ABOUT_PIN.includes(said.code);
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setProblems({});
  };

  /** The key that was made already, or one that is made now; null after showing why there is none. */
  const key = async (): Promise<NewCredential | null> => {
    if (made) return made;
    const turn = new AbortController();
    setAsking(turn);
    const { register } = await import('../../platform/webauthn.ts');
    const known = (await service.factorsInUse()).filter(({ rp }) => rp === location.hostname);
    const answer = await register(person, { known: known.map(({ id }) => id), signal: turn.signal });
    setAsking(null);
    if (answer.ok) setMade(answer.value);
    else setRefusal(answer.refusal);
    return answer.ok ? answer.value : null;
  };
  const submit = async () => {
    if (asking) return;
    const name = cleanLine(typed.name);
    const found = {
      ...(name === ''
        ? { name: 'Give it a name, so that it is known which one to remove once it is lost.' }
        : {}),
      ...(typed.pin === '' ? { pin: 'Type your PIN.' } : {}),
    };
    setProblems(found);
    setRefusal(null);
    act.clear();
    if (Object.keys(found).length > 0) return focusFirstFault(form.current);
    const credential = await key();
    if (!credential) return;
    const outcome = await act.submit({
      type: 'staff.factor-added',
      by: person.id,
      body: bodyOf(person.id, name, credential),
      signers: [{ as: 'performer', by: person.id, pin: typed.pin }],
    });
    if (outcome.ok) onEnd(`“${name}” is added for ${person.name}. Recorded as number ${outcome.value.seq}.`);
    else focusFirstFault(form.current);
  };
  return (
    <OwnForm
      {...{ form, onEnd: leaving(asking, onEnd) }}
      act={{ busy: act.busy || asking !== null, refusal: said }}
      title={`${person.name}: add a passkey or security key`}
      action={made ? 'Sign for the key' : 'Add it'}
      shown={aboutPin ? ABOUT_PIN : []}
      onSubmit={submit}
    >
      <p>
        Yours alone: a security key on your ring, your phone, or this device where only you can unlock it. It
        does not take the place of your PIN.
      </p>
      <div class="columns">
        <TextField
          label="What you call it"
          value={typed.name}
          error={problems.name}
          maxLength={NAME_MAX}
          list={['Key on my ring', 'My phone', 'This device']}
          onInput={(name) => change({ name })}
        />
        <PinField
          label="PIN"
          value={typed.pin}
          error={problems.pin ?? (aboutPin ? said.message : undefined)}
          onInput={(pin) => change({ pin })}
        />
      </div>
      {asking ? (
        <Notice title={`${person.name}, touch your key now.`}>
          <p>This browser asks which one. Follow what it says.</p>
        </Notice>
      ) : null}
      {made && !act.busy ? <Notice>The key is made. It counts once you have signed for it.</Notice> : null}
    </OwnForm>
  );
}

/** Leaving while the key is asked also stops the asking. */
const leaving = (asking: AbortController | null, onEnd: (said: string) => void) => (said: string) => {
  asking?.abort();
  onEnd(said);
};

function bodyOf(staff: string, name: string, { id, rp, algorithm, publicKey }: NewCredential) {
  return { staff: { id: staff }, credential: { id, rp, name, algorithm, publicKey } };
}

/** Takes a passkey or security key out of use: by the person, or by who may enrol people. */
export function RemoveFactorPanel(props: {
  person: PersonView;
  factor: FactorView;
  staff: readonly PersonView[];
  policy: Policy;
  onEnd: (said: string) => void;
}) {
  const { person, factor, staff, policy, onEnd } = props;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  useUnsaved(typed !== '');
  const act = (reason: string) => ({ staff: { id: person.id }, credential: { id: factor.id }, reason });
  const build = () => {
    const reason = checkReason(cleanLine(typed));
    setError(reason.ok ? undefined : reason.message);
    return reason.ok ? { type: 'staff.factor-removed' as const, body: act(reason.reason) } : null;
  };
  const office = whoMayAdminister(staff, policy);
  // The only one is not there to sign for its own end: then it is for the others of the office, where there are any.
  const alone = person.factors.length === 1 && office.some((one) => one.id !== person.id);
  const people = whoMay('staff.factor-removed', staff, policy).filter((one) =>
    one.id === person.id ? !alone : office.includes(one),
  );
  return (
    <AdminForm
      title={`Remove “${factor.name}” of ${person.name}`}
      people={people}
      staff={staff}
      asks={{ type: 'staff.factor-removed', body: act(cleanLine(typed) || '-') }}
      action="Remove it"
      danger
      nobody="Nobody who may do this has a key on this device."
      build={build}
      onSigned={({ seq }) => onEnd(`“${factor.name}” signs no more. Recorded as number ${seq}.`)}
      onCancel={() => onEnd('')}
    >
      <p>
        Added on {dayText(localDay(Date.parse(factor.added)))}. What was signed with it stays valid; it is
        good for nothing from then on.
      </p>
      {person.factors.length === 1 && askedForFactor(person, policy) ? (
        <Notice kind="warn" quiet>
          It is the only one of {person.name}, and the policy asks for one. Until they add another,{' '}
          {person.name} cannot sign what needs it.
        </Notice>
      ) : null}
      <TextField
        label="Reason"
        value={typed}
        error={error}
        maxLength={200}
        list={['Lost', 'Broken', 'Replaced by another one', 'Left the practice']}
        onInput={setTyped}
      />
    </AdminForm>
  );
}
