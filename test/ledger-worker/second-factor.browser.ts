import { expose } from 'comlink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainEntry } from '../../shared/domain/entries.ts';
import { parseEntry } from '../../shared/domain/entries.ts';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import { statementOf } from '../../shared/ledger/statement.ts';
import type { AppendInput, EntryDraft } from '../../shared/protocol/ledger.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { verifyLedger } from '../../workers/verify/client.ts';
import { type Answer, assertion, type Factor, factor } from '../golden/authenticator.ts';
import { act, draft, freshService, type Stocked, signed, stock, value } from './helpers.ts';

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
