import type { CDPSession, Frame, Locator, Page } from '@playwright/test';
import { inPlainSight } from './fill.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressAway, pressPill } from './fixtures.ts';

const PERFORMER = 'Juno Pikesample';

/** The picker's steps, with what its panel asks for at each. The last four are asked for where the drug is in a list. */
const STEPS = [
  ['patient', 'Point at the patient’s name'],
  ['species', 'Point at the species'],
  ['owner', 'Point at the owner'],
  ['weight', 'Point at the weight'],
  ['recordNumber', 'Point at the record number'],
  ['drug', 'Point at the drug'],
  ['dose', 'Point at the dose'],
  ['note', 'Point at the field that notes are typed into'],
  ['unit', 'Point at the unit'],
  ['date', 'Point at the date'],
  ['rowPatient', 'Point at the patient, in the same row'],
  ['by', 'Point at who gave it'],
] as const;
export type PickerStep = (typeof STEPS)[number][0];
/** What is pointed at for a step, and what is read there. */
export type Targets = Partial<Record<PickerStep, { target: Locator; reads: string }>>;

type Node = {
  nodeId: string;
  ignored: boolean;
  childIds?: string[];
  role?: { value?: unknown };
  name?: { value?: unknown };
};
export type Panel = { read: () => Promise<string[]>; shows: (text: string | RegExp) => Promise<void> };

/** The picker's panel stands in a closed shadow root, so it is read as a screen reader reads it. */
export async function panelOf(page: Page): Promise<Panel> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const read = async (): Promise<string[]> => {
    const { nodes }: { nodes: Node[] } = await session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const texts: string[] = [];
    const walk = (node: Node | undefined) => {
      if (!node) return;
      if (node.role?.value === 'StaticText') texts.push(String(node.name?.value));
      for (const child of node.childIds ?? []) walk(byId.get(child));
    };
    walk(nodes.find((node) => node.name?.value === 'Countersign: set up this page'));
    return texts;
  };
  const shows = (text: string | RegExp) =>
    expect
      .poll(async () => {
        const texts = await read();
        return texts.some((one) => (typeof text === 'string' ? one.includes(text) : text.test(one))) || texts;
      })
      .toBe(true);
  return { read, shows };
}

/** Moves the mouse to where somebody would look, and presses: pages that draw themselves anew may move it meanwhile. */
export async function pointAt(page: Page, target: Locator, reads: string, panel: Panel): Promise<void> {
  await expect(async () => {
    await target.first().scrollIntoViewIfNeeded({ timeout: 2_000 });
    const box = await target.first().boundingBox({ timeout: 2_000 });
    if (!box) throw new Error('It is not in sight.');
    const [x, y] = [box.x + Math.min(box.width / 2, 20), box.y + box.height / 2];
    const covered = await page.evaluate(
      ([left, top]) => document.elementFromPoint(left, top)?.localName.startsWith('x-') === true,
      [x, y] as const,
    );
    if (covered) await page.keyboard.press('o');
    await page.mouse.move(x - 1, y);
    await page.mouse.move(x, y);
    await expect
      .poll(async () => (await panel.read()).join('\n'), { timeout: 2_000 })
      .toContain(`“${reads}”`);
    await expect
      .poll(async () => (await panel.read()).join('\n'), { timeout: 2_000 })
      .toContain('back to it');
  }).toPass({ timeout: 20_000 });
  await page.mouse.down();
  await page.mouse.up();
}

/** Opens the picker from the form's own button, as somebody does who sees that the page is not read. */
export async function startPicker(page: Page, extension: Extension): Promise<Panel> {
  await extension.toggle(page);
  const frame = await captureFrame(page);
  // The form takes the keyboard once it has its vials.
  await expect(frame.getByRole('searchbox', { name: 'Vial' })).toBeFocused();
  await pressAway(page, frame.getByRole('button', { name: /^Set up this page/ }));
  return panelOf(page);
}

/** Goes through the steps: points where there is something to point at, says that the page has no such thing where not. */
export async function pointThrough(
  page: Page,
  panel: Panel,
  targets: Targets,
  lists: boolean,
): Promise<void> {
  for (const [step, asks] of STEPS) {
    if (!lists && step === 'unit') break;
    await panel.shows(asks);
    const pointing = targets[step];
    if (pointing) await pointAt(page, pointing.target, pointing.reads, panel);
    else await page.keyboard.press('s');
  }
  if (!lists) await page.keyboard.press('f');
  await panel.shows('Is this right?');
}

/** Takes the page as it was pointed at. */
export async function keepSite(page: Page, panel: Panel): Promise<void> {
  await page.keyboard.press('Enter');
  await expect.poll(() => panel.read()).toEqual([]);
}

export const hasForm = (page: Page) =>
  page.frames().some((one) => one.url().startsWith('chrome-extension://'));

/** Presses the pill until the form is there: a page that goes to another route takes the pill away and back. */
export async function openForm(page: Page): Promise<Frame> {
  await expect(async () => {
    if (!hasForm(page)) await pressPill(page);
    await expect.poll(() => hasForm(page), { timeout: 4_000 }).toBe(true);
  }).toPass({ timeout: 30_000 });
  return captureFrame(page);
}

export const offerOf = (frame: Frame) => frame.getByRole('region', { name: 'From the page' });

/** Draws and gives an amount from a vial of ketamine, whatever the page has offered. Gives the record's number. */
export async function captureDraw(frame: Frame, amount: string): Promise<number> {
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  const field = frame.getByRole('searchbox', { name: 'Vial' });
  const change = frame.getByRole('button', { name: 'Change' });
  await expect(field.or(change)).toBeVisible();
  if (await change.isVisible()) await change.click();
  await field.fill('ketamine');
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await frame.getByLabel('Drawn', { exact: true }).fill(amount);
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await signDraw(frame);
  return Number((await frame.locator('.receipt .notice p').first().textContent())?.match(/No\. (\d+)/)?.[1]);
}

async function signDraw(frame: Frame): Promise<void> {
  await inPlainSight(frame);
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  const recorded = frame.getByRole('heading', { name: 'Recorded' });
  // A page that does not answer in time is one that may be covering the form: then it is pressed again.
  await expect(async () => {
    if (!(await recorded.isVisible())) await frame.getByRole('button', { name: 'Sign and record' }).click();
    await expect(recorded).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
}
