import { expose } from 'comlink';
import { createService } from './service.ts';
import { readSettings } from './settings.ts';
import { ledgerSource } from './source.ts';
import type { LedgerWire } from './wire.ts';

/** The writer's own thread. A page hands it a port; calls wait in the port until the service stands. */
const ready = createService();

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data instanceof MessagePort) void serve(data);
});

async function serve(port: MessagePort): Promise<void> {
  const { service, context } = await ready;
  const wire: LedgerWire = {
    ...service,
    settings: () => readSettings(context),
    connectSource: async (door) => {
      if (door instanceof MessagePort) expose(ledgerSource(context), door);
    },
  };
  expose(wire, port);
}
