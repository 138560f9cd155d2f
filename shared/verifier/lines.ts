const NEWLINE = 0x0a;

/** The lines of a file, without their newlines; the last may lack its own. */
export function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    yield bytes.subarray(at, end < 0 ? bytes.length : end);
    at = end < 0 ? bytes.length : end + 1;
  }
}

/** Lines or records that cannot be read, after which a reader stops: more of them tell nobody anything. */
export const MAX_UNREADABLE = 1000;

/** Number of lines, one that does not end included. */
export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return endsWithLine(bytes) ? count : count + 1;
}

/** The first lines of a file. */
export function* firstLines(bytes: Uint8Array, count: number): Generator<Uint8Array> {
  let left = count;
  if (left <= 0) return;
  for (const line of splitLines(bytes)) {
    yield line;
    left -= 1;
    if (left === 0) return;
  }
}

/** Whether a file of lines ends with a whole line (an empty file does). */
export function endsWithLine(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes[bytes.length - 1] === NEWLINE;
}
