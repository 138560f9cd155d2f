import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { type ElevatedRole, ROLE_NAMES } from '../../../shared/domain/roles.ts';
import type { ElevationView, PersonView } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Choices, SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, timeText } from '../../../shared/ui/format.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { AdminForm, type Signed } from './AdminForm.tsx';
import { checkReason, endAfter, hoursToChoose, rolesToAsk, whoMay, whoMayAdminister } from './model.ts';

type Props = {
  person: PersonView;
  staff: readonly StaffView[];
  policy: Policy;
  onEnd: (said: string) => void;
};

/** More than one's own role lets one do, for a while: asked for by the person, approved by another. */
export function ElevatePanel(props: Props) {
  const id = useQuery(() => service.newId(), props.person.id);
  return <Loading of={id}>{(elevation) => <Ask {...props} elevation={elevation} />}</Loading>;
}

function Ask({ person, staff, policy, onEnd, elevation: first }: Props & { elevation: string }) {
  // Asked for once: a later answer must not change what is about to be signed.
  const [elevation] = useState(first);
  const roles = rolesToAsk(person);
  const [typed, setTyped] = useState({ role: '', hours: '4', once: false, reason: '' });
  const [problems, setProblems] = useState<{ role?: string; reason?: string }>({});
  useUnsaved(typed.role !== '' || typed.reason !== '');
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setProblems({});
  };
  const chosen = roles.find(({ value }) => value === typed.role)?.value;
  const body = (role: ElevatedRole, until: string, reason: string) => ({
    ...{ elevation, staff: { id: person.id }, role, until, once: typed.once, reason },
  });
  const build = () => {
    const reason = checkReason(cleanLine(typed.reason));
    setProblems({
      ...(chosen === undefined ? { role: 'Choose what is needed.' } : {}),
      ...(reason.ok ? {} : { reason: reason.message }),
    });
    if (chosen === undefined || !reason.ok) return null;
    const until = endAfter(typed.hours, Date.now());
    return { type: 'access.elevated' as const, body: body(chosen, until, reason.reason) };
  };
  const end = ({ seq, proposed }: Signed) => {
    const role = chosen === undefined ? '' : ROLE_NAMES[chosen].toLowerCase();
    onEnd(
      proposed
        ? `It is proposed that ${person.name} be ${role} for a while, as number ${seq}. It waits under Approvals.`
        : `${person.name} is ${role} as well for now. Recorded as number ${seq}.`,
    );
  };
  return (
    <AdminForm
      title={`More for ${person.name}, for a while`}
      who="Asked for by"
      people={whoMay('access.elevated', staff, policy).filter(({ id }) => id === person.id)}
      staff={staff}
      asks={{
        type: 'access.elevated',
        body: body(chosen ?? 'technician', UNTIL_ASKED, cleanLine(typed.reason) || '-'),
      }}
      action="Sign and give"
      nobody={`${person.name} has no key on this device, or a role that is never made more.`}
      build={build}
      onSigned={end}
      onCancel={() => onEnd('')}
    >
      <p>
        {person.name} can perform and witness as that role until it ends; they approve nothing by it. A second
        person always approves it.
      </p>
      <div class="columns">
        <SelectField
          label="As"
          value={typed.role}
          placeholder="Choose"
          options={roles}
          error={problems.role}
          onInput={(role) => change({ role })}
        />
        <SelectField
          label="For"
          value={typed.hours}
          options={hoursToChoose}
          onInput={(hours) => change({ hours })}
        />
      </div>
      <Choices
        legend="How often"
        name="once"
        value={typed.once ? 'once' : 'while'}
        options={[
          { value: 'while', label: 'As often as needed until then' },
          { value: 'once', label: 'For one act: over with the first that needs it' },
        ]}
        onInput={(how) => change({ once: how === 'once' })}
      />
      <TextField
        label="Reason"
        value={typed.reason}
        error={problems.reason}
        maxLength={200}
        list={['The lead technician is away', 'Emergency, nobody else is here']}
        onInput={(reason) => change({ reason })}
      />
    </AdminForm>
  );
}

/** Stands for the end while it is asked whether somebody has to approve: that does not depend on it. */
const UNTIL_ASKED = '2000-01-01T00:00:00.000Z';

/** Ends what somebody was for a while before its time: by themself, or by whoever may enrol people. */
export function EndPanel({ person, staff, policy, onEnd, elevation }: Props & { elevation: ElevationView }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const office = whoMayAdminister(staff, policy).map(({ id }) => id);
  const act = (reason: string) => ({ elevation: elevation.id, reason });
  const build = () => {
    const reason = checkReason(cleanLine(typed));
    setError(reason.ok ? undefined : reason.message);
    return reason.ok ? { type: 'access.ended' as const, body: act(reason.reason) } : null;
  };
  const role = ROLE_NAMES[elevation.role].toLowerCase();
  return (
    <AdminForm
      title={`End: ${person.name} as ${role}`}
      people={whoMay('access.ended', staff, policy).filter(
        ({ id }) => id === person.id || office.includes(id),
      )}
      staff={staff}
      asks={{ type: 'access.ended', body: act(cleanLine(typed) || '-') }}
      action="Sign and end it"
      nobody="Nobody on this device may end it. It ends by itself."
      build={build}
      onSigned={({ seq }) => onEnd(`${person.name} is no longer ${role}. Recorded as number ${seq}.`)}
      onCancel={() => onEnd('')}
    >
      <p>By itself it ends at {timeText(elevation.until)}.</p>
      <TextField
        label="Reason"
        value={typed}
        error={error}
        maxLength={200}
        list={['No longer needed', 'Given by mistake']}
        onInput={setTyped}
      />
    </AdminForm>
  );
}
