import { expect, test } from 'vitest';
import { toHex } from '../../shared/ledger/bytes.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { ports, sha, shortStory } from '../golden/builder.ts';
import { filesOf, packageOf, seal } from '../golden/package-files.ts';

/** Taken in turn: to a neighbouring letter, to the other case, out of ASCII. */
const FLIPS = [0x01, 0x20, 0x80];

/** As an attacker would: the manifest is made anew over the changed file, so that it cannot be what tells. */
test('every single-byte change of the records is caught, without help of the manifest', async () => {
  const ledger = await shortStory();
  const { records } = logFiles(ledger.who.device.id);
  const files = await filesOf(ledger);
  files.delete('log.csv');
  const right = files.get(records) ?? new Uint8Array();
  const known = new Map<string, Promise<boolean>>();
  const verify: typeof ports.verify = (key, signature, message) => {
    const name = toHex(sha(key, signature, message));
    const answer = known.get(name) ?? ports.verify(key, signature, message);
    known.set(name, answer);
    return answer;
  };
  const missed: string[] = [];
  for (let at = 0; at < right.length; at += 1) {
    const flip = FLIPS[at % FLIPS.length]!;
    const changed = right.slice();
    changed[at] = right[at]! ^ flip;
    const forged = seal(ledger, new Map([...files, [records, changed]]));
    const { integrity } = await verifyPackage(forged, { sha, verify });
    if (integrity.ok) missed.push(`${at} ^ ${flip}`);
  }
  expect(right.length).toBeGreaterThan(5000);
  expect(missed).toEqual([]);
}, 240_000);

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
