// Lets the extension at addresses, as a person does in its settings. The browser's own question has no page that could be
// pressed here; where an address was granted before, it is not asked again.

/** What a yes to the browser's question leaves behind, put there through its own page of extensions. */
export async function grantBefore(context, id, origin) {
  const page = await context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(
    ([extension, pattern]) => globalThis.chrome.developerPrivate.addHostPermission(extension, pattern),
    [id, `${origin}/*`],
  );
  await page.close();
}

/** A tab of the extension's settings. */
export async function openSettings(context, id) {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/extension/options/index.html`);
  return page;
}

/** Connects the extension to the app at this origin. */
export async function connectExtension(context, id, origin) {
  await grantBefore(context, id, origin);
  const page = await openSettings(context, id);
  const connect = page.getByRole('button', { name: 'Connect to the app' });
  await connect.click();
  await connect.waitFor({ state: 'detached' });
  await page.close();
}

/** Allows the extension a site. */
export async function allowSite(context, id, origin) {
  await grantBefore(context, id, origin);
  const page = await openSettings(context, id);
  await page.getByLabel('Address of your practice-management system').fill(origin);
  await page.getByRole('button', { name: 'Allow this site' }).click();
  await page.getByRole('button', { name: `Take back ${origin}` }).waitFor();
  await page.close();
}

/** Lets the extension at the ledger, in a tab of the app. */
export async function approveExtension(page, origin, id) {
  await page.goto(`${origin}/#/settings?pair=${id}`);
  // It may have asked by itself already, with a code: then its id is not filled in.
  await page.getByLabel('Extension id').fill(id);
  await page.getByRole('button', { name: 'Approve this extension' }).click();
  await page.getByText(/^Approved\. The extension/).waitFor();
}
