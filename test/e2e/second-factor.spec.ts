import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import {
  DEMO,
  DEMO_PIN,
  drawFrom,
  expect,
  fillDraw,
  readReceipt,
  record,
  signAs,
  startDemo,
  test,
  visit,
} from './app.ts';
import { addKey, keysFor, requireKeys } from './authenticator.ts';
import { expectNoFaults } from './extension-axe.ts';
import { keepPicture } from './pictures.ts';
import { dist } from './places.ts';

/** Passkeys and security keys beside signatures, from adding one to the verdict over what was signed with it. */

const { registrant, vet, lead, juno } = DEMO;

async function lookAt(page: Page, name: string): Promise<void> {
  await expectNoFaults(page, page, name);
  for (const width of [380, 820, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const colorScheme = width === 820 ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, `${name}-${width}-${colorScheme}`);
  }
}

/** Whose turn the app says it is. */
const turnOf = (page: Page, person: string) =>
  page.getByRole('dialog', { name: `Touch the key of ${person}` });

/** Draws with a leftover of 0.25 mL and goes as far as the form of its waste. */
async function drawWithLeftover(page: Page, number: string): Promise<void> {
  await drawFrom(page, number);
  await fillDraw(page, { drawn: '0.5', given: '0.25', by: lead });
  await record(page).click();
  await expect(page.getByRole('heading', { name: /^Waste 0\.25/ })).toBeVisible();
}

async function signIn(page: Page, action: string): Promise<void> {
  await page.getByLabel('Who are you').selectOption({ label: lead });
  await page.getByLabel(`PIN of ${lead}`).fill(DEMO_PIN);
  await page.getByRole('button', { name: action, exact: true }).click();
}

/** Locks every tab from one that is opened for it, while the first one waits for a key. */
async function lockFromAnotherTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(`${new URL(page.url()).origin}/#/sign-in`);
  await signIn(tab, 'Sign in');
  await tab.getByRole('banner').getByRole('button', { name: 'Lock' }).click();
  await page.bringToFront();
  return tab;
}

const witnessed = (page: Page) => page.getByRole('button', { name: 'Witness and record' });

test('two people add keys, waste under a policy that asks for them, and a verifier counts them', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(300_000);
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  const { full, second } = await startDemo(page);
  const keys = await keysFor(page, [lead, vet]);

  await test.step('a key is added by its person, who can be wrong about the PIN and need not make it twice', async () => {
    const waiting = await addKey(page, lead, { name: 'Key on my ring' });
    await expect(waiting.getByText(`${lead}, touch your key now.`)).toBeVisible();
    await lookAt(page, 'factor-add');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await keys.touch(lead);
    const form = await addKey(page, lead, { name: 'Key on my ring', pin: '135791' });
    await expect(form.getByText(/That PIN is wrong/)).toBeVisible();
    await expect(form.getByText('The key is made. It counts once you have signed for it.')).toBeVisible();
    await keys.touch(null);
    await form.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
    await form.getByRole('button', { name: 'Sign for the key' }).click();
    await expect(page.getByText(/^“Key on my ring” is added for /)).toBeVisible();
    expect(await keys.made(lead)).toBe(1);
  });

  await test.step('one key is not two people, and cancelling keeps what was typed', async () => {
    await keys.touch(lead);
    const form = await addKey(page, vet, { name: 'The same key' });
    await expect(form.getByText('This key is in use here already.', { exact: false })).toBeVisible();
    await expect(form.getByLabel('What you call it')).toHaveValue('The same key');
    await keys.touch(vet);
    await form.getByLabel('What you call it').fill('My phone');
    await form.getByRole('button', { name: 'Add it' }).click();
    await expect(page.getByText(/^“My phone” is added for /)).toBeVisible();
    await keys.touch(null);
  });

  await test.step('the policy says whom it would keep from signing', async () => {
    const said = await requireKeys(page, 'Waste', (form) => lookAt(form, 'factor-policy'));
    expect(said).toContain('Not everybody has a passkey or security key yet.');
    expect(said).toContain(juno);
    expect(said).not.toContain(`one: ${lead}`);
    await visit(page, 'today', 'Today');
    await expect(page.getByText('A passkey or security key is missing')).toBeVisible();
    await visit(page, 'people', 'People');
    await expect(page.getByText(/none yet\. Until they add one/)).toContainText(juno);
    await page.getByRole('button', { name: `Manage ${lead}` }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Key on my ring' }).last()).toContainText(
      'added on',
    );
    await lookAt(page, 'factor-people');
  });

  await test.step('somebody without one cannot witness, and the form says so first', async () => {
    await drawWithLeftover(page, full.number);
    await expect(page.getByText('Everybody who signs this uses their passkey')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Witness on their phone' })).toHaveCount(0);
    const list = page.getByLabel('Witness, who saw it', { exact: true });
    await list.selectOption({ label: `${juno} (no passkey or security key yet)` });
    await expect(page.getByText(`${juno}: no passkey or security key yet.`)).toBeVisible();
    await page.getByLabel(`PIN of ${juno}`).fill(DEMO_PIN);
    await lookAt(page, 'factor-waste');
    await witnessed(page).click();
    await expect(page.getByText(`${juno} adds one under People.`, { exact: false })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  const seq = await test.step('both sign, each with their own key, one after the other', async () => {
    await signAs(page, { label: 'Witness, who saw it', name: vet });
    await witnessed(page).click();
    await expect(turnOf(page, lead)).toBeVisible();
    await lookAt(page, 'factor-turn');
    await turnOf(page, lead).getByRole('button', { name: 'Cancel' }).click();
    await expect(
      page.getByText('It was cancelled, and nothing is recorded.', { exact: false }),
    ).toBeVisible();
    await witnessed(page).click();
    await expect(turnOf(page, lead)).toBeVisible();
    const tab = await lockFromAnotherTab(page);
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await signIn(page, 'Unlock');
    await tab.close();
    await expect(page.getByText('The screen was locked.', { exact: false })).toBeVisible();
    await page.getByLabel(`PIN of ${lead}, who wastes it`).fill(DEMO_PIN);
    await page.getByLabel(`PIN of ${vet}`).fill(DEMO_PIN);
    await keys.touch(lead);
    await witnessed(page).click();
    // Still under the finger: the next one is asked, and this one cannot answer for it.
    await expect(turnOf(page, vet).getByText('is not this person’s', { exact: false })).toBeVisible();
    await keys.touch(vet);
    await turnOf(page, vet).getByRole('button', { name: 'Ask the key again' }).click();
    const [, waste] = await readReceipt(page);
    await visit(page, `ledger/${waste?.seq}`, `Record ${waste?.seq}`);
    const signatures = page.getByRole('region', { name: 'Signatures' });
    await expect(signatures.getByText('with passkey or security key')).toHaveCount(2);
    await expect(signatures.getByText('✓ valid')).toHaveCount(2);
    await lookAt(page, 'factor-record');
    return waste?.seq ?? 0;
  });

  await test.step('a key that was removed signs no more', async () => {
    await visit(page, 'people', 'People');
    await page.getByRole('button', { name: `Manage ${vet}` }).click();
    await page.getByRole('button', { name: 'Remove My phone' }).click();
    const form = page.getByRole('form', { name: `Remove “My phone” of ${vet}` });
    await expect(form.getByText('It is the only one of', { exact: false })).toBeVisible();
    await form.getByLabel('Reason').fill('Lost');
    await signAs(form, { label: 'Who signs', name: registrant });
    await signAs(form, { label: 'Approved by, another person', name: lead });
    await lookAt(page, 'factor-remove');
    await form.getByRole('button', { name: 'Remove it' }).click();
    await expect(page.getByText(/^“My phone” signs no more\./)).toBeVisible();
    await drawWithLeftover(page, second.number);
    await page
      .getByLabel('Witness, who saw it', { exact: true })
      .selectOption({ label: `${vet} (no passkey or security key yet)` });
    await page.getByLabel(`PIN of ${vet}`).fill(DEMO_PIN);
    await witnessed(page).click();
    await expect(page.getByText(`${vet} adds one under People.`, { exact: false })).toBeVisible();
    await page.getByRole('button', { name: 'Leave it open' }).click();
  });

  await test.step('the package says it on the command line and on the page', async () => {
    const dir = info.outputPath('packages');
    await mkdir(dir, { recursive: true });
    const file = resolve(dir, 'factors.zip');
    await visit(page, 'export', 'Export and open');
    await page.getByRole('button', { name: 'Make the package' }).click();
    await expect(page.getByText('The package is ready and was read back whole.')).toBeVisible({
      timeout: 60_000,
    });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the file' }).click(),
    ]);
    await download.saveAs(file);
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve(dist, 'cli/countersign.mjs'), 'verify', file, '--json'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    const { verdict } = JSON.parse(stdout);
    expect(verdict.integrity).toMatchObject({ ok: true, count: 0 });
    expect(verdict.summary.factors).toBe(2);
    expect(verdict.conformity.findings.filter((one: { seq: number }) => one.seq === seq)).toEqual([]);
    const disk = await browser.newContext({ offline: true });
    const paper = await disk.newPage();
    await paper.goto(pathToFileURL(resolve(dist, 'verify/verify.html')).href);
    await paper.getByLabel(/Choose the package/).setInputFiles(file);
    await expect(paper.getByText(', 2 of them with a passkey or security key')).toBeVisible();
    await disk.close();
  });
});
