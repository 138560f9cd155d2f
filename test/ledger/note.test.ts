import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64, toHex } from '../../shared/ledger/bytes.ts';
import {
  checkpointOrigin,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../shared/ledger/checkpoint.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { noteKeyHash, openNote, parseNote, signNote } from '../../shared/ledger/note.ts';
import { codeOf, codeOfAsync } from './codes.ts';
import { bytesOf, person, sha, smallLog } from './fixture.ts';

const verify = webCryptoEd25519(webcrypto.subtle);

describe('a signed note', () => {
  // The worked example of golang.org/x/mod/sumdb/note: a foreign note, by foreign code.
  const peter = {
    name: 'PeterNeumann',
    publicKey: fromBase64('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').slice(1),
  };
  const text =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replaceAll(
      '’',
      "'",
    );
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  test('of the Go implementation opens', async () => {
    expect(toHex(noteKeyHash(sha, peter))).toBe('c74f20a3');
    expect(await openNote(sha, verify, `${text}\n${line}`, [peter])).toEqual({
      text,
      verified: ['PeterNeumann'],
      unverified: [],
    });
  });

  test('opens beside signatures by others, which are listed apart', async () => {
    const other = `— someone.example/x ${toBase64(bytesOf('other', 12))}\n`;
    const opened = await openNote(sha, verify, `${text}\n${other}${line}`, [peter]);
    expect(opened.unverified.map(({ name }) => name)).toEqual(['someone.example/x']);
  });

  test('is refused without a known key’s signature, or with a bad one', async () => {
    const code = (note: string, keys = [peter]) => codeOfAsync(() => openNote(sha, verify, note, keys));
    const ana = await person('ana');
    expect(await code(`${text}\n${line}`, [])).toBe('checkpoint');
    expect(await code(`${text}\n${line}`, [{ ...peter, publicKey: ana.publicKey }])).toBe('checkpoint');
    expect(await code(`${text}\n${line}`, [{ ...peter, name: 'Peter' }])).toBe('checkpoint');
    expect(await code(`x${text}\n${line}`)).toBe('checkpoint');
    const bad = (await signNote(sha, 'another\n', peter, ana.sign)).split('\n\n')[1];
    expect(await code(`${text}\n${line}${bad}`)).toBe('checkpoint');
  });

  test('is taken apart strictly', () => {
    const cut = line.slice(0, -1);
    const bad = [
      '',
      text,
      `${text}\n`,
      `${text}${line}`,
      `${text}\n${cut}`,
      `${text}\n${line}\n`,
      `\n${line}`,
      `${text}\n${line.replace('—', '-')}`,
      `${text}\n${line.replace('— ', '—')}`,
      `${text}\n${line.replace('Peter', 'Peter ')}`,
      `${text}\n${line.replace('Peter', 'Peter+')}`,
      `${text}\n${line.replace('Peter', 'Peter\u00a0')}`,
      `${text}\n${line.replace('=', '')}`,
      `${text}\n${line.replace('=', '=\t')}`,
      `${text}\n${line.replace('\n', '\r\n')}`,
      `${text}\n— PeterNeumann x08gow==\n`,
      `${text}\n${line.repeat(101)}`,
      `${'x'.repeat(1_000_000)}\n\n${line}`,
    ];
    for (const note of bad)
      expect(
        codeOf(() => parseNote(note)),
        JSON.stringify(note.slice(0, 200)),
      ).toBe('checkpoint');
    expect(parseNote(`a\n\nb\n\n${line}`).text).toBe('a\n\nb\n');
  });

  test('is signed only over a text that reads back', async () => {
    const ana = await person('ana');
    const key = { name: 'ana', publicKey: ana.publicKey };
    for (const bad of ['', 'no newline', 'tab\t\n']) {
      expect(await codeOfAsync(() => signNote(sha, bad, key, ana.sign)), bad).toBe('checkpoint');
    }
  });
});

describe('a checkpoint', async () => {
  const { log, device, ana } = await smallLog();
  const origin = checkpointOrigin(log.name);
  const root = bytesOf('root');
  const note = await signCheckpoint(sha, { origin, size: 3, root }, device.publicKey, device.sign);
  const key = { log: log.name, publicKey: device.publicKey };

  test('opens with the device’s key', async () => {
    expect(await openCheckpoint(sha, verify, note, key)).toEqual({ origin, size: 3, root });
    expect(note.split('\n').slice(0, 4)).toEqual([`countersign/${log.name}`, '3', toBase64(root), '']);
  });

  test('bears the signatures of witnesses', async () => {
    const witness = await signNote(
      sha,
      formatCheckpoint({ origin, size: 3, root }),
      { name: 'w', publicKey: ana.publicKey },
      ana.sign,
    );
    const both = note + witness.split('\n\n')[1];
    expect((await openCheckpoint(sha, verify, both, key)).size).toBe(3);
  });

  test('is refused with another key, of another log, or changed', async () => {
    const code = (text: string, wanted = key) => codeOfAsync(() => openCheckpoint(sha, verify, text, wanted));
    expect(await code(note, { ...key, publicKey: ana.publicKey })).toBe('checkpoint');
    expect(await code(note, { ...key, log: 'another' })).toBe('checkpoint');
    expect(await code(note.replace('\n3\n', '\n4\n'))).toBe('checkpoint');
    const foreign = await signNote(
      sha,
      formatCheckpoint({ origin: 'x', size: 3, root }),
      { name: origin, publicKey: device.publicKey },
      device.sign,
    );
    expect(await code(foreign)).toBe('checkpoint');
  });

  test('is three lines, each in its one spelling', () => {
    const base64 = toBase64(root);
    expect(parseCheckpoint(`${origin}\n0\n${base64}\n`).size).toBe(0);
    const sizes = [
      '',
      ' 3',
      '3 ',
      '03',
      '+3',
      '-1',
      '-0',
      '3.0',
      '3e0',
      '0x3',
      '9007199254740993',
      'NaN',
      'Infinity',
    ];
    const bad = [
      ...sizes.map((size) => `${origin}\n${size}\n${base64}\n`),
      `\n3\n${base64}\n`,
      `${origin}\n3\n${base64}`,
      `${origin}\n3\n${base64}\n\n`,
      `${origin}\n3\n${base64}\nextension\n`,
      `${origin}\n3\n${base64.slice(0, -1)}\n`,
      `${origin}\n3\n${toBase64(root.slice(1))}\n`,
      `${origin}\n3\n\n`,
      `${origin}\n3\n`,
    ];
    for (const text of bad)
      expect(
        codeOf(() => parseCheckpoint(text)),
        JSON.stringify(text),
      ).toBe('checkpoint');
  });

  test('whatever is accepted prints back', () => {
    const units = fc.constantFrom('\n', '3', '0', ' ', 'A', '=', origin, toBase64(root));
    fc.assert(
      fc.property(fc.array(units, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const code = codeOf(() => expect(formatCheckpoint(parseCheckpoint(text))).toBe(text));
        expect([undefined, 'checkpoint']).toContain(code);
      }),
    );
  });
});
