import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

const holders = signal<ReadonlySet<symbol>>(new Set());

/** True while some form holds what is not in the ledger or in a draft: the app is not reloaded then. */
export const anythingUnsaved = computed(() => holders.value.size > 0);

/** Says that the calling component holds unsaved input while `dirty` is true. */
export function useUnsaved(dirty: boolean): void {
  const me = useRef(Symbol('unsaved'));
  useEffect(() => {
    if (!dirty) return undefined;
    const token = me.current;
    holders.value = new Set([...holders.value, token]);
    return () => {
      holders.value = new Set([...holders.value].filter((other) => other !== token));
    };
  }, [dirty]);
}

addEventListener('beforeunload', (event) => {
  if (anythingUnsaved.value) event.preventDefault();
});
