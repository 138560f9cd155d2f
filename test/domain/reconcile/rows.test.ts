import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../shared/domain/reconcile/amount.ts';
import { matchProduct } from '../../../shared/domain/reconcile/product.ts';
import type { Stocked } from '../../../shared/domain/reconcile/types.ts';
import { type LocalClock, readWhen } from '../../../shared/domain/reconcile/when.ts';

const injection = { form: 'injection', unit: 'mL' } as const;
const ketamine: Stocked = { ...injection, id: 'K', name: 'Ketamine (VetaKet)', strength: '100 mg/mL' };
const simbadol: Stocked = { ...injection, id: 'S', name: 'Buprenorphine (Simbadol)', strength: '1.8 mg/mL' };
const buprenorphine: Stocked = { ...injection, id: 'B', name: 'Buprenorphine', strength: '0.3 mg/mL' };
const tablets: Stocked = {
  id: 'P',
  name: 'Phenobarbital',
  strength: '97.2 mg',
  form: 'tablet',
  unit: 'tablet',
};
const stock = [ketamine, simbadol, tablets];

const utc: LocalClock = (year, month, day, hour, minute) => Date.UTC(year, month - 1, day, hour, minute);
const said = (text: string) => {
  const span = readWhen(text, '2026-03-05', utc);
  return span && `${new Date(span.from).toISOString().slice(0, 16)}${span.exact ? '' : ' day'}`;
};

describe('the product of a row', () => {
  it.each([
    ['Ketamine 100 mg/mL', 'exact', 'K'],
    ['VetaKet (ketamine) 10%', 'exact', 'K'],
    ['Ketamine HCl inj 100 mg/mL', 'exact', 'K'],
    ['Ketamine', 'probable', 'K'],
    ['Ketamine 100 mg/mL induction', 'probable', 'K'],
    ['Phenobarbital 97.2 mg tablets', 'exact', 'P'],
    ['Simbadol 1.8 mg/mL', 'exact', 'S'],
  ])('%s is %s %s', (drug, sure, id) => {
    const match = matchProduct({ drug }, stock);
    expect(match).toMatchObject({ sure, products: [{ id }] });
  });

  it.each(['Ketamine 50 mg/mL', 'Buprenorphine 0.3 mg/mL', 'Phenobarbital 64.8 mg tablets'])(
    'is never one whose strength contradicts: %s',
    (drug) => {
      const match = matchProduct({ drug }, stock);
      expect(match).toMatchObject({ sure: 'unsure', products: [] });
      expect(match.sure === 'unsure' && match.why[0]).toMatchObject({ part: 'strength', agrees: false });
    },
  );

  it('is never of another form, and never chosen between two strengths of a name', () => {
    expect(matchProduct({ drug: 'Ketamine tablets' }, stock)).toMatchObject({ sure: 'unsure', products: [] });
    expect(matchProduct({ drug: 'Buprenorphine' }, [simbadol, buprenorphine])).toMatchObject({
      sure: 'unsure',
    });
    expect(matchProduct({ drug: 'Ketamine 10,0 mg/mL' }, stock)).toMatchObject({ sure: 'unsure' });
    expect(matchProduct({ drug: 'Ketamine', quantity: '0.2 mL of 50 mg/mL' }, stock)).toMatchObject({
      products: [],
    });
  });

  it('is set aside where the ledger keeps nothing of the name, but not when the name is of a controlled substance', () => {
    for (const drug of ['Carprofen 50 mg/mL', 'Exam, recheck', 'injection', '', 'Nail trim']) {
      expect(matchProduct({ drug }, stock)).toEqual({ sure: 'aside' });
    }
    const match = matchProduct({ drug: 'Fentanyl 50 mcg/mL' }, stock);
    expect(match).toMatchObject({ sure: 'unsure', products: [] });
    expect(match.sure === 'unsure' && match.why[0]?.text).toContain('fentanyl is a controlled substance');
  });

  it('never has a product whose stated strength is not the stated one, whatever the numbers', () => {
    const strength = fc.integer({ min: 1, max: 5000 }).map((n) => n / 10);
    fc.assert(
      fc.property(fc.uniqueArray(strength, { minLength: 1, maxLength: 4 }), strength, (own, asked) => {
        const products = own.map((n): Stocked => ({ ...ketamine, id: String(n), strength: `${n} mg/mL` }));
        const match = matchProduct({ drug: `Ketamine ${asked} mg/mL` }, products);
        const ids = match.sure === 'aside' ? [] : match.products.map(({ id }) => id);
        expect(ids).toEqual(own.includes(asked) ? [String(asked)] : []);
      }),
    );
  });
});

describe('the amount of a row', () => {
  const amount = (row: { quantity?: string; unit?: string }, product = ketamine) => {
    const read = amountOf({ drug: '', ...row }, product);
    return read.known ? read.quantity : 'unknown';
  };

  it('is the quantity in the product’s unit, with the unit in its own column or none', () => {
    expect(amount({ quantity: '0.35 mL IV' })).toBe('0.35');
    expect(amount({ quantity: '.350cc' })).toBe('0.35');
    expect(amount({ quantity: '0.4', unit: 'mL' })).toBe('0.4');
    expect(amount({ quantity: '0.4' })).toBe('0.4');
    expect(amount({ quantity: '2', unit: 'tabs' }, tablets)).toBe('2');
  });

  it('is worked out from a mass only where it comes out exactly, and says so', () => {
    expect(amountOf({ drug: '', quantity: '35 mg IV' }, ketamine)).toEqual({
      known: true,
      quantity: '0.35',
      worked: '35 mg IV at 100 mg/mL is 0.35 mL',
    });
    expect(amount({ quantity: '1 mg' }, { ...ketamine, strength: '3 mg/mL' })).toBe('unknown');
    expect(amount({ quantity: '194.4 mg' }, tablets)).toBe('2');
    expect(amount({ quantity: '1 mg' }, { ...ketamine, strength: '390 mg/50 mg per mL' })).toBe('unknown');
  });

  it.each(['0.3-0.4 mL', '5 mg/kg', '1,5 mL', 'to effect', '2 tablets', '0 mL', '-1 mL', '1 to 2 mL', ''])(
    'is unknown: %s',
    (quantity) => expect(amount({ quantity })).toBe('unknown'),
  );

  it('agrees with exact arithmetic for every mass and strength', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 999 }), (mass, per) => {
        const read = amountOf(
          { drug: '', quantity: `${mass / 100} mg` },
          { ...ketamine, strength: `${per} mg/mL` },
        );
        // Ten-thousandths of a millilitre: (mass / 100) / per · 10000.
        const whole = (mass * 100) % per === 0;
        expect(read.known).toBe(whole);
        if (read.known) expect(Number(read.quantity)).toBeCloseTo((mass * 100) / per / 10_000, 9);
      }),
    );
  });
});

describe('the time of a row', () => {
  it.each([
    ['09:40', '2026-03-05T09:40'],
    ['9:40 PM', '2026-03-05T21:40'],
    ['12:05 am', '2026-03-05T00:05'],
    ['2026-03-04 09:40', '2026-03-04T09:40'],
    ['2026-03-04T09:40:31Z', '2026-03-04T09:40'],
    ['03/04/2026 9:40 AM', '2026-03-04T09:40'],
    ['3/4/26', '2026-03-04T00:00 day'],
    ['25/3/2026', '2026-03-25T00:00 day'],
    ['4 Mar 2026, 09:40', '2026-03-04T09:40'],
    ['Mar 4, 2026 at 9:40', '2026-03-04T09:40'],
    ['March 4', '2026-03-04T00:00 day'],
    ['', '2026-03-05T00:00 day'],
  ])('%s is %s', (text, expected) => expect(said(text)).toBe(expected));

  it.each(['25:00', '9:75', '13:00 pm', '2026-13-40', '2/30/2026', 'soon'])('%s is none', (text) => {
    expect(said(text)).toBeNull();
  });

  it('reads back every minute that it is given', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString();
        const [year, month, dayOfMonth] = iso.slice(0, 10).split('-');
        expect(said(`${month}/${dayOfMonth}/${year} ${iso.slice(11, 16)}`)).toBe(iso.slice(0, 16));
        expect(said(iso.slice(0, 16).replace('T', ' '))).toBe(iso.slice(0, 16));
      }),
    );
  });

  it('never throws, whatever a page says', () => {
    fc.assert(fc.property(fc.string(), (text) => void readWhen(text, '2026-03-05', utc)));
  });
});
