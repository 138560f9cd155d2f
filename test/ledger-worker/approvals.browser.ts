import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReceivedContainer } from '../../shared/domain/entries.ts';
import { APPROVERS } from '../../shared/domain/policy/base.ts';
import { copyOf, policyFrom } from '../../shared/domain/policy/facility.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { Signer } from '../../shared/protocol/ledger.ts';
import type { LedgerCore } from '../../workers/ledger/service.ts';
import { act, draft, freshService, signed, stock, value } from './helpers.ts';

const made: { remove(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of made.splice(0)) await one.remove();
});

type Signing = Signer & { session: string };
const VET_PIN = '161803';

/** Enrols somebody more, and signs them in. */
async function join(
  ledger: LedgerCore,
  name: string,
  role: Role,
  signers: readonly Signer[],
): Promise<Signing> {
  const { staff, publicKey } = value(await ledger.prepareStaff(VET_PIN));
  await act(ledger, 'staff.enrolled', { staff: { id: staff, name, role, publicKey } }, signers);
  const { session } = value(await ledger.unlock(staff, VET_PIN));
  return { as: 'performer', by: staff, session };
}

/** A registrant, a veterinarian, a lead technician, a technician, and a product of Schedule II. */
async function clinic() {
  const { service: ledger, remove } = await freshService();
  made.push({ remove });
  const { registrant, technician, container } = await stock(ledger);
  const vet = await join(ledger, 'Vera Vet', 'veterinarian', [registrant]);
  const lead = await join(ledger, 'Lea Lead', 'lead-technician', [registrant, { ...vet, as: 'approver' }]);
  const product = await ledger.newId();
  const held = { name: 'Hydromorphone', form: 'injection', schedule: 'II', unit: 'mL', holds: '20' } as const;
  await act(ledger, 'product.added', { product: { id: product, ...held, gtins: [] } }, [registrant]);
  const vial = async (number: string): Promise<ReceivedContainer> => ({
    ...{ id: await ledger.newId(), number, product, lot: 'H1', expires: '2031-12-31' },
    ...{ quantity: '20', unit: 'mL' },
  });
  return { ledger, registrant, technician, vet, lead, container, vial };
}

/** One clinic for the whole file: each test leaves nothing open that the next would stumble over. */
let here: Awaited<ReturnType<typeof clinic>>;
beforeAll(async () => {
  here = await clinic();
});

/** What the gate answers to an act of one person. */
async function tried(
  ledger: LedgerCore,
  signers: readonly Signer[],
  type: 'proposal.approved',
  body: object,
) {
  const entry = { ...(await draft(ledger, signers[0]?.by ?? '', 'exported', whole)), type, body };
  return ledger.append({ entry, signatures: await signed(ledger, entry, signers) });
}
const whole = { from: 0, to: 1, size: 1, root: 'a'.repeat(64), disclosed: false };

test('the approver is asked for where the policy asks for one, and only those who may are named', async () => {
  const { ledger, registrant, technician, vet, lead, container, vial } = here;
  const receipt = { type: 'container.received' as const, body: { containers: [await vial('H-01')] } };
  const answer = await ledger.approval({ ...receipt, by: lead.by });
  expect(answer).toMatchObject({ due: 'yes', beside: true, proposable: true, sources: ['strict'] });
  if (answer.due !== 'yes') throw new Error('an approver is due');
  expect([...answer.approvers].sort()).toEqual([registrant.by, vet.by].sort());
  expect(await ledger.whoMay(receipt)).not.toContain(technician.by);
  const opened = { type: 'container.opened' as const, body: { container } };
  expect(await ledger.approval({ ...opened, by: lead.by })).toEqual({ due: 'no' });
  const policy = await ledger.policy();
  const changed = { type: 'policy.changed' as const, body: { policy, reason: 'again' } };
  expect(await ledger.approval({ ...changed, by: registrant.by })).toMatchObject({
    due: 'yes',
    beside: true,
  });
});

test('nobody else to approve: the ledger says so, and takes it with a flag', async () => {
  const { service: ledger, remove } = await freshService();
  made.push({ remove });
  const { registrant } = await stock(ledger);
  const { staff, publicKey } = value(await ledger.prepareStaff(VET_PIN));
  const body = { staff: { id: staff, name: 'Vera Vet', role: 'veterinarian' as const, publicKey } };
  const asked = await ledger.approval({ type: 'staff.enrolled', body, by: registrant.by });
  expect(asked).toMatchObject({ due: 'nobody', sources: ['countersign'] });
  const receipt = await act(ledger, 'staff.enrolled', body, [registrant]);
  expect(receipt.flags.map(({ code }) => code)).toEqual(['approver-nobody']);
});

test('proposed, approved, carried out: each by another, and the records lead to each other', async () => {
  const { ledger, registrant, vet, lead, technician, vial } = here;
  const body = { containers: [await vial('H-01')] };
  const proposal = await act(
    ledger,
    'proposal.made',
    { act: { type: 'container.received', body }, reason: 'Came in the evening.' },
    [lead],
  );
  expect(await ledger.openProposals()).toBe(1);
  const [open] = (await ledger.proposals()).open;
  expect(open).toMatchObject({
    ...{ id: proposal.entryId, record: proposal.hash, seq: proposal.seq, byName: 'Lea Lead' },
    ...{ summary: 'Received 1 container of Hydromorphone: H-01', schedules: ['II'], witness: 'none' },
    changes: [{ what: 'H-01', after: 'Hydromorphone (C-II), 20 mL, lot H1, expires 2031-12-31' }],
  });
  expect(open).not.toHaveProperty('stale');
  expect([...(open?.mayApprove ?? [])].sort()).toEqual([registrant.by, vet.by].sort());
  expect([...(open?.mayReject ?? [])].sort()).toEqual([registrant.by, vet.by, lead.by].sort());
  expect(open?.mayCarryOut).not.toContain(technician.by);
  expect((await ledger.today()).work).toContainEqual(
    expect.objectContaining({ kind: 'proposal', proposal: proposal.entryId, waitsFor: 'approval' }),
  );

  const answer = { proposal: proposal.entryId, record: proposal.hash };
  expect(await tried(ledger, [lead], 'proposal.approved', answer)).toMatchObject({
    refusal: { code: 'self-witness' },
  });
  const approved = await act(ledger, 'proposal.approved', answer, [vet]);
  const [ready] = (await ledger.proposals()).open;
  expect(ready).toMatchObject({ approved: { byName: 'Vera Vet' }, mayApprove: [] });
  expect([...(ready?.mayCarryOut ?? [])].sort()).toEqual([registrant.by, lead.by].sort());

  const done = await act(ledger, 'container.received', { ...body, proposal: proposal.entryId }, [registrant]);
  const view = await ledger.proposals();
  expect(view.open).toEqual([]);
  expect(view.closed).toMatchObject([
    { id: proposal.entryId, approvedByName: 'Vera Vet', end: { kind: 'carried-out', seq: done.seq } },
  ]);
  const record = await ledger.record(done.entryId);
  expect(record?.row.approverName).toBe('Vera Vet');
  expect(record?.referred).toMatchObject([{ seq: proposal.seq, type: 'proposal.made' }]);
  const first = await ledger.record(proposal.entryId);
  expect(first?.referrers.map(({ seq }) => seq)).toEqual([approved.seq, done.seq]);
  expect((await ledger.record(approved.seq))?.row.summary).toBe(
    'Approved. Proposed: Received 1 container of Hydromorphone: H-01',
  );
});

test('a rejection and a withdrawal end it, each with its reason', async () => {
  const { ledger, vet, lead, vial } = here;
  const propose = async (number: string) =>
    act(
      ledger,
      'proposal.made',
      { act: { type: 'container.received', body: { containers: [await vial(number)] } }, reason: 'Came.' },
      [lead],
    );
  const one = await propose('H-11');
  await act(
    ledger,
    'proposal.rejected',
    { proposal: one.entryId, record: one.hash, reason: 'Never ordered.' },
    [vet],
  );
  const two = await propose('H-12');
  await act(
    ledger,
    'proposal.rejected',
    { proposal: two.entryId, record: two.hash, reason: 'Typed twice.' },
    [lead],
  );
  const { open, closed } = await ledger.proposals();
  expect(open).toEqual([]);
  expect(closed.slice(0, 2).map(({ end }) => [end.kind, end.reason])).toEqual([
    ['withdrawn', 'Typed twice.'],
    ['rejected', 'Never ordered.'],
  ]);
});

test('what has changed meanwhile is said: the container is closed, the number taken', async () => {
  const { ledger, registrant, vet, lead, container, vial } = here;
  const same = await vial('H-21');
  const receiving = await act(
    ledger,
    'proposal.made',
    { act: { type: 'container.received', body: { containers: [same] } }, reason: 'Came.' },
    [lead],
  );
  const other = { containers: [await vial('H-21')] };
  await act(ledger, 'container.received', other, [registrant, { ...vet, as: 'approver' }]);
  const closing = { container, reason: 'hub-loss', adjustment: '-10', unit: 'mL', note: 'Spilt.' } as const;
  await act(ledger, 'proposal.made', { act: { type: 'container.closed', body: closing }, reason: 'Spilt.' }, [
    lead,
  ]);
  const before = await ledger.proposals();
  expect(before.open.map(({ stale }) => stale)).toEqual([
    'Number H-21 is in use. Give this container another one.',
    undefined,
  ]);
  expect(before.open[1]?.changes[0]).toEqual({ what: 'Book of K-01', before: '10 mL', after: '0 mL' });
  expect(before.open[0]?.id).toBe(receiving.entryId);
  await act(ledger, 'draw', { container, drawn: '1', given: '1', leftover: '0', unit: 'mL' }, [registrant]);
  expect((await ledger.proposals()).open[1]?.stale).toMatch(/has to bring its balance to zero/);
});

test('where three people have to do it, the proposer is none of those who could carry it out', async () => {
  const { ledger, registrant, vet, lead, vial } = here;
  const before = copyOf(await ledger.policy());
  const three = { by: [...APPROVERS], when: [], unlessAlone: false, threePeople: true };
  const rule = {
    acts: ['container.received' as const],
    schedules: [],
    approver: three,
    source: 'facility' as const,
  };
  const policy = policyFrom({ ...before, rules: [...before.rules, rule] });
  await act(ledger, 'policy.changed', { policy, reason: 'Three pairs of eyes.' }, [
    registrant,
    { ...vet, as: 'approver' },
  ]);
  const body = { containers: [await vial('H-31')] };
  const asked = await ledger.approval({ type: 'container.received', body, by: lead.by });
  expect(asked).toMatchObject({ due: 'yes', beside: false, proposable: true });
  const proposal = await act(
    ledger,
    'proposal.made',
    { act: { type: 'container.received', body }, reason: 'Came.' },
    [lead],
  );
  const answer = { proposal: proposal.entryId, record: proposal.hash };
  await act(ledger, 'proposal.approved', answer, [vet]);
  const found = (await ledger.proposals()).open.find(({ id }) => id === proposal.entryId);
  expect(found).toMatchObject({ threePeople: true, mayCarryOut: [registrant.by] });
  const entry = await draft(ledger, lead.by, 'container.received', { ...body, proposal: proposal.entryId });
  expect(await ledger.append({ entry, signatures: await signed(ledger, entry, [lead]) })).toMatchObject({
    refusal: { code: 'three-people', message: 'Who proposed it does not carry it out. Ask a colleague.' },
  });
});
