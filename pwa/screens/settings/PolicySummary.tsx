import { PROFILES } from '../../../shared/domain/policy/profiles.ts';
import { NOT_LEGAL_ADVICE } from '../../../shared/domain/policy/sources.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';

/** Which profiles are in force; the rules themselves have a screen of their own. */
export function PolicySummary() {
  const policy = useQuery(() => service.policy());
  return (
    <section class="panel stack tight" aria-labelledby="settings-policy">
      <h2 id="settings-policy">Policy</h2>
      <Loading of={policy}>
        {({ profiles }) => (
          <p>
            In force: <strong>{profiles.map((id) => PROFILES[id].label).join(', ')}</strong>.
          </p>
        )}
      </Loading>
      <div>
        <a class="button" href={href('policy')}>
          See or change the rules
        </a>
      </div>
      <p class="muted small">{NOT_LEGAL_ADVICE}</p>
    </section>
  );
}
