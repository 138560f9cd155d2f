import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEntry } from '../../shared/domain/entries.ts';
import type { EntryDraft } from '../../shared/protocol/ledger.ts';
import {
  printWitnessCode,
  readWitnessCode,
  type WitnessCode,
  type WitnessRequest,
} from '../../shared/protocol/witness-code.ts';
import type { LedgerCore } from '../../workers/ledger/service.ts';
import { act, draft, freshService, PIN, type Stocked, signed, stock, value } from './helpers.ts';

/** Two devices that share nothing: the clinic's, which holds the ledger, and the technician's own phone. */
const PHONE_PIN = '161803';
const now = Date.now();
let clinic: Awaited<ReturnType<typeof freshService>> & Stocked;
let phone: Awaited<ReturnType<typeof freshService>>;
beforeAll(async () => {
  const one = await freshService({ now: () => now });
  clinic = { ...one, ...(await stock(one.service)) };
  phone = await freshService({ now: () => now });
});
afterAll(async () => {
  await clinic.remove();
  await phone.remove();
});

/** What comes out on the other side of a camera. */
function across<T extends WitnessCode['t']>(
  code: Extract<WitnessCode, { t: T }>,
): Extract<WitnessCode, { t: T }> {
  const printed = printWitnessCode(code);
  const read = printed.ok ? readWitnessCode(printed.text) : null;
  if (read?.t !== code.t) throw new Error('not read');
  const same = (one: WitnessCode): one is Extract<WitnessCode, { t: T }> => one.t === code.t;
  if (!same(read)) throw new Error('another code');
  return read;
}

async function pair(service: LedgerCore) {
  const status = await service.status();
  if (status.state !== 'ready') throw new Error(status.state);
  const { by, session } = clinic.technician;
  const staff = { id: by, name: 'Tess Technician' };
  const genesis = status.genesis.slice(0, 16);
  const invitation = {
    t: 'invitation' as const,
    ledger: status.ledger,
    genesis,
    facility: status.facility,
    staff,
  };
  const key = across(
    value(await phone.service.makePhoneKey(across(invitation), { pin: PHONE_PIN, name: 'Tess’s phone' })),
  );
  const body = { staff: { id: key.staff, publicKey: key.publicKey }, name: key.name };
  await act(service, 'staff.key-added', body, [{ as: 'performer', by, session }]);
  const [held] = await phone.service.phoneKeys();
  return { ledger: status.ledger, key: held?.key ?? '' };
}

async function waste(): Promise<EntryDraft> {
  const { service, registrant, container } = clinic;
  const body = { container, quantity: '0.5', unit: 'mL' as const, reason: 'spilt' };
  return draft(service, registrant.by, 'waste', body);
}

/** The entry as the domain reads it. */
function parsed(entry: EntryDraft): WitnessRequest['entry'] {
  const read = parseEntry(entry);
  if (!read.ok) throw new Error(read.message);
  return read.entry;
}

const names = { performer: 'Dr. Test Person', drug: 'Ketamine 100 mg/mL', container: 'K-01' };

test('a phone that holds no ledger witnesses, and the log takes its signature', async () => {
  const { service, registrant, technician } = clinic;
  const { ledger, key } = await pair(service);
  expect(await phone.service.open(null)).toEqual({ state: 'empty' });
  const entry = await waste();
  const [performed] = await signed(service, entry, [{ as: 'performer', by: registrant.by, pin: PIN }]);
  const asked = across({
    t: 'request',
    ledger,
    by: technician.by,
    key,
    entry: parsed(entry),
    names,
  });
  expect(await phone.service.witnessOnPhone(asked, '000001')).toMatchObject({
    refusal: { code: 'wrong-pin' },
  });
  const answer = across(value(await phone.service.witnessOnPhone(asked, PHONE_PIN)));
  const witnessed = {
    as: 'witness' as const,
    by: answer.by,
    key: answer.key,
    at: answer.at,
    sig: answer.sig,
  };
  if (!performed) throw new Error('unsigned');
  const other = await waste();
  const [again] = await signed(service, other, [{ as: 'performer', by: registrant.by, pin: PIN }]);
  expect(await service.append({ entry: other, signatures: again ? [again, witnessed] : [] })).toMatchObject({
    refusal: { code: 'signature' },
  });
  const receipt = value(await service.append({ entry, signatures: [performed, witnessed] }));
  const detail = await service.record(receipt.seq);
  expect(detail?.row.witnessName).toBe('Tess Technician');
  expect(detail?.signatures.map(({ valid }) => valid)).toEqual([true, true]);
});

test('it signs for nobody else, for no other ledger, and not for its own person’s act', async () => {
  const [held] = await phone.service.phoneKeys();
  const { service, registrant, technician } = clinic;
  const entry = parsed(await waste());
  const asked = {
    t: 'request',
    ledger: held?.ledger ?? '',
    by: technician.by,
    key: held?.key ?? '',
    entry,
    names,
  } as const;
  const otherLedger = await service.newId();
  const codeOf = async (request: WitnessRequest) => {
    const outcome = await phone.service.witnessOnPhone(request, PHONE_PIN);
    return outcome.ok ? 'signed' : outcome.refusal.code;
  };
  expect(await codeOf({ ...asked, ledger: otherLedger })).toBe('no-key');
  expect(await codeOf({ ...asked, by: registrant.by })).toBe('no-key');
  expect(await codeOf({ ...asked, entry: { ...entry, by: technician.by } })).toBe('self-witness');
});

test('wrong PINs shut the phone as they shut the clinic’s device', async () => {
  const [held] = await phone.service.phoneKeys();
  const entry = parsed(await waste());
  const { technician } = clinic;
  const asked = {
    t: 'request',
    ledger: held?.ledger ?? '',
    by: technician.by,
    key: held?.key ?? '',
    entry,
    names,
  } as const;
  for (const pin of ['100001', '100002', '100003']) await phone.service.witnessOnPhone(asked, pin);
  expect(await phone.service.witnessOnPhone(asked, PHONE_PIN)).toMatchObject({ refusal: { code: 'locked' } });
});

test('a phone that was lost signs no more once its key is removed', async () => {
  const { service, technician, registrant } = clinic;
  const { ledger, key } = await pair(service);
  const entry = await waste();
  const [performed] = await signed(service, entry, [{ as: 'performer', by: registrant.by, pin: PIN }]);
  await act(service, 'staff.key-removed', { staff: { id: technician.by }, revokes: key, reason: 'lost' }, [
    technician,
  ]);
  const asked = {
    t: 'request',
    ledger,
    by: technician.by,
    key,
    entry: parsed(entry),
    names,
  } as const;
  const answer = value(await phone.service.witnessOnPhone(asked, PHONE_PIN));
  const witnessed = { as: 'witness' as const, by: answer.by, key, at: answer.at, sig: answer.sig };
  expect(await service.append({ entry, signatures: performed ? [performed, witnessed] : [] })).toMatchObject({
    refusal: { code: 'signature', message: expect.stringContaining('no longer valid') },
  });
});
