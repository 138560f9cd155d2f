/** Packages about keys that people change themselves, and about their second factors. */
import { concat, toBase64Url } from '../../shared/ledger/bytes.ts';
import { keyId } from '../../shared/ledger/record.ts';
import {
  type Answer,
  addFactor,
  assertion,
  type Factor,
  factor,
  removeFactor,
  withFactor,
} from './authenticator.ts';
import { type Draft, draw, type Ledger, type Person, person, sha, shortStory, waste } from './builder.ts';
import type { Case } from './integrity-cases.ts';
import { type PackageOptions, packageOf, zipOf } from './package-files.ts';
import { admission } from './rule-drafts.ts';

type Tell = (ledger: Ledger) => Promise<PackageOptions | undefined>;

const story = (name: string, tell: Tell): Case => ({
  name: `package.${name}.zip`,
  make: async () => {
    const ledger = await shortStory();
    const options = await tell(ledger);
    return zipOf(await packageOf(ledger, options));
  },
});

const aDraw = (ledger: Ledger, by: Person = ledger.who.cal): Draft => ({
  ...draw(ledger, 'K-001', '0.25', '0.25', '0'),
  by,
});

const rotation = (by: Person, next: Person, revokes: Person): Draft => ({
  type: 'staff.key-rotated',
  by,
  body: {
    staff: { id: next.id, publicKey: toBase64Url(next.publicKey) },
    ...{ revokes: keyId(sha, revokes.publicKey), reason: 'a new tablet' },
  },
});

const addition = (by: Person, next: Person): Draft => ({
  type: 'staff.key-added',
  by,
  body: { staff: { id: next.id, publicKey: toBase64Url(next.publicKey) }, name: 'Phone' },
});

const removal = (by: Person, of: Person): Draft => ({
  type: 'staff.key-removed',
  by,
  body: { staff: { id: of.id }, revokes: keyId(sha, of.publicKey), reason: 'lost' },
});

const another = (of: Person, key = 'second key') => person(of.name, of.role, `${of.name} ${key}`);

/** A visitor witnesses; `log.csv` has their host's name beside theirs. */
async function visit(ledger: Ledger): Promise<void> {
  const relief = await person('Jo Ash', 'witness');
  await ledger.append({ type: 'staff.admitted', by: ledger.who.dee, body: admission(ledger, relief) });
  await ledger.append({ ...waste(ledger, 'K-002', '0.5'), witness: relief });
}

const KEYS: readonly Case[] = [
  story('valid.visitor', async (ledger) => {
    await visit(ledger);
    return undefined;
  }),
  story('valid.visitor-in-a-part', async (ledger) => {
    await visit(ledger);
    return { from: 13, to: 14 };
  }),
  story('valid.rotated-by-oneself', async (ledger) => {
    const { cal } = ledger.who;
    const next = await another(cal);
    await ledger.append(rotation(cal, next, cal));
    await ledger.append(aDraw(ledger, next));
    return undefined;
  }),
  story('unknown-key.rotated-with-the-new-key.seq-12', async (ledger) => {
    const { cal } = ledger.who;
    const next = await another(cal);
    await ledger.append(rotation(next, next, cal));
    await ledger.append(aDraw(ledger, next));
    return undefined;
  }),
  story('unknown-key.rotated-with-another-good-key.seq-13', async (ledger) => {
    const { cal } = ledger.who;
    const phone = await another(cal, 'phone');
    await ledger.append(addition(cal, phone));
    await ledger.append(rotation(phone, await another(cal), cal));
    return undefined;
  }),
  story('revoked-key.rotated-by-oneself.seq-13', async (ledger) => {
    const { cal } = ledger.who;
    await ledger.append(rotation(cal, await another(cal), cal));
    await ledger.append(aDraw(ledger));
    return undefined;
  }),
  story('valid.key-added', async (ledger) => {
    const { cal } = ledger.who;
    const phone = await another(cal, 'phone');
    await ledger.append(addition(cal, phone));
    await ledger.append(aDraw(ledger, phone));
    await ledger.append(aDraw(ledger));
    await ledger.append(removal(phone, cal));
    await ledger.append(aDraw(ledger, phone));
    return undefined;
  }),
  story('unknown-key.added-by-another.seq-12', async (ledger) => {
    const { ana, cal } = ledger.who;
    await ledger.append(addition(ana, await another(cal, 'phone')));
    return undefined;
  }),
  story('unknown-key.added-with-itself.seq-12', async (ledger) => {
    const phone = await another(ledger.who.cal, 'phone');
    await ledger.append(addition(phone, phone));
    return undefined;
  }),
  story('duplicate-id.added-a-colleagues.seq-12', async (ledger) => {
    const { ben, cal } = ledger.who;
    await ledger.append(addition(cal, { ...cal, publicKey: ben.publicKey }));
    return undefined;
  }),
  story('revoked-key.removed.seq-14', async (ledger) => {
    const { ana, cal } = ledger.who;
    const phone = await another(cal, 'phone');
    await ledger.append(addition(cal, phone));
    await ledger.append(removal(ana, phone));
    await ledger.append(aDraw(ledger, phone));
    return undefined;
  }),
  story('revoked-key.removed-with-itself.seq-13', async (ledger) => {
    const { cal } = ledger.who;
    const phone = await another(cal, 'phone');
    await ledger.append(addition(cal, phone));
    await ledger.append(removal(phone, phone));
    return undefined;
  }),
  story('unknown-key.removes-a-colleagues.seq-12', async (ledger) => {
    const { ana, ben, cal } = ledger.who;
    await ledger.append(removal(ana, { ...cal, publicKey: ben.publicKey }));
    return undefined;
  }),
];

/** Seq 12 adds a factor to Cal; seq 13 is a draw of theirs with it. */
const factored = (
  name: string,
  answer: Answer | ((token: Factor) => Answer),
  algorithm?: Factor['algorithm'],
) =>
  story(name, async (ledger) => {
    const token = await factor('Cal Lindqvist', algorithm);
    await ledger.append(addFactor(ledger.who.cal, token));
    await ledger.append(
      withFactor(aDraw(ledger), token, typeof answer === 'function' ? answer(token) : answer),
    );
    return undefined;
  });

const renamed = (member: string, value: string) => (data: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ ...data, [member]: value });

/** r or s without the zero that keeps it from being negative: the one that has such a zero. */
function negative(der: Uint8Array): Uint8Array {
  const r = der.subarray(2, 4 + (der[3] ?? 0));
  const bare = [r, der.subarray(2 + r.length)].map((whole) =>
    whole[2] === 0 ? concat(Uint8Array.of(2, whole.length - 3), whole.subarray(3)) : whole,
  );
  const body = concat(...bare);
  if (body.length === der.length - 2) throw new Error('neither number needs a leading zero');
  return concat(Uint8Array.of(0x30, body.length), body);
}

const FACTORS: readonly Case[] = [
  factored('valid.second-factor', {}),
  factored('valid.second-factor-eddsa', {}, 'EdDSA'),
  factored('valid.second-factor-a-name-twice', {
    client: (data) => JSON.stringify(data).replace('{', '{"type":"webauthn.create","challenge":"",'),
  }),
  story('valid.second-factor-in-a-part', async (ledger) => {
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(ledger.who.cal, token));
    await ledger.append(withFactor(aDraw(ledger), token));
    return { from: 13, to: 14 };
  }),
  factored('signature.challenge.seq-13', { client: renamed('challenge', toBase64Url(new Uint8Array(32))) }),
  factored('signature.kind.seq-13', { client: renamed('type', 'webauthn.create') }),
  factored('signature.client-not-json.seq-13', { client: (data) => `\ufeff${JSON.stringify(data)}` }),
  factored('signature.rp.seq-13', { rp: 'elsewhere.example' }),
  factored('signature.not-present.seq-13', { flags: 0x04 }),
  factored('signature.der-negative.seq-13', { sig: negative }),
  factored('signature.der-cut.seq-13', { sig: (der) => der.subarray(0, -1) }),
  factored('signature.factor-altered.seq-13', { sig: (der) => der.with(-1, (der.at(-1) ?? 0) ^ 1) }),
  factored(
    'signature.factor-eddsa-altered.seq-13',
    { sig: (sig) => sig.with(0, (sig[0] ?? 0) ^ 1) },
    'EdDSA',
  ),
  story('signature.factor-of-another-record.seq-14', async (ledger) => {
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(ledger.who.cal, token));
    const kept: Uint8Array[] = [];
    const keep: Draft['factor'] = (statement) => {
      kept.push(statement);
      return assertion(token, statement);
    };
    await ledger.append({ ...aDraw(ledger), factor: keep });
    await ledger.append({ ...aDraw(ledger), factor: () => assertion(token, kept[0] ?? new Uint8Array()) });
    return undefined;
  }),
  story('unknown-key.factor-of-another.seq-13', async (ledger) => {
    const { ben } = ledger.who;
    const token = await factor('Ben Okafor');
    await ledger.append(addFactor(ben, token));
    await ledger.append(withFactor(aDraw(ledger), token));
    return undefined;
  }),
  story('unknown-key.factor-never-added.seq-12', async (ledger) => {
    await ledger.append(withFactor(aDraw(ledger), await factor('Cal Lindqvist')));
    return undefined;
  }),
  story('unknown-key.factor-too-early.seq-12', async (ledger) => {
    const token = await factor('Cal Lindqvist');
    await ledger.append(withFactor(addFactor(ledger.who.cal, token), token));
    return undefined;
  }),
  story('unknown-key.factor-added-by-another.seq-12', async (ledger) => {
    const { ana, cal } = ledger.who;
    await ledger.append({ ...addFactor(cal, await factor('Cal Lindqvist')), by: ana });
    return undefined;
  }),
  story('duplicate-id.factor-twice.seq-13', async (ledger) => {
    const { ben, cal } = ledger.who;
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(cal, token));
    await ledger.append(addFactor(ben, token));
    return undefined;
  }),
  story('revoked-key.factor-removed.seq-14', async (ledger) => {
    const { ana, cal } = ledger.who;
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(cal, token));
    await ledger.append(removeFactor(ana, cal, token));
    await ledger.append(withFactor(aDraw(ledger), token));
    return undefined;
  }),
  story('revoked-key.factor-removed-with-itself.seq-13', async (ledger) => {
    const { cal } = ledger.who;
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(cal, token));
    await ledger.append(withFactor(removeFactor(cal, cal, token), token));
    return undefined;
  }),
  story('revoked-key.factor-of-the-disabled.seq-15', async (ledger) => {
    const { ana, cal } = ledger.who;
    const token = await factor('Cal Lindqvist');
    await ledger.append(addFactor(cal, token));
    await ledger.append({
      ...{ type: 'staff.disabled', by: ana },
      body: { staff: { id: cal.id }, reason: 'left' },
    });
    const { id, publicKey, name, role } = cal;
    const staff = { id, publicKey: toBase64Url(publicKey), name, role };
    await ledger.append({ type: 'staff.enrolled', by: ana, body: { staff } });
    await ledger.append(withFactor(aDraw(ledger), token));
    return undefined;
  }),
  story('parse.factor-without-a-member.seq-12', async (ledger) => {
    const draft = withFactor(aDraw(ledger), await factor('Cal Lindqvist'));
    await ledger.append({ ...draft, line: (line) => line.replace(/"credential":"[^"]*",/, '') });
    return undefined;
  }),
  story('parse.factor-key-too-short.seq-12', async (ledger) => {
    const token = await factor('Cal Lindqvist');
    const short = { ...token, publicKey: token.publicKey.slice(0, 64) };
    await ledger.append(addFactor(ledger.who.cal, short));
    return undefined;
  }),
];

export const PEOPLE_CASES: readonly Case[] = [...KEYS, ...FACTORS];
