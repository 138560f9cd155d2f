import { expect, test } from 'vitest';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { Ledger, people, ports } from '../golden/builder.ts';
import { packageOf } from '../golden/package-files.ts';

/** The log of a second device: it does not start the ledger, and begins with what let it in. */
async function laterLog(by: 'device' | 'ana' = 'device'): Promise<Ledger> {
  const ledger = new Ledger(await people(), 'later');
  const { id, publicKey, name } = ledger.who.device;
  const device = { id, name, publicKey: toBase64Url(publicKey) };
  const body = { ledger: ledger.id, device, invitation: ledger.idOf('invitation') };
  await ledger.append({ type: 'device.joined', by: ledger.who[by], body });
  const times = { deviceClock: ledger.now, heldAt: ledger.now };
  await ledger.append({ type: 'clock.anomaly', by: ledger.who.device, body: times });
  const found = { size: 2, root: ledger.head, failures: 0 };
  await ledger.append({ type: 'verified', by: ledger.who.device, body: found });
  return ledger;
}

test('a later log conforms: it begins with the device that joined, which signs for its own acts', async () => {
  const { conformity, integrity } = await verifyPackage(await packageOf(await laterLog()), ports);
  expect(conformity.findings).toEqual([]);
  // The log that invited it is not in this package.
  expect(integrity.failures.map(({ code }) => code)).toEqual(['link']);
});

test('a device joins by its own hand, and only at the beginning', async () => {
  const ledger = await laterLog('ana');
  const body = ledger.entries[0]?.body ?? {};
  await ledger.append({ type: 'device.joined', by: ledger.who.device, body });
  const { conformity } = await verifyPackage(await packageOf(ledger), ports);
  expect(conformity.findings.map(({ code, seq }) => [code, seq])).toEqual([
    ['role', 0],
    ['already-started', 3],
  ]);
});
