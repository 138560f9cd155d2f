import {
  DEMO,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  startDemo,
  test,
  visit,
} from './app.ts';

test('after the first visit it works with no network and no server', async ({
  page,
  context,
  pwa,
  watch,
}) => {
  const { number } = await test.step('first visit: the service worker takes everything in', async () => {
    const { full } = await startDemo(page);
    await expect(page.getByRole('region', { name: 'Is the record safe?' })).toContainText('Works offlineYes');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    return full;
  });

  await test.step('the scanner’s engine is among it', async () => {
    const kept = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys())
          urls.push(new URL(request.url).pathname);
      }
      return urls;
    });
    expect(kept.filter((path) => path.endsWith('.wasm')).length).toBeGreaterThan(0);
    expect(kept).toContain('/verify.html');
    expect(kept).toContain('/index.html');
  });

  await test.step('it can be installed', async () => {
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // The tests' own windows are private ones, where nothing can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    await session.detach();
  });

  await pwa.down();
  await context.setOffline(true);
  watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED/);

  await test.step('a reload still opens the ledger, and says that it is offline', async () => {
    await page.reload();
    await expectScreen(page, 'Today');
    await expect(page.getByText('Offline, all here')).toBeVisible();
  });

  await test.step('a draw is recorded, and the ledger verifies', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.25', by: DEMO.sol });
    await record(page).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await visit(page, 'verify', 'Verify');
    await page.getByRole('button', { name: 'Verify the ledger' }).click();
    await expect(page.getByText('Integrity: whole')).toBeVisible();
  });

  await test.step('the engine comes out of the cache', async () => {
    const got = await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) {
          if (!new URL(url).pathname.endsWith('.wasm')) continue;
          const answer = await fetch(new URL(url).pathname);
          return { ok: answer.ok, bytes: (await answer.arrayBuffer()).byteLength };
        }
      }
      return null;
    });
    expect(got?.ok).toBe(true);
    expect(got?.bytes).toBeGreaterThan(100_000);
  });
  await pwa.up();
});
