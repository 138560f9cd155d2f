import {
  CHANGED,
  HELLO,
  isChanged,
  isListening,
  parseCall,
  parseReply,
  parseStanding,
  type Standing,
} from '../../shared/protocol/bridge.ts';

/** How long the app's page may take to answer before it counts as out of reach, in milliseconds. */
const PATIENCE = 8_000;
const OUT_OF_REACH: Standing = { kind: 'standing', state: 'unreachable' };

/**
 * Frames `bridge.html` of the app's origin and speaks with it over a MessagePort of its own. Speaks to no other origin:
 * the message that carries the port names the one it is for, and only that frame's window is listened to.
 */
export class BridgeFrame {
  readonly #origin: string;
  #client: chrome.runtime.Port | null = null;
  #standing: Standing | null = null;
  #line: MessagePort | null = null;
  #frame: HTMLIFrameElement | null = null;
  #timer = 0;

  constructor(origin: string) {
    this.#origin = origin;
    window.addEventListener('message', (event) => {
      if (event.origin !== this.#origin || event.source !== this.#frame?.contentWindow) return;
      if (isListening(event.data)) this.#greet();
    });
    this.#load();
  }

  /** Serves the background that has just connected, instead of any earlier one. */
  serve(port: chrome.runtime.Port): void {
    this.#client = port;
    if (this.#standing) port.postMessage(this.#standing);
    port.onMessage.addListener((message: unknown) => {
      const call = parseCall(message);
      if (call) this.#line?.postMessage(call);
      else if (isTryAgain(message)) this.#load();
    });
    port.onDisconnect.addListener(() => {
      if (this.#client === port) this.#client = null;
    });
  }

  #load(): void {
    this.#line?.close();
    this.#line = null;
    this.#standing = null;
    this.#frame?.remove();
    const frame = document.createElement('iframe');
    frame.src = `${this.#origin}/bridge.html`;
    this.#frame = frame;
    document.body.append(frame);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#stand(OUT_OF_REACH), PATIENCE);
  }

  #greet(): void {
    const { port1, port2 } = new MessageChannel();
    this.#line?.close();
    this.#line = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const standing = parseStanding(data);
      if (standing) return this.#stand(standing);
      if (isChanged(data)) return this.#client?.postMessage(CHANGED);
      const reply = parseReply(data);
      if (reply) this.#client?.postMessage(reply);
    };
    this.#frame?.contentWindow?.postMessage(HELLO, this.#origin, [port2]);
  }

  #stand(standing: Standing): void {
    clearTimeout(this.#timer);
    this.#standing = standing;
    this.#client?.postMessage(standing);
  }
}

const isTryAgain = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'try-again';
