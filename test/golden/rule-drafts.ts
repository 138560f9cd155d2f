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

type Recipe = {
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
      return { type: 'reversal', by, body };
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
      return { type: 'discrepancy.resolved', by, witness: ledger.who.ben, body };
    },
  },
  'container.received': { before: [], make: (ledger) => receive(ledger, 'ketamine', ['K-003']) },
  'container.opened': plain('container.opened', (ledger) => ({ container: ledger.idOf('K-002') })),
  'container.closed': {
    before: [],
    make: (ledger, by) => {
      const body = { container: ledger.idOf('K-002'), reason: 'damaged', adjustment: '-10', unit: 'mL' };
      return { type: 'container.closed', by, witness: ledger.who.ben, body };
    },
  },
  'product.added': { before: [], make: (ledger) => addProduct(ledger, 'midazolam', 'IV', '00304092012311') },
  'staff.enrolled': {
    before: [],
    make: (ledger, by) => {
      const publicKey = bytesOf('key of a newcomer');
      const newcomer = { ...ledger.who.cal, id: ledger.idOf('newcomer'), name: 'Gus Hale', publicKey };
      return enrol(by, newcomer);
    },
  },
  'staff.key-rotated': plain('staff.key-rotated', ({ who: { cal } }) => ({
    staff: { id: cal.id, publicKey: toBase64Url(bytesOf('another key')) },
    revokes: keyId(sha, cal.publicKey),
  })),
  'staff.disabled': plain('staff.disabled', (ledger) => ({
    ...{ staff: { id: ledger.who.cal.id }, reason: 'left' },
  })),
  'policy.changed': { before: [], make: (ledger) => changePolicy(ledger, policyOf(['strict', 'ny'])) },
  exported: plain('exported', (ledger) => ({ ...whole(ledger), disclosed: false })),
  verified: plain('verified', (ledger) => ({ ...log(ledger), failures: 0 })),
};
