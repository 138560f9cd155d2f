import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import { credentialFor } from '../../shared/ledger/credentials.ts';
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

describe('what people change themselves', () => {
  const at = (seq: number, type: string, by: Person, body: LedgerRecord['entry']['body']): LedgerRecord => ({
    ...records[1]!,
    seq,
    entry: { ...records[1]!.entry, type, by: by.id, body },
  });
  const good = (all: KeyRegistry, who: Person, seq: number, place: SignaturePlace = 'performer') => {
    const found = keyFor(all, who.id, keyId(sha, who.publicKey), seq, place);
    return found.ok ? 'good' : found.code;
  };
  const added = (by: Person, next: Person, seq = 9) =>
    at(seq, 'staff.key-added', by, { staff: enrolment(next) });
  const removed = (by: Person, who: Person, seq: number) =>
    at(seq, 'staff.key-removed', by, { staff: { id: who.id }, revokes: keyId(sha, who.publicKey) });
  const rotated = (by: Person, next: Person, revokes: Person, seq: number) =>
    at(seq, 'staff.key-rotated', by, {
      staff: enrolment(next),
      revokes: keyId(sha, revokes.publicKey),
    });

  test('a rotation of one’s own is signed with the key that it revokes, and with no other', async () => {
    const [phone, next] = [await person('ben', 'ben’s phone'), await person('ben', 'ben’s next')];
    const before = foldKeys(registry, sha, added(newBen, phone));
    const after = foldKeys(before, sha, rotated(newBen, next, newBen, 10));
    const answers = (seq: number) => [newBen, phone, next].map((key) => good(after, key, seq));
    expect(answers(9)).toEqual(['good', 'unknown-key', 'unknown-key']);
    expect(answers(10)).toEqual(['good', 'unknown-key', 'unknown-key']);
    expect(answers(11)).toEqual(['revoked-key', 'good', 'good']);
    expect(good(after, newBen, 10, 'further')).toBe('revoked-key');
    expect(good(after, ana, 10, 'further')).toBe('good');
    // Somebody else's rotation of it leaves nobody a last signature.
    const theirs = foldKeys(before, sha, rotated(ana, next, newBen, 10));
    expect(good(theirs, newBen, 10)).toBe('revoked-key');
    expect(good(theirs, next, 10, 'further')).toBe('good');
    // One that breaks its rule is judged like any other entry.
    expect(codeOf(() => foldKeys(after, sha, rotated(phone, newBen, newBen, 12)))).toBe('duplicate-id');
    expect(codeOf(() => foldKeys(after, sha, rotated(phone, ben, newBen, 12)))).toBe('revoked-key');
  });

  test('a further key is added by the person, and goes by itself', async () => {
    const phone = await person('ben', 'ben’s phone');
    const after = foldKeys(registry, sha, added(newBen, phone));
    expect([9, 10].map((seq) => good(after, phone, seq))).toEqual(['unknown-key', 'good']);
    expect(good(after, newBen, 10)).toBe('good');
    expect(codeOf(() => foldKeys(registry, sha, added(ana, phone)))).toBe('unknown-key');
    const anas = { ...phone, publicKey: ana.publicKey };
    expect(codeOf(() => foldKeys(registry, sha, added(newBen, anas)))).toBe('duplicate-id');
    expect(codeOf(() => foldKeys(registry, sha, added(device, { ...phone, id: device.id })))).toBe(
      'duplicate-id',
    );
    const gone = foldKeys(after, sha, removed(ana, phone, 11));
    expect([10, 11].map((seq) => good(gone, phone, seq))).toEqual(['good', 'revoked-key']);
    expect(good(gone, newBen, 12)).toBe('good');
    expect(codeOf(() => foldKeys(gone, sha, removed(ana, phone, 12)))).toBe('revoked-key');
    expect(codeOf(() => foldKeys(gone, sha, removed(ana, { ...newBen, id: cal.id }, 12)))).toBe(
      'unknown-key',
    );
    const none = foldKeys(gone, sha, removed(newBen, newBen, 12));
    expect(good(none, newBen, 12)).toBe('revoked-key');
  });

  test('somebody is admitted as others are enrolled', async () => {
    const eve = await person('eve');
    const staff = { ...enrolment(eve), name: 'Eve Stone' };
    const after = foldKeys(registry, sha, at(9, 'staff.admitted', ana, { staff }));
    expect(good(after, eve, 9, 'further')).toBe('good');
    expect([9, 10].map((seq) => good(after, eve, seq))).toEqual(['unknown-key', 'good']);
  });

  const credential = {
    ...{ id: toBase64Url(bytesOf('credential')), algorithm: 'EdDSA', rp: 'countersign.example' },
    publicKey: toBase64Url(bytesOf('key of the credential')),
  };
  const factor = (by: Person, who: Person, change: Partial<Record<keyof typeof credential, unknown>> = {}) =>
    JSON.parse(
      JSON.stringify(
        at(9, 'staff.factor-added', by, { staff: { id: who.id }, credential: { ...credential } }),
      ).replace(JSON.stringify(credential), JSON.stringify({ ...credential, ...change })),
    );
  const factorAt = (all: KeyRegistry, seq: number, who = newBen) => {
    const found = credentialFor(all.credentials, who.id, credential.id, seq);
    return found.ok ? 'good' : found.code;
  };

  test('a second factor is good between the records that add and remove it', () => {
    const after = foldKeys(registry, sha, factor(newBen, newBen));
    expect(after.count).toBe(registry.count + 1);
    expect(registry.credentials.size).toBe(0);
    expect([9, 10].map((seq) => factorAt(after, seq))).toEqual(['unknown-key', 'good']);
    expect(factorAt(after, 10, ana)).toBe('unknown-key');
    const body = { staff: { id: newBen.id }, credential: { id: credential.id } };
    const gone = foldKeys(after, sha, at(11, 'staff.factor-removed', ana, body));
    expect([10, 11, 12].map((seq) => factorAt(gone, seq))).toEqual(['good', 'revoked-key', 'revoked-key']);
    const disabled = foldKeys(after, sha, at(11, 'staff.disabled', ana, { staff: { id: newBen.id } }));
    expect([10, 11].map((seq) => factorAt(disabled, seq))).toEqual(['good', 'revoked-key']);
    const elsewhere = foldKeys(after, sha, at(11, 'staff.disabled', ana, { staff: { id: cal.id } }));
    expect(factorAt(elsewhere, 11)).toBe('good');
    for (const [all, who, code] of [
      [gone, newBen, 'revoked-key'],
      [after, ana, 'unknown-key'],
      [registry, newBen, 'unknown-key'],
      [after, device, 'duplicate-id'],
    ] as const) {
      const removal = at(12, 'staff.factor-removed', ana, { ...body, staff: { id: who.id } });
      expect(codeOf(() => foldKeys(all, sha, removal))).toBe(code);
    }
  });

  test('a second factor is added once, by its person, whole', () => {
    const after = foldKeys(registry, sha, factor(newBen, newBen));
    expect(codeOf(() => foldKeys(after, sha, factor(newBen, newBen)))).toBe('duplicate-id');
    expect(codeOf(() => foldKeys(after, sha, factor(ana, ana)))).toBe('duplicate-id');
    expect(codeOf(() => foldKeys(registry, sha, factor(ana, newBen)))).toBe('unknown-key');
    expect(codeOf(() => foldKeys(registry, sha, factor(device, device)))).toBe('duplicate-id');
    const full = { ...registry, count: MAX_ENROLMENTS };
    expect(codeOf(() => foldKeys(full, sha, factor(newBen, newBen)))).toBe('parse');
    const point = toBase64Url(new Uint8Array(65).fill(4));
    expect(
      codeOf(() => foldKeys(registry, sha, factor(newBen, newBen, { algorithm: 'ES256', publicKey: point }))),
    ).toBe(undefined);
    for (const change of [
      { id: '' },
      { id: 7 },
      { id: toBase64Url(new Uint8Array(1024)) },
      { algorithm: 'RS256' },
      { algorithm: 'ES256' },
      { publicKey: point },
      { publicKey: null },
      { algorithm: 'ES256', publicKey: toBase64Url(new Uint8Array(65)) },
      { rp: 'https://countersign.example' },
      { rp: undefined },
    ]) {
      expect(codeOf(() => foldKeys(registry, sha, factor(newBen, newBen, change)))).toBe('parse');
    }
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
