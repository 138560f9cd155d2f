// Records open in tabs inside of one page; those that are not in front stay in the document. Their ids end in a number
// that is counted up over all loads.
import { data, dateAs, el, kept, routed, table } from '/kit/client.js';

const tabs = data.animals.slice(0, 3).map((animal, i) => ({ animal, no: data.load * 40 + 1200 + i * 7 }));
const current = () => tabs.find(({ animal }) => location.pathname.endsWith(`/${animal.number}`)) ?? tabs[0];
const line = (name, value) =>
  el(
    'div',
    { className: 'pair ezy-row' },
    el('span', { className: 'ezy-label', textContent: name }),
    el('span', { className: 'ezy-value', textContent: value }),
  );

function strip() {
  return el(
    'div',
    { role: 'tablist', className: 'tabstrip' },
    ...tabs.map(({ animal, no }) => {
      const tab = el('button', {
        type: 'button',
        role: 'tab',
        id: `recordTab-${no}`,
        textContent: animal.name,
      });
      tab.setAttribute('aria-selected', String(animal === current().animal));
      tab.addEventListener('click', () => go(`/ezyvet/records/${animal.number}`));
      return tab;
    }),
  );
}

/** A record is drawn once and then only shown or hidden. */
function record({ animal, no }) {
  const panel = el('div', {
    role: 'tabpanel',
    id: `popupForm-${no}`,
    'aria-label': `Record of ${animal.name}`,
  });
  const comments = kept(
    `note-${animal.number}`,
    el('textarea', { id: `visithistorydata_comments-${no}`, name: 'visithistorydata_comments', rows: 4 }),
  );
  panel.append(
    el('h1', { textContent: animal.name }),
    el(
      'div',
      { className: 'card' },
      line('Code', animal.number),
      line('Species', animal.species),
      line('Breed', animal.breed),
      line('Weight', `${animal.weight} kg`),
      line('Owner', animal.owner),
    ),
    el('h2', { textContent: 'Medication' }),
    table(
      'Medication',
      ['Product', 'Quantity', 'Route', 'Type'],
      animal.medications.map((m) => [m.drug, m.dose, m.route, 'Administered']),
      { id: `medicationTable-${no}` },
    ),
    el('button', { type: 'button', 'data-testid': 'AddHistory', textContent: 'Add history' }),
    el('p', {}, el('label', { for: `visithistorydata_comments-${no}`, textContent: 'Comments' }), comments),
    el('button', { type: 'button', id: `saveRecord-${no}`, textContent: 'Save record' }),
  );
  return panel;
}

const panels = tabs.map(record);

function lines() {
  const day = dateAs('DD MMM YYYY', data.day);
  return el(
    'main',
    {},
    table(
      'Invoice lines',
      ['Date', 'Client', 'Patient', 'Product', 'Qty', 'Unit', 'Staff member'],
      data.treatments.map((t) => [day, t.owner, t.patient, t.drug, t.quantity, t.unit, t.by]),
    ),
  );
}

function draw() {
  const bar = el(
    'header',
    { className: 'bar' },
    el('b', { textContent: 'ezy-shaped records' }),
    el('nav', {}, ...['Patients', 'Clinical', 'Financial'].map((name) => el('span', { textContent: name }))),
  );
  if (location.pathname.endsWith('/invoice-lines')) {
    document.querySelector('#app').replaceChildren(bar, lines());
    return;
  }
  const front = tabs.indexOf(current());
  panels.forEach((panel, i) => {
    panel.style.display = i === front ? '' : 'none';
  });
  const main = document.querySelector('main');
  if (main) {
    main.querySelector('[role="tablist"]').replaceWith(strip());
    return;
  }
  document.querySelector('#app').replaceChildren(bar, el('main', {}, strip(), ...panels));
}

const go = routed(draw);
