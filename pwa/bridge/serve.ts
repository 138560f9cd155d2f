import { answerCall, CHANGED, declined, parseCall, type Standing } from '../../shared/protocol/bridge.ts';
import type { CapturePort } from '../../shared/protocol/capture.ts';

/** One extension's line to the ledger. */
export type Line = { tell: (standing: Standing) => void; changed: () => void; close: () => void };

/**
 * Answers the calls that come in over a port, for as long as `mayAsk` says yes: it is asked at every call, so that an
 * approval taken back counts at once. What is no call at all is not answered.
 */
export function serveLine(port: MessagePort, ledger: CapturePort, mayAsk: () => boolean): Line {
  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const call = parseCall(data);
    if (!call) return;
    port.postMessage(
      mayAsk()
        ? await answerCall(ledger, call)
        : declined(call.id, { code: 'not-paired', message: 'This extension is not approved in the app.' }),
    );
  };
  return {
    tell: (standing) => port.postMessage(standing),
    // Nobody who may not ask is told that anything happens.
    changed: () => {
      if (mayAsk()) port.postMessage(CHANGED);
    },
    close: () => port.close(),
  };
}
