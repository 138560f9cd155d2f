import type { Page } from '@playwright/test';
import { build } from 'vite';
import { type PageReading, parsePage } from '../../shared/protocol/overlay.ts';
import { CATALOGUE, SITE_NAMES, type SiteName } from '../sites/catalogue.ts';
import { test as base, expect } from './fixtures.ts';

/** What each definition reads on the page in its system's shape: no more than public sources say of the system. */
const READS: Record<SiteName, { suggestions: PageReading['suggestions']; note?: true; address?: string }> = {
  ezyvet: { suggestions: {}, note: true },
  // A consultation is not a patient: its number goes to the app by the system's own button.
  'provet-cloud': { suggestions: {}, address: '?provet_consultation=900117' },
  vetspire: { suggestions: {} },
  digitail: { suggestions: {} },
  shepherd: { suggestions: { weight: '24.6' } },
  openvpm: {
    suggestions: {
      ...{ patient: 'Bramble', species: 'Canine', owner: 'Imogen Hartley', weight: '24.6' },
      recordNumber: '240117',
    },
  },
  openemr: { suggestions: { patient: 'Testerley, Rowan', recordNumber: 'P00417' } },
  hospitalrun: {
    suggestions: { patient: 'Testerley, Rowan', recordNumber: 'P00417', drug: 'Ketamine 50 mg/mL' },
  },
};

/** The shipped reader and the shipped definitions as one script, put into the page like a content script. */
const test = base.extend<object, { reader: string }>({
  reader: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const built = await build({
        configFile: false,
        logLevel: 'silent',
        build: {
          write: false,
          lib: { entry: 'test/e2e/shipped-reader.ts', formats: ['iife'], name: 'shipped' },
        },
      });
      const [bundle] = Array.isArray(built) ? built : [built];
      const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined;
      if (!chunk) throw new Error('The reader was not built.');
      await use(chunk.code);
    },
    { scope: 'worker' },
  ],
});

async function readIn(page: Page, id: string, address: string): Promise<PageReading | null> {
  const read: unknown = await page.evaluate(
    ([site, at]) => {
      const reader: unknown = Reflect.get(Reflect.get(globalThis, 'shipped'), 'readShipped');
      if (typeof reader !== 'function') throw new Error('The reader is not in the page.');
      return Reflect.apply(reader, undefined, [site, at]);
    },
    [id, address] as const,
  );
  return parsePage(read);
}

test('every shipped definition reads its own page, and nothing that no source says', async ({
  page,
  pms,
  reader,
}) => {
  for (const name of SITE_NAMES) {
    const entry = CATALOGUE.find((one) => one.name === name);
    if (!entry) throw new Error(`No page for ${name}`);
    const { suggestions, note, address = '' } = READS[name];
    await page.goto(`${pms.origin}${entry.path}${address}`);
    await page.addScriptTag({ content: reader });
    await expect
      .poll(async () => (await readIn(page, name, entry.path + address))?.suggestions, name)
      .toEqual(suggestions);
    const read = await readIn(page, name, entry.path + address);
    expect(read?.reader.id).toBe(name);
    expect(read?.finds?.note, name).toBe(note ? 0 : undefined);
  }
});
