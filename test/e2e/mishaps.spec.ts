import { appendFile, cp, mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from '@playwright/test';
import {
  approveExtension,
  captureFrame,
  type Extension,
  expect,
  launch,
  openDemo,
  test,
} from './fixtures.ts';
import {
  Disk,
  goOn,
  isAllKept,
  Killer,
  nameSelf,
  openForm,
  outboxOf,
  recorded,
  sign,
  signTo,
  typeDraw,
} from './kill/clinic.ts';
import { arm, holdAt, isReached } from './kill/knife.ts';
import { closeOffscreen, hasOffscreen, inOffscreen, pauseBridge } from './kill/offscreen.ts';
import { STEPS, type Step } from './kill/steps.ts';
import { keepPicture } from './pictures.ts';
import { dist } from './places.ts';

const worker = (extension: Extension) => extension.worker();

/** Sees that the draw is in the ledger once, and that nothing of it waits anywhere. */
async function expectOnce(disk: Disk, extension: Extension, amount: string, since: number): Promise<void> {
  await expect.poll(() => disk.draws(amount, since)).toBe(1);
  await expect.poll(async () => outboxOf(await worker(extension))).toEqual([]);
  expect(await disk.rows('drafts')).toEqual([]);
}

test('the browser is killed, once with a draft and once with a signed entry that was not sent', async ({
  profiles,
  ours,
  pwa,
  pms,
}) => {
  const profile = await profiles('paired');
  /** The browser's process is named in the lock of its profile. */
  const killBrowser = async () => {
    const lock = await readlink(join(profile, 'SingletonLock'));
    process.kill(Number(lock.split('-').at(-1)), 'SIGKILL');
  };
  const start = async () => {
    const context = await launch(profile, [ours]);
    const found = context.serviceWorkers().find((one) => one.url().startsWith('chrome-extension://'));
    const background = found ?? (await context.waitForEvent('serviceworker'));
    return { context, background, page: await context.newPage() };
  };

  const first = await start();
  const frame = await openForm(first.page, pms.origin);
  await typeDraw(frame, '0.07');
  await nameSelf(frame);
  await expect.poll(() => isAllKept(first.background)).toBe(true);
  const closed = first.context.waitForEvent('close');
  await killBrowser();
  await closed;

  const second = await start();
  const since = (await (await Disk.of(second.context, pwa.origin)).rows('records')).length;
  await holdAt(second.background, queued().effect, 'after');
  await arm(second.background);
  await second.page.bringToFront();
  const again = await openForm(second.page, pms.origin);
  await goOn(again, '0.07');
  await signTo(again, () => isReached(second.background));
  const over = second.context.waitForEvent('close');
  await killBrowser();
  await over;

  const third = await start();
  const disk = await Disk.of(third.context, pwa.origin);
  await expect.poll(() => disk.draws('0.07', since)).toBe(1);
  await expect.poll(() => outboxOf(third.background)).toEqual([]);
  expect(await disk.rows('drafts')).toEqual([]);
  await third.context.close();
});

test('the extension is updated while a form is open: the page works on, and what was typed is a draft', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  await allowUnpacked(chromeContext);
  const page = await chromeContext.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const frame = await openForm(page, pms.origin);
  await typeDraw(frame, '0.08');
  await nameSelf(frame);
  const before = await extension.worker();
  await expect.poll(() => isAllKept(before)).toBe(true);
  const gone = before.waitForEvent('close');
  await before.evaluate(() => void setTimeout(() => chrome.runtime.reload()));
  await gone;

  // The form says what has happened; the page is the clinic's as before.
  await expect(frame.getByText('Countersign was updated while this form was open.')).toBeVisible();
  await page.getByLabel('Note').fill('Typed after the update');
  await expect(page.getByLabel('Note')).toHaveValue('Typed after the update');
  expect(errors).toEqual([]);

  // The new version is at hand without loading the page anew, once its script is there: its form comes in place of the
  // old one.
  await expect(() => extension.toggle(page)).toPass();
  await expect.poll(() => frame.isDetached()).toBe(true);
  const later = await captureFrame(page);
  await goOn(later, '0.08');
  await expect(page.getByLabel('Note')).toHaveValue('Typed after the update');
  await signTo(later, () => recorded(later).isVisible());
  await expectOnce(disk, extension, '0.08', since);

  await test.step('and once more while a signed entry has not left the extension yet', async () => {
    const killer = await Killer.on(page, extension);
    await killer.kill();
    await page.goto(`${pms.origin}/tables/`);
    const background = await killer.fresh();
    await holdAt(background, queued().effect, 'after');
    await arm(background);
    const third = await openForm(page, pms.origin);
    await typeDraw(third, '0.09');
    await nameSelf(third);
    await signTo(third, () => isReached(background));
    const over = background.waitForEvent('close');
    await background.evaluate(() => void setTimeout(() => chrome.runtime.reload()));
    await over;
    await expectOnce(disk, extension, '0.09', since);
  });
});

/** The signed entry lies in the outbox, and nothing more has been done with it. */
function queued(): Step {
  const step = STEPS.find(
    ({ effect }) => effect.at === 'outbox' && effect.does === 'put' && effect.state === 'queued',
  );
  if (!step) throw new Error('No such step.');
  return step;
}

/** Without it the browser does not load an unpacked extension a second time. */
async function allowUnpacked(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(async () => {
    const pages: unknown = Reflect.get(chrome, 'developerPrivate');
    const set: unknown =
      pages instanceof Object ? Reflect.get(pages, 'updateProfileConfiguration') : undefined;
    if (typeof set !== 'function') throw new Error('This browser has no such page.');
    await Reflect.apply(set, pages, [{ inDeveloperMode: true }]);
  });
  await page.close();
}

test('the bridge goes away under an open form: closed, loaded anew, and while an entry is on its way', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const reload = 'const frame = document.querySelector("iframe"); frame.src = frame.src; undefined';

  await test.step('its document is closed before somebody signs', async () => {
    const frame = await openForm(page, pms.origin);
    await typeDraw(frame, '0.02');
    await nameSelf(frame);
    await closeOffscreen(await worker(extension));
    // A new one comes by itself while somebody has the form open.
    await expect.poll(async () => hasOffscreen(await worker(extension))).toBe(true);
    await expect(frame.getByText('The ledger cannot be reached.')).toHaveCount(0);
    await signTo(frame, () => recorded(frame).isVisible());
    await expectOnce(disk, extension, '0.02', since);
  });

  await test.step('its document is closed while the ledger is asked: nobody presses twice', async () => {
    const frame = await openForm(page, pms.origin);
    await typeDraw(frame, '0.025');
    await nameSelf(frame);
    await expect.poll(async () => isAllKept(await worker(extension))).toBe(true);
    // What is asked first, long before the signature, is not answered any more.
    await pauseBridge(page, pwa.origin);
    await sign(frame);
    await expect(frame.getByRole('button', { name: 'Sign and record' })).toHaveAttribute('aria-busy', 'true');
    await closeOffscreen(await worker(extension));
    await expect(recorded(frame)).toBeVisible();
    await expectOnce(disk, extension, '0.025', since);
  });

  await test.step('its frame is loaded anew before somebody signs', async () => {
    const frame = await openForm(page, pms.origin);
    await typeDraw(frame, '0.03');
    await nameSelf(frame);
    await inOffscreen(page, extension.id, reload);
    await signTo(frame, () => recorded(frame).isVisible());
    await expectOnce(disk, extension, '0.03', since);
  });

  for (const [what, amount] of [
    ['closed', '0.04'],
    ['reloaded', '0.05'],
  ] as const) {
    await test.step(`it is ${what} while the entry is on its way`, async () => {
      const frame = await openForm(page, pms.origin);
      await typeDraw(frame, amount);
      await nameSelf(frame);
      const background = await extension.worker();
      // Another tab of the app writes: the entry has left the extension and stands in the queue when the bridge goes.
      await disk.holdLedger();
      await signTo(frame, async () => (await outboxOf(background)).includes('sent'));
      await expect.poll(() => disk.queued()).toBe(1);
      if (what === 'reloaded') await inOffscreen(page, extension.id, reload);
      else {
        await closeOffscreen(background);
        await expect(frame.getByText('The entry is signed and kept safe here')).toBeVisible();
      }
      await disk.releaseLedger();
      await expectOnce(disk, extension, amount, since);
    });
  }
});

/** As the browser does by itself from time to time. */
const lookForUpdate = (app: Page): Promise<void> =>
  app.evaluate(() =>
    navigator.serviceWorker
      .getRegistration()
      .then((own) => own?.update())
      .then(() => undefined),
  );

test('the app comes in a new version while the bridge stands: typed before it, signed after it, in the ledger once', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-later-'));
  await cp(join(dist, 'pwa'), folder, { recursive: true });
  await appendFile(join(folder, 'sw.js'), '\n// a later version\n');
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const frame = await openForm(page, pms.origin);
  await typeDraw(frame, '0.07');
  await nameSelf(frame);

  const app = await chromeContext.newPage();
  await app.goto(pwa.origin);
  await app.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await pwa.down();
  await pwa.up(folder);
  await lookForUpdate(app);
  const offer = app.getByRole('button', { name: 'Reload now' });
  await expect(offer).toBeVisible();

  await test.step('while it waits, the old one goes on', async () => {
    await page.bringToFront();
    await signTo(frame, () => recorded(frame).isVisible());
    await expectOnce(disk, extension, '0.07', since);
  });

  await test.step('taken under an open form, the form goes on as well', async () => {
    await page.goto(`${pms.origin}/tables/`);
    const next = await openForm(page, pms.origin);
    await typeDraw(next, '0.08');
    await nameSelf(next);
    await app.bringToFront();
    const loaded = app.waitForEvent('load');
    await offer.click();
    await loaded;
    await page.bringToFront();
    await signTo(next, () => recorded(next).isVisible());
    await expectOnce(disk, extension, '0.08', since);
  });

  await test.step('what was typed before the new version is there after it, and an entry under way arrives once', async () => {
    const typed = await openForm(page, pms.origin);
    await typeDraw(typed, '0.09');
    await nameSelf(typed);
    await expect.poll(async () => isAllKept(await worker(extension))).toBe(true);
    await appendFile(join(folder, 'sw.js'), '\n// a version later still\n');
    await app.bringToFront();
    await lookForUpdate(app);
    await expect(offer).toBeVisible();
    await page.bringToFront();
    const again = await openForm(page, pms.origin);
    await goOn(again, '0.09');
    await disk.holdLedger();
    const background = await extension.worker();
    await signTo(again, async () => (await outboxOf(background)).includes('sent'));
    await expect.poll(() => disk.queued()).toBe(1);
    await app.bringToFront();
    const loaded = app.waitForEvent('load');
    await offer.click();
    await loaded;
    await disk.releaseLedger();
    await expectOnce(disk, extension, '0.09', since);
  });
  await pwa.down();
  await pwa.up();
  await rm(folder, { recursive: true });
});

/**
 * Leaves the app's origin no room, or gives it back. The browser looks at its quota again only some time after it has
 * looked, so a write is tried until it goes the way that is wanted.
 */
async function setRoom(app: Page, origin: string, room: 'none' | 'enough'): Promise<void> {
  const session = await app.context().newCDPSession(app);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(room === 'none' ? { quotaSize: 1 } : {}),
  });
  await expect.poll(() => app.evaluate(hasRoom), { timeout: 90_000 }).toBe(room === 'enough');
  if (room === 'enough') await session.detach();
}

/** Runs in the page: whether the browser takes a write of this origin's. */
function hasRoom(): Promise<boolean> {
  return new Promise((answer) => {
    const opening = indexedDB.open('room to write', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
    opening.onerror = () => answer(false);
    opening.onsuccess = () => {
      const database = opening.result;
      const trial = database.transaction('bytes', 'readwrite');
      trial.objectStore('bytes').put(new Uint8Array(4096), 'trial');
      trial.oncomplete = () => answer(true);
      trial.onabort = () => answer(false);
      for (const over of ['complete', 'abort']) trial.addEventListener(over, () => database.close());
    };
  });
}

test('no room is left for the ledger: it is said, what was typed stays, and once there is room it is recorded once', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const frame = await openForm(page, pms.origin);
  await typeDraw(frame, '0.09');
  await nameSelf(frame);
  const app = await chromeContext.newPage();
  await app.goto(pwa.origin);
  await setRoom(app, pwa.origin, 'none');
  await page.bringToFront();
  await signTo(frame, () => frame.getByText('no room left').first().isVisible());
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.09');
  expect(await disk.draws('0.09', since)).toBe(0);
  expect(await outboxOf(await extension.worker())).not.toEqual([]);
  await app.bringToFront();
  await setRoom(app, pwa.origin, 'enough');
  await page.bringToFront();
  await signTo(frame, () => recorded(frame).isVisible());
  await expectOnce(disk, extension, '0.09', since);
});

/** Writes down what was drawn while no vial and nobody's name can be picked. */
async function writeDown(frame: Frame, patient: string, amount: string): Promise<void> {
  await frame.getByLabel('Drug and strength').fill('Ketamine 100 mg/mL');
  await frame.getByLabel('Drawn', { exact: true }).fill(amount);
  await frame.getByLabel('Given', { exact: true }).fill(amount);
  await frame.getByLabel('Patient', { exact: true }).fill(patient);
  await expect(frame.getByText('What you have typed is kept as a draft.')).toBeVisible();
}

async function signWrittenDown(frame: Frame, patient: string, amount: string): Promise<void> {
  const vial = frame.getByRole('searchbox', { name: 'Vial' });
  await expect(vial.or(frame.getByRole('button', { name: 'Change', exact: true }))).toBeVisible();
  if (await vial.isVisible())
    await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue(patient);
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue(amount);
  await nameSelf(frame);
  await signTo(frame, () => recorded(frame).isVisible());
}

test.describe('an app that is not there', () => {
  test.use({ start: 'fresh' });
  test('is said on first use, with what to do; once it is there the capture goes its way', async ({
    chromeContext,
    extension,
    pwa,
    pms,
  }) => {
    await pwa.down();
    const page = await chromeContext.newPage();
    const first = await openForm(page, pms.origin);
    await expect(first.getByText('The ledger cannot be reached.')).toBeVisible();
    await expect(first.getByRole('button', { name: 'Sign and record' })).toHaveCount(0);
    await writeDown(first, 'Rex', '0.08');
    await keepPicture(page, 'before-ledger-1280-light');
    await first.getByRole('button', { name: 'Try again' }).click();
    await expect(first.getByText('The ledger cannot be reached.')).toBeVisible();
    await expect(first.getByLabel('Drawn', { exact: true })).toHaveValue('0.08');
    // What was written down outlives the background and the page.
    await extension.kill();
    const frame = await openForm(page, pms.origin);
    await expect(frame.getByText('Rex, Ketamine 100 mg/mL')).toBeVisible();
    await writeDown(frame, 'Bella', '0.06');
    await pwa.up();
    // It is tried again by itself, too: nobody has to press once more.
    await expect(frame.getByText('The ledger does not know this extension yet.')).toBeVisible({
      timeout: 60_000,
    });
    const app = await openDemo(chromeContext, pwa);
    await approveExtension(app, pwa, extension.id);
    await app.close();
    const disk = await Disk.of(chromeContext, pwa.origin);
    const since = (await disk.rows('records')).length;
    await page.bringToFront();
    // The form goes on with what stands in it.
    await signWrittenDown(frame, 'Bella', '0.06');
    await frame.getByRole('button', { name: 'Done' }).click();
    const waiting = frame.getByRole('region', { name: 'Not in the ledger yet' });
    await waiting.getByRole('button', { name: 'Go on' }).click();
    await signWrittenDown(frame, 'Rex', '0.08');
    await expectOnce(disk, extension, '0.08', since);
    await expectOnce(disk, extension, '0.06', since);
  });
});
