import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CheckSession } from '../../shared/verifier/check-session.ts';
import { checkPackageFile } from '../../workers/package/check-file.ts';
import { ports, startLedger } from './builder.ts';
import { PACKAGES } from './cases.ts';
import { expectedOf, foundIn } from './expected.ts';
import { RECORDS } from './record-cases.ts';

const folder = (name: string) => join(import.meta.dirname, name);
const { log } = await startLedger();

describe('golden packages', () => {
  test('are those that the script makes', () => {
    expect(readdirSync(folder('packages')).sort()).toEqual(PACKAGES.map(({ name }) => name).sort());
  });
  test.each(PACKAGES.map(({ name, make }) => [name, make] as const))('%s', async (name, make) => {
    const zip = new Uint8Array(readFileSync(join(folder('packages'), name)));
    expect(Buffer.from(zip).equals(await make())).toBe(true);
    const { answer } = await checkPackageFile(zip, ports);
    expect(foundIn(answer)).toEqual(expectedOf(name));
  });
});

describe('golden records', () => {
  test('are those that the script makes', () => {
    expect(readdirSync(folder('records')).sort()).toEqual(RECORDS.map(({ name }) => name).sort());
  });
  test.each(RECORDS.map(({ name, make }) => [name, make] as const))('%s', async (name, make) => {
    const bytes = new Uint8Array(readFileSync(join(folder('records'), name)));
    expect(Buffer.from(bytes).equals(await make())).toBe(true);
    const session = new CheckSession(ports, {});
    session.openLog({ log, from: 0 }).check.takeLine(bytes.subarray(0, -1));
    await session.queue.settle();
    const { code } = expectedOf(name);
    expect(session.failures.list().map((failure) => failure.code)).toEqual(code === '' ? [] : [code]);
  });
});
