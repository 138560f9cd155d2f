/** The page's side of the decoding worker: started when first needed, ended when idle. */
import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { EngineName } from './engine.ts';
import type { DecodeReply, DecodeRequest, ScanWorker } from './scan.worker.ts';

export type { EngineName, FoundSymbol } from './engine.ts';
export type { DecodeReply, DecodeRequest } from './scan.worker.ts';

/** Runs `run` after `ms` milliseconds unless the returned function is called before. */
export type Later = (run: () => void, ms: number) => () => void;

export interface ScanClientOptions {
  /** Left out: WebAssembly, and plain JavaScript where that is blocked. */
  readonly engine?: EngineName;
  /** The worker is ended after so many milliseconds without a frame. Default 30,000. */
  readonly idleMs?: number;
  readonly later?: Later;
  readonly start?: () => Worker;
}

export interface ScanClient {
  /** Starts the worker and loads its engine ahead of the first frame; says which engine it is. */
  open(signal?: AbortSignal): Promise<EngineName>;
  /**
   * Decodes one frame; an ImageBitmap is handed over and closed. Frames wait for one another.
   * Rejects with the signal's reason when aborted (the frame is dropped unread if it was waiting), and
   * with an Error whose message is for people when the worker broke; the next call starts a new one.
   */
  decode(request: DecodeRequest, signal?: AbortSignal): Promise<DecodeReply>;
  /** Ends the worker now. A later call starts it again. */
  close(): void;
}

const IDLE_MS = 30_000;

const browserLater: Later = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

const startWorker = () =>
  new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module', name: 'scan' });

interface Running {
  readonly remote: Remote<ScanWorker>;
  /** Rejects when the worker cannot be loaded, throws outside a call, or is ended under a call. */
  readonly broken: Promise<never>;
  readonly end: (reason: unknown) => void;
}

const BROKEN = 'The code reader could not be started. Reload the page, or type the code by hand.';

function run(start: () => Worker): Running {
  const worker = start();
  const remote = wrap<ScanWorker>(worker);
  let reject: (reason: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, no) => {
    reject = no;
  });
  broken.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    reject(new Error(BROKEN));
  });
  const end = (reason: unknown) => {
    worker.terminate();
    remote[releaseProxy]();
    reject(reason);
  };
  return { remote, broken, end };
}

/** The promise, or the signal's reason as soon as it is aborted. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

type Job<T> = (remote: Remote<ScanWorker>) => Promise<T>;

class WorkerScanClient implements ScanClient {
  readonly #engine: EngineName | undefined;
  readonly #idleMs: number;
  readonly #later: Later;
  readonly #start: () => Worker;
  #running: Running | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #cancelIdle = () => {};
  /** Calls that still wait for their turn when the client is closed are refused, not carried over. */
  #closing = new AbortController();

  constructor({ engine, idleMs = IDLE_MS, later = browserLater, start = startWorker }: ScanClientOptions) {
    this.#engine = engine;
    this.#idleMs = idleMs;
    this.#later = later;
    this.#start = start;
  }

  open(signal?: AbortSignal): Promise<EngineName> {
    return this.#queue((remote) => remote.open(this.#engine), signal);
  }

  decode({ frame, region, whole }: DecodeRequest, signal?: AbortSignal): Promise<DecodeReply> {
    const image = frame instanceof ImageBitmap ? frame : undefined;
    const result = this.#queue(async (remote) => {
      await remote.open(this.#engine);
      return remote.decode(transfer({ frame, region, whole }, image ? [image] : []));
    }, signal);
    // A frame that was never handed over, since its turn did not come, is freed here.
    this.#last = this.#last.then(() => image?.close());
    return result;
  }

  close(): void {
    const reason = new DOMException('The code reader was closed.', 'AbortError');
    this.#closing.abort(reason);
    this.#closing = new AbortController();
    this.#end(reason);
  }

  #end(reason: unknown): void {
    this.#cancelIdle();
    this.#running?.end(reason);
    this.#running = undefined;
  }

  #queue<T>(job: Job<T>, signal?: AbortSignal): Promise<T> {
    const closed = this.#closing.signal;
    const result = this.#last.then(() => {
      closed.throwIfAborted();
      signal?.throwIfAborted();
      return this.#perform(job);
    });
    this.#last = result.catch(() => undefined);
    return abortable(result, signal);
  }

  async #perform<T>(job: Job<T>): Promise<T> {
    this.#cancelIdle();
    const running = this.#running ?? this.#run();
    try {
      return await Promise.race([job(running.remote), running.broken]);
    } finally {
      this.#cancelIdle();
      if (this.#running) this.#cancelIdle = this.#later(() => this.close(), this.#idleMs);
    }
  }

  #run(): Running {
    const running = run(this.#start);
    this.#running = running;
    running.broken.catch((reason) => {
      if (this.#running === running) this.#end(reason);
    });
    return running;
  }
}

/** Makes a client. Nothing is started or loaded before the first call. */
export function createScanClient(options: ScanClientOptions = {}): ScanClient {
  return new WorkerScanClient(options);
}
