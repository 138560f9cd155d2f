import type { BrowserContext } from '@playwright/test';
import { DEMO_PIN, type Extension } from './fixtures.ts';

/** A draw to be made through the extension's own wire to the ledger, as the form does it. */
export type WiredDraw = {
  /** Beginning of the product's name; its open vial is drawn from. */
  product: string;
  amount: string;
  at: string;
  patient: { name: string; recordNumber: string } | null;
};

/**
 * Records draws by one person as the capture form would, without its clicks: from a page of the extension, through
 * background, bridge, worker and gate. Gives the numbers of the records.
 */
export async function recordDraws(
  context: BrowserContext,
  extension: Extension,
  by: string,
  draws: readonly WiredDraw[],
): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${extension.id}/extension/overlay/panel.html`);
  const seqs = await page.evaluate(recordAll, { by, draws: [...draws], pin: DEMO_PIN });
  await page.close();
  return seqs;
}

/** Runs in the extension's page. Everything that it needs is inside. */
async function recordAll(input: { by: string; pin: string; draws: WiredDraw[] }): Promise<number[]> {
  const port = chrome.runtime.connect(undefined, { name: 'countersign-frame' });
  const waiting = new Map<string, (value: unknown) => void>();
  const member = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  port.onMessage.addListener((message: unknown) => {
    const settle = waiting.get(String(member(message, 'id')));
    if (member(message, 'kind') === 'reply') settle?.(message);
  });
  port.postMessage({ kind: 'enter', nonce: null });
  const call = async (method: string, ...args: unknown[]): Promise<unknown> => {
    const id = crypto.randomUUID();
    const reply = await new Promise<unknown>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ kind: 'call', id, method, args });
    });
    if (member(reply, 'ok') !== true) throw new Error(`${method}: ${JSON.stringify(reply)}`);
    return member(reply, 'value');
  };
  const done = async (method: string, ...args: unknown[]): Promise<unknown> => {
    const outcome = await call(method, ...args);
    if (member(outcome, 'ok') !== true) throw new Error(`${method}: ${JSON.stringify(outcome)}`);
    return member(outcome, 'value');
  };
  const list = async (method: string, ...args: unknown[]): Promise<unknown[]> => {
    const value = await call(method, ...args);
    return Array.isArray(value) ? value : [];
  };
  const people = await list('staff');
  const by = member(
    people.find((one) => member(one, 'name') === input.by),
    'id',
  );
  const vials = await list('containers', { open: true });
  const vialOf = (product: string) =>
    vials.find(
      (one) =>
        String(member(one, 'product')).startsWith(product) &&
        member(one, 'openedAt') !== undefined &&
        member(one, 'onHold') === false &&
        member(one, 'expired') === false,
    );
  const seqs: number[] = [];
  for (const draw of input.draws) {
    const vial = vialOf(draw.product);
    if (!vial) throw new Error(`No vial of ${draw.product} is in use.`);
    const body = {
      container: member(vial, 'id'),
      drawn: draw.amount,
      given: draw.amount,
      leftover: '0',
      unit: 'mL',
      source: { door: 'overlay' },
      ...(draw.patient ? { patient: await done('keepPatient', draw.patient) } : { note: 'Nobody was named' }),
    };
    const head = member(await call('head'), 'hash');
    const entry = { id: await call('newId'), type: 'draw', at: draw.at, after: head, by, body };
    const signed = await done('sign', entry, { as: 'performer', by, pin: input.pin });
    seqs.push(Number(member(await done('append', { entry, signatures: [signed] }), 'seq')));
  }
  return seqs;
}
