import { PROFILES } from '../../../shared/domain/policy/profiles.ts';
import { PROFILE_IDS, type ProfileId } from '../../../shared/domain/policy/schema.ts';
import { CheckField } from '../../../shared/ui/Field.tsx';

const STATES = PROFILE_IDS.filter((id) => id !== 'federal-minimum' && id !== 'strict');

/** Which profiles a clinic follows. The federal minimum is always one of them. */
export function ProfileChoice(props: {
  chosen: readonly ProfileId[];
  onInput: (chosen: readonly ProfileId[]) => void;
}) {
  const { chosen, onInput } = props;
  const choice = (id: ProfileId) => (
    <div key={id}>
      <CheckField
        label={PROFILES[id].label}
        checked={chosen.includes(id)}
        onInput={(on) => onInput(PROFILE_IDS.filter((one) => (one === id ? on : chosen.includes(one))))}
      />
      {chosen.includes(id) && PROFILES[id].notes ? (
        <p class="muted small policy-note">{PROFILES[id].notes}</p>
      ) : null}
    </div>
  );
  return (
    <fieldset class="policy-part policy-profiles">
      <legend>Profiles, besides the federal minimum</legend>
      {choice('strict')}
      <details open={STATES.some((id) => chosen.includes(id))}>
        <summary>State rules</summary>
        <p class="muted small">Only rules that we found a source for. The stricter of two rules holds.</p>
        <div class="policy-states">{STATES.map(choice)}</div>
      </details>
    </fieldset>
  );
}
