import { expect, test } from 'vitest';
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import {
  addProduct,
  draw,
  enrol,
  KETAMINE,
  type Ledger,
  ports,
  receive,
  shortStory,
  startLedger,
  waste,
} from '../golden/builder.ts';
import { filesOf, packageOf, seal } from '../golden/package-files.ts';
import { changeEveryByte } from './byte-changes.ts';

/** Taken in turn: to a neighbouring letter, to the other case, out of ASCII. */
const FLIPS = [0x01, 0x20, 0x80];

test('every single-byte change of the records is caught, without help of the manifest', async () => {
  const { tried, missed } = await changeEveryByte(await smallStory(), (at) => [FLIPS[at % FLIPS.length]!]);
  expect(tried).toBeGreaterThan(4000);
  expect(missed).toEqual([]);
});

/** One record of each kind that a waste with its witness needs. */
async function smallStory(): Promise<Ledger> {
  // A rule is a rule to whoever changes a byte: the whole policy would only be more of them.
  const ledger = await startLedger({ policy: { rules: STRICT_POLICY.rules.slice(0, 2) } });
  const { ana, ben } = ledger.who;
  await ledger.append(enrol(ana, ben));
  await ledger.append(addProduct(ledger, KETAMINE, 'III', '00301439508102'));
  await ledger.append({ ...receive(ledger, KETAMINE, ['K-001']), by: ben });
  const drawn = await ledger.append({ ...draw(ledger, 'K-001', '1', '0.35', '0.65'), by: ben });
  await ledger.append({ ...waste(ledger, 'K-001', '0.65', drawn), by: ben, witness: ana });
  return ledger;
}

test('a removed, doubled or swapped record is caught', async () => {
  const ledger = await shortStory();
  const { records } = logFiles(ledger.who.device.id);
  const lines = ledger.lines.map((line) => `${line}\n`);
  for (let at = 0; at < lines.length; at += 1) {
    const changes = [
      lines.toSpliced(at, 1),
      lines.toSpliced(at, 0, lines[at]!),
      ...(at === 0 ? [] : [lines.toSpliced(at - 1, 2, lines[at]!, lines[at - 1]!)]),
    ];
    for (const changed of changes) {
      const files = await filesOf(ledger);
      files.set(records, new TextEncoder().encode(changed.join('')));
      const { integrity } = await verifyPackage(seal(ledger, files), ports);
      expect(integrity.ok).toBe(false);
    }
  }
});

test('a changed byte of any other file is caught by the manifest', async () => {
  const files = await packageOf(await shortStory(), { disclosed: true });
  for (const [name, bytes] of files) {
    if (name === 'manifest.json') continue;
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at] = bytes[at]! ^ 1;
      const { integrity } = await verifyPackage(new Map([...files, [name, changed]]), ports);
      expect(integrity.failures.map(({ code, file }) => `${code} ${file}`)).toContain(`manifest ${name}`);
    }
  }
});
