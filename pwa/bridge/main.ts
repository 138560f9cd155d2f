import { isHello, LISTENING, type Standing } from '../../shared/protocol/bridge.ts';
import { startLedger } from '../../workers/ledger/client.ts';
import { askerOf } from './asker.ts';
import { noteAsk } from './pairing.ts';
import { type Line, serveLine } from './serve.ts';

/**
 * The page that the extension's offscreen document frames. For everybody else, a tab or a page that frames it, it does
 * nothing at all: not even the ledger's worker is started.
 */
const asker = askerOf([...location.ancestorOrigins]);
if (asker) void open(asker);

async function open({ id, origin }: { id: string; origin: string }): Promise<void> {
  const ledger = startLedger();
  await ledger.service.open(null);
  let paired = false;
  let line: Line | null = null;

  const standing = async (): Promise<Standing> => {
    paired = (await ledger.service.setting('pairedExtensions')).includes(id);
    if (paired) return { kind: 'standing', state: 'paired' };
    const { code } = noteAsk(localStorage, id, Date.now(), crypto.getRandomValues(new Uint32Array(1)));
    return { kind: 'standing', state: 'not-paired', code };
  };
  let said = '';
  const tell = async () => {
    const now = await standing();
    const text = JSON.stringify(now);
    if (text === said) return;
    said = text;
    line?.tell(now);
  };

  window.addEventListener('message', async ({ data, origin: from, source, ports }) => {
    const [port] = ports;
    if (from !== origin || source !== window.parent || !isHello(data) || !port) return;
    line?.close();
    line = serveLine(port, ledger.service, () => paired);
    said = '';
    await tell();
  });
  ledger.onChange((notice) => {
    if (notice.kind === 'settings') void tell();
    else if (notice.kind !== 'newer-version') line?.changed();
  });
  window.parent.postMessage(LISTENING, origin);
}
