import { grantBefore, openSettings } from '../run/allow.mjs';
import { test as base, expect } from './fixtures.ts';
import { Disk, nameSelf, openForm, outboxOf, recorded, signTo, typeDraw } from './kill/clinic.ts';
import { keepPicture } from './pictures.ts';
import { mayHaveDisk, onSmallDisk, type SmallDisk } from './small-disk.ts';

const test = base.extend<{ disk: SmallDisk }>({
  disk: async ({ profiles, ours, start }, use) => {
    test.skip(!mayHaveDisk(), 'This machine lets nobody have a disk of their own, so none can be filled.');
    const disk = await onSmallDisk(await profiles(start), ours);
    await use(disk);
    await disk.context.close();
    await disk.remove();
  },
  chromeContext: ({ disk }, use) => use(disk.context),
});

const NO_ROOM = 'most often because this computer has no room left';

// A disk of its own for one browser takes its time: this is for the soak. What a full ledger says is in `mishaps.spec`.
if (process.env.COUNTERSIGN_SOAK === '1')
  test('the disk is full: captures, drafts and sites fail in words, what was typed stays, and it all goes through once there is room', async ({
    chromeContext,
    disk,
    extension,
    pwa,
    pms,
  }) => {
    const ledger = await Disk.of(chromeContext, pwa.origin);
    const since = (await ledger.rows('records')).length;
    const address = 'https://vpm.clinic.example';
    await grantBefore(chromeContext, extension.id, address);
    const settings = await openSettings(chromeContext, extension.id);
    await settings.getByRole('button', { name: 'Use at your address… OpenVPM' }).click();
    const page = await chromeContext.newPage();
    const frame = await openForm(page, pms.origin);
    await typeDraw(frame, '0.13');
    await expect(frame.getByText('What you have typed is kept as a draft.')).toBeVisible();
    const drawn = frame.getByLabel('Drawn', { exact: true });

    await test.step('a draft is not kept, and that is said', async () => {
      await disk.fill();
      await drawn.fill('0.14');
      await frame.getByLabel('Given', { exact: true }).fill('0.14');
      await expect(frame.getByText(NO_ROOM).first()).toBeVisible();
      await expect(frame.getByText('What you have typed is kept as a draft.')).toHaveCount(0);
      await keepPicture(page, 'full-draft-1280-light');
    });

    await test.step('a background that starts on a full disk says so too', async () => {
      await extension.kill();
      await nameSelf(frame);
      await expect(frame.getByText(NO_ROOM).first()).toBeVisible();
    });

    await test.step('a capture is not recorded, and everything typed is still there', async () => {
      const refusal = frame.getByRole('alert').filter({ hasText: 'no room left' });
      await signTo(frame, () => refusal.isVisible());
      await expect(drawn).toHaveValue('0.14');
      await expect(recorded(frame)).toHaveCount(0);
      await keepPicture(page, 'full-capture-1280-light');
    });

    await test.step('a site is not set up, and its address is still there', async () => {
      await settings.bringToFront();
      // A few bytes still fit behind what stands in the last block of its file, and the browser gives some back itself.
      const wrote = async () => {
        await disk.fill();
        return settings.evaluate(() =>
          chrome.storage.local.set({ filler: 'x'.repeat(9000) }).then(
            () => true,
            () => false,
          ),
        );
      };
      await expect.poll(wrote).toBe(false);
      const field = settings.getByLabel('Your address of OpenVPM');
      await field.fill(address);
      await settings.getByRole('button', { name: 'Use this address' }).click();
      await expect(settings.getByText(NO_ROOM)).toBeVisible();
      await expect(field).toHaveValue(address);
      await keepPicture(settings, 'full-site-1280-light');
    });

    await test.step('there is room again: the same presses go through, once', async () => {
      await disk.makeRoom();
      await settings.getByRole('button', { name: 'Use this address' }).click();
      await expect(settings.getByText('“OpenVPM at vpm.clinic.example” is set up')).toBeVisible();
      await page.bringToFront();
      await signTo(frame, () => recorded(frame).isVisible());
      await expect.poll(() => ledger.draws('0.14', since)).toBe(1);
      await expect.poll(async () => outboxOf(await extension.worker())).toEqual([]);
    });
  });
