import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdRows } from '../../../shared/domain/reconcile/hold.ts';
import { parseArguments } from '../../../shared/protocol/bridge.ts';
import { LONGEST_MS } from '../../../shared/protocol/recorded.ts';
import type { ContainerView, ProductView } from '../../../shared/protocol/views.ts';
import { beyondQuestion, needsDay, questionOf, withPatient } from '../../../shared/ui/reconcile/question.ts';
import { valuesOfRow } from '../../../shared/ui/reconcile/values.ts';

const DAY = '2026-03-05';
const ketamine: ProductView = {
  ...{
    id: 'K',
    name: 'Ketamine (VetaKet)',
    strength: '100 mg/mL',
    form: 'injection',
    unit: 'mL',
    holds: '10',
  },
  ...{ schedule: 'III', gtins: [], onHand: '10', containers: 1 },
};
const vial = (number: string, openedAt?: string): ContainerView => ({
  ...{ id: number, number, productId: 'K', product: ketamine.name, strength: '100 mg/mL', schedule: 'III' },
  ...{ form: 'injection', unit: 'mL', lot: '1', expires: '2031-01-01', expired: false, onHold: false },
  ...{ size: '10', balance: '10', receivedAt: '2026-01-01T00:00:00.000Z', leftovers: [] },
  ...(openedAt === undefined ? {} : { openedAt }),
});
const opened = vial('K-01', '2026-01-02T00:00:00.000Z');
const row = {
  drug: 'Ketamine 100 mg/mL',
  date: '09:40',
  patient: 'Bella',
  recordNumber: 'P-1',
  quantity: '0.35 mL',
};
const local = (text: string) => new Date(text).toISOString();

describe('what the ledger is asked', () => {
  it('spans the rows that may be its own, half a day around them, with every row’s patient in its place', () => {
    const rows = [
      row,
      { drug: 'Carprofen', date: '2020-01-01' },
      { ...row, date: '14:00', recordNumber: 'P-2' },
    ];
    expect(questionOf(rows, [ketamine], DAY)).toEqual({
      from: new Date(Date.parse(local(`${DAY}T09:40`)) - 12 * 3_600_000).toISOString(),
      to: new Date(Date.parse(local(`${DAY}T14:00`)) + 12 * 3_600_000).toISOString(),
      patients: [{ name: 'Bella', recordNumber: 'P-1' }, {}, { name: 'Bella', recordNumber: 'P-2' }],
    });
    expect(questionOf([{ drug: 'Carprofen' }], [ketamine], DAY)).toBeNull();
  });

  it('is never longer than a month, and what lies before is not judged', () => {
    const rows = [{ ...row, date: '2026-01-02 09:00' }, row];
    const query = questionOf(rows, [ketamine], DAY);
    if (!query) throw new Error('There is a question.');
    expect(Date.parse(query.to) - Date.parse(query.from)).toBe(LONGEST_MS);
    const judged = holdRows(rows, { products: [ketamine], draws: [] }, DAY).map((one) =>
      beyondQuestion(one, query),
    );
    expect(judged.map(({ verdict }) => verdict.kind)).toEqual(['unsure', 'missing']);
  });

  it('is one that the bridge takes, whatever the rows say', () => {
    const text = fc.option(fc.string({ maxLength: 40 }), { nil: undefined });
    const rows = fc.array(
      fc.record({ date: text, patient: text, recordNumber: text }).map((more) => ({
        drug: 'Ketamine',
        ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
      })),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, (some) => {
        const query = questionOf(some, [ketamine], DAY);
        expect(query && parseArguments('recordedOn', [query])).not.toBeNull();
      }),
    );
  });

  it('is refused by the bridge where it asks for more than a month, backwards, or of more patients than a page lists', () => {
    const ask = (from: string, to: string, patients = 1) =>
      parseArguments('recordedOn', [
        { from, to, patients: Array.from({ length: patients }, () => ({ name: 'x' })) },
      ]);
    expect(ask('2026-03-01T00:00:00.000Z', '2026-03-31T00:00:00.000Z', 500)).not.toBeNull();
    expect(ask('2026-03-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z')).toBeNull();
    expect(ask('2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z')).toBeNull();
    expect(ask('2026-03-01T00:00:00.000Z', '2026-03-31T00:00:00.000Z', 501)).toBeNull();
  });

  it('takes the page’s patient where a row names none, and the day where a row has a time alone', () => {
    const page = { patient: 'Bella', recordNumber: 'P-1' };
    expect(withPatient([{ drug: 'x' }, { drug: 'y', patient: 'Rex' }], page)).toEqual([
      { drug: 'x', patient: 'Bella', recordNumber: 'P-1' },
      { drug: 'y', patient: 'Rex' },
    ]);
    expect(needsDay([{ drug: 'x', date: '09:40' }])).toBe(true);
    expect(needsDay([{ drug: 'x', date: '2026-03-05 09:40' }])).toBe(false);
  });
});

describe('the form for a row', () => {
  const now = Date.parse(local(`${DAY}T18:00`));
  const staff = [{ id: 'J', name: 'Juno', role: 'technician' as const, disabled: false, hasKey: true }];
  const valuesFor = (said: Parameters<typeof holdRows>[0][number], containers = [opened]) => {
    const [judged] = holdRows([said], { products: [ketamine], draws: [] }, DAY);
    if (!judged) throw new Error('There is a row.');
    return valuesOfRow(judged, { containers, staff, lastPerformer: 'L', now });
  };

  it('has the vial in use, the amount, the patient, whoever gave it and when', () => {
    expect(valuesFor({ ...row, by: 'Juno' })).toEqual({
      ...{ container: 'K-01', drawn: '0.35', patient: 'Bella', recordNumber: 'P-1', performer: 'J' },
      ...{ at: local(`${DAY}T09:40`), saidDrug: row.drug, saidDose: '0.35 mL' },
    });
    expect(valuesFor(row).performer).toBe('L');
  });

  it('leaves empty what is not known: two vials in use, an amount in mg, a time to come', () => {
    expect(valuesFor(row, [opened, { ...opened, id: 'K-02', number: 'K-02' }])).not.toHaveProperty(
      'container',
    );
    expect(valuesFor({ ...row, quantity: '35 mg' })).not.toHaveProperty('drawn');
    expect(valuesFor({ ...row, drug: 'Ketamine 50 mg/mL' })).not.toHaveProperty('container');
    expect(valuesFor({ ...row, drug: 'Ketamine 50 mg/mL' })).not.toHaveProperty('drawn');
    expect(valuesFor({ ...row, date: '19:00' }).at).toBe('');
    expect(valuesFor({ ...row, date: '2026-03-03' }).at).toBe(local('2026-03-03T12:00'));
    expect(valuesFor({ ...row, date: DAY }).at).toBe('');
  });
});
