import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { useQuery } from '../../app/use-query.ts';
import { policyRows } from './model.ts';

const PROFILES = { strict: 'strict', 'federal-minimum': 'federal minimum' } as const;

/** The rules in force, read only: they stand in the ledger and bind every door to it. */
export function PolicyTable() {
  const policy = useQuery(() => service.policy());
  return (
    <section class="panel stack tight" aria-labelledby="settings-policy">
      <h2 id="settings-policy">Policy</h2>
      <Loading of={policy}>
        {(value) => (
          <>
            <p>
              Profile: <strong>{PROFILES[value.profile]}</strong>. The policy is a record of the ledger; every
              act is judged by the one of its time.
            </p>
            <dl class="policy">
              {policyRows(value).map(({ rule, says, citation }) => (
                <div key={rule}>
                  <dt>{rule}</dt>
                  <dd>
                    {says}
                    {citation === undefined ? null : <div class="muted small">{citation}</div>}
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </Loading>
      <p class="muted small">
        This is not legal advice. States ask for more than federal law; the stricter rule holds. Ask your
        board or counsel.
      </p>
    </section>
  );
}
