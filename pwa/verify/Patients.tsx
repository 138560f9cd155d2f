import type { Disclosure } from '../../shared/ledger/commitment.ts';
import { shown } from '../../shared/verifier/shown.ts';

/** Disclosed identities, with the reference that the logs show. */
export function Patients({ patients }: { patients: readonly Disclosure[] }) {
  if (patients.length === 0) return null;
  return (
    <section class="card" aria-labelledby="patients">
      <h2 id="patients">Disclosed patients</h2>
      <p class="hint">Confidential. Not part of the record itself, which holds only the reference.</p>
      <ul class="patients">
        {patients.map(({ ref, details }) => (
          <li key={ref}>
            <span class="code">{ref.slice(-12)}</span>{' '}
            {Object.entries(details)
              .map(([name, value]) =>
                shown(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
              )
              .join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
