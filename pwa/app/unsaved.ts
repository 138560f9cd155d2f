import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Who is in the middle of something. The value says whether closing the page would lose it. */
const holders = signal<ReadonlyMap<symbol, { kept: boolean }>>(new Map());

/** True while somebody is in the middle of a form: the app is not reloaded for an update then. */
export const anythingUnsaved = computed(() => holders.value.size > 0);

/** Says that the calling component holds input while `dirty` is true; `kept` where a draft survives the page. */
export function useUnsaved(dirty: boolean, kept = false): void {
  useEffect(() => (dirty ? holdUnsaved(kept) : undefined), [dirty, kept]);
}

/** Says so for input that outlives its screen, until the returned function is called. */
export function holdUnsaved(kept = false): () => void {
  const token = Symbol('unsaved');
  holders.value = new Map([...holders.value, [token, { kept }]]);
  return () => {
    holders.value = new Map([...holders.value].filter(([other]) => other !== token));
  };
}

addEventListener('beforeunload', (event) => {
  if ([...holders.value.values()].some(({ kept }) => !kept)) event.preventDefault();
});
