import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeFakeCamera } from '../run/fake-camera.ts';
import {
  DEMO,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  signAs,
  startDemo,
  test,
  visit,
} from './app.ts';
import { BROWSER_ARGS } from './fixtures.ts';

/** A label of the demo's ketamine, as the maker prints it. */
const LABEL = '(01)00359399114103(17)291231(10)SCAN7(21)SN0042';
const GS = '\x1d';

test.use({
  permissions: ['camera'],
  launchOptions: async ({ launchOptions }, use) => {
    const film = join(mkdtempSync(join(tmpdir(), 'countersign-camera-')), 'label.y4m');
    await use({ ...launchOptions, args: [...BROWSER_ARGS, ...writeFakeCamera(film, [{ text: LABEL }])] });
  },
});

/** Types like a USB scanner: a key every four milliseconds, without waiting for the page in between. */
async function scanByUsb(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...text].map((key) =>
    key === GS ? { key: 'F8', code: 'F8' } : { key, code: '', text: key },
  );
  const enter = { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 };
  // As the scanner's own cable has them: a busy machine passes them on late, and not at other times.
  const began = Date.now() / 1000;
  await Promise.all(
    [...keys, enter].flatMap((key, index) => {
      const timestamp = began + index * 0.004;
      const type = 'text' in key ? 'keyDown' : 'rawKeyDown';
      return [
        session.send('Input.dispatchKeyEvent', { ...key, type, timestamp }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, code: key.code, timestamp }),
      ];
    }),
  );
  await session.detach();
}

test('a label is read by camera, by a USB scanner and by hand', async ({ page, context }) => {
  await startDemo(page);

  await test.step('the vial comes in by its label, typed off it', async () => {
    await visit(page, 'receive', 'Receive');
    await page.getByLabel('Or type the code').fill(LABEL);
    await page.getByRole('button', { name: 'Use this code' }).click();
    const line = page.getByRole('region', { name: 'Containers in this delivery' }).getByRole('listitem');
    await expect(line.getByLabel('Lot')).toHaveValue('SCAN7');
    await expect(line.getByLabel('Expires')).toHaveValue('2029-12-31');
    await line.getByLabel('Number').fill('K-42');
    await signAs(page, { label: 'Received by', name: DEMO.lead });
    await page.getByRole('button', { name: 'Sign and receive 1' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
  });

  await test.step('the camera reads it and opens it', async () => {
    await visit(page, 'scan', 'Scan');
    await page.getByRole('button', { name: 'Start camera' }).click();
    const found = page.getByRole('region', { name: 'What it is' });
    await expect(found).toContainText('K-42', { timeout: 30_000 });
    await found.getByRole('link', { name: 'Its life' }).click();
    await expectScreen(page, 'Container K-42');
    await expect(page.getByText('SN0042')).toBeVisible();
  });

  await test.step('a USB scanner finds it in the capture form, and types into no field', async () => {
    await visit(page, 'capture', 'Draw or give');
    await expect(page.getByLabel('Vial', { exact: true })).toBeFocused();
    await scanByUsb(page, `01003593991141031729123110SCAN7${GS}21SN0042`);
    await expect(page.getByRole('button', { name: 'Change' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('K-42');
    await expect(page.getByLabel('Drawn', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue('');
  });

  await test.step('the label of another product never swaps the vial by itself', async () => {
    await page.getByLabel('Patient', { exact: true }).focus();
    await scanByUsb(page, '00306416206105');
    await expect(page.getByText(/this form is for/i).first()).toBeVisible();
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue('');
    await fillDraw(page, { drawn: '0.3', by: DEMO.sol });
    await record(page).click();
    expect(await readReceipt(page)).toHaveLength(1);
  });

  await test.step('a number that is typed is as good', async () => {
    await drawFrom(page, 'K-42');
    await expect(page.getByRole('main')).toContainText('lot SCAN7');
  });

  await test.step('codes that lead nowhere are refused in a sentence, and stay', async () => {
    await visit(page, 'scan', 'Scan');
    const typed = page.getByLabel('Or type the code');
    const refusals = [
      ['(01)00312345678906', 'belongs to no product of this ledger'],
      ['(01)00359399114104', 'check digit'],
      ['(01)00359399114103(17)291331(10)SCAN7', 'month'],
      ['Z-99', 'neither a container number of this clinic nor a drug barcode'],
    ] as const;
    for (const [code, sentence] of refusals) {
      await typed.fill(code);
      await page.getByRole('button', { name: 'Use this code' }).click();
      await expect(page.getByRole('alert').filter({ hasText: sentence }).first()).toBeVisible();
      await expect(typed).toHaveValue(code);
    }
  });

  await test.step('a camera that is denied says so, and typing goes on', async () => {
    await context.clearPermissions();
    // To Chromium, what is not granted from here on is denied.
    await context.grantPermissions(['clipboard-read']);
    await page.reload();
    await expectScreen(page, 'Scan');
    await page.getByRole('button', { name: 'Start camera' }).click();
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /camera/i })
        .first(),
    ).toContainText(/allow|denied|blocked/i);
    await page.getByLabel('Or type the code').fill('K-42');
    await page.getByRole('button', { name: 'Use this code' }).click();
    await expect(page.getByRole('region', { name: 'What it is' })).toContainText('K-42');
  });
});
