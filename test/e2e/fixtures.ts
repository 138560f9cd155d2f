import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  test as base,
  chromium,
  expect,
  type Frame,
  type Locator,
  type Page,
  type Worker,
} from '@playwright/test';
import { allowSite, approveExtension as approveIn, connectExtension } from '../run/allow.mjs';
import { serveStatic } from '../run/serve.mjs';
import { findChromium } from '../run/setup.mjs';
import { servePms } from '../sites/serve.mjs';
import { dist, extensionFor, pmsOriginOf, portOf, pwaOriginOf } from './places.ts';

/** What every story needs: the built app and the demo PMS on their ports, and a Chromium of its own. */
export const DEMO_PIN = '246810';

export type Pms = { origin: string; submitted: () => number };
export type Pwa = {
  origin: string;
  /** Stops serving the app, and serves it again: from the build, or from another folder. */
  down: () => Promise<void>;
  up: (folder?: string) => Promise<void>;
};
export type Extension = {
  id: string;
  /** The background's worker as it is now; a new one after each death. */
  worker: () => Promise<Worker>;
  /** Ends the background, as the browser does when it is idle or short of memory. */
  kill: () => Promise<void>;
  /** What the toolbar button and the shortcut do in a tab. */
  toggle: (page: Page) => Promise<void>;
};

export const BROWSER_ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where a story starts: with an extension that may do nothing yet, or one that is connected and allowed the demo PMS; with
 * no ledger yet, the demo clinic made, or the demo clinic with the extension approved.
 * The clinic is made once for each worker; every story gets a copy of that profile.
 */
export type Start = 'installed' | 'fresh' | 'demo' | 'paired';

type Servers = { pwa: Pwa; pms: Pms; ours: string; profiles: (start: Start) => Promise<string> };
/** `beside`: folders of other extensions that the browser has. `ours` is that of this one. */
type Story = { start: Start; beside: string[]; chromeContext: BrowserContext; extension: Extension };

/** After a story that failed, the next one's worker may begin while the last one's is still putting things away. */
async function onceFree<T>(serve: () => Promise<T>): Promise<T> {
  let made: T | undefined;
  await expect(async () => {
    made = await serve();
  }).toPass({ timeout: 60_000 });
  if (made === undefined) throw new Error('The port is taken.');
  return made;
}

export const test = base.extend<Story, Servers>({
  pwa: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, { parallelIndex }) => {
      const origin = pwaOriginOf(parallelIndex);
      const serve = (folder = join(dist, 'pwa')) => onceFree(() => serveStatic(folder, portOf(origin)));
      let close = await serve();
      const down = async () => void (await close());
      const up = async (folder?: string) => {
        close = await serve(folder);
      };
      await use({ origin, down, up });
      await close();
    },
    { scope: 'worker' },
  ],
  pms: [
    async ({ pwa }, use, { parallelIndex }) => {
      const origin = pmsOriginOf(parallelIndex);
      const close = await onceFree(() => servePms(portOf(origin), pwa.origin));
      await use({ origin, submitted: close.submitted });
      await close();
    },
    { scope: 'worker' },
  ],
  ours: [
    async ({ pwa }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'countersign-extension-'));
      await extensionFor(pwa.origin, folder);
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  profiles: [
    async ({ pwa, pms, ours }, use) => {
      const root = await mkdtemp(join(tmpdir(), 'countersign-e2e-'));
      const made = new Map<Start, Promise<void>>();
      const make = async (start: Start) => {
        const profile = join(root, start);
        await mkdir(profile);
        const context = await launch(profile, [ours]);
        if (start !== 'installed') await setUp(context, start, pwa, pms);
        await context.close();
      };
      await use(async (start) => {
        if (!made.has(start)) made.set(start, make(start));
        await made.get(start);
        const copy = await mkdtemp(join(root, 'story-'));
        await cp(join(root, start), copy, { recursive: true });
        return copy;
      });
      await rm(root, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  start: ['paired', { option: true }],
  beside: [[], { option: true }],
  chromeContext: async ({ start, profiles, ours, beside, colorScheme, viewport }, use) => {
    const profile = await profiles(start);
    const context = await launch(profile, [ours, ...beside], { colorScheme, viewport });
    if (start !== 'installed') await registered(context);
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
  extension: async ({ chromeContext }, use) => {
    const worker = () => backgroundOf(chromeContext);
    const id = await extensionId(chromeContext);
    await use({
      id,
      worker,
      kill: () => killWorkers(chromeContext),
      toggle: async (page) => {
        const url = page.url();
        await (await worker()).evaluate(async (at) => {
          const tab = (await chrome.tabs.query({})).find((one) => one.url === at);
          if (tab?.id === undefined) throw new Error('That tab is not open.');
          await chrome.tabs.sendMessage(tab.id, { kind: 'toggle' }, { frameId: 0 });
        }, url);
      },
    });
  },
});
export { expect };

async function setUp(context: BrowserContext, start: Start, pwa: Pwa, pms: Pms): Promise<void> {
  const id = await extensionId(context);
  await connectExtension(context, id, pwa.origin);
  if (start === 'demo' || start === 'paired') {
    const page = await openDemo(context, pwa);
    if (start === 'paired') await approveExtension(page, pwa, id);
  }
  await allowSite(context, id, pms.origin);
}

/** A Chromium with the extensions in these folders, on a profile. */
export async function launch(
  profile: string,
  folders: readonly string[],
  options: Pick<LaunchOptions, 'colorScheme' | 'viewport' | 'executablePath'> = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    // The old headless mode has no extensions; the new one is asked for by its flag.
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [...BROWSER_ARGS, `--disable-extensions-except=${folders}`, `--load-extension=${folders}`],
    ...options,
  });
}
type LaunchOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

async function backgroundOf(context: BrowserContext): Promise<Worker> {
  const ours = (worker: Worker) => worker.url().endsWith('/service-worker-loader.js');
  return context.serviceWorkers().find(ours) ?? (await context.waitForEvent('serviceworker', ours));
}
const extensionId = async (context: BrowserContext) => new URL((await backgroundOf(context)).url()).host;

/** A browser that has just started registers the extension's scripts in its own time. */
async function registered(context: BrowserContext): Promise<void> {
  await expect
    .poll(async () =>
      (await backgroundOf(context)).evaluate(
        async () => (await chrome.scripting.getRegisteredContentScripts()).length,
      ),
    )
    .toBeGreaterThan(0);
}

/** Through a tab that is there: a new one would come in front of the form, which is not what dies here. */
async function killWorkers(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  if (!page) throw new Error('No tab is open.');
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Opens the app on the demo clinic, in a tab of its own. */
export async function openDemo(context: BrowserContext, pwa: Pwa): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pwa.origin);
  await page.getByRole('button', { name: /demo clinic/i }).click();
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible({ timeout: 60_000 });
  return page;
}

/** Lets the extension at the ledger, as a person does in the app's settings. */
export const approveExtension = (page: Page, pwa: Pwa, id: string): Promise<void> =>
  approveIn(page, pwa.origin, id);

/** Presses the pill with the mouse: it stands in a closed shadow root, where no test can look. */
export async function pressPill(page: Page): Promise<void> {
  const pill = page.locator('xpath=/html/*[starts-with(name(), "x-")]').first();
  await expect(pill).toBeAttached();
  await pill.scrollIntoViewIfNeeded();
  const box = await pill.boundingBox();
  if (!box) throw new Error('The pill is not in sight.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/**
 * Presses what takes its own frame away. The browser may never say that the press has arrived, since whoever would
 * answer for it is gone by then: what it leads to is to be waited for instead.
 */
export async function pressAway(page: Page, button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (!box) throw new Error('It is not in sight.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  page.mouse.up().catch(() => undefined);
}

/** The capture frame that lies over a page. */
export async function captureFrame(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().startsWith('chrome-extension://'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const frame = find();
  if (!frame) throw new Error('The frame has gone again.');
  return frame;
}
