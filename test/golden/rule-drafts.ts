/** Every act that a policy speaks of, as somebody would do it after the short story, and what comes before it. */
import { policyOf } from '../../shared/domain/policy/profiles.ts';
import type { PolicyAct } from '../../shared/domain/policy/schema.ts';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import { keyId } from '../../shared/ledger/record.ts';
import {
  addProduct,
  bytesOf,
  changePolicy,
  cosign,
  count,
  type Draft,
  draw,
  enrol,
  type Ledger,
  type Person,
  receive,
  sha,
  waste,
} from './builder.ts';

export type Recipe = {
  readonly before: readonly ((ledger: Ledger) => Draft)[];
  readonly make: (ledger: Ledger, by: Person) => Draft;
};

const last = (ledger: Ledger) => ledger.entries.at(-1)?.id ?? '';
const miscount = (ledger: Ledger) => count(ledger, { 'K-002': '9.8' });
const about = (ledger: Ledger) => ({
  ...{ discrepancy: ledger.idOf('discrepancy'), container: ledger.idOf('K-002'), unit: 'mL' },
});
const opened = (ledger: Ledger): Draft => ({
  ...{ type: 'discrepancy.opened', by: ledger.who.dee },
  body: { ...about(ledger), count: last(ledger), expected: '10', counted: '9.8', difference: '-0.2' },
});
const unwitnessed = (ledger: Ledger): Draft => {
  const { witness: _, ...draft } = waste(ledger, 'K-002', '0.5');
  return draft;
};
const plain = (type: string, body: (ledger: Ledger, by: Person) => Draft['body']): Recipe => ({
  before: [],
  make: (ledger, by) => ({ type, by, body: body(ledger, by) }),
});
const log = (ledger: Ledger) => ({ size: ledger.lines.length, root: ledger.head });
const whole = (ledger: Ledger) => ({ from: 0, to: ledger.lines.length, ...log(ledger) });

/** What concerns one's own key is done by oneself. */
const own = (type: string, body: (who: Ledger['who']) => Draft['body']): Recipe => ({
  before: [],
  make: ({ who }) => ({ type, by: who.cal, body: body(who) }),
});
const newcomer = (ledger: Ledger): Person => {
  const publicKey = bytesOf('key of a newcomer');
  return { ...ledger.who.cal, id: ledger.idOf('newcomer'), name: 'Gus Hale', publicKey };
};
const phone = ({ id }: Person) => ({
  staff: { id, publicKey: toBase64Url(bytesOf('key of the phone')) },
  name: 'Phone',
});
const CREDENTIAL = toBase64Url(bytesOf('credential'));
const factor = ({ id }: Person) => ({
  staff: { id },
  credential: {
    ...{ id: CREDENTIAL, algorithm: 'EdDSA', rp: 'ledger.example', name: 'Blue key' },
    publicKey: toBase64Url(bytesOf('key of the credential')),
  },
});
/** Another one of the same person. */
export const anotherCredential = {
  ...{
    id: toBase64Url(bytesOf('other credential')),
    algorithm: 'EdDSA',
    rp: 'ledger.example',
    name: 'Red key',
  },
  publicKey: toBase64Url(bytesOf('key of the other credential')),
};

/** Whoever is admitted stays for a day. */
export const admission = (ledger: Ledger, who = newcomer(ledger)) => ({
  staff: { id: who.id, name: who.name, publicKey: toBase64Url(who.publicKey) },
  until: '2026-09-02T08:00:00.000Z',
  reason: 'relief for the night',
});

/** Cal is lead technician for a while: once, where it is said so. */
export function elevate(ledger: Ledger, once = false): Draft {
  const { cal, ben } = ledger.who;
  const body = {
    ...{ elevation: ledger.idOf('elevation'), staff: { id: cal.id }, role: 'lead-technician', once },
    ...{ until: '2026-09-01T18:00:00.000Z', reason: 'the lead is away' },
  };
  return { type: 'access.elevated', by: cal, approver: ben, body };
}

/** Cal proposes that K-002 is closed. */
export function propose(ledger: Ledger): Draft {
  const body = { act: { type: 'container.closed', body: closure(ledger) }, reason: 'the stopper leaks' };
  return { type: 'proposal.made', by: ledger.who.cal, body };
}

export const closure = (ledger: Ledger) => ({
  ...{ container: ledger.idOf('K-002'), reason: 'damaged', adjustment: '-10', unit: 'mL' },
  note: 'The stopper leaks.',
});

export function approve(ledger: Ledger, by: Person): Draft {
  const body = { proposal: last(ledger), record: ledger.head };
  return { type: 'proposal.approved', by, body };
}

export const DRAFTS: Readonly<Record<PolicyAct, Recipe>> = {
  draw: { before: [], make: (ledger) => draw(ledger, 'K-002', '0.5', '0.5', '0') },
  waste: { before: [], make: (ledger) => waste(ledger, 'K-002', '0.5') },
  return: {
    before: [(ledger) => draw(ledger, 'K-002', '1', '0.5', '0.5')],
    make: (ledger, by) => {
      const body = { container: ledger.idOf('K-002'), quantity: '0.5', unit: 'mL', draw: last(ledger) };
      return { type: 'return', by, body: { ...body, reason: 'seal unbroken' } };
    },
  },
  cosign: { before: [unwitnessed], make: (ledger, by) => cosign(ledger, ledger.lines.length - 1, by) },
  reversal: {
    before: [(ledger) => draw(ledger, 'K-002', '1', '1', '0')],
    make: (ledger, by) => {
      const effect = { container: ledger.idOf('K-002'), change: '1', unit: 'mL' };
      const body = { entry: last(ledger), record: ledger.head, reason: 'wrong vial scanned', effect };
      return { type: 'reversal', by, approver: ledger.who.ana, body };
    },
  },
  count: { before: [], make: (ledger) => count(ledger, { 'K-002': '10' }) },
  'discrepancy.opened': { before: [miscount], make: opened },
  'discrepancy.noted': {
    before: [miscount, opened],
    make: (ledger, by) => {
      const body = { discrepancy: about(ledger).discrepancy, note: 'Measured again.' };
      return { type: 'discrepancy.noted', by, body };
    },
  },
  'discrepancy.resolved': {
    before: [miscount, opened],
    make: (ledger, by) => {
      const body = { ...about(ledger), cause: 'hub-loss', note: 'Measured again.', adjustment: '-0.2' };
      const { ana, ben, dee } = ledger.who;
      // Whoever performs it, another one approves.
      return { type: 'discrepancy.resolved', by, witness: ben, approver: by === ana ? dee : ana, body };
    },
  },
  'container.received': {
    before: [],
    make: (ledger) => receive(ledger, 'ketamine', ['K-003']),
  },
  'container.opened': plain('container.opened', (ledger) => ({ container: ledger.idOf('K-002') })),
  'container.closed': {
    before: [],
    make: (ledger, by) => {
      const { ana, ben, dee } = ledger.who;
      const beside = { witness: ben, approver: by === ana ? dee : ana };
      return { type: 'container.closed', by, ...beside, body: closure(ledger) };
    },
  },
  'product.added': { before: [], make: (ledger) => addProduct(ledger, 'midazolam', 'IV', '00304092012311') },
  'staff.enrolled': {
    before: [],
    make: (ledger, by) => enrol(by, newcomer(ledger), ledger.who.ben),
  },
  'staff.admitted': plain('staff.admitted', (ledger) => admission(ledger)),
  'staff.changed': {
    before: [],
    make: (ledger, by) => {
      const body = { staff: { id: ledger.who.cal.id, role: 'lead-technician' }, reason: 'passed the course' };
      return { type: 'staff.changed', by, approver: ledger.who.ben, body };
    },
  },
  'staff.key-rotated': own('staff.key-rotated', ({ cal }) => ({
    ...{ staff: { id: cal.id, publicKey: toBase64Url(bytesOf('another key')) } },
    revokes: keyId(sha, cal.publicKey),
  })),
  'staff.key-added': own('staff.key-added', ({ cal }) => phone(cal)),
  'staff.key-removed': {
    before: [({ who: { cal } }) => ({ type: 'staff.key-added', by: cal, body: phone(cal) })],
    make: ({ who: { cal } }) => {
      const revokes = keyId(sha, bytesOf('key of the phone'));
      return { type: 'staff.key-removed', by: cal, body: { staff: { id: cal.id }, revokes, reason: 'sold' } };
    },
  },
  'staff.pin-changed': own('staff.pin-changed', ({ cal }) => ({ staff: { id: cal.id } })),
  'staff.factor-added': own('staff.factor-added', ({ cal }) => factor(cal)),
  'staff.factor-removed': {
    before: [({ who: { cal } }) => ({ type: 'staff.factor-added', by: cal, body: factor(cal) })],
    make: ({ who: { ana, ben, cal } }) => {
      const body = { staff: { id: cal.id }, credential: { id: CREDENTIAL }, reason: 'lost' };
      return { type: 'staff.factor-removed', by: ana, approver: ben, body };
    },
  },
  'staff.disabled': plain('staff.disabled', (ledger) => ({
    ...{ staff: { id: ledger.who.cal.id }, reason: 'left' },
  })),
  'access.elevated': { before: [], make: (ledger) => elevate(ledger) },
  'access.ended': {
    before: [elevate],
    make: (ledger) => {
      const body = { elevation: ledger.idOf('elevation'), reason: 'the shift is over' };
      return { type: 'access.ended', by: ledger.who.cal, body };
    },
  },
  'proposal.made': { before: [], make: (ledger, by) => ({ ...propose(ledger), by }) },
  'proposal.approved': { before: [propose], make: (ledger, by) => approve(ledger, by) },
  'proposal.rejected': {
    before: [propose],
    make: (ledger, by) => {
      const body = { proposal: last(ledger), record: ledger.head, reason: 'count it once more first' };
      return { type: 'proposal.rejected', by, body };
    },
  },
  'vault.rotated': plain('vault.rotated', () => ({ reason: 'a colleague has left' })),
  'patients.erased': {
    before: [],
    make: (ledger, by) => {
      const body = { before: '2021-01-01T00:00:00.000Z', patients: 0, reason: 'kept for five years' };
      return { type: 'patients.erased', by, approver: ledger.who.ben, body };
    },
  },
  'policy.changed': { before: [], make: (ledger) => changePolicy(ledger, policyOf(['strict', 'ny'])) },
  exported: plain('exported', (ledger) => ({ ...whole(ledger), disclosed: false })),
  verified: plain('verified', (ledger) => ({ ...log(ledger), failures: 0 })),
};
