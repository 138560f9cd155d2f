import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { LedgerError } from '../../shared/ledger/errors.ts';
import { parseNote } from '../../shared/ledger/note.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';

/** Records asked for at once: about a megabyte. */
const LINES_A_TURN = 2000;

/** Lines `from <= seq < to` in stretches, each asked for while the one before is worked on. */
export async function* linesOf(
  source: LedgerSource,
  from: number,
  to: number,
): AsyncGenerator<readonly string[]> {
  const ask = (at: number) => (at < to ? source.lines(at, Math.min(to, at + LINES_A_TURN)) : undefined);
  let coming = ask(from);
  for (let at = from; coming; at += LINES_A_TURN) {
    const lines: readonly string[] = await coming;
    coming = ask(at + LINES_A_TURN);
    coming?.catch(() => undefined); // awaited in the next turn, where it is thrown
    yield lines;
  }
}

/** Size that a checkpoint says; `otherwise` where it cannot be read, which the check then names. */
export function sizeOf(note: string, otherwise: number): number {
  try {
    return parseCheckpoint(parseNote(note).text).size;
  } catch (error) {
    if (error instanceof LedgerError) return otherwise;
    throw error;
  }
}
