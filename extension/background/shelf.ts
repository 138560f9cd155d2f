/** A value that outlives the service worker, changed one step at a time. */
export type Shelf<T> = {
  read: () => Promise<T>;
  /** Reads, changes and writes with nothing in between; gives what `change` gives beside the new value. */
  change: <R>(change: (value: T) => { next: T; result: R }) => Promise<R>;
};

/** Where a shelf's value is kept. */
export type Place = { get: () => Promise<unknown>; set: (value: unknown) => Promise<void> };

/** Runs tasks one after the other, whatever becomes of each. */
export function oneAtATime(): <R>(task: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
}

/** A shelf at a place. `parse` makes sense of what is there, also when nothing is. */
export function shelfAt<T>(place: Place, parse: (stored: unknown) => T): Shelf<T> {
  const inTurn = oneAtATime();
  return {
    read: () => inTurn(async () => parse(await place.get())),
    change: (change) =>
      inTurn(async () => {
        const before = parse(await place.get());
        const { next, result } = change(before);
        // What is the same needs no room on a disk that may have none.
        if (next !== before) await place.set(next);
        return result;
      }),
  };
}

/** A key of an extension storage area. `session` is memory only and is gone with the browser. */
export const storagePlace = (area: 'session' | 'local', key: string): Place => ({
  get: async () => (await chrome.storage[area].get(key))[key],
  set: (value) => chrome.storage[area].set({ [key]: value }),
});
