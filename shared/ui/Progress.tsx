import { Button } from './Button.tsx';

/** Long work: what is done, of how much, and a way out of it. `of` is 0 while nobody knows yet. */
export function Progress(props: { label: string; done: number; of: number; onCancel?: () => void }) {
  const { label, done, of, onCancel } = props;
  const percent = of > 0 ? Math.floor((done / of) * 100) : 0;
  return (
    <div class="progress">
      <div class="row spread">
        <span>{label}</span>
        <span class="amount">
          {of > 0 ? `${done.toLocaleString('en')} of ${of.toLocaleString('en')}` : ''}
        </span>
      </div>
      <progress aria-label={label} value={of > 0 ? percent : undefined} max={100} />
      {onCancel ? (
        <div>
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      ) : null}
    </div>
  );
}
