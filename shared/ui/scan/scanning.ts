import { type Signal, signal } from '@preact/signals';
import { interpretScan, type ScanResult, shownCode, typedCode } from '../../codes/scan-result.ts';
import type { FrameScanner, Verdict } from '../../codes/sighting.ts';
import type { OpenCamera, SetTorch } from './camera.ts';
import { watchCamera } from './watch.ts';
import type { WedgeScan } from './wedge.ts';

export type ScanSource = 'camera' | 'scanner' | 'typed';

/** What the screen makes of a code: taken, or a sentence that says why not and what to do. */
export type ScanAnswer =
  | { readonly taken: true; readonly note?: string }
  | { readonly taken: false; readonly message: string };

export interface ScanningOptions {
  readonly openCamera: OpenCamera;
  readonly scanner: FrameScanner<ImageBitmap, AbortSignal>;
  /** YYYY-MM-DD. */
  readonly today: () => string;
  /** Every code that was read, heard or typed, `bad` ones too: a clinic's own label may look like one. */
  readonly onScan: (result: ScanResult, source: ScanSource) => ScanAnswer | Promise<ScanAnswer>;
  /** Leave the camera on after a code was taken, for counts. */
  readonly continuous?: boolean;
}

export interface Said {
  readonly tone: 'plain' | 'ok' | 'danger';
  readonly text: string;
}

const plain = (text: string): Said => ({ tone: 'plain', text });
const danger = (text: string): Said => ({ tone: 'danger', text });
const AIM = plain('Hold the code in the frame. It is read by itself.');
const READY = plain('Scan with the camera or a USB scanner, or type the code.');
const STOPPED = 'The camera stopped. Start it again, or type the code.';
const CAPS_LOCK =
  'Caps Lock is on, so the letters of the code may be in the wrong case. Turn it off and scan again.';
const NO_ANSWER = 'The code was read, but could not be looked up. Try it again, or type it.';

/** What was read, for the person to compare with the label. */
function summary(result: ScanResult): string {
  if (result.kind !== 'gs1') {
    return `Read: ${result.kind === 'gtin' ? `product ${result.gtin}` : result.text}.`;
  }
  const { gtin, lot, serial, expires } = result;
  const parts = [
    gtin && `product ${gtin}`,
    lot && `lot ${lot}`,
    serial && `serial ${serial}`,
    expires && `expires ${expires}`,
  ];
  return `Read: ${parts.filter(Boolean).join(', ') || result.text}.`;
}

const taken = ({ note }: { readonly note?: string }, result: ScanResult): Said => ({
  ...{ tone: 'ok', text: note ?? summary(result) },
});

/** One scanner view at work: what it says, its camera, its typed text, and the code in hand. */
export class Scanning {
  readonly said: Signal<Said> = signal(READY);
  readonly typed = signal('');
  readonly typedError: Signal<string | undefined> = signal(undefined);
  readonly camera: Signal<'off' | 'starting' | 'on'> = signal('off');
  readonly torch: Signal<SetTorch | undefined> = signal(undefined);
  readonly lit = signal(false);
  #running: AbortController | undefined;

  /** @param options asked for at every use, since a screen may change its mind between renders */
  constructor(readonly options: () => ScanningOptions) {}

  /** Hands a code to the screen and says its answer; whether it was taken. */
  async offer(result: ScanResult, source: ScanSource): Promise<boolean> {
    const answer = await this.#ask(result, source);
    this.said.value = answer.taken ? taken(answer, result) : danger(answer.message);
    return answer.taken;
  }

  async #ask(result: ScanResult, source: ScanSource): Promise<ScanAnswer> {
    try {
      return await this.options().onScan(result, source);
    } catch {
      return { taken: false, message: NO_ANSWER };
    }
  }

  /** Takes what a USB scanner typed. */
  async hear({ capsLock, ...scan }: WedgeScan): Promise<void> {
    if (capsLock) this.said.value = danger(CAPS_LOCK);
    else await this.offer(interpretScan(scan, this.options().today()), 'scanner');
  }

  /** Shows the camera in `video` and reads until a code is taken or `stop` is called. */
  async start(video: HTMLVideoElement): Promise<void> {
    if (this.camera.value !== 'off') return;
    const running = new AbortController();
    this.#running = running;
    this.camera.value = 'starting';
    this.said.value = plain('Starting the camera…');
    try {
      await this.#watch(video, running.signal);
      if (this.said.value.tone === 'plain') this.said.value = READY;
    } catch (error) {
      this.said.value = danger(error instanceof Error ? error.message : STOPPED);
    } finally {
      this.camera.value = 'off';
      this.torch.value = undefined;
      this.lit.value = false;
    }
  }

  #watch(video: HTMLVideoElement, stopped: AbortSignal): Promise<void> {
    const { openCamera, scanner } = this.options();
    scanner.forget();
    return watchCamera({
      openCamera,
      scanner,
      video,
      signal: stopped,
      onVerdict: (verdict) => this.#judge(verdict),
      onPicture: (camera) => {
        this.camera.value = 'on';
        this.torch.value = camera.torch;
        this.said.value = AIM;
      },
    });
  }

  stop(): void {
    this.#running?.abort();
  }

  async #judge(verdict: Verdict): Promise<void> {
    if (verdict.kind === 'hold-still') this.said.value = plain('Hold still: reading it a second time.');
    if (verdict.kind === 'refused') this.said.value = danger(verdict.message);
    if (verdict.kind !== 'read') return;
    const used = await this.offer(verdict.result, 'camera');
    // What could not be used is put where it can be corrected; what the person has typed stays.
    if (!used && verdict.result.kind === 'bad' && this.typed.value === '') {
      this.typed.value = shownCode(verdict.symbol);
    }
    if (used && !this.options().continuous) this.stop();
  }

  async switchTorch(): Promise<void> {
    try {
      await this.torch.value?.(!this.lit.value);
      this.lit.value = !this.lit.value;
    } catch {
      this.said.value = danger('The light cannot be switched. Hold the label under another light.');
    }
  }

  type(text: string): void {
    this.typed.value = text;
    this.typedError.value = undefined;
  }

  /** Offers what was typed; it stays in the field when it is refused, with the reason there and nowhere else. */
  async takeTyped(): Promise<void> {
    const result = typedCode(this.typed.value, this.options().today());
    // Taken away and put back, so that the same refusal is announced a second time.
    this.typedError.value = undefined;
    const answer = await this.#ask(result, 'typed');
    if (answer.taken) {
      this.said.value = taken(answer, result);
      this.type('');
      return;
    }
    this.typedError.value = answer.message;
    this.said.value = this.camera.value === 'on' ? AIM : READY;
  }
}
