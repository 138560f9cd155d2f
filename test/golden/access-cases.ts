/** Who may act: elevations, admissions, second factors, and what is kept for how long. */
import { type Draft, enrol, type Ledger, person, waste } from './builder.ts';
import { broken, closing, DAY, made, type RuleCase, strictAnd } from './rule-break.ts';
import { admission, anotherCredential, approve, closure, DRAFTS, elevate, propose } from './rule-drafts.ts';

const closeByCal = (ledger: Ledger): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.cal, body: closure(ledger) },
  ...{ witness: ledger.who.ben, approver: ledger.who.ana },
});
const later = (draft: Draft, minutes: number): Draft => ({ ...draft, minutes });

export const ACCESS: readonly RuleCase[] = [
  broken({
    ...{ code: 'role', what: 'elevation-spent', seq: 14, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger, true));
      await ledger.append(closeByCal(ledger));
      await ledger.append({ ...closing(ledger, 'K-001', '-8.5'), by: ledger.who.cal });
    },
  }),
  broken({
    ...{ code: 'role', what: 'elevation-over', seq: 13, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append(later(closeByCal(ledger), 5 * 60));
    },
  }),
  broken({
    ...{ code: 'role', what: 'elevation-ended', seq: 14, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append(made('access.ended', 'cal')(ledger));
      await ledger.append(closeByCal(ledger));
    },
  }),
  broken({
    ...{ code: 'role', what: 'approves-by-elevation', seq: 14 },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append({ ...propose(ledger), by: ledger.who.dee });
      await ledger.append(approve(ledger, ledger.who.cal));
    },
  }),
  broken({
    ...{ code: 'role', what: 'asks-for-another', seq: 12 },
    write: (ledger) => ledger.append({ ...elevate(ledger), by: ledger.who.dee }),
  }),
  broken({
    ...{ code: 'role', what: 'own-role', seq: 13 },
    write: async (ledger) => {
      const officer = await person('Ivo Brand', 'compliance-officer');
      await ledger.append(enrol(ledger.who.ana, officer, ledger.who.ben));
      const staff = { id: officer.id, role: 'registrant' };
      const body = { staff, reason: 'the other one is away' };
      await ledger.append({ type: 'staff.changed', by: officer, approver: ledger.who.ben, body });
    },
  }),
  broken({
    ...{ code: 'access-end', what: 'longer-than-a-day', seq: 12 },
    write: (ledger) => {
      const body = { ...admission(ledger), until: '2026-09-03T08:00:00.000Z' };
      return ledger.append({ type: 'staff.admitted', by: ledger.who.dee, body });
    },
  }),
  broken({
    ...{ code: 'admission-over', what: 'witnesses-the-next-day', seq: 13 },
    write: async (ledger) => {
      const relief = await person('Jo Ash', 'witness');
      const body = admission(ledger, relief);
      await ledger.append({ type: 'staff.admitted', by: ledger.who.dee, body });
      await ledger.append(later({ ...waste(ledger, 'K-002', '0.5'), witness: relief }, DAY));
    },
  }),
  broken({
    ...{ code: 'last-registrant', what: 'disabled', seq: 13 },
    write: async (ledger) => {
      const officer = await person('Ivo Brand', 'compliance-officer');
      await ledger.append(enrol(ledger.who.ana, officer, ledger.who.ben));
      const body = { staff: { id: ledger.who.ana.id }, reason: 'retired' };
      await ledger.append({ type: 'staff.disabled', by: officer, body });
    },
  }),
  broken({
    ...{ code: 'retention', what: 'erased-too-early', seq: 12, rule: 'strict' },
    write: (ledger) => {
      const draft = made('patients.erased', 'ana')(ledger);
      return ledger.append({ ...draft, body: { ...draft.body, before: '2024-08-01T00:00:00.000Z' } });
    },
  }),
  broken({
    ...{ code: 'factor-missing', what: 'waste', seq: 13, rule: 'facility' },
    policy: strictAnd({ acts: ['waste'], needs: ['second-factor'] }),
    write: (ledger) => ledger.append(waste(ledger, 'K-002', '0.5')),
  }),
  broken({
    ...{ code: 'factor-missing', what: 'another-one-by-pin', seq: 13, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(made('staff.factor-added', 'cal')(ledger));
      const draft = made('staff.factor-added', 'cal')(ledger);
      await ledger.append({ ...draft, body: { ...draft.body, credential: anotherCredential } });
    },
  }),
  broken({
    ...{ code: 'factor-missing', what: 'taken-out-by-pin', seq: 13, rule: 'countersign' },
    write: async (ledger) => {
      for (const step of DRAFTS['staff.factor-removed'].before) await ledger.append(step(ledger));
      const { approver: _, ...draft } = made('staff.factor-removed', 'cal')(ledger);
      await ledger.append(draft);
    },
  }),
  broken({
    ...{ code: 'witness-late', what: 'half-an-hour-apart', seq: 13, rule: 'facility' },
    policy: strictAnd({
      acts: ['waste'],
      witness: { due: 'now', lateHours: 0, by: ['registrant', 'veterinarian'] },
    }),
    write: (ledger) => ledger.append({ ...waste(ledger, 'K-002', '0.5'), apart: 30 }),
  }),
];
