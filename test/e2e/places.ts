import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Where the app, the demo PMS and the extension of a worker are. Every worker has ports of its own, so that stories run
 * side by side; the first has those of the build, by default those of `npm start`.
 */
export const dist = resolve(process.env.COUNTERSIGN_DIST ?? 'dist');
const builtFor = process.env.COUNTERSIGN_ORIGIN ?? 'http://localhost:4173';
const firstPms = process.env.COUNTERSIGN_PMS ?? 'http://127.0.0.1:4180';

export const portOf = (origin: string) => Number(new URL(origin).port);

function originOf(worker: number, first: string): string {
  const { protocol, hostname } = new URL(first);
  return `${protocol}//${hostname}:${portOf(first) + 20 * worker}`;
}
export const pwaOriginOf = (worker: number) => originOf(worker, builtFor);
export const pmsOriginOf = (worker: number) => originOf(worker, firstPms);

/**
 * Puts into `folder` the extension for the app at `origin`. The origin is built into the extension, and nothing but that
 * text tells a build for one origin from a build for another: so the one build does for every worker.
 */
export async function extensionFor(origin: string, folder: string): Promise<void> {
  await cp(join(dist, 'extension'), folder, { recursive: true });
  if (!(await readFile(join(folder, 'manifest.json'), 'utf8')).includes(`frame-src ${builtFor};`))
    throw new Error(`The extension in ${dist} was not built for ${builtFor}: build it again.`);
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/\.(js|json)$/.test(name)) continue;
    const file = join(folder, name);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(builtFor, origin));
  }
}
