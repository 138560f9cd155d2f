import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContents } from '../../../pwa/screens/export/contents.ts';
import { plainSha256 } from '../../../shared/ledger/hash.ts';
import { readPackage } from '../../../workers/package/unzip.ts';

const folder = resolve(import.meta.dirname, '../../golden/packages');
const packages = readdirSync(folder).filter((name) => name.endsWith('.zip'));

async function contentsOf(name: string) {
  const read = await readPackage(new Uint8Array(readFileSync(resolve(folder, name))));
  return read.ok ? readContents(plainSha256, read.files) : undefined;
}

describe('what is shown of a package', () => {
  it.each(packages)('%s never breaks the reader, and every row is of a line in the file', async (name) => {
    const rows = await contentsOf(name);
    for (const { row, line } of rows ?? []) expect(line).toContain(row.entryId);
  });

  it('is every record of a whole one, with names and words', async () => {
    const whole = packages.find((name) => name.startsWith('package.valid.whole'));
    const rows = (await contentsOf(whole ?? '')) ?? [];
    expect(rows.map(({ row }) => row.seq)).toEqual(rows.map((_, i) => i));
    expect(rows[0]?.row).toMatchObject({
      type: 'ledger.created',
      summary: expect.stringContaining('Started'),
    });
    for (const { row } of rows) expect(row.byName).not.toBe('Unknown person');
  });
});
