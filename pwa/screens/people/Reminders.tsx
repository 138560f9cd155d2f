import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { whoMayAdminister, withoutFactor } from './model.ts';

/** What to think of about people before something goes wrong. */
export function Reminders({ people, policy }: { people: readonly PersonView[]; policy: Policy }) {
  const office = whoMayAdminister(people, policy);
  const [only] = office;
  return (
    <>
      {people.filter(({ disabled }) => !disabled).length === 1 ? (
        <Notice kind="warn" quiet>
          Only one person is enrolled. Enrol everybody who handles controlled drugs: nobody can witness their
          own act.
        </Notice>
      ) : null}
      {only && office.length === 1 ? (
        <Notice kind="warn" quiet title={`Only ${only.name} can enrol people and replace forgotten PINs.`}>
          <p>
            If {only.name} forgets their own PIN, nobody can give them another one, and nobody can be enrolled
            any more. Make a second person registrant or compliance officer.
          </p>
        </Notice>
      ) : null}
      <Factors people={people} policy={policy} />
      <Screenings people={people} />
    </>
  );
}

function Factors({ people, policy }: { people: readonly PersonView[]; policy: Policy }) {
  const names = withoutFactor(people, policy).map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <Notice kind="warn" quiet title="The policy asks for a passkey or security key with some signatures.">
      <p>{names.join(', ')}: none yet. Until they add one, they cannot sign what needs it.</p>
    </Notice>
  );
}

function Screenings({ people }: { people: readonly PersonView[] }) {
  const missing = people.filter(({ due }) => due.some(({ kind }) => kind === 'screening'));
  if (missing.length === 0) return null;
  return (
    <details class="small">
      <summary>
        No screening is recorded for{' '}
        {missing.length === 1 ? '1 person who handles' : `${missing.length} people who handle`} drugs: why
        that is asked
      </summary>
      <p>
        21 CFR 1301.76(a): a registrant lets nobody have access to controlled substances who was convicted of
        a felony relating to them, or whose DEA registration was denied, revoked or surrendered for cause,
        without a waiver. 21 CFR 1301.90 to 1301.93, on screening employees, are for non-practitioners. Record
        here on which day the clinic screened a person, under Change role or particulars. This is not legal
        advice.
      </p>
    </details>
  );
}
