/** Third-party vectors, read from beside the repository and never copied into it (SOURCES.md there). */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';

const folder = resolve(import.meta.dirname, '../../../shared/vectors');

/** The vectors of a file, or none, with the reason printed, where the folder is absent. */
export function readVectors<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  const path = resolve(folder, name);
  if (!existsSync(path)) {
    console.warn(`not run: ${name} is not beside the repository (../shared/vectors)`);
    return undefined;
  }
  return v.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
}
