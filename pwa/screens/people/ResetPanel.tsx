import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { PersonView, PreparedKey } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { AdminForm, type Signed } from './AdminForm.tsx';
import { checkReason, whoMayAdminister } from './model.ts';
import { PinStep } from './PinStep.tsx';

type Props = {
  person: PersonView;
  staff: readonly StaffView[];
  policy: Policy;
  onEnd: (said: string) => void;
};

/** A new PIN for somebody who forgot theirs: a new key, under a PIN that they choose, brought in by two others. */
export function ResetPanel(props: Props) {
  const { person, onEnd } = props;
  const [key, setKey] = useState<PreparedKey | null>(null);
  return key === null ? (
    <PinStep
      name={person.name}
      make={(pin) => service.prepareKey(person.id, pin)}
      onNext={setKey}
      onBack={() => onEnd('')}
    >
      <Notice quiet>
        A forgotten PIN cannot be found out. They get a new key; whoever may enrol people signs for it, and
        the old PIN and key are over then.
      </Notice>
    </PinStep>
  ) : (
    <SignStep {...props} prepared={key} />
  );
}

function SignStep({ person, staff, policy, onEnd, prepared }: Props & { prepared: PreparedKey }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  useUnsaved(true);
  const { publicKey, revokes } = prepared;
  const act = (reason: string) => ({ staff: { id: person.id, publicKey }, revokes, reason });
  const build = () => {
    const reason = checkReason(cleanLine(typed));
    setError(reason.ok ? undefined : reason.message);
    return reason.ok ? { type: 'staff.key-rotated' as const, body: act(reason.reason) } : null;
  };
  const end = ({ seq, proposed }: Signed) =>
    onEnd(
      proposed
        ? `The new key of ${person.name} is proposed, as number ${seq}. Until it is approved and carried out, the old PIN is the one that works.`
        : `${person.name} signs with the new PIN from now on. Recorded as number ${seq}.`,
    );
  return (
    <AdminForm
      title={`New PIN for ${person.name}`}
      people={whoMayAdminister(staff, policy).filter(({ id }) => id !== person.id)}
      staff={staff}
      asks={{ type: 'staff.key-rotated', body: act(cleanLine(typed) || '-') }}
      action="Sign for the new key"
      nobody={`Nobody else on this device may give ${person.name} a new key.`}
      build={build}
      onSigned={end}
      onCancel={() => onEnd('')}
    >
      <p>Who signs here vouches that {person.name} is the one who has just chosen the PIN.</p>
      <TextField
        label="Reason"
        value={typed}
        error={error}
        maxLength={200}
        list={['Forgot the PIN', 'PIN may be known to others', 'The key on this device is lost']}
        onInput={setTyped}
      />
    </AdminForm>
  );
}
