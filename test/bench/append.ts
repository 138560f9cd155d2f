import type { EntryDraft, LedgerService } from '../../shared/protocol/ledger.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';

/** The value of an outcome; a refusal ends the bench with its own words. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

/** Draws `count` times from the fullest container and gives the milliseconds from signing to receipt, one an append. */
export async function timeAppends(
  service: LedgerService,
  { performer, pin, count }: { performer: string; pin: string; count: number },
): Promise<number[]> {
  const { session } = must(await service.unlock(performer, pin));
  const [container] = (await service.containers({ open: true }))
    .filter((c) => !c.expired)
    .sort((a, b) => Number(b.balance) - Number(a.balance));
  if (!container) throw new Error('There is no container to draw from.');
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const { hash: after } = await service.head();
    const entry: EntryDraft = {
      ...{ id: await service.newId(), type: 'draw', at: new Date().toISOString(), after, by: performer },
      body: {
        container: container.id,
        drawn: '0.0001',
        given: '0.0001',
        leftover: '0',
        unit: container.unit,
      },
    };
    const started = performance.now();
    const signature = must(await service.sign(entry, { as: 'performer', by: performer, session }));
    must(await service.append({ entry, signatures: [signature] }));
    times.push(performance.now() - started);
  }
  // Nobody stays signed in: the cold open that follows is of a device that shows Today to whoever stands there.
  await service.signOut();
  return times;
}
