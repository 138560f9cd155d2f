import {
  type Call,
  CHANGED,
  declined,
  HELLO,
  isChanged,
  isListening,
  parseCall,
  parseReply,
  parseStanding,
  type Standing,
  UNREACHABLE,
} from '../../shared/protocol/bridge.ts';

/** How long the app's page may take to answer before it counts as out of reach, in milliseconds. */
const PATIENCE = 8_000;
/** A page that did not answer is loaded anew by itself after so long; each time twice as long, up to the last. Milliseconds. */
const AGAIN = { first: 2_000, last: 60_000 };
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
  #again = AGAIN.first;
  /** Calls that came while the bridge was on its way. */
  #held: Call[] = [];
  /** Ids of the calls that the bridge has and has not answered. */
  readonly #asked = new Set<string>();

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
    if (this.#standing?.state === 'unreachable') this.#knock();
    port.onMessage.addListener((message: unknown) => {
      const call = parseCall(message);
      if (call) this.#ask(call);
      else if (isTryAgain(message)) this.#load();
    });
    port.onDisconnect.addListener(() => {
      if (this.#client === port) this.#client = null;
    });
  }

  /** Passes a call on; holds it while the bridge loads, and declines it where there is none. */
  #ask(call: Call): void {
    if (this.#standing?.state === 'unreachable') return this.#decline([call.id]);
    if (!this.#line || !this.#standing) return void this.#held.push(call);
    this.#asked.add(call.id);
    this.#line.postMessage(call);
  }

  #decline(ids: Iterable<string>): void {
    for (const id of ids) this.#client?.postMessage(declined(id, UNREACHABLE));
  }

  #load(): void {
    this.#cut();
    this.#again = AGAIN.first;
    this.#frameAnew();
  }

  /** Tries whether the app is there by now, while what is known stays known: it was down, or wiped as it came up. */
  #knock(): void {
    clearTimeout(this.#timer);
    this.#frameAnew();
    this.#timer = window.setTimeout(() => this.#stand(OUT_OF_REACH), PATIENCE);
  }

  #frameAnew(): void {
    this.#frame?.remove();
    const frame = document.createElement('iframe');
    frame.src = `${this.#origin}/bridge.html`;
    this.#frame = frame;
    document.body.append(frame);
  }

  /** The bridge is gone, or goes: whoever waits for its answer is told, and it has some time to come back. */
  #cut(): void {
    this.#line?.close();
    this.#line = null;
    this.#standing = null;
    this.#decline(this.#asked);
    this.#asked.clear();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#stand(OUT_OF_REACH), PATIENCE);
  }

  #greet(): void {
    const { port1, port2 } = new MessageChannel();
    this.#cut();
    this.#line = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const standing = parseStanding(data);
      if (standing) return this.#stand(standing);
      if (isChanged(data)) return this.#client?.postMessage(CHANGED);
      const reply = parseReply(data);
      if (!reply) return;
      this.#asked.delete(reply.id);
      this.#client?.postMessage(reply);
    };
    // The browser closes the port with the document behind it, whatever ended that one.
    port1.addEventListener('close', () => {
      if (this.#line === port1) this.#cut();
    });
    this.#frame?.contentWindow?.postMessage(HELLO, this.#origin, [port2]);
  }

  #stand(standing: Standing): void {
    clearTimeout(this.#timer);
    const news = JSON.stringify(standing) !== JSON.stringify(this.#standing);
    this.#standing = standing;
    if (news) this.#client?.postMessage(standing);
    for (const call of this.#held.splice(0)) this.#ask(call);
    if (standing.state !== 'unreachable') {
      this.#again = AGAIN.first;
      return;
    }
    this.#timer = window.setTimeout(() => this.#client && this.#knock(), this.#again);
    this.#again = Math.min(this.#again * 2, AGAIN.last);
  }
}

const isTryAgain = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'try-again';
