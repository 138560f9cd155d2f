const NEWLINE = 0x0a;

/** The lines of a file, without their newlines; the last may lack its own. */
export function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    yield bytes.subarray(at, end < 0 ? bytes.length : end);
    at = end < 0 ? bytes.length : end + 1;
  }
}

/** Whether a file of lines ends with a whole line (an empty file does). */
export function endsWithLine(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes[bytes.length - 1] === NEWLINE;
}
