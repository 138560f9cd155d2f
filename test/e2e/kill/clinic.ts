import type { BrowserContext, CDPSession, Frame, Page, Worker } from '@playwright/test';
import { inPlainSight } from '../fill.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressPill } from '../fixtures.ts';

export const PERFORMER = 'Juno Pikesample';
export const PATIENT = { path: '/tables/patient/P-10422', name: 'Bella' };

/** Opens the form over the patient's page, in a tab that may have shown something else. */
export async function openForm(page: Page, origin: string): Promise<Frame> {
  await page.goto(`${origin}${PATIENT.path}`);
  await pressPill(page);
  return captureFrame(page);
}

/** Fills the draw from the page, with an amount that nobody else draws. */
export async function typeDraw(frame: Frame, amount: string): Promise<void> {
  await inPlainSight(frame);
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  // Which vials the demo clinic has depends on the day: where there are several, the page cannot say which.
  const vial = frame.getByRole('searchbox', { name: 'Vial' });
  await expect(vial.or(frame.getByRole('button', { name: 'Change' }))).toBeVisible();
  if (await vial.isVisible()) {
    await vial.fill('ketamine');
    await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  }
  await frame.getByLabel('Drawn', { exact: true }).fill(amount);
  await frame.getByLabel('Given', { exact: true }).fill(amount);
}

/** The last that is typed before the PIN. */
export const nameSelf = (frame: Frame) => frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });

export async function sign(frame: Frame): Promise<void> {
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
}

/**
 * Signs until `over` says so. A form that cannot tell whether it is in plain sight, or whose PIN went unheard, signs
 * nothing and says so, which happens on a busy machine; a person then presses again.
 */
export async function signTo(frame: Frame, over: () => Promise<boolean>): Promise<void> {
  await sign(frame);
  const refused = frame.getByText(/so nothing was signed|The ledger did not answer/);
  await expect(async () => {
    if (await refused.isVisible())
      await frame.getByRole('button', { name: 'Sign and record' }).click({ timeout: 1000 });
    expect(await over()).toBe(true);
  }).toPass();
}

export const recorded = (frame: Frame) => frame.getByRole('heading', { name: 'Recorded', exact: true });

/** A draft in the form's list of what waits: goes on with it and sees that everything typed is there. */
export async function goOn(frame: Frame, amount: string): Promise<void> {
  await expect(frame.getByLabel('Drawn', { exact: true })).toBeVisible();
  const waiting = frame.getByRole('region', { name: 'Not in the ledger yet' });
  await waiting
    .getByRole('listitem')
    .filter({ hasText: PATIENT.name })
    .getByRole('button', { name: 'Go on' })
    .click();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue(amount);
  await expect(frame.getByLabel('Given', { exact: true })).toHaveValue(amount);
  await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue(PATIENT.name);
  await expect(frame.getByLabel('Drawn by').locator('option:checked')).toHaveText(PERFORMER);
}

declare global {
  var releaseLedger: (() => void) | undefined;
}
/** The name of the lock that every append takes. */
const LOCK = 'ledger';

/** What is on the disk of the app's origin, read from a page of it that does not open the ledger itself. */
export class Disk {
  readonly #page: Page;
  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(context: BrowserContext, origin: string): Promise<Disk> {
    const page = await context.newPage();
    await page.goto(`${origin}/verify.html`);
    return new Disk(page);
  }

  /** Rows of a store of the ledger's database, as JSON. */
  rows(store: 'records' | 'drafts'): Promise<string[]> {
    return this.#page.evaluate(async (name) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const [found] = await indexedDB.databases();
      const db = await settled(indexedDB.open(found?.name ?? ''));
      const rows: unknown[] = await settled(db.transaction(name).objectStore(name).getAll());
      db.close();
      return rows.map((row) => JSON.stringify(row));
    }, store);
  }

  /** Takes the ledger's own lock, as a tab does while it writes, until it is released. */
  holdLedger(): Promise<void> {
    return this.#page.evaluate(
      (name) =>
        new Promise<void>((held) => {
          const release = (done: () => void) => {
            globalThis.releaseLedger = done;
            held();
          };
          void navigator.locks.request(name, () => new Promise<void>(release));
        }),
      LOCK,
    );
  }
  releaseLedger(): Promise<void> {
    return this.#page.evaluate(() => globalThis.releaseLedger?.());
  }
  /** How many writers wait for the lock. */
  queued(): Promise<number> {
    return this.#page.evaluate(
      async (name) => (await navigator.locks.query()).pending?.filter((one) => one.name === name).length ?? 0,
      LOCK,
    );
  }

  /** How many draws of this amount the ledger holds from `since` on, by their own lines. */
  draws(amount: string, since: number): Promise<number> {
    return this.#count('drawn', amount, since);
  }
  /** How many wastes of this quantity. */
  wastes(quantity: string, since: number): Promise<number> {
    return this.#count('quantity', quantity, since);
  }
  async #count(field: string, value: string, since: number): Promise<number> {
    const rows = (await this.rows('records')).slice(since);
    return rows.filter((row) => row.includes(`\\"${field}\\":\\"${value}\\"`)).length;
  }
}

/**
 * Opens a page of the clinic's and waits until what is open in the ledger was counted: done once a while, and from then
 * on a background that has just begun asks the ledger for nothing by itself.
 */
export async function letItCount(page: Page, extension: Extension, origin: string): Promise<void> {
  await page.goto(`${origin}/tables/`);
  const counted = async () =>
    (await extension.worker()).evaluate(async () => 'work' in (await chrome.storage.session.get('work')));
  await expect.poll(counted).toBe(true);
}

/** States of the rows that the extension's outbox holds. */
export const outboxOf = (worker: Worker): Promise<string[]> =>
  worker.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await settled(indexedDB.open('countersign-outbox'));
    const rows: { state: string; told: boolean }[] = await settled(
      db.transaction('rows').objectStore('rows').getAll(),
    );
    db.close();
    return rows.map(({ state, told }) => (told ? `${state}, told` : state));
  });

/** Whether the outbox holds the draft to its last field, and the ledger's list has it too: read with the outbox's own key. */
export const isAllKept = (worker: Worker): Promise<boolean> =>
  worker.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await settled(indexedDB.open('countersign-outbox'));
    const read = db.transaction(['rows', 'keys']);
    const [row]: { entryId: string; told: boolean; held: Uint8Array<ArrayBuffer> }[] = await settled(
      read.objectStore('rows').getAll(),
    );
    const key: CryptoKey = await settled(read.objectStore('keys').get('outbox'));
    db.close();
    if (!row?.told) return false;
    const additionalData = new TextEncoder().encode(row.entryId);
    const parameters = { name: 'AES-GCM', iv: row.held.slice(0, 12), additionalData };
    const plain = await crypto.subtle.decrypt(parameters, key, row.held.slice(12));
    const { draft }: { draft: { form: Record<string, string> } | null } = JSON.parse(
      new TextDecoder().decode(plain),
    );
    return Boolean(draft?.form.performer);
  });

/** Ends every worker, as often as wanted, over one session; the next background is one that nothing was asked of. */
export class Killer {
  readonly #session: CDPSession;
  readonly #extension: Extension;
  private constructor(session: CDPSession, extension: Extension) {
    this.#session = session;
    this.#extension = extension;
  }

  static async on(page: Page, extension: Extension): Promise<Killer> {
    const session = await page.context().newCDPSession(page);
    await session.send('ServiceWorker.enable');
    return new Killer(session, extension);
  }

  async kill(): Promise<void> {
    await this.#session.send('ServiceWorker.stopAllWorkers');
  }

  /** The background that comes after a death, once something has started it: a dead one does not answer. */
  async fresh(): Promise<Worker> {
    const isFresh = async () => {
      const worker = await this.#extension.worker();
      const asked = worker.evaluate(() => globalThis.knife === undefined).catch(() => false);
      return Promise.race([asked, new Promise<boolean>((late) => setTimeout(late, 500, false))]);
    };
    await expect.poll(isFresh, { intervals: [50] }).toBe(true);
    return this.#extension.worker();
  }
}
