import type { FactorView } from '../../../shared/protocol/factors.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { dayText, localDay } from '../../../shared/ui/format.ts';

/** The passkeys and security keys of a person: since when, where they work, and the way to remove each. */
export function FactorList(props: { person: PersonView; onRemove: (factor: FactorView) => void }) {
  const { person, onRemove } = props;
  if (person.factors.length === 0) return null;
  return (
    <div class="stack tight">
      <p class="small muted">Passkeys and security keys</p>
      <ul class="list">
        {person.factors.map((factor) => (
          <li key={factor.id} class="row spread">
            <span>
              <strong>{factor.name}</strong>{' '}
              <span class="muted small">
                added on {dayText(localDay(Date.parse(factor.added)))}
                {factor.rp === location.hostname ? '' : `, works at ${factor.rp} only`}
              </span>
            </span>
            <Button small label={`Remove ${factor.name}`} onClick={() => onRemove(factor)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
