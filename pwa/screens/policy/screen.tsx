import './policy.css';
import { useState } from 'preact/hooks';
import { PROFILES } from '../../../shared/domain/policy/profiles.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { NOT_LEGAL_ADVICE } from '../../../shared/domain/policy/sources.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { EditPolicy } from './EditPolicy.tsx';
import { PolicyTable } from './PolicyTable.tsx';

/** The rules in force, where each comes from, and how two people change them. */
export function Screen() {
  const policy = useQuery(() => service.policy());
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const end = (sentence: string) => {
    setEditing(false);
    setSaid(sentence);
  };
  return (
    <>
      <ScreenHead title="Policy">
        {editing ? null : (
          <Button
            kind="primary"
            onClick={() => {
              setSaid('');
              setEditing(true);
            }}
          >
            Change it
          </Button>
        )}
      </ScreenHead>
      <Loading of={policy}>
        {(value) => (
          <div class="stack policy-screen">
            {said === '' ? null : <Notice kind="ok">{said}</Notice>}
            {editing ? (
              <EditPolicy policy={value} onEnd={end} />
            ) : (
              <>
                <InForce policy={value} />
                <PolicyTable policy={value} />
              </>
            )}
            <p class="muted small">{NOT_LEGAL_ADVICE}</p>
          </div>
        )}
      </Loading>
    </>
  );
}

function InForce({ policy }: { policy: Policy }) {
  const own = policy.rules.filter(({ source }) => source === 'facility').length;
  return (
    <section class="panel stack tight" aria-label="Profiles in force">
      <p>
        In force: <strong>{policy.profiles.map((id) => PROFILES[id].label).join(', ')}</strong>
        {own === 0 ? '' : `, and ${own} ${own === 1 ? 'rule' : 'rules'} of the clinic’s own`}. The stricter of
        two rules holds. Press a sentence to see what is behind it.
      </p>
      {policy.profiles.map((id) =>
        PROFILES[id].notes === undefined ? null : (
          <p class="muted small" key={id}>
            {PROFILES[id].label}: {PROFILES[id].notes}
          </p>
        ),
      )}
      <p class="muted small">
        The policy is a record of the ledger. Every act is judged by the one of its time; a change takes two
        people.
      </p>
    </section>
  );
}
