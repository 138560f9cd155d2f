import { fillFromPage, inPlainSight } from './fill.ts';
import { captureFrame, DEMO_PIN, expect, pressPill, test } from './fixtures.ts';

test.describe('an extension that nobody has approved', () => {
  test.use({ start: 'demo' });
  test('gets a code and nothing else, and is let in by a person in the app', async ({
    chromeContext,
    extension,
    pwa,
    pms,
  }) => {
    const page = await chromeContext.newPage();
    await page.goto(`${pms.origin}/tables/patient/P-10422`);
    await pressPill(page);
    const frame = await captureFrame(page);
    await expect(frame.getByText('The ledger does not know this extension yet.')).toBeVisible();
    await expect(frame.locator('.pair-code')).toHaveText(/^\d{3} \d{3}$/);
    const code = await frame.locator('.pair-code').textContent();
    await expect(frame.getByText(extension.id)).toBeVisible();
    // What is typed stays in the extension; of the ledger it has neither vials nor people, and nothing to sign with.
    for (const name of ['Vial', 'Drawn by']) await expect(frame.getByLabel(name)).toHaveCount(0);
    await expect(frame.getByRole('button', { name: 'Sign and record' })).toHaveCount(0);

    const app = await chromeContext.newPage();
    await app.goto(`${pwa.origin}/#/settings?pair=${extension.id}`);
    await expect(app.locator('.pair-code')).toHaveText([code ?? '']);
    await app.getByRole('button', { name: `Approve code ${code}` }).click();
    await expect(app.getByText(/^Approved\. The extension/)).toBeVisible();
    await expect(app.locator('.pair-code')).toHaveCount(0);
    await page.bringToFront();
    await expect(frame.getByRole('searchbox', { name: 'Vial' })).toBeVisible();

    await app.bringToFront();
    await app.getByRole('button', { name: `Remove the extension ${extension.id}` }).click();
    await page.bringToFront();
    await expect(frame.getByText('The ledger does not know this extension yet.')).toBeVisible();
    const again = (await frame.locator('.pair-code').textContent()) ?? '';
    await app.bringToFront();
    await expect(app.locator('.pair-code')).toHaveText([again]);
  });
});

test('a page that frames the bridge, or the app’s own tab on it, hears nothing', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  expect(extension.id).not.toBe('');
  const page = await chromeContext.newPage();
  for (const address of [`${pms.origin}/`, `${pwa.origin}/bridge.html`]) {
    await page.goto(address);
    const heard = await page.evaluate(async (bridge) => {
      const said: unknown[] = [];
      window.addEventListener('message', ({ data }) => said.push(data));
      const frame = document.createElement('iframe');
      frame.src = bridge;
      await new Promise((loaded) => {
        frame.addEventListener('load', loaded);
        document.body.append(frame);
      });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => said.push(data);
      frame.contentWindow?.postMessage({ kind: 'countersign-bridge-hello' }, '*', [port2]);
      port1.postMessage({
        kind: 'call',
        id: '00000000-0000-4000-8000-000000000000',
        method: 'staff',
        args: [],
      });
      // A second frame that is answered by itself says when there was time enough for an answer.
      const other = document.createElement('iframe');
      other.src = bridge;
      await new Promise((loaded) => {
        other.addEventListener('load', loaded);
        document.body.append(other);
      });
      return said;
    }, `${pwa.origin}/bridge.html`);
    expect(heard).toEqual([]);
    expect(page.frames().flatMap((frame) => frame.url()).length).toBeGreaterThan(1);
    expect(page.workers()).toEqual([]);
  }
});

test('a page cannot frame the form by itself, nor use a number twice', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  const fixed = `chrome-extension://${extension.id}/extension/overlay/index.html`;
  await page.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.src = `${src}#${'a'.repeat(64)}`;
    document.body.append(frame);
  }, fixed);
  await expect.poll(() => page.frames().length).toBe(2);
  await expect
    .poll(
      async () =>
        (await page
          .frames()[1]
          ?.content()
          .catch(() => '')) ?? '',
    )
    .not.toContain('Sign and record');
  const refused = await (await extension.worker()).evaluate(() =>
    chrome.storage.session.get('frames').then(({ frames }) => Object.keys(frames ?? {}).length),
  );
  expect(refused).toBe(0);
});

test('nobody signs in a form that the page covers or fades', async ({ chromeContext, extension, pms }) => {
  expect(extension.id).not.toBe('');
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await fillFromPage(frame, 'ketamine');
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
  await frame.getByLabel('Drawn by').selectOption({ label: 'Juno Pikesample' });
  await frame.getByLabel('PIN of Juno Pikesample').fill(DEMO_PIN);

  await page.evaluate(() => {
    const cover = document.createElement('div');
    cover.id = 'cover';
    cover.popover = 'manual';
    cover.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;opacity:.02;pointer-events:none';
    document.body.append(cover);
    cover.showPopover();
  });
  await expect(frame.getByText('Signing is switched off here.')).toBeVisible();
  await frame.getByRole('button', { name: 'Sign and record' }).press('Enter');
  await expect(frame.getByText('covers, fades or moves this form')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Open in the side panel' })).toBeVisible();

  await page.evaluate(() => document.getElementById('cover')?.remove());
  await expect(frame.getByText('Signing is switched off here.')).toBeHidden();
  await page.evaluate(() => {
    for (const element of document.documentElement.children)
      if (element instanceof HTMLElement && element.popover === 'manual') element.style.opacity = '0.1';
  });
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
  // The frame has just been touched: a press counts once it has stood in plain sight for a moment.
  await inPlainSight(frame);
  await frame.getByRole('button', { name: 'Sign and record' }).press('Enter');
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
});

test('forged messages reach nobody', async ({ chromeContext, extension, pms }) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByLabel('Drawn', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'chrome')?.runtime?.sendMessage)).toBe(
    'undefined',
  );
  await page.evaluate(() => {
    for (const message of [{ kind: 'close' }, { kind: 'reply', ok: true }, { kind: 'welcome' }, 'x', null])
      for (const target of [window, ...Array.from({ length: window.length }, (_, i) => window[i])])
        target?.postMessage(message, '*');
  });
  const forged = await frame.evaluate(async (id) => {
    const say = (message: unknown) => chrome.runtime.sendMessage(message).catch(() => 'no answer');
    const port = (name: string, first: unknown) =>
      new Promise((done) => {
        const opened = chrome.runtime.connect(id, { name });
        const heard: unknown[] = [];
        opened.onMessage.addListener((message: unknown) => heard.push(message));
        opened.onDisconnect.addListener(() => done(heard));
        opened.postMessage(first);
      });
    return {
      // A frame is no content script, so nobody mints a number for it.
      minted: await say({ kind: 'open-overlay', page: { reader: { id: 'x', label: 'x' }, suggestions: {} } }),
      early: await port('countersign-frame', {
        kind: 'call',
        id: crypto.randomUUID(),
        method: 'staff',
        args: [],
      }),
      strange: await port('somebody', { kind: 'enter', nonce: null }),
    };
  }, extension.id);
  expect(forged.minted ?? 'no answer').toBe('no answer');
  expect(forged.early).toEqual([{ kind: 'turned-away' }]);
  expect(forged.strange).toEqual([]);
  await expect(frame.getByLabel('Drawn', { exact: true })).toBeVisible();
});

test('a page that sends nonsense shows as plain text and changes nothing', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  let alerts = 0;
  page.on('dialog', (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  await page.goto(`${pms.origin}/hostile`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  await expect(frame.locator('img')).toHaveCount(0);
  expect(alerts).toBe(0);
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue(/^Be l la/);
  expect(extension.id).not.toBe('');
});

test('a page keeps working, and is left alone, when the extension is reloaded under it', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  const ours = page.locator('xpath=/html/*[starts-with(name(), "x-")]');
  await expect(ours).toHaveCount(1);
  await (await extension.worker()).evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(ours).toHaveCount(0, { timeout: 500 });
  }).toPass();
});
