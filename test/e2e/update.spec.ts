import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, expectScreen, startDemo, test, visit } from './app.ts';
import { dist } from './places.ts';

test('a later version waits until nothing is half done and somebody wants it', async ({
  page,
  context,
  pwa,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-update-'));
  await cp(join(dist, 'pwa'), folder, { recursive: true });
  await pwa.down();
  await pwa.up(folder);
  await startDemo(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const bar = page.getByText('A new version of Countersign is ready.');

  await test.step('it is offered, not taken, while a form is half filled', async () => {
    await visit(page, 'people', 'People');
    await page.getByRole('button', { name: 'Enrol a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Nia Halfway');
    await appendFile(join(folder, 'sw.js'), '\n// a later version\n');
    await page.evaluate(() =>
      navigator.serviceWorker
        .getRegistration()
        .then((own) => own?.update())
        .then(() => undefined),
    );
    await expect(bar).toContainText('Finish what you are doing first.');
    await expect(page.getByRole('button', { name: 'Reload now' })).toHaveCount(0);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Nia Halfway');
  });

  const other = await context.newPage();
  await visit(other, 'people', 'People');
  await other.getByRole('button', { name: 'Enrol a person' }).click();
  await other.getByLabel('Name', { exact: true }).fill('Ivo Elsewhere');

  await test.step('once nothing is half done, a press takes it, and the ledger is there', async () => {
    await page.getByRole('button', { name: 'Cancel' }).click();
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Reload now' }).click();
    await loaded;
    await expectScreen(page, 'People');
    await expect(bar).toHaveCount(0);
    expect(
      await page.evaluate(() =>
        navigator.serviceWorker.getRegistration().then((own) => own?.waiting ?? null),
      ),
    ).toBeNull();
  });

  await test.step('a form in another tab is not reloaded by that press, only by its own', async () => {
    await expect(other.getByText('Finish what you are doing first.')).toBeVisible();
    await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Ivo Elsewhere');
    await other.getByRole('button', { name: 'Cancel' }).click();
    const loaded = other.waitForEvent('load');
    await other.getByRole('button', { name: 'Reload now' }).click();
    await loaded;
    await expectScreen(other, 'People');
  });
  await pwa.down();
  await pwa.up();
  await rm(folder, { recursive: true, force: true });
});
