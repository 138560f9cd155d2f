import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDoseStrengths, readStrengths, sameStrengths } from '../../shared/domain/drugs/strength.ts';
import type { ContainerView } from '../../shared/protocol/views.ts';
import { type Match, matchDrug, mismatch } from '../../shared/ui/capture/drug-match.ts';

function vial(number: string, product: string, strength?: string, more: Partial<ContainerView> = {}) {
  const view: ContainerView = {
    ...{ id: number, number, productId: product, product, schedule: 'III', form: 'injection', unit: 'mL' },
    ...{
      lot: '1',
      expires: '2027-01-01',
      expired: false,
      onHold: false,
      size: '10',
      balance: '10',
      leftovers: [],
    },
    ...{ receivedAt: '2026-01-01T00:00:00.000Z', ...(strength === undefined ? {} : { strength }), ...more },
  };
  return view;
}
const numberOf = (match: Match) => (match.kind === 'vial' ? match.vial.number : match.kind);

const simbadol = vial('S-01', 'Buprenorphine (Simbadol)', '1.8 mg/mL');
const plain = vial('B-01', 'Buprenorphine', '0.3 mg/mL');
const ketamine = vial('K-01', 'Ketamine (VetaKet)', '100 mg/mL');
const euthasol = vial('E-01', 'Euthasol', '390 mg/50 mg per mL');

describe('strengths in two texts', () => {
  it.each([
    ['0.3 mg/mL', '300 mcg/mL'],
    ['0.3 mg/mL', '0.3mg per ml'],
    ['0.3 mg/mL', '300 µg / mL'],
    ['0.3 mg/mL', '.3 mg/cc'],
    ['100 mg/mL', '10%'],
    ['100 mg/mL', '10 % (100 mg/mL)'],
    ['100 mg/mL', '1 g/10 mL'],
    ['1 mg/mL', '1,000 mcg/mL'],
    ['390 mg/50 mg per mL', '390 mg/50 mg/mL'],
    ['390 mg/50 mg per mL', '390/50 mg/mL'],
    ['390 mg/50 mg per mL', '390 mg + 50 mg per mL'],
    ['97.2 mg', '97.2 mg/tablet'],
    ['97.2 mg', '0.0972 g'],
    ['1/3 mg/3 mL', '1/3 mg/3 mL'],
  ])('are the same: %s and %s', (a, b) => {
    const [one, other] = [readStrengths(a), readStrengths(b)];
    expect(one.unclear || other.unclear).toBe(false);
    expect([...one.stated]).toHaveLength(1);
    expect(sameStrengths(one.stated, other.stated)).toBe(true);
  });

  it.each([
    ['0.3 mg/mL', '3 mg/mL'],
    ['0.3 mg/mL', '1.8 mg/mL'],
    ['10 mg/mL', '10 mg'],
    ['10 mg/mL', '10 mcg/mL'],
    ['10 mg/mL', '10 mg/2 mL'],
    ['50 mg/50 mg per mL', '50 mg/mL'],
    ['390 mg/mL', '390 mg/50 mg per mL'],
    ['50 mcg/h', '50 mcg/mL'],
    ['100 units/mL', '100 ng/mL'],
  ])('are not the same: %s and %s', (a, b) => {
    expect(sameStrengths(readStrengths(a).stated, readStrengths(b).stated)).toBe(false);
  });

  it.each(['0,3 mg/mL', '1,5 %', '10,00 mg/mL', 'ketamine #30', '1.2.3 mg/mL', '5/10 mL'])(
    'are not guessed: %s',
    (text) => {
      expect(readStrengths(text)).toMatchObject({ unclear: true });
      expect([...readStrengths(text).stated]).toEqual([]);
    },
  );

  it('are not a dose, a weight or a volume', () => {
    for (const text of ['0.25 mL', 'ketamine 5 mg/kg', '2-4 mcg/kg/h', '10 mL vial']) {
      expect(readStrengths(text)).toMatchObject({ unclear: false, said: [] });
    }
    expect(readDoseStrengths('35 mg IV').said).toEqual([]);
    expect(readDoseStrengths('0.25 mL (0.3 mg/mL) IM').said).toEqual(['0.3 mg/mL']);
  });

  it('scale exactly: n mg/mL is n·k mg in k mL and n·1000 mcg/mL', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 2, max: 500 }), (n, k) => {
        const one = readStrengths(`${n / 100} mg/mL`).stated;
        expect(sameStrengths(one, readStrengths(`${n * 10} mcg/mL`).stated)).toBe(true);
        expect(sameStrengths(one, readStrengths(`${(n * k) / 100} mg/${k} mL`).stated)).toBe(true);
        expect(sameStrengths(one, readStrengths(`${n} mg/mL`).stated)).toBe(false);
      }),
    );
  });

  it('never throw, and take no time, whatever a page says', () => {
    const bits = fc.constantFrom('9', '.', ',', '/', ' ', 'mg', 'mL', '%', 'per', '+', '-', 'µg', '0');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
        const started = performance.now();
        readStrengths(parts.join('').slice(0, 120));
        expect(performance.now() - started).toBeLessThan(500);
      }),
    );
  });
});

describe('a vial for what a page says', () => {
  it('is offered when name and strength agree, whatever the units', () => {
    expect(numberOf(matchDrug([simbadol, plain], { drug: 'Buprenorphine 0.3 mg/mL' }))).toBe('B-01');
    expect(numberOf(matchDrug([simbadol, plain], { drug: 'Buprenorphine HCl 1800 mcg/mL inj' }))).toBe(
      'S-01',
    );
    expect(numberOf(matchDrug([ketamine], { drug: 'Ketamine hydrochloride 10%' }))).toBe('K-01');
    expect(numberOf(matchDrug([ketamine], { drug: 'VetaKet (ketamine) 100 mg/mL, 10 mL vial' }))).toBe(
      'K-01',
    );
    expect(numberOf(matchDrug([euthasol], { drug: 'Euthasol 390 mg/50 mg per mL' }))).toBe('E-01');
  });

  it('is never one of six times the strength: that is a warning, and no vial', () => {
    const match = matchDrug([simbadol, ketamine], { drug: 'Buprenorphine 0.3 mg/mL', dose: '0.25 mL' });
    expect(match).toMatchObject({ kind: 'warning' });
    expect(match.kind === 'warning' && match.message).toContain('0.3 mg/mL');
    expect(match.kind === 'warning' && match.message).toContain('Simbadol) 1.8 mg/mL');
  });

  it('has every strength that is stated, in the dose as well', () => {
    expect(matchDrug([ketamine], { drug: 'Ketamine 100 mg/mL and 50 mg/mL' }).kind).toBe('warning');
    expect(matchDrug([ketamine], { drug: 'Ketamine', dose: '0.2 mL of 50 mg/mL' }).kind).toBe('warning');
    expect(numberOf(matchDrug([ketamine], { drug: 'Ketamine', dose: '0.2 mL of 100 mg/mL' }))).toBe('K-01');
    expect(matchDrug([euthasol], { drug: 'Euthasol 390 mg/mL' }).kind).toBe('warning');
  });

  it('goes by name alone only where all of that name are one strength', () => {
    expect(numberOf(matchDrug([simbadol], { drug: 'Buprenorphine' }))).toBe('S-01');
    expect(numberOf(matchDrug([simbadol, plain], { drug: 'Buprenorphine' }))).toBe('nothing');
    const opened = { ...plain, openedAt: '2026-01-02T00:00:00.000Z' };
    expect(numberOf(matchDrug([simbadol, opened], { drug: 'Buprenorphine' }))).toBe('nothing');
    const second = { ...plain, id: 'B-02', number: 'B-02' };
    expect(numberOf(matchDrug([opened, second], { drug: 'Buprenorphine' }))).toBe('B-01');
    const expired = { ...simbadol, expired: true };
    expect(numberOf(matchDrug([expired, plain], { drug: 'Buprenorphine' }))).toBe('nothing');
  });

  it('goes by whole names and never by a word that many drugs share', () => {
    const morphine = vial('M-01', 'Morphine sulfate injection', '10 mg/mL');
    const hydro = vial('H-01', 'Hydromorphone hydrochloride', '10 mg/mL');
    for (const drug of [
      'Butorphanol hydrochloride injection 10 mg/mL',
      'Pentobarbital sodium 10 mg/mL',
      'injection 10 mg/mL',
      'Sulfate 10 mg/mL',
      'hydrochloride',
      'morph 10 mg/mL',
      'Morphine/atropine 10 mg/mL',
      'Morphine SR 10 mg/mL',
      'Morphine tablets',
      '',
    ]) {
      expect(numberOf(matchDrug([morphine, hydro], { drug }))).not.toMatch(/-01/);
    }
    expect(numberOf(matchDrug([morphine, hydro], { drug: 'Morphine 10 mg/mL' }))).toBe('M-01');
    const both = vial('C-01', 'Acetaminophen with codeine', '30 mg', { form: 'tablet', unit: 'tablet' });
    expect(numberOf(matchDrug([both], { drug: 'Codeine 30 mg' }))).toBe('nothing');
  });

  it('is not offered where the strength cannot be read, closed or has none recorded', () => {
    expect(matchDrug([plain], { drug: 'Buprenorphine 0,3 mg/mL' }).kind).toBe('warning');
    expect(matchDrug([plain], { drug: 'Buprenorphine', dose: '1 mL (0,3 mg/mL)' }).kind).toBe('warning');
    const closed = { ...plain, closedAt: '2026-01-02T00:00:00.000Z' };
    expect(matchDrug([closed], { drug: 'Buprenorphine 0.3 mg/mL' }).kind).toBe('nothing');
    expect(matchDrug([vial('X-1', 'Ketamine')], { drug: 'Ketamine 100 mg/mL' }).kind).toBe('warning');
    expect(matchDrug([ketamine], {}).kind).toBe('nothing');
  });
});

describe('a vial that a person picked', () => {
  it('is warned of when its strength or its drug is another', () => {
    const page = { drug: 'Buprenorphine 0.3 mg/mL', dose: '0.25 mL IM' };
    expect(mismatch(simbadol, page)).toContain('0.3 mg/mL');
    expect(mismatch(simbadol, page)).toContain('1.8 mg/mL');
    expect(mismatch(plain, page)).toBeNull();
    expect(mismatch(ketamine, page)).toContain('Ketamine (VetaKet) 100 mg/mL');
    expect(mismatch(simbadol, { drug: 'Buprenorphine' })).toBeNull();
    expect(mismatch(simbadol, { drug: 'Buprenorphine 0,3 mg/mL' })).toContain('could not be read');
    expect(mismatch(simbadol, {})).toBeNull();
  });
});
