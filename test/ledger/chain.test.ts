import { describe, expect, test } from 'vitest';
import {
  type ChainFailure,
  type ChainOptions,
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

function check(all: readonly string[], options: ChainOptions = {}, name = log.name): ChainFailure[] {
  const state = startChain(name, options);
  return all.flatMap((line) => [...nextRecord(state, parseRecord(line), leafOf(line))]);
}
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
    expect(found).toContain('time-order@6');
  });

  test('a false position does not spread', () => {
    const all = lines.with(4, changed(lines[4]!, { seq: 2 ** 53 - 1 }));
    expect(codes(check(all)).filter((code) => code.startsWith('sequence'))).toHaveLength(2);
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
    expect(codes(check(lines, { ids }))).toEqual(['duplicate-id@2']);
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
  test('is fine by itself, and with what is proven before it', () => {
    expect(check(lines.slice(4), { from: 4 })).toEqual([]);
    expect(
      check(lines.slice(4), {
        from: 4,
        proven: [
          [0, leaves[0]!],
          [3, leaves[3]!],
        ],
      }),
    ).toEqual([]);
  });

  test('has to follow from the record before it where that is proven', () => {
    expect(codes(check(lines.slice(4), { from: 4, proven: [[3, leaves[2]!]] }))).toEqual(['link@4']);
  });

  test('is still checked within', () => {
    expect(codes(check(lines.slice(4).toSpliced(2, 1), { from: 4 }))).toEqual(['sequence@6', 'link@6']);
    const late = changed(lines[4]!, {}, { after: leaves[8]!, id: idOf('late') });
    expect(codes(check([late], { from: 4, proven: [[8, leaves[8]!]] }))).toEqual([]);
  });
});
