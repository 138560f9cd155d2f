import { createPrivateKey, createPublicKey } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findChromium } from '../run/setup.mjs';
import { drawFrom, expect, fillDraw, readReceipt, record, signAs, test, visit } from './app.ts';
import { CLINIC, enrol, receiveKetamine, startClinic } from './clinic.ts';
import { BROWSER_ARGS } from './fixtures.ts';
import { keyRows, type PersonSecret, unwrapPerson } from './profile/keys.ts';
import { placesOf, readProfile, type Secret, secretBytes, secretText } from './profile/read-profile.ts';

/** Names that nothing else on a disk is called. PINs are long enough that no number looks like one by chance. */
const PATIENTS = {
  drawn: 'Zephyrinka',
  owner: 'Ottoline Quackenbush',
  draft: 'Brambleworth',
  number: 'QX-77193-ZV',
  consultation: 'KV-40417-QY',
};
const OLD_PIN = '480266135971';
const NEW_PIN = '902574681338';
const CANARY = 'The stopper looked wet, canary 5521.';

/** Stored where the browser packs it: no byte of it stands on the disk as it is. */
const PACKED_CANARY = 'canary packed 88213';

const technician = { name: 'Tess Bright', pin: OLD_PIN };
const witness = { name: 'Omar Field', pin: '571938204466' };

const launch = async (profile: string, origin: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    ...{ executablePath: await findChromium(), headless: false, args: BROWSER_ARGS, baseURL: origin },
    ...{ locale: 'en-US', timezoneId: 'America/Denver', viewport: { width: 1280, height: 800 } },
  });

/** Opening the set-up, drawing, wasting, counting, searching, a changed PIN, a draft, an export with names. */
async function dayOfWork(page: Page): Promise<void> {
  await startClinic(page);
  await receiveKetamine(page, [{ number: 'K-01', lot: 'KT2291', expires: '2029-03-31' }]);
  await enrol(page, technician, 'Technician');
  await enrol(page, witness, 'Witness only');
  await drawFrom(page, 'K-01');
  await typePatient(page);
  await fillDraw(page, {
    drawn: '0.5',
    given: '0.35',
    patient: PATIENTS.drawn,
    by: technician.name,
    pin: OLD_PIN,
  });
  await record(page).click();
  await page.getByLabel('Reason').selectOption({ label: 'Procedure stopped' });
  await signAs(page, { label: 'Witness, who saw it', ...witness });
  await page.getByRole('button', { name: 'Witness and record' }).click();
  expect(await readReceipt(page)).toHaveLength(2);
}

/** Opens what a draw says besides. */
const openMore = (page: Page) => page.getByText('Species, owner, record number, consultation, note').click();

async function typePatient(page: Page): Promise<void> {
  await openMore(page);
  await page.getByLabel('Owner', { exact: true }).fill(PATIENTS.owner);
  await page.getByLabel('Record number', { exact: true }).fill(PATIENTS.number);
  await page.getByLabel('Consultation', { exact: true }).fill(PATIENTS.consultation);
}

async function count(page: Page): Promise<void> {
  await page.goto('/#/count');
  await page.getByRole('radio', { name: 'Some containers' }).check();
  await page.getByRole('checkbox', { name: /^K-01\b/ }).check();
  await page.getByRole('button', { name: 'Start counting 1 container' }).click();
  await page.getByLabel('What is there in K-01').fill('9.5');
  await page.getByRole('button', { name: 'Seal the count' }).click();
  const form = page.getByRole('form', { name: 'Seal the count' });
  await form.getByLabel('Who signs').selectOption({ label: technician.name });
  await form.getByLabel('PIN', { exact: true }).fill(OLD_PIN);
  await form.getByRole('button', { name: 'Sign and seal' }).click();
  await expect(page.getByText('agrees with the book')).toBeVisible();
}

async function changePin(page: Page): Promise<void> {
  await visit(page, 'people', 'People');
  await page.getByRole('button', { name: `Manage ${technician.name}` }).click();
  await page.getByRole('button', { name: 'Change the PIN' }).click();
  const form = page.getByRole('form', { name: `${technician.name}: change your PIN` });
  await form.getByLabel('PIN that you have').fill(OLD_PIN);
  await form.getByLabel('New PIN').fill(NEW_PIN);
  await form.getByLabel('The same PIN again').fill(NEW_PIN);
  await form.getByRole('button', { name: 'Change the PIN' }).click();
  await expect(page.getByText(`The PIN of ${technician.name} is changed.`)).toBeVisible();
}

async function search(page: Page): Promise<void> {
  await visit(page, 'patients', 'Patients');
  await page.getByLabel('Who are you').selectOption({ label: technician.name });
  await page.getByLabel(`PIN of ${technician.name}`).fill(NEW_PIN);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Find').fill(PATIENTS.owner.slice(0, 6));
  await expect(page.getByRole('heading', { name: PATIENTS.drawn })).toBeVisible();
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await page.getByLabel(`PIN of ${technician.name}`).fill(NEW_PIN);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('link', { name: `Signed in: ${technician.name}` })).toBeVisible();
}

async function leaveDraft(page: Page): Promise<void> {
  await drawFrom(page, 'K-01');
  await page.getByLabel('Drawn', { exact: true }).fill('0.2');
  await page.getByLabel('Patient', { exact: true }).fill(PATIENTS.draft);
  await visit(page, 'today', 'Today');
  await expect(page.getByRole('listitem').filter({ hasText: 'Begun and not signed' })).toBeVisible();
}

async function exportWithNames(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.evaluate(() => {
    location.hash = '#/export';
  });
  await page.getByLabel(/Name patients and owners/).check();
  await page.getByLabel('Reason', { exact: true }).fill('asked for by the inspector');
  await page.getByRole('button', { name: 'Make the package' }).click();
  const sign = async (name: string, action: string) => {
    const form = page.getByRole('form', { name });
    await form.getByLabel('Who signs').selectOption({ label: CLINIC.registrant.name });
    await form.getByLabel('PIN', { exact: true }).fill(CLINIC.registrant.pin);
    await form.getByRole('button', { name: action }).click();
  };
  await sign('Disclose patients and owners', 'Disclose and make the package');
  // Names do not leave before the ledger says who let them, and why.
  await expect(page.getByText('The package is ready and was read back whole.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save the file' })).toHaveCount(0);
  await sign('Record that names leave this browser', 'Sign');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the file' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('with-patients');
  await download.delete();
  await expect(page.getByText('The package is saved, and the ledger says so.')).toBeVisible();
}

const secretsOf = (people: readonly PersonSecret[]): Secret[] => [
  ...Object.entries(PATIENTS).map(([what, text]) => secretText(`patient: ${what}`, text)),
  ...[...new Set([OLD_PIN, NEW_PIN, witness.pin, CLINIC.registrant.pin])].map((pin) =>
    secretText(`PIN ${pin}`, pin),
  ),
  // The last 32 bytes of PKCS #8 (RFC 8410) are the key itself.
  ...people.flatMap(({ staff, sign, box, vault }) => [
    secretBytes(`signing key of ${staff}`, sign.subarray(-32)),
    secretBytes(`box key of ${staff}`, box.subarray(-32)),
    ...(vault ? [secretBytes('the key of the vault', vault.subarray(-32))] : []),
  ]),
];

test('after a day’s work the disk holds no name, no PIN and nobody’s key', async ({ pwa }, info) => {
  const profile = info.outputPath('profile');
  const people: PersonSecret[] = [];
  let device = '';

  await test.step('a day’s work', async () => {
    const context = await launch(profile, pwa.origin);
    const page = await context.newPage();
    await dayOfWork(page);
    await count(page);
    await changePin(page);
    await search(page);
    await leaveDraft(page);
    await exportWithNames(page);
    for (const row of await keyRows(page)) {
      for (const pin of [CLINIC.registrant.pin, NEW_PIN, witness.pin]) {
        const opened = await unwrapPerson(page, row, pin);
        if (opened) people.push(opened);
      }
    }
    await context.close();
  });
  expect(people.map(({ pin }) => pin).sort()).toEqual([CLINIC.registrant.pin, NEW_PIN, witness.pin].sort());
  expect(new Set(people.map(({ vault }) => vault?.toString('hex'))).size).toBe(1);
  expect(people[0]?.vault?.length).toBe(48);

  await test.step('the next morning: what was in the log of the database is in its tables', async () => {
    const context = await launch(profile, pwa.origin);
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await page.getByLabel(`PIN of ${technician.name}`).fill(NEW_PIN);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await drawFrom(page, 'K-01');
    await fillDraw(page, { drawn: '0.1', patient: PATIENTS.drawn, by: technician.name, pin: NEW_PIN });
    await openMore(page);
    await page.getByLabel('Note, without names').fill(CANARY);
    await record(page).click();
    await readReceipt(page);
    device = await page.evaluate(readDeviceKey);
    await page.evaluate(fillDatabase, PACKED_CANARY);
    await context.close();
  });

  const disk = await readProfile(profile);
  await test.step('the search finds what is there: a note, a name of a person, a lot, in logs and in tables', async () => {
    const canaries = [CANARY, technician.name, 'KT2291', CLINIC.facility, PACKED_CANARY];
    const places = placesOf(
      disk,
      canaries.map((text) => secretText(text, text)),
    );
    for (const text of canaries) expect(places.get(text), text).not.toEqual([]);
    const how = (text: string) => (places.get(text) ?? []).map((place) => /\((\w+)\)$/.exec(place)?.[1]);
    expect(how('KT2291')).toContain('table');
    expect(how(PACKED_CANARY)).toContain('value');
  });

  await test.step('and not what must not be', () => {
    for (const [what, found] of placesOf(disk, secretsOf(people))) expect(found, what).toEqual([]);
  });

  await test.step('the device’s own key lies there in the clear, as the README of the writer says', () => {
    const found = disk.texts.map(({ bytes }) => deviceKeyIn(bytes)).filter((key) => key !== null);
    expect(found).toContain(device);
  });
  await rm(profile, { recursive: true, force: true });
});

/** Runs in the page: writes more than the log of the database takes, in a database beside the ledger's. */
async function fillDatabase(canary: string): Promise<void> {
  const request = indexedDB.open('beside');
  request.onupgradeneeded = () => request.result.createObjectStore('texts');
  const db = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  for (let i = 0; i < 10; i += 1) {
    const done = db.transaction('texts', 'readwrite', { durability: 'strict' });
    // Random bytes cannot be packed, the same words over and over are; what is larger goes into a file of its own.
    for (let j = 0; j < 12; j += 1) {
      done.objectStore('texts').put(crypto.getRandomValues(new Uint8Array(40_000)), `noise ${i} ${j}`);
    }
    done.objectStore('texts').put(`${canary} `.repeat(5000), `text ${i}`);
    await new Promise((resolve) => {
      done.oncomplete = resolve;
    });
  }
  db.close();
}

/** Runs in the page: the public half of the key with which this device signs, in base64url. */
async function readDeviceKey(): Promise<string> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  const db = await settled(indexedDB.open('countersign'));
  const row = await settled(db.transaction('device').objectStore('device').get('this'));
  db.close();
  return row.publicKey;
}

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The public half of a private key that stands in these bytes, or null where none does. */
function deviceKeyIn(bytes: Buffer): string | null {
  const at = bytes.indexOf(PKCS8);
  const der = at === -1 ? null : bytes.subarray(at, at + PKCS8.length + 32);
  if (der?.length !== PKCS8.length + 32) return null;
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return key.export({ format: 'jwk' }).x ?? null;
}
