/**
 * Text that a package's maker chose, made fit to be shown: what would move a terminal's cursor, end a line or turn
 * the direction of the text around becomes U+FFFD, and what is very long is cut.
 */

const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const EACH_UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const LONGEST = 400;

/** One line of text without control characters, line ends and bidirectional controls, of at most 400 units. */
export function shown(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return UNSHOWABLE.test(short) ? short.replace(EACH_UNSHOWABLE, '\u{fffd}') : short;
}
