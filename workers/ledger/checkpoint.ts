import { fromHex, toHex } from '../../shared/ledger/bytes.ts';
import { checkpointOrigin, signCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { webCryptoSigner } from '../../shared/ledger/ed25519.ts';
import { LedgerError } from '../../shared/ledger/errors.ts';
import { type Frontier, frontierAt, rootOfFrontier } from '../../shared/ledger/merkle.ts';
import { formatLog } from '../../shared/ledger/record.ts';
import { type Context, devicePublicKey, deviceRow } from './context.ts';
import type { HeadRow } from './store/rows.ts';
import { readNodes } from './store/tree.ts';

export const frontierOf = ({ size, frontier }: HeadRow): Frontier => ({ size, nodes: frontier.map(fromHex) });

/**
 * Signs the log's head with the device's key. The device never signs a smaller log after a larger one, nor one
 * that does not hold what it signed before: rejects with `truncated` or `fork`, and with `checkpoint` without a key.
 */
export async function signHead(context: Context): Promise<string> {
  const { db, sha, effects } = context;
  const [device, head] = await Promise.all([deviceRow(db), effects.store.head()]);
  if (!device || !head) {
    throw new LedgerError({ code: 'checkpoint', message: 'This device has no key to sign the log with.' });
  }
  const root = rootOfFrontier(sha, frontierOf(head));
  await remember(context, head, toHex(root));
  const origin = checkpointOrigin(formatLog(head.ledger, head.device));
  const sign = webCryptoSigner(crypto.subtle, device.signKey);
  return signCheckpoint(sha, { origin, size: head.size, root }, devicePublicKey(device), sign);
}

async function remember({ db, sha }: Context, head: HeadRow, root: string): Promise<void> {
  const last = await db.meta.get('checkpoint');
  if (last?.key === 'checkpoint') {
    if (head.size < last.size) throw refuse('truncated', 'shorter than it was when it was last signed');
    const nodes = await readNodes(db, [{ begin: 0, end: last.size }]);
    const then = toHex(rootOfFrontier(sha, frontierAt(nodes, last.size)));
    if (then !== last.root) throw refuse('fork', 'not the one that was last signed');
  }
  await db.transaction('rw', db.meta, async () => {
    const now = await db.meta.get('checkpoint');
    // Another tab may have signed a larger log meanwhile; what is remembered never shrinks.
    if (now?.key === 'checkpoint' && now.size >= head.size) return;
    await db.meta.put({ key: 'checkpoint', size: head.size, root });
  });
}

const refuse = (code: 'truncated' | 'fork', what: string) =>
  new LedgerError({ code, message: `The log is ${what}, so this device does not sign it.` });
