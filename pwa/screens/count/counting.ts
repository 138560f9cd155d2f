import { signal } from '@preact/signals';
import { holdUnsaved } from '../../app/unsaved.ts';
import { type CountTaking, hasTyped } from './model.ts';

/**
 * The count that is going on in this tab. It outlives the screen, so that somebody who looks something up does
 * not lose what was typed; it is kept nowhere else, since nothing has been recorded yet.
 */
export type Counting =
  | { phase: 'choose' }
  | { phase: 'counting'; taking: CountTaking }
  /** `reveal`: the book's figures may be shown, because the count was repeated or will not be. */
  | { phase: 'sealed'; entryId: string; session: string; kind: CountTaking['kind']; reveal: boolean };

export const counting = signal<Counting>({ phase: 'choose' });

let release: (() => void) | null = null;
counting.subscribe((now) => {
  const dirty = now.phase === 'counting' && hasTyped(now.taking);
  if (dirty) release ??= holdUnsaved();
  else {
    release?.();
    release = null;
  }
});
