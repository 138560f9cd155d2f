import type { Locator, Page } from '@playwright/test';
import { test as base, DEMO_PIN, expect } from './fixtures.ts';

/** What a story must not cause: requests to anybody else, and errors that nobody has foreseen. */
export type Watch = {
  /** Tells that errors like this one belong to the story. */
  expect: (error: RegExp) => void;
  /** Every address that was asked for, by pages and by the service worker. */
  requests: readonly string[];
};

/** The built app in a browser context of its own, watched from the first request to the last. */
export const test = base.extend<{ watch: Watch }>({
  baseURL: async ({ pwa }, use) => use(pwa.origin),
  watch: [
    async ({ context, baseURL }, use) => {
      const requests: string[] = [];
      const errors: string[] = [];
      const expected: RegExp[] = [];
      context.on('request', (request) => requests.push(request.url()));
      context.on('weberror', (error) => errors.push(String(error.error())));
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      await use({ requests, expect: (error) => expected.push(error) });
      expect(requests.filter((url) => isForeign(url, baseURL ?? ''))).toEqual([]);
      expect(errors.filter((error) => !expected.some((known) => known.test(error)))).toEqual([]);
    },
    { auto: true },
  ],
});
export { DEMO_PIN, expect };

const isForeign = (url: string, origin: string) =>
  !url.startsWith(`${origin}/`) && !/^(data|blob|about|file):/.test(url);

/** Everybody of the demo clinic, as the screens name them. */
export const DEMO = {
  registrant: 'Dr. Wren Alderdemo',
  vet: 'Dr. Imre Castlemock',
  lead: 'Tova Marshmade',
  juno: 'Juno Pikesample',
  sol: 'Sol Fernfiction',
  officer: 'Petra Quillexample',
} as const;

export type Vial = { number: string; product: string; balance: number; size: number };
/** `full` and `second`: two with plenty in them, of which no closing needs a witness. `worn`: one with a long life. */
export type DemoVials = { full: Vial; second: Vial; worn: Vial };

/**
 * Opens the app on the demo clinic and waits for its first screen. Which vials there are depends on the day on
 * which the demo is made, so a story asks for one by what it needs of it.
 */
export async function startDemo(page: Page): Promise<DemoVials> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the demo clinic' }).click();
  // Eight hundred real signatures take their time on a busy machine.
  await expect(page.getByRole('heading', { name: 'What needs doing' })).toBeVisible({ timeout: 60_000 });
  await visit(page, 'vials', 'Vials');
  const cards = page.getByRole('main').getByRole('link', { name: /mL of/ });
  await expect(cards.first()).toBeVisible();
  // One that is set aside asks for a reason with every use.
  const vials = (await cards.evaluateAll(readVials)).filter(({ aside }) => !aside);
  const byBalance = (a: Vial & { schedule: string }, b: Vial) => b.balance - a.balance;
  const [full, second] = vials.filter((v) => v.schedule !== 'II' && v.size === 10).sort(byBalance);
  const worn = vials
    .filter((v) => v.size === 20)
    .sort(byBalance)
    .at(-1);
  if (!full || !second || !worn) throw new Error('The demo clinic has no such vials.');
  await visit(page, 'today', 'Today');
  return { full, second, worn };
}

/** Runs in the page: what the cards of the list of vials say. */
function readVials(cards: Element[]): (Vial & { schedule: string; aside: boolean })[] {
  return cards.map((card) => {
    const textOf = (part: string) => card.querySelector(part)?.textContent ?? '';
    const [balance = '', size = ''] = textOf('.vial-balance').split('mL of ');
    return {
      number: textOf('.vial-number'),
      product: textOf('strong'),
      schedule: textOf('.schedule').replace('Schedule C-', ''),
      aside: card.textContent?.includes('set aside') ?? false,
      balance: Number(balance.replace('−', '-')),
      size: Number(size),
    };
  });
}

export async function expectScreen(page: Page, title: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
}

/** Goes to a screen by its address, like `vials?filter=open`. */
export async function visit(page: Page, address: string, title: string | RegExp): Promise<void> {
  await page.goto(`/#/${address}`);
  await expectScreen(page, title);
}

/** Picks a name and types the PIN in the signature that `who` labels. */
export async function signAs(
  form: Page | Locator,
  { label, name, pin = DEMO_PIN }: { label: string; name: string; pin?: string },
): Promise<void> {
  await form.getByLabel(label, { exact: true }).selectOption({ label: name });
  await form.getByLabel(`PIN of ${name}`, { exact: true }).fill(pin);
}

export type Draw = {
  drawn: string;
  given?: string;
  patient?: string;
  by: string;
  pin?: string;
  expiredReason?: string;
};

/** Fills the capture form that is on the screen and signs it; the vial is chosen already. */
export async function fillDraw(page: Page, draw: Draw): Promise<void> {
  const { drawn, given, patient = 'Biscuit', by, pin = DEMO_PIN } = draw;
  if (draw.expiredReason) await page.getByLabel('Why it was used').fill(draw.expiredReason);
  await page.getByLabel('Drawn', { exact: true }).fill(drawn);
  if (given !== undefined) await page.getByLabel('Given', { exact: true }).fill(given);
  await page.getByLabel('Patient', { exact: true }).fill(patient);
  await signAs(page, { label: 'Drawn by', name: by, pin });
}

export const record = (page: Page) => page.getByRole('button', { name: 'Sign and record' });

/** Opens a new draw on the vial with this number, from Today. */
export async function drawFrom(page: Page, number: string): Promise<void> {
  await visit(page, 'today', 'Today');
  await page.getByRole('link', { name: 'Draw or give' }).click();
  await expectScreen(page, 'Draw or give');
  await page.getByLabel('Vial', { exact: true }).fill(number);
  await page
    .getByRole('list', { name: 'Open vials' })
    .getByRole('button', { name: new RegExp(`^${number}\\b`) })
    .click();
}

/** What a receipt says: numbers and short hashes of its records. */
export async function readReceipt(page: Page): Promise<{ seq: number; hash: string }[]> {
  await expect(page.getByRole('heading', { name: 'Recorded', exact: true })).toBeVisible();
  const text = await page.locator('.receipt').textContent();
  return [...(text ?? '').matchAll(/No\. (\d+)\s+([0-9a-f]{4}(?: [0-9a-f]{4}){3})/g)].map(
    ([, seq, hash]) => ({
      seq: Number(seq),
      hash: hash ?? '',
    }),
  );
}

/** The amount that the book has of a vial, from the list of vials. */
export async function balanceOf(page: Page, number: string): Promise<string> {
  await visit(page, 'vials', 'Vials');
  await page.getByLabel('Find', { exact: true }).fill(number);
  const text = await page
    .locator('.vial-card', { has: page.getByText(number, { exact: true }) })
    .locator('.vial-balance')
    .textContent();
  return text?.split(/\s+of\s+/)[0]?.trim() ?? '';
}
