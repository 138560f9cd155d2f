import type { Page } from '@playwright/test';
import axeCore from 'axe-core';
import {
  DEMO,
  DEMO_PIN,
  expect,
  expectScreen,
  fillDraw,
  signAs,
  startDemo,
  test,
  type Vial,
  visit,
} from './app.ts';
import { keepPicture } from './pictures.ts';

declare global {
  var axe: typeof import('axe-core');
}

const WIDTHS = { 1280: 800, 820: 1100, 380: 800 } as const;
const SCHEMES = ['light', 'dark'] as const;
/** Where axe looks: each width and each scheme, not each pair, since faults belong to one or the other. */
const AXE = ['1280-light', '820-dark', '380-light'];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Pictures that the README shows, and a few more that say most. */
const KEPT = [
  'today-1280-light',
  'today-380-dark',
  'draw-380-light',
  'witness-820-light',
  'count-820-light',
  'vial-1280-light',
  'verified-820-light',
  'approvals-1280-light',
];

type Links = Record<
  'number' | 'vial' | 'waste' | 'back' | 'cosign' | 'discrepancy' | 'reverse' | 'record',
  string
>;

/** Addresses of things of the demo that have an id of their own, read off the links that a person presses. */
async function readLinks(page: Page, { number }: Vial): Promise<Links> {
  const hrefOf = async (name: RegExp) =>
    (await page.getByRole('main').getByRole('link', { name }).first().getAttribute('href'))?.slice(2) ?? '';
  await visit(page, 'today', 'Today');
  const [waste, cosign, discrepancy, record] = await Promise.all(
    [/^Waste: /, /^Witness: /, /^Resolve: /, /^\d+ /].map(hrefOf),
  );
  await visit(page, waste ?? '', 'Waste');
  const back = await hrefOf(/Put it back instead/);
  await visit(page, 'vials', 'Vials');
  const vial = await hrefOf(new RegExp(`^${number}`));
  await visit(page, vial, `Container ${number}`);
  const reverse = await hrefOf(/^Reverse no\./);
  const links = { number, vial, waste, back, cosign, discrepancy, reverse, record };
  return Object.fromEntries(Object.entries(links).map(([name, href]) => [name, href ?? ''])) as Links;
}

type Screen = { name: string; open: (page: Page, links: Links) => Promise<void> };
const plain = (name: string, address: string, title: string): Screen => ({
  name,
  open: (page) => visit(page, address, title),
});

/** Every screen, and its second steps. Nothing is recorded on the way, so that each starts from the same clinic. */
const SCREENS: readonly Screen[] = [
  plain('today', 'today', 'Today'),
  plain('scan', 'scan', 'Scan'),
  {
    name: 'scan-found',
    open: async (page, { number }) => {
      await visit(page, 'scan', 'Scan');
      await page.getByLabel('Or type the code').fill(number);
      await page.getByRole('button', { name: 'Use this code' }).click();
      await expect(page.getByRole('link', { name: 'Its life' })).toBeVisible();
    },
  },
  plain('vials', 'vials', 'Vials'),
  { name: 'vial', open: (page, { vial, number }) => visit(page, vial, `Container ${number}`) },
  plain('receive', 'receive', 'Receive'),
  {
    name: 'receive-lines',
    open: async (page) => {
      await visit(page, 'receive', 'Receive');
      await page.getByLabel('Or type the code').fill('(01)00359399114103(17)291231(10)LOT42');
      await page.getByRole('button', { name: 'Use this code' }).click();
      await page.getByRole('button', { name: 'New product' }).click();
      await page.getByRole('button', { name: 'Add the product' }).click();
      await expect(page.getByText('Type the name of the drug.')).toBeVisible();
    },
  },
  plain('draw-pick', 'capture', 'Draw or give'),
  {
    name: 'draw',
    open: async (page, { vial }) => {
      await visit(page, `capture?container=${vial.split('/')[1]}`, 'Draw or give');
      await fillDraw(page, { drawn: '0.5', given: '0.35', by: DEMO.sol });
    },
  },
  {
    name: 'witness',
    open: async (page, { waste }) => {
      await visit(page, waste, 'Waste');
      await page.getByRole('button', { name: 'Go on to the witness' }).click();
      await expect(page.getByRole('heading', { name: /^Waste 0.15/ })).toBeVisible();
      await page.getByLabel(/^PIN of .*, who wastes it$/).fill(DEMO_PIN);
      await signAs(page, { label: 'Witness, who saw it', name: DEMO.sol });
    },
  },
  { name: 'waste', open: (page, { waste }) => visit(page, waste, 'Waste') },
  { name: 'return', open: (page, { back }) => visit(page, back, 'Return to the container') },
  { name: 'cosign', open: (page, { cosign }) => visit(page, cosign, 'Witness') },
  {
    name: 'close',
    open: async (page, { vial }) => {
      await visit(page, vial.replace('vials', 'close'), 'Close a container');
      await page.getByRole('radio', { name: 'Damaged' }).check();
      await expect(page.getByLabel('Approved by, another person')).toBeVisible();
    },
  },
  plain('approvals', 'approvals', 'Approvals'),
  {
    name: 'proposal',
    open: async (page) => {
      await visit(page, 'approvals', 'Approvals');
      await page
        .getByRole('link', { name: /^Open: / })
        .first()
        .click();
      await expectScreen(page, 'Proposal');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('button', { name: 'Sign and approve' }).click();
      await expect(page.getByText('Pick a name first.')).toBeVisible();
    },
  },
  { name: 'reverse', open: (page, { reverse }) => visit(page, reverse, 'Reverse an entry') },
  plain('discrepancies', 'discrepancy', 'Discrepancies'),
  {
    name: 'discrepancy',
    open: async (page, { discrepancy }) => {
      await visit(page, discrepancy, /^Discrepancy on/);
      await page.getByRole('button', { name: 'Resolve it' }).click();
      await page.getByLabel('What it was').selectOption({ label: 'Stolen, or suspected' });
      await page.getByRole('button', { name: 'Sign and resolve' }).click();
      await expect(page.getByText('Say whether the book is changed.')).toBeVisible();
    },
  },
  plain('count-choose', 'count', 'Count'),
  {
    name: 'count',
    open: async (page) => {
      await visit(page, 'count', 'Count');
      await page.getByRole('button', { name: /^Start counting/ }).click();
      await page.getByLabel(/^What is there in/).fill('4.2');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel(/^What is there in/).fill('1.75');
    },
  },
  {
    name: 'count-refused',
    open: async (page) => {
      await page.getByLabel(/^What is there in/).fill('1,75');
      await expect(page.getByText('is not an amount').first()).toBeVisible();
      await page.getByRole('button', { name: 'Seal the count' }).click();
      await expect(page.getByText('Not sealed yet.')).toBeVisible();
    },
  },
  plain('ledger', 'ledger', 'Ledger'),
  {
    name: 'record',
    open: async (page, { record }) => {
      await visit(page, record, /^Record \d+$/);
      await page.getByRole('button', { name: 'Check it here' }).click();
      await expect(page.getByRole('button', { name: 'Check it here' })).toHaveAttribute('aria-busy', 'false');
    },
  },
  plain('people', 'people', 'People'),
  {
    name: 'people-enrol',
    open: async (page) => {
      await page.getByRole('button', { name: 'Enrol a person' }).click();
      await page.getByRole('button', { name: 'Next: their PIN' }).click();
      await expect(page.getByText('Choose what this person is in the clinic.')).toBeVisible();
    },
  },
  plain('verify', 'verify', 'Verify'),
  {
    name: 'verified',
    open: async (page) => {
      await page.getByRole('button', { name: 'Verify the ledger' }).click();
      await expect(page.getByText('Integrity: whole')).toBeVisible();
    },
  },
  plain('export', 'export', 'Export and open'),
  plain('settings', 'settings', 'Settings'),
  plain('more', 'more', 'More'),
  plain('vault', 'vault', 'Patient names'),
  plain('patients', 'patients', 'Patients'),
  {
    name: 'patients-found',
    open: async (page) => {
      await page.getByLabel('Who are you').selectOption({ label: DEMO.vet });
      await page.getByLabel(`PIN of ${DEMO.vet}`).fill(DEMO_PIN);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByLabel('Find').fill('b');
      await expect(page.getByRole('list', { name: /^Acts for / }).first()).toBeVisible();
    },
  },
  plain('signed-in', 'sign-in', 'Signed in'),
  // The last of them: what comes after a lock needs a PIN.
  {
    name: 'locked',
    open: async (page) => {
      await page.getByRole('banner').getByRole('button', { name: 'Lock' }).click();
      await expectScreen(page, 'Locked');
    },
  },
];

/** What axe has against the page as it stands, one line a fault. */
async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${id}: ${node.html.slice(0, 160)} | ${node.failureSummary?.split('\n')[1]?.trim()}`,
      ),
    );
  }, WCAG);
}

/** What sticks out of the page's width, from the outermost in. */
function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

test('every screen of the demo clinic: marked, readable, within its width, in light and dark', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.addInitScript({ content: axeCore.source });
  const { worn } = await startDemo(page);
  await test.step('in the log, too', async () => {
    await visit(page, 'ledger/0', 'Record 0');
    await expect(page.getByText('"demo": true')).toBeVisible();
    await expectScreen(page, 'Record 0');
  });
  const links = await readLinks(page, worn);
  for (const { name, open } of SCREENS) {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1280, height: WIDTHS[1280] });
      await open(page, links);
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height });
        for (const colorScheme of SCHEMES) {
          const how = `${width}-${colorScheme}`;
          const at = `${name}-${how}`;
          await page.emulateMedia({ colorScheme });
          await expect.soft(page.getByText('Demo clinic.'), at).toBeVisible();
          expect.soft(await overflowOf(page), at).toEqual([]);
          if (AXE.includes(how)) expect.soft(await faultsOf(page), at).toEqual([]);
          await keepPicture(page, at, { readme: KEPT.includes(at) });
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
    });
  }
});
