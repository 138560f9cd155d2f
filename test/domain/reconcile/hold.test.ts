import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdRows } from '../../../shared/domain/reconcile/hold.ts';
import type { RecordedDraw, Stocked, TreatmentRow } from '../../../shared/domain/reconcile/types.ts';
import type { LocalClock } from '../../../shared/domain/reconcile/when.ts';

const utc: LocalClock = (year, month, day, hour, minute) => Date.UTC(year, month - 1, day, hour, minute);
const DAY = '2026-03-05';
const products: Stocked[] = [
  { id: 'K', name: 'Ketamine (VetaKet)', strength: '100 mg/mL', form: 'injection', unit: 'mL' },
  { id: 'M', name: 'Methadone', strength: '10 mg/mL', form: 'injection', unit: 'mL' },
];
const TEXT: Record<string, string> = { K: 'Ketamine 100 mg/mL', M: 'Methadone 10 mg/mL' };

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function draw(seq: number, more: Partial<RecordedDraw> = {}): RecordedDraw {
  const at = `${DAY}T${clock(540)}:00.000Z`;
  return {
    ...{
      entryId: `e${seq}`,
      seq,
      at,
      recorded: at,
      byName: 'Juno',
      number: 'K-01',
      product: 'K',
      unit: 'mL',
    },
    ...{ drawn: '0.4', given: '0.4', patients: [], patient: 'comparable' },
    ...more,
  };
}
const row = (more: Partial<TreatmentRow> = {}): TreatmentRow => ({
  ...{ drug: 'Ketamine 100 mg/mL', date: '09:00', patient: 'Bella', recordNumber: 'P-1', quantity: '0.4 mL' },
  ...more,
});
const judge = (rows: readonly TreatmentRow[], draws: readonly RecordedDraw[]) =>
  holdRows(rows, { products, draws }, DAY, utc);
const verdicts = (rows: readonly TreatmentRow[], draws: readonly RecordedDraw[]) =>
  judge(rows, draws).map(({ verdict }) => verdict.kind);
const numbered = (index: number) => [{ index, by: 'number' as const }];

describe('rows against the ledger', () => {
  it('match by patient and amount, differ by amount, or have no record', () => {
    expect(verdicts([row()], [draw(1, { patients: numbered(0) })])).toEqual(['matched']);
    expect(verdicts([row({ quantity: '0.5 mL' })], [draw(1, { patients: numbered(0) })])).toEqual([
      'differs',
    ]);
    expect(verdicts([row()], [])).toEqual(['missing']);
    expect(verdicts([row()], [draw(1)])).toEqual(['missing']);
    expect(verdicts([row({ drug: 'Carprofen 50 mg/mL' })], [draw(1)])).toEqual(['aside']);
    expect(verdicts([row({ drug: 'Ketamine 50 mg/mL' })], [draw(1, { patients: numbered(0) })])).toEqual([
      'unsure',
    ]);
  });

  it('compare what was given, not what was drawn', () => {
    const wasted = draw(1, { drawn: '0.5', given: '0.4', patients: numbered(0) });
    expect(verdicts([row()], [wasted])).toEqual(['matched']);
    expect(verdicts([row({ quantity: '0.5 mL' })], [wasted])).toEqual(['differs']);
  });

  it('settle nothing where the patient cannot be compared', () => {
    for (const patient of ['unknown', 'none'] as const) {
      const [one] = judge([row()], [draw(1, { patient })]);
      expect(one?.verdict).toMatchObject({ kind: 'unsure', draw: { seq: 1 } });
    }
    const nobody: TreatmentRow = { drug: row().drug, date: '09:00', quantity: '0.4 mL' };
    expect(verdicts([nobody], [draw(1)])).toEqual(['unsure']);
    expect(verdicts([nobody], [draw(1, { given: '0.3' })])).toEqual(['missing']);
  });

  it('let a draw answer for one row only, the nearest', () => {
    const rows = [row({ date: '08:00' }), row({ date: '16:00' })];
    const late = draw(1, {
      at: `${DAY}T16:05:00.000Z`,
      patients: [...numbered(0), ...numbered(1)],
    });
    expect(verdicts(rows, [late])).toEqual(['missing', 'matched']);
  });

  it('go by the record number before the name', () => {
    const rows = [row({ recordNumber: 'P-1' }), row({ recordNumber: 'P-2' })];
    const one = draw(1, {
      patients: [
        { index: 0, by: 'name' },
        { index: 1, by: 'number' },
      ],
    });
    expect(verdicts(rows, [one])).toEqual(['missing', 'matched']);
  });

  it('are of the same day', () => {
    const before = draw(1, { at: '2026-03-03T09:00:00.000Z', patients: numbered(0) });
    expect(verdicts([row()], [before])).toEqual(['missing']);
    expect(verdicts([row({ date: '3/3/2026' })], [before])).toEqual(['matched']);
  });

  it('say what the ledger has where the page’s amount cannot be read', () => {
    const [one] = judge([row({ quantity: 'to effect' })], [draw(1, { patients: numbered(0) })]);
    expect(one?.verdict).toMatchObject({ kind: 'unsure' });
    expect(one?.verdict.kind === 'unsure' && one.verdict.why).toContain('The ledger has 0.4 mL');
  });
});

/** A day's treatments, each of its own patient, as the page has them and as the ledger does. */
const day = fc.array(
  fc.record({
    product: fc.constantFrom('K', 'M'),
    tenths: fc.integer({ min: 1, max: 9 }),
    minute: fc.nat(1439),
  }),
  { minLength: 1, maxLength: 25 },
);
type Treatment = { product: string; tenths: number; minute: number };
const rowOf = ({ product, tenths, minute }: Treatment, index: number) =>
  row({
    drug: TEXT[product] ?? '',
    quantity: `0.${tenths} mL`,
    date: clock(minute),
    recordNumber: `P-${index}`,
  });
const drawOf = ({ product, tenths, minute }: Treatment, index: number) =>
  draw(index, {
    ...{ product, given: `0.${tenths}`, at: `${DAY}T${clock(minute)}:30.000Z`, patients: numbered(index) },
  });

describe('a whole day', () => {
  it('is all matched when all is recorded; what is taken out is missing, and nothing else', () => {
    fc.assert(
      fc.property(day, fc.infiniteStream(fc.boolean()), (treatments, stream) => {
        const rows = treatments.map(rowOf);
        const draws = treatments.map(drawOf);
        expect(new Set(verdicts(rows, draws))).toEqual(new Set(['matched']));
        const kept = draws.filter(() => stream.next().value);
        const expected = treatments.map((_, i) =>
          kept.some(({ seq }) => seq === i) ? 'matched' : 'missing',
        );
        expect(verdicts(rows, kept)).toEqual(expected);
      }),
    );
  });

  it('uses no draw twice, answers every row once, and does not depend on the order of the draws', () => {
    const patients = fc.array(
      fc.record({ index: fc.nat(9), by: fc.constantFrom('number' as const, 'name' as const) }),
      { maxLength: 3 },
    );
    const anyDraws = fc.array(
      fc.record({
        product: fc.constantFrom('K', 'M'),
        given: fc.constantFrom('0.1', '0.2'),
        patients,
        minute: fc.nat(1439),
        patient: fc.constantFrom('comparable' as const, 'unknown' as const, 'none' as const),
      }),
      { maxLength: 15 },
    );
    const anyRows = fc.array(
      fc.record({
        drug: fc.constantFrom('Ketamine', 'Methadone 10 mg/mL', 'Ketamine 5 mg/mL', 'Exam'),
        quantity: fc.constantFrom('0.1 mL', '0.2 mL', '?'),
        date: fc.nat(1439).map(clock),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(anyRows, anyDraws, (rows, made) => {
        const draws = made.map(({ minute, ...one }, i) =>
          draw(i, { ...one, at: `${DAY}T${clock(minute)}:00.000Z` }),
        );
        const judged = judge(rows, draws);
        expect(judged.map(({ index }) => index)).toEqual(rows.map((_, i) => i));
        const used = judged.flatMap(({ verdict }) =>
          'draw' in verdict && verdict.draw ? [verdict.draw.entryId] : [],
        );
        expect(new Set(used).size).toBe(used.length);
        for (const { verdict, product } of judged) {
          if (verdict.kind !== 'matched') continue;
          expect(
            product.sure !== 'aside' && product.products.some(({ id }) => id === verdict.draw.product),
          ).toBe(true);
        }
        expect(judge(rows, [...draws].reverse()).map(({ verdict }) => verdict)).toEqual(
          judged.map(({ verdict }) => verdict),
        );
      }),
    );
  });
});
