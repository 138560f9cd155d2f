/** Acts that a second person has to approve, and what becomes of proposals. */
import type { SourceId } from '../../shared/domain/policy/source-ids.ts';
import { cosign, type Draft, type Ledger, receive, waste } from './builder.ts';
import { broken, closing, made, type RuleCase, type Step, strictAnd } from './rule-break.ts';
import { approve, closure, DRAFTS, elevate, propose } from './rule-drafts.ts';

/** Cases of acts that a second person has to approve, and that one does alone. */
const unapproved = (what: string, rule: SourceId, before: readonly Step[], make: Step): RuleCase =>
  broken({
    ...{ code: 'approver-missing', what, seq: 12 + before.length, rule },
    write: async (ledger) => {
      for (const step of before) await ledger.append(step(ledger));
      const { approver: _, ...draft } = make(ledger);
      await ledger.append(draft);
    },
  });
const disposal = (ledger: Ledger): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben },
  body: { ...closure(ledger), container: ledger.idOf('H-001'), note: 'dropped' },
});

const wasted: Step = (ledger) => waste(ledger, 'K-002', '0.5');
const cosignedByBen: Step = (ledger) => cosign(ledger, ledger.lines.length - 1, ledger.who.ben);
/** Cal takes back the waste after the short story, to which Ben has put his name. */
const unwasted: Step = (ledger) => ({
  ...{ type: 'reversal', by: ledger.who.cal },
  body: {
    ...{ entry: ledger.entries[12]?.id ?? '', record: ledger.hash(12), reason: 'never left the syringe' },
    effect: { container: ledger.idOf('K-002'), change: '0.5', unit: 'mL' },
  },
});

export const APPROVALS: readonly RuleCase[] = [
  unapproved('policy', 'countersign', [], made('policy.changed', 'ana')),
  unapproved('enrolment', 'countersign', [], made('staff.enrolled', 'ana')),
  unapproved('role-changed', 'countersign', [], made('staff.changed', 'ana')),
  unapproved('key-of-another', 'countersign', [], made('staff.key-rotated', 'ana')),
  unapproved(
    'factor-of-another',
    'countersign',
    DRAFTS['staff.factor-removed'].before,
    made('staff.factor-removed', 'ana'),
  ),
  unapproved('elevation', 'countersign', [], elevate),
  unapproved('erasure', 'countersign', [], made('patients.erased', 'ana')),
  unapproved('schedule-ii-received', 'strict', [], (ledger) => receive(ledger, 'hydromorphone', ['H-002'])),
  unapproved('schedule-ii-disposed', 'strict', [], disposal),
  unapproved('schedule-iii-disposed', 'strict', [], made('container.closed', 'dee')),
  unapproved('beyond-the-band', 'strict', [], (ledger) => closing(ledger, 'K-002', '-10')),
  unapproved(
    'adjustment',
    'strict',
    DRAFTS['discrepancy.resolved'].before,
    made('discrepancy.resolved', 'dee'),
  ),
  unapproved('reversal-of-another', 'strict', DRAFTS.reversal.before, made('reversal', 'dee')),
  unapproved('reversal-of-witnessed', 'strict', [wasted], unwasted),
  unapproved('reversal-of-cosigned', 'strict', [...DRAFTS.cosign.before, cosignedByBen], unwasted),
  broken({
    ...{ code: 'approver-missing', what: 'proposal-not-yet-approved', seq: 13 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'three-people', what: 'two-did-it', seq: 14, rule: 'facility' },
    policy: strictAnd({
      acts: ['reversal'],
      approver: { by: ['registrant', 'veterinarian'], when: [], unlessAlone: false, threePeople: true },
    }),
    write: async (ledger) => {
      const [draw2] = DRAFTS.reversal.before;
      if (draw2) await ledger.append(draw2(ledger));
      await ledger.append(made('reversal', 'cal')(ledger));
    },
  }),
  broken({
    ...{ code: 'unknown-proposal', what: 'carried-out-twice', seq: 15 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.ben));
      await ledger.append(reject(ledger, 12));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'other-act', what: 'more-than-approved', seq: 14 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.ben));
      const draft = carryOut(ledger, 12);
      await ledger.append({ ...draft, body: { ...draft.body, note: 'and the box' } });
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approves-own-proposal', seq: 13 },
    write: async (ledger) => {
      await ledger.append({ ...propose(ledger), by: ledger.who.dee });
      await ledger.append(approve(ledger, ledger.who.dee));
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approver-carries-out', seq: 14 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.dee));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approver-witnesses-too', seq: 14 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.ben));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approver-cosigns-later', seq: 13 },
    write: async (ledger) => {
      const { witness: _, ...alone } = disposal(ledger);
      await ledger.append({ ...alone, approver: ledger.who.ben });
      await ledger.append(cosign(ledger, 12, ledger.who.ben));
    },
  }),
];

/** As lead technician, what was proposed at that place. */
const carryOut = (ledger: Ledger, seq: number): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben },
  body: { ...closure(ledger), proposal: ledger.entries[seq]?.id ?? '' },
});
const reject = (ledger: Ledger, seq: number): Draft => ({
  ...{ type: 'proposal.rejected', by: ledger.who.ben },
  body: { proposal: ledger.entries[seq]?.id ?? '', record: ledger.hash(seq), reason: 'not yet' },
});
