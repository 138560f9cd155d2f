import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../shared/domain/entries.ts';
import { add, fromTenThousandths } from '../../shared/domain/quantity.ts';
import {
  BLANK_VALUES,
  type CaptureValues,
  drawBody,
  leftoverOf,
  patientOf,
  readCapture,
  valuesOf,
} from '../../shared/ui/capture/model.ts';
import { vial } from './stock.ts';

const typed = (change: Partial<CaptureValues>): CaptureValues => ({
  ...BLANK_VALUES,
  ...{ container: 'x', drawn: '1', given: '0.35', patient: 'Biscuit', performer: 'somebody' },
  ...change,
});

describe('leftover', () => {
  test('is what was drawn less what was given', () => {
    expect(leftoverOf(typed({}))).toBe('0.65');
  });
  test('is nothing when all was given, said or left out', () => {
    expect(leftoverOf(typed({ given: '' }))).toBe('0');
    expect(leftoverOf(typed({ given: '1.0' }))).toBe('0');
  });
  test('is all of it when nothing was given', () => {
    expect(leftoverOf(typed({ given: '0' }))).toBe('1');
  });
  test.each([{ given: '1.1' }, { drawn: '' }, { drawn: '-1' }, { given: 'x' }])(
    'is unknown for %j',
    (change) => {
      expect(leftoverOf(typed(change))).toBeNull();
    },
  );
  test('and what was given always add up to what was drawn', () => {
    const amount = fc.integer({ min: 1, max: 9_999_999 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const drawn = fromTenThousandths(Math.max(a, b));
        const given = fromTenThousandths(Math.min(a, b));
        const left = leftoverOf(typed({ drawn, given }));
        expect(left).not.toBeNull();
        expect(add(given, left ?? '')).toBe(drawn);
      }),
    );
  });
});

describe('every refusal stands at its own field', () => {
  const cases: readonly [Partial<CaptureValues>, keyof CaptureValues, RegExp][] = [
    [{ drawn: '0' }, 'drawn', /zero/],
    [{ drawn: '-1' }, 'drawn', /negative/],
    [{ drawn: '1.00001' }, 'drawn', /four decimal places/],
    [{ drawn: '1,5' }, 'drawn', /not an amount/],
    [{ given: '-0.1' }, 'given', /negative/],
    [{ given: '2' }, 'given', /More was given than was drawn/],
    [{ patient: '' }, 'patient', /Say who it was given to/],
    [{ performer: '' }, 'performer', /Pick who drew it/],
  ];
  test.each(cases)('%j', (change, field, sentence) => {
    const read = readCapture(typed(change), vial());
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(read.errors[field]).toMatch(sentence);
      expect(Object.keys(read.errors)).toEqual([field]);
    }
  });
  test('no container, and a closed one', () => {
    const none = readCapture(typed({}), undefined);
    expect(!none.ok && none.errors.container).toMatch(/Scan the vial/);
    const closed = readCapture(typed({}), vial({ closedAt: '2026-11-02T09:00:00.000Z' }));
    expect(!closed.ok && closed.errors.container).toMatch(/K-01 was closed/);
  });
  test('a vial that is set aside is used only with a reason', () => {
    const held = vial({ onHold: true });
    const read = readCapture(typed({}), held);
    expect(!read.ok && read.errors.expiredReason).toMatch(/set aside/);
    expect(readCapture(typed({ expiredReason: 'The only one in the house' }), held).ok).toBe(true);
  });

  test('an expired vial is used only with a reason', () => {
    const expired = vial({ expired: true });
    const read = readCapture(typed({}), expired);
    expect(!read.ok && read.errors.expiredReason).toMatch(/say why/);
    expect(readCapture(typed({ expiredReason: 'Nothing else in the house' }), expired).ok).toBe(true);
  });
});

test('a patient is not asked for when nothing was given, or when the note says why there is none', () => {
  expect(readCapture(typed({ patient: '', given: '0' }), vial()).ok).toBe(true);
  expect(readCapture(typed({ patient: '', note: 'Crash box' }), vial()).ok).toBe(true);
});

test('a record number alone names a patient', () => {
  expect(patientOf(typed({ patient: '', recordNumber: '4711' }))).toEqual({
    name: '4711',
    recordNumber: '4711',
  });
});

test('a consultation goes with its patient, and names nobody by itself', () => {
  expect(patientOf(typed({ consultation: ' 900117 ' }))).toEqual({ name: 'Biscuit', consultation: '900117' });
  const read = readCapture(typed({ patient: '', consultation: '900117' }), vial());
  expect(!read.ok && read.errors.patient).toMatch(/Say who it was given to/);
});

test('a consultation is kept where nobody has to be named', () => {
  const values = typed({ patient: '', note: 'Crash box', consultation: '900117' });
  expect(readCapture(values, vial()).ok).toBe(true);
  expect(patientOf(values)).toEqual({ name: 'Consultation 900117', consultation: '900117' });
});

test('a draft gives back what was typed and nothing else', () => {
  expect(valuesOf({ ...typed({}), pin: '1234' })).toEqual(typed({}));
});

test('the body is one that the ledger takes', () => {
  const container = vial({ expired: true });
  const values = typed({ expiredReason: 'Nothing  else\u202e in the house', note: ' left leg ' });
  const read = readCapture(values, container);
  if (!read.ok) throw new Error('refused');
  const body = drawBody({ values, amounts: read.amounts, container, patient: null, source: { door: 'pwa' } });
  const entry = {
    ...{
      id: container.id,
      type: 'draw',
      at: '2026-11-21T18:00:00.000Z',
      after: '0'.repeat(64),
      by: container.id,
    },
    body,
  };
  expect(parseEntry(entry)).toMatchObject({ ok: true });
  expect(body).toMatchObject({
    leftover: '0.65',
    note: 'left leg',
    acknowledged: [{ warning: 'expired', reason: 'Nothing else in the house' }],
  });
});
