import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import { canonicalize, type Json, parseCanonical } from '../../shared/ledger/canonical.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { formatRecord, keyId, MAX_LINE_BYTES, parseLog, parseRecord } from '../../shared/ledger/record.ts';
import {
  entryHash,
  parsedEntryHash,
  recordStatements,
  signatureStatement,
} from '../../shared/ledger/statement.ts';
import { codeOf } from './codes.ts';
import { bytesOf, idOf, leafOf, sha, smallLog } from './fixture.ts';

const { log, ana, ben, device } = await smallLog();
const line = await log.append({
  type: 'waste',
  body: {
    log: 'a word that is also a member',
    nested: { log: `${log.name}`, nonce: 'x' },
    quantity: '0.35',
    unit: 'mL',
  },
  signers: [ben, ana],
});
const verify = webCryptoEd25519(webcrypto.subtle);

/** The line with one change made to its JSON, canonical again. */
function edited(change: (record: Record<string, unknown>) => void): string {
  const value = JSON.parse(line) as Record<string, unknown>;
  change(value);
  return canonicalize(value as Json & object);
}
const entryOf = (record: Record<string, unknown>) => record.entry as Record<string, unknown>;
const signaturesOf = (record: Record<string, unknown>) => record.signatures as Record<string, unknown>[];

describe('a record', () => {
  test('reads back, and prints the same line', () => {
    const parsed = parseRecord(line);
    expect(parsed.line).toBe(line);
    expect(formatRecord(parsed.record)).toBe(line);
    expect(parsed.record.seq).toBe(3);
    expect(parseLog(parsed.record.log).device).toBe(device.id);
  });

  test('its entry’s own text is what the entry hash is over', () => {
    for (const each of log.lines) {
      const parsed = parseRecord(each);
      expect(parsed.entryText).toBe(canonicalize(parsed.record.entry));
      expect(parsedEntryHash(sha, parsed)).toBe(entryHash(sha, parsed.record.entry));
    }
  });

  test('its signatures verify over the statements', async () => {
    const parsed = parseRecord(line);
    const statements = recordStatements(sha, parsed);
    for (const [i, signer] of [ben, ana].entries()) {
      const { sig, key } = parsed.record.signatures[i]!;
      expect(key).toBe(keyId(sha, signer.publicKey));
      expect(await verify(signer.publicKey, fromBase64Url(sig), statements[i]!)).toBe(true);
      expect(await verify(signer.publicKey, fromBase64Url(sig), statements[1 - i]!)).toBe(false);
    }
  });

  test('its statements are the canonical ones', () => {
    for (const each of log.lines) {
      const parsed = parseRecord(each);
      const { signatures, entry } = parsed.record;
      const { ledger } = parseLog(parsed.record.log);
      const statement = { entryHash: entryHash(sha, entry), ledger };
      expect(recordStatements(sha, parsed)).toEqual(
        signatures.map(({ as, at, by, key }) => signatureStatement({ as, at, by, key, ...statement })),
      );
    }
  });

  test('a changed byte is refused, or is another leaf', () => {
    const bytes = utf8(line);
    const leaf = leafOf(line);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at]! ^= flip;
        const code = codeOf(() => {
          const text = fromUtf8(changed);
          expect(parseRecord(text).line).toBe(text);
          expect(leafOf(text)).not.toBe(leaf);
        });
        expect([undefined, 'parse', 'canonical', 'version']).toContain(code);
      }),
      { numRuns: 3000 },
    );
  });

  test('a byte left out or put in is refused, or is another leaf', () => {
    for (let at = 0; at < line.length; at += 1) {
      for (const text of [line.slice(0, at) + line.slice(at + 1), `${line.slice(0, at)}0${line.slice(at)}`]) {
        const code = codeOf(() => {
          parseRecord(text);
          expect(leafOf(text)).not.toBe(leafOf(line));
        });
        expect([undefined, 'parse', 'canonical', 'version']).toContain(code);
      }
    }
  });
});

describe('refused', () => {
  const parse: [string, (record: Record<string, unknown>) => void][] = [
    [
      'an unknown member',
      (r) => {
        r.extra = 1;
      },
    ],
    [
      'a missing member',
      (r) => {
        delete r.nonce;
      },
    ],
    [
      'no version',
      (r) => {
        delete r.v;
      },
    ],
    [
      'an unknown member of the entry',
      (r) => {
        entryOf(r).note = 'x';
      },
    ],
    [
      'an unknown member of a signature',
      (r) => {
        signaturesOf(r)[0]!.note = 'x';
      },
    ],
    [
      'a log that is no pair of ids',
      (r) => {
        r.log = idOf('ledger');
      },
    ],
    [
      'a log of three',
      (r) => {
        r.log = `${log.name}/${idOf('x')}`;
      },
    ],
    [
      'a negative seq',
      (r) => {
        r.seq = -1;
      },
    ],
    [
      'a seq in text',
      (r) => {
        r.seq = '3';
      },
    ],
    [
      'upper case in a hash',
      (r) => {
        r.prev = 'A'.repeat(64);
      },
    ],
    [
      'a short nonce',
      (r) => {
        r.nonce = toBase64Url(bytesOf('n', 15));
      },
    ],
    [
      'unused bits in a nonce',
      (r) => {
        r.nonce = `${'A'.repeat(21)}B`;
      },
    ],
    [
      'a time without milliseconds',
      (r) => {
        r.recorded = '2026-11-21T18:03:11Z';
      },
    ],
    [
      'an entry that is a list',
      (r) => {
        r.entry = [];
      },
    ],
    [
      'a type with a space',
      (r) => {
        entryOf(r).type = 'big draw';
      },
    ],
    [
      'an endless type',
      (r) => {
        entryOf(r).type = 'a'.repeat(65);
      },
    ],
    [
      'a body that is null',
      (r) => {
        entryOf(r).body = null;
      },
    ],
    [
      'an `after` that is not a hash',
      (r) => {
        entryOf(r).after = '';
      },
    ],
    [
      'an id in upper case',
      (r) => {
        entryOf(r).id = idOf('x').toUpperCase();
      },
    ],
    [
      'no signature',
      (r) => {
        r.signatures = [];
      },
    ],
    [
      'signatures in an object',
      (r) => {
        r.signatures = {};
      },
    ],
    [
      'the witness first',
      (r) => {
        signaturesOf(r).reverse();
      },
    ],
    [
      'two performers',
      (r) => {
        signaturesOf(r)[1]!.as = 'performer';
      },
    ],
    [
      'a role that is none',
      (r) => {
        signaturesOf(r)[1]!.as = 'owner';
      },
    ],
    [
      'one person twice',
      (r) => {
        signaturesOf(r)[1]!.by = ben.id;
      },
    ],
    [
      'a performer who is not the entry’s',
      (r) => {
        entryOf(r).by = idOf('someone');
      },
    ],
    [
      'a short signature',
      (r) => {
        signaturesOf(r)[0]!.sig = toBase64Url(bytesOf('s', 63));
      },
    ],
    [
      'a key id that is too long',
      (r) => {
        signaturesOf(r)[0]!.key = toBase64Url(bytesOf('k', 17));
      },
    ],
  ];
  test.each(parse)('%s', (_, change) => {
    expect(codeOf(() => parseRecord(edited(change)))).toBe('parse');
  });

  test('another version, whatever else it holds', () => {
    expect(
      codeOf(() =>
        parseRecord(
          edited((r) => {
            r.v = 2;
          }),
        ),
      ),
    ).toBe('version');
    expect(codeOf(() => parseRecord('{"v":2}'))).toBe('version');
    expect(codeOf(() => parseRecord('{"v":"1"}'))).toBe('version');
  });

  test('another spelling', () => {
    expect(codeOf(() => parseRecord(` ${line}`))).toBe('canonical');
    expect(codeOf(() => parseRecord(`${line}\n`))).toBe('canonical');
    expect(codeOf(() => parseRecord(`\ufeff${line}`))).toBe('parse');
  });

  test('a line over 64 KiB, counted in bytes', () => {
    const padded = (letter: string, count: number) =>
      edited((r) => {
        entryOf(r).body = { note: letter.repeat(count) };
      });
    const empty = utf8(padded('x', 0)).length;
    const room = MAX_LINE_BYTES - empty;
    expect(codeOf(() => parseRecord(padded('x', room)))).toBe(undefined);
    expect(codeOf(() => parseRecord(padded('x', room + 1)))).toBe('parse');
    expect(codeOf(() => parseRecord(padded('€', Math.floor(room / 3))))).toBe(undefined);
    expect(codeOf(() => parseRecord(padded('€', Math.floor(room / 3) + 1)))).toBe('parse');
  });

  test('what is not a record at all', () => {
    for (const text of ['', '[]', 'null', '"v"', '{}', '1'])
      expect(codeOf(() => parseRecord(text))).toBe('parse');
  });

  test('writing what could not be read', () => {
    const { record } = parseRecord(line);
    expect(codeOf(() => formatRecord({ ...record, seq: 0.5 }))).toBe('parse');
    expect(codeOf(() => formatRecord({ ...record, signatures: [] }))).toBe('parse');
    expect(codeOf(() => formatRecord({ ...record, entry: { ...record.entry, body: { a: '\ud800' } } }))).toBe(
      'canonical',
    );
  });
});

test('any body survives, and hides nothing from the entry hash', () => {
  const { record } = parseRecord(line);
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (body) => {
      const made = formatRecord({ ...record, entry: { ...record.entry, body: { ...body } } });
      const parsed = parseRecord(made);
      expect(parsed.entryText).toBe(canonicalize(parsed.record.entry));
      expect(canonicalize(parseCanonical(made))).toBe(made);
    }),
  );
});
