import { expect, test } from 'vitest';
import type { FactorSigner } from '../../shared/protocol/factors.ts';
import type { AppendInput, Receipt } from '../../shared/protocol/ledger.ts';
import { done, refused } from '../../shared/protocol/outcome.ts';
import {
  type Act,
  type ActPort,
  type FactorAsk,
  recordAct,
  signAct,
} from '../../shared/ui/capture/record.ts';

/** In which order people are asked for what, where an act needs a second factor; the worker's own part is tested with it. */

const TOVA = '01900000-0000-7000-8000-00000000a001';
const IMRE = '01900000-0000-7000-8000-00000000a002';
const receipt: Receipt = { entryId: 'e', seq: 7, hash: 'h', recorded: 't', flags: [] };
const assertion = { authenticator: 'a', client: 'c', credential: 'd', sig: 's' };
const act: Act = {
  ...{ id: 'e', type: 'staff.pin-changed', by: TOVA, body: { staff: { id: TOVA } } },
  signers: [
    { as: 'performer', by: TOVA, pin: '1' },
    { as: 'witness', by: IMRE, pin: '2' },
  ],
};

const has = [{ id: 'x', name: 'Key', rp: 'clinic.example' }];
const both: FactorSigner[] = [
  { as: 'performer', by: TOVA, name: 'Tova', credentials: has },
  { as: 'witness', by: IMRE, name: 'Imre', credentials: has },
];

/** A ledger that writes down what is asked of it. */
function portOf(due: FactorSigner[] | null, more: Partial<ActPort> = {}) {
  const log: string[] = [];
  const taken: AppendInput[] = [];
  const port: ActPort = {
    head: async () => ({ size: 1, hash: 'h' }),
    receipt: async () => null,
    factorsFor: async () => due,
    sign: async (_, { as, by }) => {
      log.push(`signs ${as}`);
      return done({ as, by, key: 'k', at: 't', sig: 's' });
    },
    append: async (input) => {
      taken.push(input);
      return done(receipt);
    },
    askFactor: async ({ signer }: FactorAsk) => {
      log.push(`touches ${signer.name}`);
      return done(assertion);
    },
    ...more,
  };
  return { port, log, taken };
}

test('where none is due, nobody is asked for one', async () => {
  const { port, log, taken } = portOf(null);
  expect(await recordAct(port, act)).toEqual(done(receipt));
  expect(log).toEqual(['signs performer', 'signs witness']);
  expect(taken[0]?.signatures.map((one) => one.assertion)).toEqual([undefined, undefined]);
});

test('each is asked right after their own signature, and the answer stands beside it', async () => {
  const { port, log, taken } = portOf(both);
  expect(await recordAct(port, act)).toEqual(done(receipt));
  expect(log).toEqual(['signs performer', 'touches Tova', 'signs witness', 'touches Imre']);
  expect(taken[0]?.signatures.map((one) => one.assertion)).toEqual([assertion, assertion]);
});

test('who has none is named before anybody has typed a PIN for nothing', async () => {
  const { port, log } = portOf(both.map((one) => (one.by === IMRE ? { ...one, credentials: [] } : one)));
  expect(await recordAct(port, act)).toMatchObject({
    ...{ ok: false, of: 'witness' },
    refusal: { code: 'factor-missing', message: expect.stringContaining('Imre has none yet') },
  });
  expect(log).toEqual([]);
});

test('a page that can reach no key signs nothing and says where to go', async () => {
  const { port: whole, log } = portOf(both);
  const { askFactor: _, ...port } = whole;
  expect(await recordAct(port, act)).toMatchObject({
    refusal: { code: 'factor-missing', message: expect.stringContaining('open the app') },
  });
  expect(log).toEqual([]);
});

test('what the key says no to is not appended, and nobody after is asked', async () => {
  const askFactor = async () => refused<never>('cancelled', 'It was cancelled.');
  const { port, log, taken } = portOf(both, { askFactor });
  expect(await recordAct(port, act)).toEqual(refused('cancelled', 'It was cancelled.'));
  expect([log, taken]).toEqual([['signs performer'], []]);
});

test('what is in the ledger already is signed by nobody again, whoever was still to sign elsewhere', async () => {
  const { port, log } = portOf(null, { receipt: async () => receipt });
  expect(await signAct(port, act)).toEqual({ ok: true, known: receipt });
  expect(await recordAct(port, act)).toEqual(done(receipt));
  expect(log).toEqual([]);
});
