import { describe, expect, it } from 'vitest';
import { joinParts, type Part, parseParts, pillState, putPart } from '../../extension/background/parts.ts';
import { shelfAt } from '../../extension/background/shelf.ts';
import { takingDrug } from '../../extension/overlay/suggest.ts';
import type { PageReading } from '../../shared/protocol/overlay.ts';

const reading = (
  suggestions: PageReading['suggestions'],
  finds: NonNullable<PageReading['finds']>,
  id = 'own',
): PageReading => ({ reader: { id, label: 'Our PMS' }, suggestions, finds });
const part = (frame: number, page: PageReading): Part => ({
  frame,
  origin: frame === 0 ? 'https://pms.example.com' : 'https://lab.example.com',
  address: frame === 0 ? 'https://pms.example.com/main' : `https://lab.example.com/f${frame}`,
  page,
});
const top = part(0, reading({}, {}));

describe('the reading of a page with frames', () => {
  it('takes each field from where it stands, and names the frame of the patient', () => {
    const chart = part(7, reading({ patient: 'Rex', recordNumber: '12' }, { patient: 0, recordNumber: 1 }));
    const visit = part(9, reading({ weight: '4 kg' }, { weight: 0, note: 2 }));
    expect(joinParts([top, chart, visit], 'Main')).toEqual({
      reader: { id: 'own', label: 'Our PMS' },
      suggestions: { patient: 'Rex', recordNumber: '12', weight: '4 kg' },
      finds: { patient: 0, recordNumber: 1, weight: 0, note: 2 },
      origin: 'https://pms.example.com',
      title: 'Main',
      frame: 'lab.example.com/f7',
    });
  });

  it('takes nobody where two frames show two patients, and lets a person choose', () => {
    const one = part(1, reading({ patient: 'Rex' }, { patient: 0 }));
    const two = part(2, reading({ patient: 'Bella' }, { patient: 0 }));
    const read = joinParts([top, one, two], undefined);
    expect(read?.suggestions).toEqual({});
    const choices = [
      { patient: 'Rex', frame: 1 },
      { patient: 'Bella', frame: 2 },
    ];
    expect(read?.choices).toEqual(choices);
    const worse = part(2, reading({ patient: 'Bella', weight: '4 kg' }, { patient: 1, weight: 0 }));
    expect(joinParts([top, one, worse], undefined)).toMatchObject({ suggestions: {}, choices });
    // What a document says that names nobody may be about either of them.
    const vitals = part(3, reading({ species: 'Cat' }, { species: 0 }));
    expect(joinParts([top, one, { ...worse, chosen: true }, vitals], undefined)?.suggestions).toEqual({
      patient: 'Bella',
      weight: '4 kg',
    });
  });

  it('takes nobody of a document with several, beside one with a list of them', () => {
    const split = part(0, { ...reading({ weight: '4 kg' }, {}), patients: ['Rex', 'Bella'] });
    expect(joinParts([split], undefined)?.suggestions).toEqual({});
    const suggestions = { patient: 'Rex', weight: '4 kg' };
    const chosen = { ...split, page: { ...split.page, suggestions }, chosen: true as const };
    expect(joinParts([chosen], undefined)).toMatchObject({ suggestions });
    expect(joinParts([chosen], undefined)?.choices).toHaveLength(2);
  });

  it('leaves out a frame that is read by another site, and is nothing without a page', () => {
    const other = part(1, reading({ patient: 'Rex' }, { patient: 0 }, 'other'));
    expect(joinParts([top, other], undefined)?.suggestions).toEqual({});
    expect(joinParts([], 'x')).toBeNull();
  });
});

describe('the pill', () => {
  const state = (page: PageReading, settled: boolean) => pillState(joinParts([part(0, page)], 'x'), settled);
  it('stands where a patient is, and says where a page that was set up is not read any more', () => {
    expect(state(reading({ patient: 'Rex' }, { patient: 2 }), false)).toBe('ready');
    const gone = reading({}, { patient: 'none', weight: 'many' });
    expect(state(gone, false)).toBe('none');
    expect(state(gone, true)).toBe('lost');
    expect(state(reading({}, { patient: 'empty', weight: 'none' }), true)).toBe('none');
    expect(pillState(null, true)).toBe('none');
    // What is left of a page that has changed does not hide that nobody is found on it.
    expect(state(reading({ weight: '4 kg' }, { patient: 'none', weight: 0, note: 0 }), true)).toBe('lost');
    // What came along and nobody has tried says nothing of the page.
    const untried = joinParts([part(0, gone)], 'x', (id) => id === 'own');
    expect(untried?.untried).toBe(true);
    expect(pillState(untried, true)).toBe('none');
  });
});

describe('what is remembered of documents', () => {
  it('outlives the worker, is replaced frame by frame, and forgets the oldest tabs', async () => {
    let kept: unknown;
    const shelf = () =>
      shelfAt(
        {
          get: async () => kept,
          set: async (value) => {
            kept = structuredClone(value);
          },
        },
        parseParts,
      );
    await putPart(shelf(), 1, top);
    await putPart(shelf(), 1, part(3, reading({ patient: 'Rex' }, { patient: 0 })));
    expect((await shelf().read())[1]).toHaveLength(2);
    await putPart(shelf(), 1, { ...part(3, top.page), page: null });
    expect((await shelf().read())[1]).toEqual([top]);
    for (let tab = 2; tab < 60; tab += 1) await putPart(shelf(), tab, top);
    expect(Object.keys(await shelf().read())).toHaveLength(50);
    kept = { 1: [{ frame: 0, origin: 'x', address: 'y', page: { evil: true } }] };
    expect(await shelf().read()).toEqual({});
  });
});

describe('a list of drugs', () => {
  const listed = [
    { drug: 'Cerenia 10 mg/mL' },
    { drug: 'Ketamine 100 mg/mL', dose: '0.4 mL' },
    { drug: 'Saline' },
  ];

  it('offers a controlled one before what stands above it, and lets a person take another', () => {
    const read = joinParts([part(0, { ...reading({ patient: 'Rex' }, { patient: 0 }), listed })], undefined);
    expect(read?.suggestions).toEqual({ patient: 'Rex', drug: 'Ketamine 100 mg/mL', dose: '0.4 mL' });
    expect(read?.listed?.map(({ drug }) => drug)).toEqual([
      'Ketamine 100 mg/mL',
      'Cerenia 10 mg/mL',
      'Saline',
    ]);
    expect(takingDrug(read, { drug: 'Saline' })?.suggestions).toEqual({ patient: 'Rex', drug: 'Saline' });
    // A form that was left open has a drug that the page no longer lists.
    expect(takingDrug(read, { drug: 'Fentanyl' })).toEqual(read);
  });

  it('is nobody’s while several patients are shown', () => {
    const two = part(2, reading({ patient: 'Bella' }, { patient: 0 }));
    const one = part(1, { ...reading({ patient: 'Rex' }, { patient: 0 }), listed });
    const read = joinParts([top, one, two], undefined);
    expect([read?.suggestions, read?.listed]).toEqual([{}, undefined]);
    const chosen = joinParts([top, { ...one, chosen: true }, two], undefined);
    expect(chosen?.suggestions).toMatchObject({ patient: 'Rex', drug: 'Ketamine 100 mg/mL' });
  });
});
