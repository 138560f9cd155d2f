/**
 * The few globals that every realm has and that the ES library does not declare.
 * `shared/` is compiled without the DOM and WebWorker libraries on purpose: anything not listed
 * here is an effect and has to be passed in.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
