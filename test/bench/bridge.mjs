// The way from the overlay to the ledger and back, timed in the built extension on the demo clinic.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { approveExtension, connectExtension } from '../run/allow.mjs';

const DEMO_PIN = '246810';

/**
 * Appends `count` draws as the overlay does, over its port to the background, the outbox, the offscreen document and
 * the bridge, with no tab of the app open. Gives the milliseconds of each from sending the signed entry to its receipt:
 * the signature, and with it the derivation from the PIN, is made before the clock starts, as the protocol has it.
 */
export async function timeBridge({ executablePath, dist, origin, profile, args, count }) {
  const extension = join(dist, 'extension');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...args,
      '--headless=new',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  context.setDefaultTimeout(180_000);
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const { host } = new URL(worker.url());
    await connectExtension(context, host, origin);
    await letIn(context, origin, host);
    const panel = await context.newPage();
    await panel.goto(`chrome-extension://${host}/extension/overlay/panel.html`);
    await panel.getByRole('searchbox', { name: 'Vial' }).waitFor();
    return await panel.evaluate(appendAll, { count, pin: DEMO_PIN });
  } finally {
    await context.close();
  }
}

/** Makes the demo clinic and approves the extension, as a person does; then no tab of the app is open. */
async function letIn(context, origin, id) {
  const app = await context.newPage();
  await app.goto(origin);
  await app.getByRole('button', { name: 'Try the demo clinic' }).click();
  await app.getByRole('heading', { name: 'What needs doing' }).waitFor();
  await approveExtension(app, origin, id);
  await app.close();
}

/** Runs in the panel's page: speaks the same wire as the form in it. */
async function appendAll({ count, pin }) {
  const waiting = new Map();
  const port = chrome.runtime.connect({ name: 'countersign-frame' });
  port.onMessage.addListener((message) => {
    if (message.kind !== 'reply') return;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  port.postMessage({ kind: 'enter', nonce: null });
  const call = async (method, ...given) => {
    const id = crypto.randomUUID();
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    port.postMessage({ kind: 'call', id, method, args: given });
    const reply = await answered;
    if (!reply.ok) throw new Error(`${method}: ${reply.refusal.message}`);
    return reply.value;
  };
  const must = (outcome) => {
    if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
    return outcome.value;
  };

  const staff = await call('staff');
  const person = staff.find(({ hasKey, disabled, role }) => hasKey && !disabled && role === 'technician');
  const vial = (await call('containers', { open: true }))
    .filter(({ expired }) => !expired)
    .sort((a, b) => Number(b.balance) - Number(a.balance))[0];
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const { hash: after } = await call('head');
    const entry = {
      ...{ id: await call('newId'), type: 'draw', at: new Date().toISOString(), after, by: person.id },
      body: {
        ...{ container: vial.id, drawn: '0.001', given: '0.001', leftover: '0', unit: vial.unit },
        ...{ note: 'bench', source: { door: 'overlay' } },
      },
    };
    const signature = must(await call('sign', entry, { as: 'performer', by: person.id, pin }));
    const started = performance.now();
    must(await call('append', { entry, signatures: [signature] }));
    times.push(performance.now() - started);
  }
  port.disconnect();
  return times;
}
