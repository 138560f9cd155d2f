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

  await test.step('a page that moves on to one patient is read as that one’s', async () => {
    await extension.toggle(page);
    await page.evaluate(() => document.querySelector('.split section')?.remove());
    await pressPill(page);
    const again = await captureFrame(page);
    await expect(again.getByRole('region', { name: 'From the page' })).toContainText('P-10507');
    await expect(again.getByText('The page shows several patients.')).toHaveCount(0);
  });
});
