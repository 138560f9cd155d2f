import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { derive, type Ground } from '../../extension/content/picker/derive.ts';
import { deriveRows } from '../../extension/content/picker/rows.ts';
import { looksChosen, looksStable, pathFor } from '../../extension/content/picker/stable.ts';
import { reach } from '../../extension/sites/reach.ts';
import { readRows } from '../../extension/sites/rows.ts';
import { oneLine } from '../../extension/sites/text.ts';
import { PATIENTS } from '../sites/demo-pms/patients.mjs';
import { patientPage } from '../sites/demo-pms/tables.mjs';

const TOP = { top: true, address: 'https://pms.example.com/patients/240117', name: '' };
const ground = (said: readonly string[] = []): Ground => ({ page: document, place: TOP, said });

/** Puts a page into this document, where what can be seen is seen. */
function show(html: string): void {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
}
afterEach(() => document.body.replaceChildren());

/** The innermost element that says exactly this, as a person would find it with their eyes. */
function pointAt(text: string): Element {
  const all = [...document.body.querySelectorAll('*')].filter(
    (one) => oneLine(one.textContent ?? '') === text,
  );
  const last = all.at(-1);
  if (!last) throw new Error(`${text} is not on the page`);
  return last;
}

const readBack = (locators: NonNullable<ReturnType<typeof derive>>['locators']) => {
  const reached = reach(locators, document, TOP);
  return reached?.hit ? oneLine(reached.hit.text) : reached?.why;
};

describe('names', () => {
  it.each([
    'patient-name',
    'patientName',
    'data_facts',
    'owner.address',
    'h1',
    'treatments',
    'note-form',
    'pat',
  ])('takes %s for one that a person gave', (name) => expect(looksStable(name)).toBe(true));
  it.each([
    ...[
      'ember1234',
      ':r1:',
      'css-1x2y3z',
      'sc-bdVaJa',
      'jss12',
      'a3f9c2d1',
      'x-1b4e28ba',
      'kzqwtp',
      'bdVaJa',
    ],
    ...[
      'radix-12',
      'mui-4',
      'row-240117',
      '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      'x7f3q',
      '__BVID__12',
      'a',
    ],
  ])('takes %s for one that was made up', (name) => expect(looksStable(name)).toBe(false));
  it('counts a class only when it says what stands there', () => {
    expect(looksChosen('patient-name')).toBe(true);
    expect(looksChosen('flex')).toBe(false);
    for (const made of ['PatientName__3kd9Z', 'Banner-value_isryh', 'name_ftqt3', 'css-name'])
      expect(looksChosen(made)).toBe(false);
  });
  it('makes a path everybody’s', () => {
    expect(pathFor('/patients/240117/chart', [])).toBe('/patients/*/chart');
    expect(pathFor('/#/patients/bramble', ['bramble'])).toBe('/#/patients/*');
    expect(pathFor('/1/2/3/4/5/6', [])).toBe('/**');
  });
});

describe('locators of a server-rendered page', () => {
  it('come with two fallbacks each, and read the next patient too', () => {
    const [first, second] = PATIENTS;
    if (!first || !second) throw new Error('no patients');
    show(patientPage(first));
    const fields = [first.name, first.species, first.owner, first.weight, first.number];
    const derived = [first.owner, first.weight, first.number].map((text) => {
      const cell = [...document.querySelectorAll('#patient-facts td')].find((td) => td.textContent === text);
      const found = cell ? derive(cell, ground(fields), 'value') : null;
      if (!found) throw new Error(`no way back to ${text}`);
      expect(found.locators).toHaveLength(3);
      return found.locators;
    });
    expect(derived.map(readBack)).toEqual([first.owner, first.weight, first.number]);
    show(patientPage(second));
    expect(derived.map(readBack)).toEqual([second.owner, second.weight, second.number]);
  });

  it('find a column of a list, and every row of it', () => {
    const [first] = PATIENTS;
    if (!first) throw new Error('no patients');
    show(patientPage(first));
    const drug = deriveRows(pointAt('Ketamine 100 mg/mL'), ground());
    const dose = deriveRows(pointAt('0.35 mL IV'), ground());
    if (!drug || !dose) throw new Error('no list');
    expect(drug).toMatchObject({ text: 'Ketamine 100 mg/mL', count: 3 });
    const rows = { ...drug.rows, columns: { drug: drug.columns, quantity: dose.columns } };
    expect(readRows(rows, document.querySelector('#treatments') ?? document.body)).toEqual([
      { drug: 'Maropitant 10 mg/mL', quantity: '2.8 mL SC' },
      { drug: 'Ketamine 100 mg/mL', quantity: '0.35 mL IV' },
      { drug: 'Midazolam 5 mg/mL', quantity: '0.8 mL IV' },
    ]);
  });
});

describe('fallbacks', () => {
  const facts = (weight: string, more = '') =>
    `${more}<section aria-label="Patient banner"><h3>Vitals</h3><div><span>Weight</span><span data-testid="patient-weight">${weight}</span></div></section>`;
  const derived = () => {
    show(facts('28.4 kg'));
    const found = derive(pointAt('28.4 kg'), ground(), 'value');
    if (!found) throw new Error('no way back');
    expect(found.locators).toHaveLength(3);
    return found.locators;
  };

  it('hang on different things: one leads on where the label is another, one where the name is', () => {
    const locators = derived();
    show(facts('5.1 kg').replace('Weight', 'Body mass'));
    expect(readBack(locators)).toBe('5.1 kg');
    show(facts('5.1 kg').replace('patient-weight', 'x7f3q'));
    expect(readBack(locators)).toBe('5.1 kg');
    show(facts('5.1 kg').replace('Weight', 'Body mass').replace('patient-weight', 'x7f3q'));
    expect(readBack(locators)).toBe('none');
  });

  it('lead on when the page gets a second one of the name, in its own part of the page', () => {
    show('<section aria-label="Patient banner"><p>Weight: 28.4 kg</p></section>');
    const found = derive(pointAt('Weight: 28.4 kg'), ground(), 'value');
    show(
      '<p>Weight: 9 kg</p><section aria-label="Patient banner"><p>Weight: 5.1 kg</p></section><p>Weight: 7 kg</p>',
    );
    expect(found && readBack(found.locators)).toBe('5.1 kg');
  });

  it('never take what stands where it stood', () => {
    show(
      '<section aria-label="Facts"><p><i>Owner</i> <b>Okafor</b></p><p><i>Weight</i> <b>28.4 kg</b></p></section>',
    );
    const found = derive(pointAt('28.4 kg'), ground(), 'value');
    show(
      '<section aria-label="Facts"><p><i>Owner</i> <b>Pell</b></p><p><i>Chip number</i> <b>985 kg</b></p></section>',
    );
    expect(found && readBack(found.locators)).toBe('none');
  });

  it('reach into a shadow root by the part of the page that its host stands in', () => {
    document.body.replaceChildren();
    for (const [part, weight] of [
      ['Patient', '28.4 kg'],
      ['Litter mate', '9 kg'],
    ] as const) {
      const section = Object.assign(document.createElement('section'), { ariaLabel: part });
      const host = document.createElement('pms-fact');
      host.attachShadow({ mode: 'open' }).innerHTML = `<i>Weight</i><b>${weight}</b>`;
      section.append(host);
      document.body.append(section);
    }
    const value = document.querySelector('pms-fact')?.shadowRoot?.querySelector('b');
    const found = value && derive(value, ground(), 'value');
    expect(found && readBack(found.locators)).toBe('28.4 kg');
  });
});

describe('columns of a list', () => {
  const list = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
    `<table id="treatments"><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows
      .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
      .join('')}</table>`;
  const ROW = ['Ketamine 100 mg/mL', '0.35 mL', 'IV'];
  const quantities = (html: string) => {
    show(list(['Drug', 'Dose', 'Route'], [ROW]));
    const [drug, dose] = [
      deriveRows(pointAt('Ketamine 100 mg/mL'), ground()),
      deriveRows(pointAt('0.35 mL'), ground()),
    ];
    if (!drug || !dose) throw new Error('no list');
    expect(dose.columns).toHaveLength(3);
    const rows = { ...drug.rows, columns: { drug: drug.columns, quantity: dose.columns } };
    show(html);
    return readRows(rows, document.querySelector('#treatments') ?? document.body).map(
      ({ quantity }) => quantity,
    );
  };

  it('are found by their neighbours where their own head is another', () => {
    expect(quantities(list(['Drug', 'Amount', 'Route'], [ROW]))).toEqual(['0.35 mL']);
    // Something has come between: nobody can say which it is.
    const more = ['Ketamine 100 mg/mL', '12.50 USD', '0.35 mL', 'IV'];
    expect(quantities(list(['Drug', 'Price', 'Amount', 'Route'], [more]))).toEqual([undefined]);
  });

  it('have to look the part where nothing but their place tells them', () => {
    expect(quantities(list(['Item', 'Amount', 'Way'], [ROW]))).toEqual(['0.35 mL']);
    expect(quantities(list(['Item', 'Way', 'Amount'], [['Ketamine 100 mg/mL', 'IV', '0.35 mL']]))).toEqual([
      undefined,
    ]);
  });
});

describe('text beside a value', () => {
  it.each([
    ['<p>Weight: 28.4 kg</p>', 'Weight: 28.4 kg'],
    ['<div><span>Weight</span><span>28.4 kg</span></div>', '28.4 kg'],
    ['<div><div><label>Weight</label></div><div><b>28.4 kg</b></div></div>', '28.4 kg'],
    ['<dl><div><dt>Weight</dt><dd>28.4 kg</dd></div></dl>', '28.4 kg'],
    ['<table><tr><th>Weight</th><td>28.4 kg</td></tr></table>', '28.4 kg'],
  ])('leads back to it: %s', (html, text) => {
    show(html);
    const found = derive(pointAt(text), ground(), 'value');
    expect(found?.text).toBe('28.4 kg');
    expect(found && readBack(found.locators)).toBe('28.4 kg');
    show(html.replace('28.4', '5.1'));
    expect(found && readBack(found.locators)).toBe('5.1 kg');
  });

  it('takes nothing that hangs on this patient’s own words or on a place alone', () => {
    show('<div class="css-1a2b3c"><span>Bramble</span><span class="x9k2">Canine</span></div>');
    expect(derive(pointAt('Canine'), ground(['Bramble']), 'value')).toBeNull();
    show(
      '<section aria-label="Record of Bramble"><h1>Bramble</h1></section><section aria-label="Record of Rex"><h1>Rex</h1></section>',
    );
    expect(derive(pointAt('Bramble'), ground(), 'value')).toBeNull();
  });
});

describe('open shadow roots and editors', () => {
  it('are entered by the names of their hosts', () => {
    const host = document.createElement('pms-card');
    const inner = document.createElement('pms-facts');
    host.attachShadow({ mode: 'open' }).append(inner);
    const list = document.createElement('dl');
    for (const [tag, text] of [
      ['dt', 'Owner'],
      ['dd', 'Okafor, Ada'],
    ] as const)
      list.append(Object.assign(document.createElement(tag), { textContent: text }));
    inner.attachShadow({ mode: 'open' }).append(list);
    document.body.append(host);
    const found = derive(list.lastElementChild ?? list, ground(), 'value');
    expect(found?.locators[0]).toMatchObject({
      by: 'term',
      texts: ['Owner'],
      hosts: ['pms-card', 'pms-facts'],
    });
    expect(found && readBack(found.locators)).toBe('Okafor, Ada');
  });
  it('a note is the editor, whatever of it was pointed at', () => {
    show('<div contenteditable="true" aria-label="Plan notes"><p>was <b>here</b></p></div>');
    const found = derive(pointAt('here'), ground(), 'editor');
    expect(found?.element.getAttribute('aria-label')).toBe('Plan notes');
    expect(found?.locators[0]).toEqual({ by: 'label', texts: ['Plan notes'] });
  });
});

/** A card as a single-page app draws it: classes and ids anew with every release, facts in an order of their own. */
const FACTS = [
  ['Patient', 'patient'],
  ['Species', 'species'],
  ['Owner', 'owner'],
  ['Weight', 'weight'],
  ['Chart number', 'recordNumber'],
] as const;
const shapes = fc.constantFrom('dl', 'table', 'divs', 'inputs', 'testids');
const hashes = fc.array(fc.stringMatching(/^[a-z]{2}[0-9][a-z0-9]{4}$/), { minLength: 12, maxLength: 12 });

function draw(
  shape: string,
  values: readonly string[],
  order: readonly number[],
  made: readonly string[],
): string {
  const facts = order.map((at) => ({
    label: FACTS[at]?.[0] ?? '',
    value: values[at] ?? '',
    key: FACTS[at]?.[1],
    made: made[at],
  }));
  const rows = facts.map(({ label, value, key, made: name }) => {
    if (shape === 'dl')
      return `<dt class="${name}">${label}</dt><dd class="${name}" id="${name}">${value}</dd>`;
    if (shape === 'table') return `<tr><th>${label}</th><td class="${name}">${value}</td></tr>`;
    if (shape === 'inputs')
      return `<label class="${name}">${label} <input id="${name}" value="${value}"></label>`;
    if (shape === 'testids') return `<p><i data-testid="patient-${key}" class="${name}">${value}</i></p>`;
    return `<div class="${name}"><span id="${name}">${label}:</span> <span class="x${name}">${value}</span></div>`;
  });
  const inner = rows.join('');
  const wrapped =
    shape === 'dl' ? `<dl>${inner}</dl>` : shape === 'table' ? `<table>${inner}</table>` : inner;
  return `<div class="${made[10]}"><div class="${made[11]}">${wrapped}</div></div>`;
}

describe('a derived locator', () => {
  it('survives that classes, ids and the order of facts are made anew, and reads the next patient', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,9}$/);
    const five = fc.uniqueArray(word, { minLength: 5, maxLength: 5 });
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    fc.assert(
      fc.property(
        shapes,
        five,
        five,
        orders,
        orders,
        hashes,
        hashes,
        (shape, one, other, first, second, made, anew) => {
          show(draw(shape, one, first, made));
          const derived = FACTS.map(([, key], at) => {
            const value = one[at] ?? '';
            const element =
              shape === 'inputs'
                ? [...document.querySelectorAll('input')].find((input) => input.value === value)
                : pointAt(value);
            const found = element ? derive(element, ground(), 'value') : null;
            if (!found) throw new Error(`no way back to ${key} in ${shape}`);
            return found.locators;
          });
          expect(derived.map(readBack)).toEqual(one);
          expect(JSON.stringify(derived)).not.toMatch(new RegExp(made.join('|')));
          show(draw(shape, other, second, anew));
          expect(derived.map(readBack)).toEqual(other);
        },
      ),
      { numRuns: 60 },
    );
  });
});
