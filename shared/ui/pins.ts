import { useEffect, useRef } from 'preact/hooks';

/** PINs that have been typed and not been used yet, as those hold them who show them. */
const holders = new Set<() => void>();

/** Calls `forget` when what was typed must not outlast its person: the screen is covered, and somebody else may come. */
export function useForgottenPin(forget: () => void): void {
  const latest = useRef(forget);
  latest.current = forget;
  useEffect(() => {
    const holder = () => latest.current();
    holders.add(holder);
    return () => {
      holders.delete(holder);
    };
  }, []);
}

/** Empties every PIN field, and drops every PIN that is held from one step to the next. */
export function forgetPins(): void {
  for (const forget of [...holders]) forget();
}
