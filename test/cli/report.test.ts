import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KnownHead } from '../../shared/verifier/ports.ts';
import { readArguments } from '../../workers/cli/arguments.ts';
import { reportJson, reportText } from '../../workers/cli/report.ts';
import { checkPackageFile } from '../../workers/package/check-file.ts';
import { draw, type Ledger, longStory, ports, shortStory } from '../golden/builder.ts';
import { packageOf, zipOf } from '../golden/package-files.ts';

/** Moves the cursor, ends a line, turns the direction of text, wipes what was printed. */
const TRICKS = '\u001b[2K\u001b[1A\r\n\u0085\u009b2J\u2028\u2029\u202e\u2066\u200f\u007f\b';

async function answerOf(ledger: Ledger, heads: readonly KnownHead[] = [], from = 0) {
  const zip = zipOf(await packageOf(ledger, { from }));
  return (await checkPackageFile(zip, ports, { heads })).answer;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const UNFIT = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Bidi_Control}/u;

describe('what a package says', () => {
  test('is printed as plain text, one line of it a line, and neither page nor JSON get it raw', async () => {
    const ledger = await shortStory();
    const { body, ...rest } = draw(ledger, 'K-001', '1', '1', '0');
    await ledger.append({ ...rest, body: { ...body, drawn: `1${TRICKS}Integrity: VALID` } });
    await ledger.append({ ...rest, body: { ...body, container: `${TRICKS}${'x'.repeat(5000)}` } });
    const answer = await answerOf(ledger);
    const text = reportText(answer);
    expect(text).toContain('schema');
    expect(text).not.toMatch(UNFIT);
    expect(text.split('\n').filter((line) => line.startsWith('Integrity:'))).toHaveLength(1);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(500);
    const json = reportJson(answer);
    expect(json).not.toMatch(/[^\n\u0020-\u007e]/);
    expect(JSON.parse(json)).toEqual(answer);
    expect(JSON.stringify(answer)).not.toMatch(UNFIT);
  });

  test('of a part is not said without its caution', async () => {
    const text = reportText(await answerOf(await longStory(), [], 9));
    expect(text).toContain('VALID, as far as a part of a log can show');
    expect(text).toContain('cannot be judged');
    expect(text).not.toContain('CONFORMS');
  });

  test('in files that nobody can judge is named', async () => {
    const zip = readFileSync(join(import.meta.dirname, '../golden/packages/package.valid.whole.zip'));
    const { answer } = await checkPackageFile(new Uint8Array(zip), ports);
    expect(reportText(answer)).toContain('Not judged  README.txt');
  });
});

describe('a head kept elsewhere', async () => {
  const ledger = await longStory();
  const head = (size: number, hash = ledger.hash(size - 1)): KnownHead => ({ ledger: ledger.id, size, hash });
  const device = ledger.who.device.id;

  test.each([
    ['within the part', 12, 'agrees'],
    ['proven beside it', 3, 'agrees'],
    ['named by the first record', 9, 'agrees'],
    ['behind a hole', 8, 'agrees'],
    ['of the checkpoint alone', 29, 'not-comparable'],
  ] as const)('whose place is %s', async (_, size, expected) => {
    const zip = zipOf(await packageOf(ledger, { from: 9, to: 20 }));
    const ask = async (hash?: string) => {
      const { answer } = await checkPackageFile(zip, ports, { heads: [head(size, hash)] });
      if (answer.kind !== 'verdict') throw new Error('no verdict');
      const { integrity, summary } = answer.verdict;
      return [summary.heads[0]?.answer, ...integrity.failures.map(({ code, seq }) => `${code}@${seq}`)];
    };
    expect(await ask()).toEqual([expected]);
    const wrong = expected === 'agrees' ? ['contradicted', `fork@${size - 1}`] : [expected];
    expect(await ask('f'.repeat(64))).toEqual(wrong);
  });

  test('beyond what was signed makes the log truncated, of another device nothing', async () => {
    const heads = [head(30, 'f'.repeat(64)), { ...head(3), device: ledger.idOf('another device') }];
    const answer = await answerOf(ledger, heads);
    if (answer.kind !== 'verdict') throw new Error('no verdict');
    const { integrity, summary } = answer.verdict;
    expect(summary.heads.map(({ answer: each }) => each)).toEqual(['contradicted', 'not-comparable']);
    expect(integrity.failures.map(({ code }) => code)).toEqual(['truncated']);
    expect(reportText(answer)).toContain('NOT COMPARED');
  });

  test('is read from the command line with its device, or without', () => {
    const { hash } = head(3);
    const read = (text: string) => readArguments(['verify', 'p.zip', '--head', text]);
    expect(read(`${ledger.id}/${device}:3:${hash}`)).toMatchObject({ heads: [{ ...head(3), device }] });
    expect(read(`${ledger.id}:3:${hash.slice(0, 16)}`)).toMatchObject({ heads: [{ size: 3 }] });
    for (const bad of [
      `${ledger.id}/:3:${hash}`,
      `${ledger.id}:0:${hash}`,
      `x:3:${hash}`,
      `${ledger.id}:3:ab`,
    ]) {
      expect(read(bad).ok, bad).toBe(false);
    }
  });
});
