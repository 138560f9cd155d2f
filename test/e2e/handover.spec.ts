import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { DEMO, DEMO_PIN, expect, expectScreen, startDemo, test, visit } from './app.ts';
import { keepPicture } from './pictures.ts';
import { dist } from './places.ts';

const cli = resolve(dist, 'cli/countersign.mjs');

function verifyByHand(file: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', file, '--json'], {
    encoding: 'utf8',
  });
  return { status, answer: JSON.parse(stdout), stderr };
}

/** Makes a package on the screen, as a person does, and keeps it in a file. */
async function exportTo(page: Page, file: string): Promise<void> {
  await visit(page, 'export', 'Export and open');
  await page.getByRole('button', { name: 'Make the package' }).click();
  await expect(page.getByText('The package is ready and was read back whole.')).toBeVisible({
    timeout: 60_000,
  });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/demo.*\.zip$/i);
  await download.saveAs(file);
  const form = page.getByRole('form', { name: 'Record that it left this browser' });
  await form.getByLabel('Who signs').selectOption({ label: DEMO.registrant });
  await form.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
  await form.getByRole('button', { name: 'Sign' }).click();
  await expect(page.getByText('The package is saved, and the ledger says so.')).toBeVisible();
}

/** Opens a package in the app; its check runs in a worker. */
async function openInApp(page: Page, file: string): Promise<void> {
  await visit(page, 'verify', 'Verify');
  await page.getByRole('link', { name: 'Verify a package file' }).click();
  await expectScreen(page, 'Export and open');
  await page.getByLabel('Package file').setInputFiles(file);
}

/** Opens a package in a verifier page on a disk, in a browser that has no network. */
async function openInPage(context: BrowserContext, verifier: string, file: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(verifier).href);
  await page.getByLabel(/Choose the package/).setInputFiles(file);
  return page;
}

/** The package with one digit of one record changed, zipped anew so that only the record is wrong. */
function withOneByteChanged(zip: Uint8Array): Uint8Array {
  const files = unzipSync(zip);
  const name = Object.keys(files).find((path) => path.endsWith('records.jsonl')) ?? '';
  const bytes = files[name] ?? new Uint8Array();
  const at = Buffer.from(bytes).indexOf('"drawn":"0.') + '"drawn":"0.'.length;
  bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
  return zipSync(files);
}

test('a package leaves the app and is checked in four places', async ({ page, context, browser }, info) => {
  // Without the file picker, which no test can press, the app takes the browser's downloads.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await startDemo(page);
  const dir = info.outputPath('packages');
  await mkdir(dir, { recursive: true });
  const [whole, changed, cut] = ['whole.zip', 'changed.zip', 'cut.zip'].map((name) => resolve(dir, name)) as [
    string,
    string,
    string,
  ];
  const verifier = resolve(dir, 'verify.html');

  await test.step('it is made, saved, and its leaving is signed for', async () => {
    await exportTo(page, whole);
    const zip = await readFile(whole);
    await writeFile(verifier, unzipSync(zip)['verify.html'] ?? '');
    await writeFile(changed, withOneByteChanged(zip));
    await writeFile(cut, zip.subarray(0, zip.length - 1000));
  });
  const disk = await browser.newContext({ offline: true, viewport: { width: 820, height: 1100 } });

  await test.step('whole, in the app', async () => {
    await openInApp(page, whole);
    await expect(page.getByText('Integrity: whole')).toBeVisible();
    await expect(page.getByText('demo, made-up data')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Records in the package, newest first' })).toBeVisible();
  });
  await test.step('whole, on the command line', async () => {
    const { status, answer, stderr } = verifyByHand(whole);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(answer.verdict.integrity).toMatchObject({ ok: true, count: 0 });
    expect(answer.verdict.summary.demo).toBe(true);
  });
  await test.step('whole, in the verify.html that came in the package, from the disk, without a network', async () => {
    const paper = await openInPage(disk, verifier, whole);
    await expect(paper.getByRole('region', { name: 'Integrity', exact: true })).toContainText('Valid');
    await expect(paper.getByText('Demo data: nothing in this package happened.')).toBeVisible();
    await keepPicture(paper, 'verify-html-820-light', { readme: true });
    await paper.close();
  });

  const broken = verifyByHand(changed);
  const codes: string[] = broken.answer.verdict.integrity.failures.map((f: { code: string }) => f.code);
  await test.step('changed, on the command line', async () => {
    expect(broken.status).toBe(1);
    expect(codes.length).toBeGreaterThan(0);
  });
  await test.step('changed, in the app: the same failures', async () => {
    await openInApp(page, changed);
    await expect(page.getByText(/Integrity: broken in/)).toBeVisible();
    const found = page.getByRole('region', { name: 'Integrity', exact: true }).getByRole('listitem');
    await expect(found).toHaveCount(codes.length);
    for (const [i, code] of codes.entries()) await expect(found.nth(i)).toContainText(code);
  });
  await test.step('changed, in the page from the disk: the same failures', async () => {
    const paper = await openInPage(disk, verifier, changed);
    await expect(paper.getByRole('region', { name: 'Integrity', exact: true })).toContainText('Not valid');
    const verdict = JSON.parse((await paper.locator('#verdict').textContent()) ?? '');
    expect(verdict.verdict.integrity.failures.map((f: { code: string }) => f.code)).toEqual(codes);
    await paper.close();
  });

  await test.step('cut short: no package, in a sentence, everywhere', async () => {
    const { status, answer } = verifyByHand(cut);
    expect(status).toBe(2);
    expect(answer.kind).toBe('refused');
    const sentence: string = answer.message;
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    await openInApp(page, cut);
    await expect(page.getByText('cut.zip cannot be opened.')).toBeVisible();
    await expect(page.getByText(sentence)).toBeVisible();
    const paper = await openInPage(disk, verifier, cut);
    await expect(paper.getByText('Not a package')).toBeVisible();
    await expect(paper.getByText(sentence)).toBeVisible();
  });
  await disk.close();
  expect(context.pages()).toHaveLength(1);
});

test('files that are no package, or of another time, are refused in a sentence', async ({ page }) => {
  await startDemo(page);
  const golden = resolve(import.meta.dirname, '../golden/packages');
  const refused = ['refused.not-a-package.text', 'refused.too-large.bomb', 'refused.unsupported.encrypted'];
  for (const name of refused) {
    await test.step(name, async () => {
      const file = resolve(golden, `package.${name}.zip`);
      const { status, answer } = verifyByHand(file);
      expect(status).toBe(2);
      await openInApp(page, file);
      await expect(page.getByText('cannot be opened.')).toBeVisible();
      await expect(page.getByText(answer.message)).toBeVisible();
    });
  }
  await test.step('of a later version', async () => {
    const file = resolve(golden, 'package.version.manifest.zip');
    const { status, answer } = verifyByHand(file);
    expect(status).toBe(1);
    const [first] = answer.verdict.integrity.failures;
    expect(first.code).toBe('version');
    await openInApp(page, file);
    await expect(page.getByText(first.message)).toBeVisible();
  });
});
