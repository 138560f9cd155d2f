import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import {
  EMPTY_REGISTRY,
  foldKeys,
  type KeyRegistry,
  keyFor,
  MAX_ENROLMENTS,
  type SignaturePlace,
} from '../../shared/ledger/keys.ts';
import { keyId, type LedgerRecord, parseRecord } from '../../shared/ledger/record.ts';
import { codeOf } from './codes.ts';
import { bytesOf, enrolment, idOf, LEDGER, type Person, person, sha, smallLog } from './fixture.ts';

const { log, device, ana, ben, cal } = await smallLog();
const owner = (id: string, publicKey: Person['publicKey']) => ({
  staff: enrolment({ ...ben, id, publicKey }),
});
const newBen = await person('ben', 'ben again');
await log.append({
  type: 'staff.key-rotated',
  body: { staff: enrolment(newBen), revokes: keyId(sha, ben.publicKey) },
  signers: [ana, newBen],
});
await log.append({ type: 'draw', signers: [newBen] });
await log.append({ type: 'staff.disabled', body: { staff: { id: cal.id } }, signers: [ana] });
await log.append({ type: 'draw', signers: [newBen] });
await log.append({
  type: 'staff.enrolled',
  body: { staff: { ...enrolment(cal), name: 'Cal', role: 'x' } },
  signers: [ana],
});
await log.append({ type: 'draw', signers: [cal] });
const records = log.lines.map((line) => parseRecord(line).record);

const fold = (all: readonly LedgerRecord[]): KeyRegistry =>
  all.reduce((registry, record) => foldKeys(registry, sha, record), EMPTY_REGISTRY);
const registry = fold(records);

function answer(who: Person, seq: number, place: SignaturePlace = 'performer'): string {
  const found = keyFor(registry, who.id, keyId(sha, who.publicKey), seq, place);
  if (!found.ok) return found.code;
  expect(found.publicKey).toEqual(who.publicKey);
  return 'good';
}

describe('when a key is good', () => {
  test('the first record is performed by the registrant, with a key of its own body', () => {
    expect(answer(ana, 0)).toBe('good');
    expect(answer(device, 0)).toBe('unknown-key');
    expect(answer(device, 0, 'further')).toBe('good');
    expect(registry.device).toEqual({ id: device.id, publicKey: device.publicKey });
  });

  test('from the record that enrols it, for its further signatures only', () => {
    expect(answer(ben, 0, 'further')).toBe('unknown-key');
    expect(answer(ben, 1, 'further')).toBe('good');
    expect(answer(ben, 1, 'performer')).toBe('unknown-key');
    expect(answer(ben, 2, 'performer')).toBe('good');
  });

  test('up to, and not including, the record that rotates it away', () => {
    expect(answer(ben, 2)).toBe('good');
    expect(answer(ben, 3, 'further')).toBe('revoked-key');
    expect(answer(ben, 9)).toBe('revoked-key');
    expect(answer(newBen, 2)).toBe('unknown-key');
    expect(answer(newBen, 3, 'further')).toBe('good');
    expect(answer(newBen, 4)).toBe('good');
  });

  test('not while the person is disabled; again once enrolled anew', () => {
    expect(answer(cal, 4)).toBe('good');
    expect(answer(cal, 5, 'further')).toBe('revoked-key');
    expect(answer(cal, 6)).toBe('revoked-key');
    expect(answer(cal, 7, 'performer')).toBe('revoked-key');
    expect(answer(cal, 7, 'further')).toBe('good');
    expect(answer(cal, 8)).toBe('good');
  });

  test('only for the person it was enrolled for', () => {
    expect(keyFor(registry, ben.id, keyId(sha, ana.publicKey), 5, 'performer')).toEqual({
      ok: false,
      code: 'unknown-key',
    });
    expect(keyFor(registry, idOf('nobody'), keyId(sha, ana.publicKey), 5, 'performer')).toEqual({
      ok: false,
      code: 'unknown-key',
    });
  });
});

describe('folding', () => {
  const genesis = records[0]!;
  const withBody = (record: LedgerRecord, body: LedgerRecord['entry']['body']): LedgerRecord => ({
    ...record,
    entry: { ...record.entry, body },
  });

  test('a registry is a value', () => {
    const before = fold(records.slice(0, 2));
    fold(records);
    foldKeys(before, sha, records[2]!);
    expect(before.keys.size).toBe(3);
  });

  test('a log begins with its first record, and with no other', () => {
    expect(codeOf(() => fold(records.slice(1)))).toBe(undefined);
    expect(codeOf(() => foldKeys(EMPTY_REGISTRY, sha, { ...records[1]!, seq: 0 }))).toBe('sequence');
    expect(codeOf(() => foldKeys(registry, sha, { ...genesis, seq: 9 }))).toBe('sequence');
  });

  test('a later device enrols itself', () => {
    const body = { ledger: LEDGER, device: enrolment(device), invitation: idOf('invitation') };
    const joined = { ...genesis, entry: { ...genesis.entry, type: 'device.joined', by: device.id, body } };
    const found = keyFor(
      foldKeys(EMPTY_REGISTRY, sha, joined),
      device.id,
      keyId(sha, device.publicKey),
      0,
      'performer',
    );
    expect(found.ok).toBe(true);
  });

  test('a first record that names another log', () => {
    const { body } = genesis.entry;
    expect(codeOf(() => fold([withBody(genesis, { ...body, ledger: idOf('another') })]))).toBe('link');
    const elsewhere = { ...enrolment(device), id: idOf('another') };
    expect(codeOf(() => fold([withBody(genesis, { ...body, device: elsewhere })]))).toBe('link');
  });

  test('one key is for one id, and the device’s id is nobody else’s', () => {
    const enrolled = (id: string, key: Person['publicKey']) =>
      codeOf(() => foldKeys(registry, sha, { ...withBody(records[1]!, owner(id, key)), seq: 10 }));
    expect(enrolled(idOf('eve'), bytesOf('a key of her own'))).toBe(undefined);
    expect(enrolled(idOf('eve'), ana.publicKey)).toBe('duplicate-id');
    expect(enrolled(idOf('eve'), device.publicKey)).toBe('duplicate-id');
    // Also one that is no longer good.
    expect(enrolled(idOf('eve'), ben.publicKey)).toBe('duplicate-id');
    expect(enrolled(ben.id, ben.publicKey)).toBe(undefined);
    expect(enrolled(device.id, bytesOf('another key'))).toBe('duplicate-id');
    const { body } = genesis.entry;
    for (const twin of [
      { ...enrolment(ana), id: device.id },
      { ...enrolment(device), id: ana.id },
    ]) {
      expect(codeOf(() => fold([withBody(genesis, { ...body, registrant: twin })]))).toBe('duplicate-id');
    }
    const disabled = { ...withBody(records[5]!, { staff: { id: device.id } }), seq: 10 };
    expect(codeOf(() => foldKeys(registry, sha, disabled))).toBe('duplicate-id');
  });

  test('a rotation replaces a good key of that person by another', () => {
    const rotated = (publicKey: Person['publicKey'], revokes: string) => {
      const body = { staff: enrolment({ ...ben, publicKey }), revokes };
      return codeOf(() => foldKeys(registry, sha, { ...withBody(records[3]!, body), seq: 10 }));
    };
    const fresh = bytesOf('a fresh key');
    expect(rotated(fresh, keyId(sha, newBen.publicKey))).toBe(undefined);
    expect(rotated(fresh, keyId(sha, ben.publicKey))).toBe('revoked-key');
    expect(rotated(fresh, keyId(sha, cal.publicKey))).toBe('unknown-key');
    expect(rotated(fresh, keyId(sha, bytesOf('nobody')))).toBe('unknown-key');
    expect(rotated(newBen.publicKey, keyId(sha, newBen.publicKey))).toBe('duplicate-id');
    expect(rotated(cal.publicKey, keyId(sha, newBen.publicKey))).toBe('duplicate-id');
    expect(rotated(fresh, 'a key')).toBe('parse');
  });

  test('no more enrolments than a log may hold', () => {
    const full = { ...registry, count: MAX_ENROLMENTS };
    expect(codeOf(() => foldKeys(full, sha, records[1]!))).toBe('parse');
    expect(codeOf(() => foldKeys(full, sha, records[5]!))).toBe(undefined);
    expect(registry.count).toBe(6);
  });

  test('disabling somebody who has no key changes nothing', () => {
    const nobody = withBody(records[5]!, { staff: { id: idOf('nobody') } });
    expect(foldKeys(registry, sha, nobody)).toBe(registry);
  });

  test('members that are missing or malformed', () => {
    const { body } = genesis.entry;
    const bad = [
      withBody(genesis, { ...body, registrant: null }),
      withBody(genesis, {
        ...body,
        registrant: { ...enrolment(ana), publicKey: toBase64Url(bytesOf('k', 31)) },
      }),
      withBody(genesis, { ...body, registrant: { ...enrolment(ana), publicKey: 7 } }),
      withBody(genesis, { ...body, registrant: { ...enrolment(ana), publicKey: 'not base64!' } }),
      withBody(genesis, { ...body, registrant: { ...enrolment(ana), id: 'ana' } }),
      withBody(records[1]!, {}),
      withBody(records[3]!, { staff: enrolment(newBen) }),
      withBody(records[5]!, { staff: {} }),
    ];
    for (const record of bad) expect(codeOf(() => foldKeys(registry, sha, record))).toBe('parse');
  });
});
