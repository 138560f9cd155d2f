import type { Worker } from '@playwright/test';
import type { Effect, Side } from './steps.ts';

declare global {
  /** In the background under test: the cut has been reached, and nothing after it has an effect any more. */
  var knife: { armed: boolean; reached: boolean } | undefined;
}

/**
 * Stops the background at one of its effects. `before`: it is not done. `after`: it is done, and the background never
 * hears of it, once the knife is armed. From there on nothing that it does reaches anybody. Runs in the worker, before it has made its ports; the
 * code that is stopped is the shipped one, only what it stands on (ports, object stores) is replaced.
 */
function hold({ effect, side }: { effect: Effect; side: Side }): void {
  const knife = { armed: false, reached: false };
  globalThis.knife = knife;
  const member = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

  // The outbox: a transaction that is stopped settles nobody's promise.
  for (const does of ['put', 'delete'] as const) {
    const stopped = new Proxy(IDBObjectStore.prototype[does], {
      apply(write, store: IDBObjectStore, args: unknown[]) {
        const request = Reflect.apply(write, store, args);
        if (store.name !== 'rows') return request;
        const isIt =
          knife.armed &&
          effect.at === 'outbox' &&
          effect.does === does &&
          (effect.does === 'delete' ||
            (member(args[0], 'state') === effect.state && member(args[0], 'told') === effect.told));
        if (!knife.reached && !isIt) return request;
        const { transaction } = store;
        for (const name of ['oncomplete', 'onabort', 'onerror'])
          Object.defineProperty(transaction, name, { set: () => undefined });
        if (knife.reached) transaction.abort();
        else {
          transaction.addEventListener(side === 'before' ? 'abort' : 'complete', () => {
            knife.reached = true;
          });
          if (side === 'before') transaction.abort();
        }
        return request;
      },
    });
    Reflect.set(IDBObjectStore.prototype, does, stopped);
  }

  // The bridge: a call that is not sent, or a reply that is not heard.
  const connect = chrome.runtime.connect;
  const connectHeld = (_: undefined, info: { name: string }) => {
    const port = connect(undefined, info);
    let awaited: unknown = null;
    return {
      name: port.name,
      onDisconnect: port.onDisconnect,
      disconnect: () => port.disconnect(),
      postMessage: (message: unknown) => {
        if (knife.reached) return;
        if (knife.armed && effect.at === 'bridge' && member(message, 'method') === effect.method) {
          if (side === 'before') knife.reached = true;
          else awaited ??= member(message, 'id');
        }
        if (!knife.reached) port.postMessage(message);
      },
      onMessage: {
        addListener: (listen: (message: unknown, from: chrome.runtime.Port) => void) =>
          port.onMessage.addListener((message: unknown) => {
            if (awaited !== null && member(message, 'id') === awaited) knife.reached = true;
            if (!knife.reached) listen(message, port);
          }),
      },
    };
  };
  Object.assign(chrome.runtime, { connect: connectHeld });

  // The form: an answer that it does not get, or the last one that it gets.
  chrome.runtime.onConnect.addListener((port) => {
    const asked = new Set<unknown>();
    port.onMessage.addListener((message: unknown) => {
      if (knife.armed && effect.at === 'frame' && member(message, 'method') === effect.method)
        asked.add(member(message, 'id'));
    });
    const post = port.postMessage.bind(port);
    port.postMessage = (message: unknown) => {
      if (knife.reached) return;
      const isIt = member(message, 'kind') === 'reply' && asked.has(member(message, 'id'));
      if (isIt && side === 'before') knife.reached = true;
      else post(message);
      if (isIt) knife.reached = true;
    };
  });
}

/** Puts the knife at an effect. The worker has to be one of which nothing has been asked yet. */
export const holdAt = (worker: Worker, effect: Effect, side: Side): Promise<void> =>
  worker.evaluate(hold, { effect, side });

/** From now on it cuts: what the background does at other times than the one that is meant is let through. */
export const arm = (worker: Worker): Promise<void> =>
  worker.evaluate(() => {
    if (!globalThis.knife) throw new Error('There is no knife.');
    globalThis.knife.armed = true;
  });

export const isReached = (worker: Worker): Promise<boolean> =>
  worker.evaluate(() => globalThis.knife?.reached === true);
