import { describe, expect, test } from 'vitest';
import {
  type ChainFailure,
  type EntryPlace,
  goOnAt,
  nextRecord,
  skipRecord,
  startChain,
} from '../../shared/ledger/chain.ts';
import { GENESIS_PREV } from '../../shared/ledger/hash.ts';
import { formatRecord, type LedgerRecord, parseRecord } from '../../shared/ledger/record.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import { idOf, Log, leafOf, person, START, smallLog } from './fixture.ts';

const { log, ben, cal } = await smallLog();
for (let i = 0; i < 7; i += 1) await log.append({ type: 'draw', signers: i % 2 ? [ben] : [cal] });
const { lines, leaves } = log;

function check(all: readonly string[], ids?: Map<string, EntryPlace>): ChainFailure[] {
  const state = startChain(log.name, ids);
  return all.flatMap((line) => [...nextRecord(state, parseRecord(line), leafOf(line))]);
}

/** Lines of one log at their places, with holes between them. */
function checkAt(placed: readonly (readonly [seq: number, line: string])[]): ChainFailure[] {
  const state = startChain(log.name);
  return placed.flatMap(([seq, line]) => {
    goOnAt(state, seq);
    return [...nextRecord(state, parseRecord(line), leafOf(line))];
  });
}
const from = (seq: number, all = lines) => all.slice(seq).map((line, i) => [seq + i, line] as const);
const codes = (failures: readonly ChainFailure[]) => failures.map(({ code, seq }) => `${code}@${seq}`);

/** A line with some of its fields changed; signatures are no matter here. */
function changed(
  line: string,
  change: Partial<LedgerRecord>,
  entry: Partial<LedgerRecord['entry']> = {},
): string {
  const { record } = parseRecord(line);
  return formatRecord({ ...record, ...change, entry: { ...record.entry, ...entry } });
}

/** The log with line `at` changed, and every later line linked to it anew (a rewrite of the whole tail). */
function rewritten(
  at: number,
  change: Partial<LedgerRecord>,
  entry: Partial<LedgerRecord['entry']> = {},
): string[] {
  const all = lines.slice(0, at);
  all.push(changed(lines[at]!, change, entry));
  for (const line of lines.slice(at + 1)) {
    const prev = leafOf(all.at(-1)!);
    all.push(changed(line, { prev }, { after: prev }));
  }
  return all;
}

describe('a whole log', () => {
  test('is fine', () => {
    expect(check(lines)).toEqual([]);
  });

  test('a changed record breaks the link of the next', () => {
    const all = lines.with(4, changed(lines[4]!, { nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    expect(codes(check(all))).toEqual(['link@5', 'after@5']);
  });

  test('a missing record is named once, and those behind it are not blamed', () => {
    expect(codes(check(lines.toSpliced(4, 1)))).toEqual(['sequence@4', 'link@4', 'after@4']);
  });

  test('a record twice', () => {
    expect(codes(check(lines.toSpliced(5, 0, lines[4]!)))).toEqual([
      'sequence@5',
      'link@5',
      'duplicate-id@5',
    ]);
  });

  test('two records in each other’s place', () => {
    const all = lines.with(4, lines[5]!).with(5, lines[4]!);
    const found = codes(check(all));
    expect(found[0]).toBe('sequence@4');
    expect(found).toContain('time-order@5');
  });

  test('a false position does not spread', () => {
    const all = lines.with(4, changed(lines[4]!, { seq: 2 ** 53 - 1 }));
    expect(codes(check(all)).filter((code) => code.startsWith('sequence'))).toEqual(['sequence@4']);
  });

  test('a record of another log, of the same shape', async () => {
    const other = new Log(await person('other device'));
    const all = lines.with(9, changed(lines[9]!, { log: other.name }));
    expect(codes(check(all))).toEqual(['link@9']);
  });

  test('a log that begins in the middle', () => {
    expect(codes(check(lines.slice(3)))).toEqual(['sequence@0', 'link@0', 'after@0']);
  });

  test('recorded before the one before; the same instant is fine', () => {
    const early = formatTime(START + 3 * 60_000 - 1);
    expect(codes(check(rewritten(4, { recorded: early })))).toEqual(['time-order@4']);
    expect(check(rewritten(4, { recorded: formatTime(START + 3 * 60_000) }))).toEqual([]);
  });

  test('`after` has to be an earlier record', () => {
    expect(check(rewritten(6, {}, { after: leaves[0]! })).filter(({ seq }) => seq === 6)).toEqual([]);
    for (const after of [GENESIS_PREV, leaves[6]!, leaves[7]!, 'f'.repeat(64)]) {
      expect(codes(check(rewritten(6, {}, { after })))[0], after).toBe('after@6');
    }
    expect(codes(check(rewritten(0, {}, { after: 'f'.repeat(64) })))[0]).toBe('after@0');
  });

  test('an id that another record has, in this log or in another of the ledger', () => {
    const id = parseRecord(lines[2]!).record.entry.id;
    expect(codes(check(rewritten(5, {}, { id })))[0]).toBe('duplicate-id@5');
    const ids = new Map([[id, { log: 'elsewhere', seq: 7 }]]);
    expect(codes(check(lines, ids))).toEqual(['duplicate-id@2']);
    expect(ids.size).toBe(lines.length);
  });

  test('genesis has nothing before it', () => {
    expect(codes(check(rewritten(0, { prev: 'f'.repeat(64) })))[0]).toBe('link@0');
  });

  test('an unreadable line in the middle leaves the others standing', () => {
    const state = startChain(log.name);
    const found = lines.flatMap((line, i) => {
      if (i !== 4) return [...nextRecord(state, parseRecord(line), leafOf(line))];
      skipRecord(state, leafOf(line));
      return [];
    });
    expect(found).toEqual([]);
  });
});

describe('a part of a log', () => {
  const only = (...at: number[]) => at.map((seq) => [seq, lines[seq]!] as const);

  test('is fine by itself, and with what is proven before it', () => {
    expect(checkAt(from(4))).toEqual([]);
    expect(checkAt([...only(0, 3), ...from(4)])).toEqual([]);
    expect(checkAt([...only(0, 1, 4), ...from(7)])).toEqual([]);
  });

  test('has to follow from the record before it where that is proven', () => {
    const wrong = changed(lines[3]!, { nonce: 'AAAAAAAAAAAAAAAAAAAAAA' });
    expect(codes(checkAt([...only(0), [3, wrong], ...from(4)]))).toEqual(['link@4']);
  });

  test('two proven records that stand side by side have to be linked', () => {
    const wrong = changed(lines[2]!, { prev: leaves[0]! });
    expect(codes(checkAt([...only(0, 1), [2, wrong], ...from(6)]))).toContain('link@2');
  });

  test('behind a hole, `prev` names no record that is known to stand elsewhere, and is not nothing', () => {
    for (const prev of [GENESIS_PREV, leaves[0]!, leaves[2]!]) {
      const first = changed(lines[6]!, { prev });
      expect(codes(checkAt([...only(0, 2), [6, first]])), prev).toEqual(['link@6']);
    }
    // Named as the one before record 4, it cannot be the one before record 6, too.
    const again = changed(lines[6]!, { prev: leaves[3]! });
    expect(codes(checkAt([...only(0, 4), [6, again]]))).toEqual(['link@6']);
  });

  test('`after` names nothing at the beginning only, and the unknown only where something is not at hand', () => {
    const first = changed(lines[6]!, {}, { after: GENESIS_PREV });
    expect(codes(checkAt([...only(0), [6, first]]))).toEqual(['after@6']);
    const unknown = changed(lines[4]!, {}, { after: 'f'.repeat(64) });
    expect(codes(checkAt([...only(0), [4, unknown]]))).toEqual([]);
    expect(codes(checkAt([...only(0, 1, 2, 3), [4, unknown]]))).toEqual(['after@4']);
  });

  test('`recorded` does not go back across a hole', () => {
    const { recorded } = parseRecord(lines[3]!).record;
    const early = changed(lines[6]!, { recorded: formatTime(Date.parse(recorded) - 1) });
    expect(codes(checkAt([...only(0, 3), [6, early]]))).toEqual(['time-order@6']);
    expect(codes(checkAt([...only(0), [6, early]]))).toEqual([]);
  });

  test('is still checked within', () => {
    expect(codes(checkAt(from(4, lines.toSpliced(6, 1))))).toEqual(['sequence@6', 'link@6']);
    const later = changed(lines[4]!, {}, { after: leaves[8]!, id: idOf('late') });
    expect(codes(checkAt([...only(0), [4, later]]))).toEqual([]);
  });
});
