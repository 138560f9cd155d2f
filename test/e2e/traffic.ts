import type { Page } from '@playwright/test';

declare global {
  /** What went between this page and its workers and other tabs, both ways, as text. */
  var trafficSeen: string[] | undefined;
}

/** Runs in the page before anything else: writes down every message that it sends or gets. */
function listenIn(): void {
  const seen: string[] = [];
  globalThis.trafficSeen = seen;
  const note = (data: unknown) =>
    seen.push(JSON.stringify(data, (_, v) => (typeof v === 'bigint' ? `${v}` : v)));
  const hear = (event: Event) => {
    if (event instanceof MessageEvent) note(event.data);
  };
  const heard = new WeakSet<EventTarget>();
  const listen = (target: EventTarget) => {
    if (!heard.has(target)) target.addEventListener('message', hear);
    heard.add(target);
  };
  const { start, postMessage } = MessagePort.prototype;
  MessagePort.prototype.start = function (this: MessagePort) {
    listen(this);
    start.call(this);
  };
  MessagePort.prototype.postMessage = new Proxy(postMessage, {
    apply(send, port, args: unknown[]) {
      note(args[0]);
      return Reflect.apply(send, port, args);
    },
  });
  const { Worker: RealWorker, BroadcastChannel: RealChannel } = globalThis;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      listen(this);
    }
  };
  globalThis.BroadcastChannel = class extends RealChannel {
    constructor(name: string) {
      super(name);
      listen(this);
    }
  };
}

/** Listens in on the page's messages from its next load on. */
export const listenToTraffic = (page: Page): Promise<void> =>
  page.addInitScript(listenIn).then(() => undefined);

/** Everything that went to and fro since the page was loaded. */
export const trafficOf = (page: Page): Promise<string> =>
  page.evaluate(() => (globalThis.trafficSeen ?? []).join('\n'));

/** Everything that a person with the developer tools could read off the page: markup, fields, storage. */
export const everythingOn = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(
        (field) => field.value,
      ),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      location.href,
      document.title,
    ].join('\n'),
  );
