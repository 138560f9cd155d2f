import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { changes } from './ledger.ts';

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; message: string };

/**
 * Asks the ledger, and asks again when it has changed or `key` has. The last answer stays on the screen
 * meanwhile; changes that arrive during a query make one more, not one each.
 */
export function useQuery<T>(ask: () => Promise<T>, key = ''): Loaded<T> & { reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const work = useRef({ running: false, again: false, alive: true, ask });
  work.current.ask = ask;

  const run = useCallback(async () => {
    const w = work.current;
    if (w.running) {
      w.again = true;
      return;
    }
    w.running = true;
    do {
      w.again = false;
      const next = await answer(w.ask);
      if (w.alive && !w.again) setLoaded(next);
    } while (w.again && w.alive);
    w.running = false;
  }, []);

  useEffect(() => {
    void run();
  }, [key, run]);
  useEffect(() => {
    const w = work.current;
    w.alive = true;
    let first = true;
    const stop = changes.subscribe(() => {
      if (!first) void run();
      first = false;
    });
    return () => {
      w.alive = false;
      stop();
    };
  }, [run]);

  return { ...loaded, reload: () => void run() };
}

async function answer<T>(ask: () => Promise<T>): Promise<Loaded<T>> {
  try {
    return { state: 'ready', value: await ask() };
  } catch (error) {
    return { state: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
