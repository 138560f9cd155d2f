import { Button } from '../Button.tsx';
import type { CaptureField, CaptureValues } from './model.ts';

/** A value that a page offered. It is nobody's word until a person takes it. */
export type Suggestion = { field: CaptureField; value: string; from: string };

const NAMES: { [K in CaptureField]?: string } = {
  patient: 'Patient',
  species: 'Species',
  owner: 'Owner',
  recordNumber: 'Record number',
  drawn: 'Drawn',
  given: 'Given',
  note: 'Note',
};

/** What the page says, marked as such, taken over one by one. What is in the form already is not offered. */
export function Suggestions(props: {
  suggestions: readonly Suggestion[];
  values: CaptureValues;
  onAccept: (field: CaptureField, value: string) => void;
}) {
  const open = props.suggestions.filter((s) => s.value !== '' && props.values[s.field] !== s.value);
  if (open.length === 0) return null;
  return (
    <div class="suggestions">
      <p class="small muted">From the page. Nothing is taken over until you press it.</p>
      <ul class="plain">
        {open.map((suggestion) => {
          const name = NAMES[suggestion.field] ?? suggestion.field;
          return (
            <li key={suggestion.field} class="row spread">
              <span>
                <span class="muted">{name}</span> <strong>{suggestion.value}</strong>{' '}
                <span class="badge">{suggestion.from}</span>
              </span>
              <Button
                small
                label={`Use ${suggestion.value} as ${name}`}
                onClick={() => props.onAccept(suggestion.field, suggestion.value)}
              >
                Use
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
