import { fillFromPage, inPlainSight } from './fill.ts';
import { captureFrame, DEMO_PIN, expect, pressPill, test } from './fixtures.ts';

test('two patients side by side: nobody is taken until one is chosen, and the form says whose it is', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422?as=split`);
  await pressPill(page);
  const frame = await captureFrame(page);
  const offer = frame.getByRole('region', { name: 'From the page' });
  const names = await page.getByRole('heading', { level: 1 }).allTextContents();
  const [first = '', second = ''] = names;
  const patient = frame.getByLabel('Patient', { exact: true });

  await test.step('it names both, and offers nothing of either', async () => {
    await expect(frame.getByText('The page shows several patients.')).toBeVisible();
    await expect(offer.getByRole('button')).toHaveText(names);
    await expect(offer.getByRole('button', { name: /Fill in/ })).toHaveCount(0);
    await expect(patient).toHaveValue('');
  });

  await test.step('a chosen one is taken from that one’s panel alone', async () => {
    await offer.getByRole('button', { name: second }).click();
    await expect(offer.getByText(`This is ${second}.`)).toBeVisible();
    await expect(offer).toContainText('P-10507');
    await expect(offer).not.toContainText('P-10422');
    await fillFromPage(frame, 'ketamine');
    await expect(patient).toHaveValue(second);
    await expect(frame.getByLabel('Record number')).toHaveValue('P-10507');
  });

  await test.step('another choice changes nothing in a form that is filled in, and that is said', async () => {
    await offer.getByRole('button', { name: first, exact: true }).click();
    await expect(frame.getByText(`This form is for ${second}, P-10507.`)).toBeVisible();
    await expect(patient).toHaveValue(second);
    await offer.getByRole('button', { name: second, exact: true }).click();
    await expect(frame.getByText(/^This form is for/)).toHaveCount(0);
  });

  await test.step('the page’s treatments are those of the chosen one alone', async () => {
    await frame.getByRole('button', { name: 'Check the page' }).click();
    await expect(frame.getByText('1 row on the page')).toBeVisible();
    await expect(frame.getByRole('main')).toContainText('Buprenorphine');
    await frame.getByRole('button', { name: 'Draw or give' }).click();
    await fillFromPage(frame, 'ketamine');
  });

  await test.step('the record is that patient’s, and its line goes into that one’s note', async () => {
    await frame.getByLabel('Drawn', { exact: true }).fill('0.1');
    await frame.getByLabel('Drawn by').selectOption({ label: 'Juno Pikesample' });
    await frame.getByLabel('PIN of Juno Pikesample').fill(DEMO_PIN);
    await inPlainSight(frame);
    await frame.getByRole('button', { name: 'Sign and record' }).click();
    await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
    await frame.getByRole('button', { name: 'Put into the note field' }).click();
    await expect(frame.getByText('The line is in the note field.')).toBeVisible();
    const notes = page.getByLabel('Note', { exact: true });
    await expect(notes.nth(0)).toHaveValue('');
    await expect(notes.nth(1)).toHaveValue(/^Countersign no\. \d+/);
  });

  await test.step('a page that has moved on to somebody else gets no line of this record', async () => {
    await page.evaluate(() => document.querySelector('.split section:last-child')?.remove());
    await frame.getByRole('button', { name: 'Put into the note field' }).click();
    await expect(frame.getByText('The page does not show the patient of this record')).toBeVisible();
    await expect(page.getByLabel('Note', { exact: true })).toHaveValue('');
  });

  await test.step('a choice ends with its form: the next one is asked anew', async () => {
    await extension.toggle(page);
    await page.reload();
    await pressPill(page);
    const next = await captureFrame(page);
    await next.getByRole('region', { name: 'From the page' }).getByRole('button', { name: second }).click();
    await expect(next.getByText(`This is ${second}.`)).toBeVisible();
    await extension.toggle(page);
    await expect.poll(() => page.frames().length).toBe(1);
    await pressPill(page);
    const again = await captureFrame(page);
    await expect(again.getByText('The page shows several patients.')).toBeVisible();
  });

  await test.step('a page that shows one patient is read as that one’s', async () => {
    await extension.toggle(page);
    await page.evaluate(() => document.querySelector('.split section')?.remove());
    await expect.poll(() => page.frames().length).toBe(1);
    await pressPill(page);
    const again = await captureFrame(page);
    await expect(again.getByRole('region', { name: 'From the page' })).toContainText('P-10507');
    await expect(again.getByText('The page shows several patients.')).toHaveCount(0);
  });
});
