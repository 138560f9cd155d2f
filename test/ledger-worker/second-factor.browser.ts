import { expose } from 'comlink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainEntry } from '../../shared/domain/entries.ts';
import { parseEntry } from '../../shared/domain/entries.ts';
import { fromBase64Url, toBase64Url } from '../../shared/ledger/bytes.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import { statementOf } from '../../shared/ledger/statement.ts';
import type { AppendInput, EntryDraft } from '../../shared/protocol/ledger.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { verifyLedger } from '../../workers/verify/client.ts';
import { type Answer, assertion, type Factor, factor } from '../golden/authenticator.ts';
import { act, CLINIC, draft, freshService, PIN, type Stocked, signed, stock, value } from './helpers.ts';

/** The gate holds second factors to what a verifier checks. */

const sha = await loadSha256();
const mine = await factor('mine');
let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;

beforeAll(async () => {
  const one = await freshService();
  ledger = { ...one, ...(await stock(one.service)) };
});
afterAll(() => ledger.remove());

const enrolment = ({ id, algorithm, publicKey, rp }: Factor) => ({
  ...{ id: toBase64Url(id), publicKey: toBase64Url(publicKey), rp, name: 'Key on my ring' },
  algorithm,
});

function parsed(entry: EntryDraft): DomainEntry {
  const read = parseEntry(entry);
  if (!read.ok) throw new Error(read.message);
  return read.entry;
}

/** An opening of the vial, signed by the registrant with a second factor. */
async function withFactor(token: Factor, answer: Answer = {}): Promise<AppendInput> {
  const { service, registrant, container } = ledger;
  const status = await service.status();
  if (status.state !== 'ready') throw new Error(status.state);
  const entry = await draft(service, registrant.by, 'container.opened', { container });
  const [made] = await signed(service, entry, [registrant]);
  if (!made) throw new Error('nobody signed');
  const statement = statementOf(sha, status.ledger, parsed(entry), made);
  return { entry, signatures: [{ ...made, assertion: await assertion(token, statement, answer) }] };
}

const refusalOf = async (input: AppendInput) => {
  const { size } = await ledger.service.head();
  const answer = await ledger.service.append(input);
  expect((await ledger.service.head()).size).toBe(size);
  return answer.ok ? null : answer.refusal;
};

test('a second factor that was never added is refused', async () => {
  expect(await refusalOf(await withFactor(mine))).toMatchObject({
    code: 'signature',
    message: expect.stringContaining('not one of the signer’s'),
  });
});

test('one that was added is taken, beside the signature, and holds in the check of the whole log', async () => {
  const { service, registrant, context } = ledger;
  const body = { staff: { id: registrant.by }, credential: enrolment(mine) };
  await act(service, 'staff.factor-added', body, [registrant]);
  for (const bad of [{ rp: 'elsewhere.example' }, { flags: 0 }, { client: () => '{}' }] satisfies Answer[]) {
    expect(await refusalOf(await withFactor(mine, bad))).toMatchObject({
      code: 'signature',
      message: expect.stringContaining('does not fit'),
    });
  }
  const receipt = value(await service.append(await withFactor(mine)));
  expect((await service.record(receipt.seq))?.signatures).toMatchObject([{ factor: true, valid: true }]);
  const { port1, port2 } = new MessageChannel();
  expose(ledgerSource(context), port1);
  const verdict = await verifyLedger(port2, new Date().toISOString());
  expect(verdict.integrity.failures).toEqual([]);
  expect(verdict.summary.factors).toBe(1);
});

test('one that was removed is refused', async () => {
  const { service, registrant } = ledger;
  const credential = { id: toBase64Url(mine.id) };
  const body = { staff: { id: registrant.by }, credential, reason: 'lost' };
  await act(service, 'staff.factor-removed', body, [registrant]);
  expect(await refusalOf(await withFactor(mine))).toMatchObject({
    code: 'signature',
    message: expect.stringContaining('removed'),
  });
});

test('where the policy asks for one, the gate takes the signature with it, and with nothing that only says so', async () => {
  const { service, remove } = await freshService();
  const needs = { acts: ['exported' as const], schedules: [], needs: ['second-factor' as const] };
  const rules = [...CLINIC.policy.rules, { ...needs, source: 'facility' as const }];
  value(await service.create({ ...CLINIC, policy: { ...CLINIC.policy, rules } }));
  const by = (await service.staff())[0]?.id ?? '';
  const { session } = value(await service.unlock(by, PIN));
  const registrant = { as: 'performer' as const, by, session };
  const body = { from: 0, to: 1, size: 1, root: 'a'.repeat(64), disclosed: false };
  const question = { type: 'exported' as const, by, body, signers: [{ as: 'performer' as const, by }] };
  const name = CLINIC.registrant.name;
  expect(await service.factorsFor(question)).toEqual([{ as: 'performer', by, name, credentials: [] }]);
  expect(await service.factorsFor({ ...question, type: 'verified' })).toBeNull();
  expect((await service.today()).work).toContainEqual({ kind: 'factor-due', names: [name] });

  const credential = enrolment(mine);
  await act(service, 'staff.factor-added', { staff: { id: by }, credential }, [registrant]);
  const { id, rp } = credential;
  expect(await service.factorsFor(question)).toMatchObject([
    { credentials: [{ id, rp, name: 'Key on my ring' }] },
  ]);
  expect(await service.factorsInUse()).toEqual([{ id, rp, staff: by }]);
  expect((await service.people())[0]).toMatchObject({ hasFactor: true, factors: [{ id, rp }] });
  expect((await service.today()).work.map(({ kind }) => kind)).not.toContain('factor-due');

  const entry = await draft(service, by, 'exported', body);
  const [made] = await signed(service, entry, [registrant]);
  if (!made) throw new Error('nobody signed');
  const saying = { ...made, factor: true };
  for (const signatures of [[made], [saying]]) {
    expect(await service.append({ entry, signatures })).toMatchObject({
      refusal: { code: 'factor-missing' },
    });
  }
  const status = await service.status();
  if (status.state !== 'ready') throw new Error(status.state);
  const statement = statementOf(sha, status.ledger, parsed(entry), made);
  const challenge = await service.factorChallenge(entry, made);
  expect(fromBase64Url(challenge ?? '')).toEqual(sha(statement));
  const beside = { ...made, assertion: await assertion(mine, statement) };
  value(await service.append({ entry, signatures: [beside] }));
  remove();
});
