/** Writes the golden files. They are the published face of the format: made here, never edited, never changed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGES } from './cases.ts';
import type { Case } from './integrity-cases.ts';
import { RECORDS } from './record-cases.ts';

export async function makeGolden(root: string): Promise<number> {
  await write(join(root, 'packages'), PACKAGES);
  await write(join(root, 'records'), RECORDS);
  return PACKAGES.length + RECORDS.length;
}

async function write(folder: string, cases: readonly Case[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, make } of cases) await writeFile(join(folder, name), await make());
}
