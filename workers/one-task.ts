/** A worker for one long task: it is ended with the task, and cancelling ends it where it stands. */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';

export type TaskOptions<Progress> = {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The sentence for people when the worker breaks. */
  readonly broken: string;
};

/**
 * Starts the worker, does the call and ends the worker. Rejects with the signal's reason when cancelled, and with
 * an Error whose message is `broken` when the worker broke.
 */
export async function runTask<Api, Progress, Answer>(
  start: () => Worker,
  { onProgress, signal, broken }: TaskOptions<Progress>,
  call: (remote: Remote<Api>, onProgress: (progress: Progress) => void) => Promise<Answer>,
): Promise<Answer> {
  signal?.throwIfAborted();
  const worker = start();
  const remote = wrap<Api>(worker);
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  const abort = () => end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(new Error(broken));
  });
  // Progress comes over a port of its own, so the last of it may arrive after the answer.
  let over = false;
  const tell = (progress: Progress) => {
    if (!over) onProgress?.(progress);
  };
  try {
    return await Promise.race([call(remote, proxy(tell)), ended]);
  } finally {
    over = true;
    signal?.removeEventListener('abort', abort);
    remote[releaseProxy]();
    worker.terminate();
  }
}
