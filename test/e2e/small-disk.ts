import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext } from '@playwright/test';
import { findChromium } from '../run/setup.mjs';
import { launch } from './fixtures.ts';

/** A browser whose profile lies on a disk of its own, and what fills that to its last byte and makes room again. */
export type SmallDisk = {
  context: BrowserContext;
  /** Fills it, and keeps it full until there is to be room: the browser gives some back by itself. */
  fill: () => Promise<void>;
  makeRoom: () => Promise<void>;
  remove: () => Promise<void>;
};

/** Whether this machine lets somebody who is not its administrator have a disk in memory, for one program alone. */
export const mayHaveDisk = (): boolean =>
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0;

const SIZE = '300m';
/** How soon what the browser has given back is filled again, in milliseconds. */
const FILL_AGAIN = 20;
const BLOCK = Buffer.alloc(64 * 1024);

/** Starts a Chromium with an extension on a copy of a profile that stands on a small disk, which only that Chromium sees. */
export async function onSmallDisk(profile: string, extension: string): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-disk-'));
  const [start, pid, disk] = ['start', 'pid', 'disk'].map((name) => join(folder, name));
  if (!start || !pid || !disk) throw new Error('There are three.');
  const script = [
    `mkdir -p ${disk} && mount -t tmpfs -o size=${SIZE} none ${disk}`,
    `cp -a ${profile}/. ${disk} && echo $$ > ${pid} && exec ${await findChromium()} "$@"`,
  ].join(' && ');
  await writeFile(start, `#!/bin/sh\nexec unshare -rm sh -c '${script}' sh "$@"\n`);
  await chmod(start, 0o755);
  const context = await launch(disk, [extension], { executablePath: start });
  // The disk is mounted where only the browser's own processes look.
  const filler = `/proc/${(await readFile(pid, 'utf8')).trim()}/root${disk}/filler`;
  let filling: Promise<void> | null = null;
  let full = false;
  const keepFull = async () => {
    for (; full; await setTimeout(FILL_AGAIN))
      await fill(filler).catch(() => {
        // The disk went with its browser.
        full = false;
      });
  };
  const makeRoom = async () => {
    full = false;
    await filling;
    filling = null;
    await rm(filler, { force: true });
  };
  return {
    context,
    fill: async () => {
      full = true;
      await fill(filler);
      filling ??= keepFull();
    },
    makeRoom,
    remove: async () => {
      full = false;
      await filling;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (let size = BLOCK.length; size > 0; ) {
      const written = await file.write(BLOCK, 0, size).catch(() => null);
      // A whole block has no room any more: then the halves of it.
      if (written === null) size = Math.floor(size / 2);
    }
  } finally {
    await file.close();
  }
}
