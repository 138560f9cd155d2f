import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { expectedOf } from '../golden/expected.ts';
import { STATES } from '../golden/state-cases.ts';
import { dist } from './places.ts';

/** The verifier page as an inspector has it: from the disk, with no network; beside the command line, which agrees. */
const golden = resolve(import.meta.dirname, '../golden/packages');
const shots = resolve(import.meta.dirname, '../../test-results/screenshots');
const pageUrl = pathToFileURL(join(dist, 'verify/verify.html')).href;

/**
 * Of the packages that are made from the table of states, which differ in nothing but the rule that is broken, every day
 * the first of each code and every eighth; the soak has the page and the command line check all. The verifier itself
 * checks all of them with the unit tests.
 */
const ofStates = STATES.map(({ name }) => name).sort();
const codeOf = (name = '') => expectedOf(name).code;
const left = ofStates.filter((name, i) => i % 8 !== 0 && codeOf(name) === codeOf(ofStates[i - 1]));
const soak = process.env.COUNTERSIGN_SOAK === '1';
const names = readdirSync(golden)
  .filter((name) => soak || !left.includes(name))
  .sort();

// The long ones come last by name, and would be waited for by nobody else if they ran one after another.
test.describe.configure({ mode: 'parallel' });

/** What a screen reader would find at the top of the answer. */
const HEADLINES = {
  valid: ['Integrity Valid', 'Conformity Valid'],
  conformity: ['Integrity Valid', 'Conformity Not valid'],
  integrity: ['Integrity Not valid', 'Conformity Cannot be said'],
} as const;
const EXIT = { valid: 0, conformity: 0, integrity: 1, refused: 2 } as const;

const cli = (...args: string[]) =>
  spawnSync(process.execPath, [join(dist, 'cli/countersign.mjs'), ...args], { encoding: 'utf8' });

async function open(page: Page): Promise<{ errors: string[]; requests: string[] }> {
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url() !== pageUrl && !request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.context().setOffline(true);
  await page.goto(pageUrl);
  return { errors, requests };
}

async function check(page: Page, name: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(join(golden, name));
  await expect(page.locator('.result')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
}

async function seriousViolations(page: Page): Promise<unknown[]> {
  const axe = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found: { violations: { id: string; nodes: { html: string }[] }[] } = await Reflect.get(
      window,
      'axe',
    ).run();
    return found.violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }));
  });
}

for (const kind of ['valid', 'integrity', 'conformity', 'refused'] as const) {
  test(`page and command line agree on the golden packages: ${kind}`, async ({ page }) => {
    // In the soak it is all of them, beside three other stories.
    test.setTimeout(600_000);
    const told = await open(page);
    for (const name of names.filter((each) => expectedOf(each).kind === kind)) {
      await test.step(name, async () => {
        const { status, stdout, stderr } = cli('verify', join(golden, name), '--json');
        expect([status, stderr]).toEqual([EXIT[kind], '']);
        await page.reload();
        await check(page, name);
        await expectOnPage(page, name, JSON.parse(stdout));
      });
    }
    expect(told).toEqual({ errors: [], requests: [] });
  });
}

async function expectOnPage(page: Page, name: string, answer: unknown): Promise<void> {
  const { kind, code } = expectedOf(name);
  if (kind === 'refused') {
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([`${name} Not a package`]);
    expect(answer).toMatchObject({ kind: 'refused', code });
    return;
  }
  const [integrity, conformity] = HEADLINES[kind];
  const banner = (about: string) => page.getByRole('region', { name: about, exact: true }).locator('h2');
  await expect(banner('Integrity')).toHaveText(integrity);
  await expect(banner('Conformity')).toHaveText(conformity);
  expect(JSON.parse((await page.locator('#verdict').textContent()) ?? '')).toEqual(answer);
}

test('an inspector reads the logs by drug and by vial, and whose patients they were', async ({ page }) => {
  await open(page);
  await check(page, 'package.valid.disclosed.zip');
  await expect(page.getByRole('heading', { name: 'Harbour Street Veterinary' })).toBeVisible();
  await expect(page.locator('dt', { hasText: 'Genesis' }).locator('+ dd')).toHaveText(
    /^([0-9a-f]{4} ){3}[0-9a-f]{4}$/,
  );
  await expect(page.getByRole('heading', { name: 'ketamine 100 mg/mL' })).toBeVisible();
  await expect(page.getByRole('row', { name: /hydromorphone.*C-II.*9\.6 mL/ })).toBeVisible();
  await page.getByText('K-001, lot LOT-7A').click();
  const rows = page.getByRole('region', { name: 'Log of K-001' }).getByRole('row');
  await expect(rows).toHaveCount(12);
  await expect(rows.nth(2)).toContainText('given 0.35 mL, left over 0.65 mL');
  await expect(rows.last()).toContainText('Container closed');
  await expect(page.getByText(/name: Biscuit, owner: J\. Harlow/)).toBeVisible();
});

test('a browser without Ed25519 is told so, and never reads "valid"', async ({ page }) => {
  await page.addInitScript(() => {
    SubtleCrypto.prototype.importKey = () =>
      Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
  });
  await open(page);
  await check(page, 'package.valid.whole.zip');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['package.valid.whole.zip Not checked']);
  await expect(page.locator('.result')).toContainText('cannot check Ed25519');
});

for (const [width, scheme] of [
  [380, 'light'],
  [820, 'dark'],
  [1280, 'light'],
] as const) {
  test(`has no accessibility violations and no sideways scrolling at ${width} px (${scheme})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await open(page);
    expect(await seriousViolations(page)).toEqual([]);
    for (const name of ['package.valid.disclosed.zip', 'package.link.prev.seq-12.zip']) {
      await check(page, name);
      await page.getByText('K-001, lot LOT-7A').click();
      expect(await seriousViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await page.screenshot({
        path: join(shots, `verify-html-${width}-${name.split('.')[1]}.png`),
        fullPage: true,
      });
    }
  });
}

test('the command line explains itself, and holds a package against a head kept elsewhere', () => {
  const file = join(golden, 'package.valid.whole.zip');
  expect(cli().status).toBe(2);
  expect(cli('verify', '/nowhere/at/all.zip').status).toBe(2);
  expect(cli('verify', file, '--nonsense').stderr).toContain('There is no option --nonsense');
  const { stdout, status } = cli('verify', file);
  expect(status).toBe(0);
  expect(stdout).toContain('Integrity:  VALID');
  const { ledger, logs } = JSON.parse(cli('verify', file, '--json').stdout).verdict.summary;
  const head = `${ledger}:${logs[0].size}:${logs[0].head.slice(0, 16)}`;
  expect(cli('verify', file, '--head', head).status).toBe(0);
  const later = cli('verify', file, '--head', `${ledger}:${logs[0].size + 1}:${logs[0].head}`);
  expect([later.status, later.stdout.includes('truncated')]).toEqual([1, true]);
  expect(
    cli('verify', join(golden, 'package.conformity.role.technician-receives.seq-12.zip'), '--strict').status,
  ).toBe(1);
});
