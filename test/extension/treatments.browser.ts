import { afterEach, describe, expect, it } from 'vitest';
import { readTreatments } from '../../extension/sites/treatments.ts';
import { parseTreatments } from '../../shared/protocol/rows.ts';

const show = (html: string) => {
  const template = document.createElement('template');
  template.setHTMLUnsafe(html);
  document.body.append(template.content);
};
afterEach(() => document.body.replaceChildren());

describe('the treatments of a page that nobody has set up', () => {
  it('are the rows of a table whose heads say drug and how much', () => {
    show(`<table><tr><td>layout</td></tr></table>
      <table><thead><tr><th>Time</th><th>Patient</th><th>Chart #</th><th>Item</th><th>Qty</th><th>Units</th><th>By</th></tr></thead>
      <tbody><tr><td>09:40</td><td>Bella</td><td>P-1</td><td>Ketamine 100 mg/mL</td><td>0.35</td><td>mL</td><td>Juno</td></tr>
      <tr><td>09:50</td><td>Rex</td><td>P-2</td><td></td><td>1</td><td></td><td></td></tr></tbody></table>`);
    expect(readTreatments(null, document)?.rows).toEqual([
      {
        date: '09:40',
        patient: 'Bella',
        recordNumber: 'P-1',
        drug: 'Ketamine 100 mg/mL',
        quantity: '0.35',
        unit: 'mL',
        by: 'Juno',
      },
    ]);
  });

  it('are none where no table lists drugs', () => {
    show(
      '<table><tr><th>Item</th><th>Price</th></tr><tr><td>Exam</td><td>50</td></tr></table><p>Ketamine</p>',
    );
    expect(readTreatments(null, document)).toBeNull();
  });

  it('are plain, cut and at most five hundred, whatever the page has', () => {
    const cell = `\u202eKeta${'x'.repeat(500)}\u200b`;
    const rows = Array.from({ length: 900 }, (_, i) => `<tr><td>${cell}${i}</td><td>0.1 mL</td></tr>`).join(
      '',
    );
    show(`<table><tr><th>Drug</th><th>Dose</th></tr>${rows}</table>`);
    const read = readTreatments(null, document);
    expect(read?.rows).toHaveLength(500);
    expect(read?.more).toBe(true);
    expect(parseTreatments(read)).toEqual(read);
  });

  it('are looked for in the first tables alone where there are hundreds', () => {
    const table = (head: string) =>
      `<table><tr><th>${head}</th><th>Dose</th></tr><tr><td>x</td><td>1</td></tr></table>`;
    show(`${table('Drug')}${table('a').repeat(3000)}${table('Drug')}`);
    expect(readTreatments(null, document)?.rows).toHaveLength(1);
  });

  it('are not all where the list says that it has more than it draws', () => {
    const list = (stated: string) => `<div role="grid" aria-rowcount="${stated}">
      <div role="row"><span role="columnheader">Drug</span><span role="columnheader">Dose</span></div>
      <div role="row"><span role="gridcell">Ketamine</span><span role="gridcell">1 mL</span></div></div>`;
    for (const [stated, more] of [
      ['41', true],
      ['-1', true],
      ['2', false],
    ] as const) {
      document.body.replaceChildren();
      show(list(stated));
      expect(readTreatments(null, document)).toMatchObject({ rows: [{ drug: 'Ketamine' }], more });
    }
  });
});
