// Labels in `strong` with the value in a heading below; panels; a table of what was requested.
import { data, dateAs, el, generated, kept, routed, show, table } from '/kit/client.js';

const current = () => data.people.find((p) => location.pathname.endsWith(`/${p.number}`)) ?? data.people[0];

function brief(person) {
  const code = el(
    'div',
    { className: generated('code') },
    el('strong', { textContent: 'Patient Code' }),
    el('h6', { textContent: person.number }),
  );
  const panel = el('section', { 'aria-label': 'Brief Patient Information' });
  panel.append(el('h3', { textContent: person.name }), code);
  return panel;
}

function patient() {
  const person = current();
  const nav = el('nav', { className: 'bar' });
  for (const one of data.people.filter((other) => other !== person)) {
    const button = el('button', { type: 'button', textContent: one.name });
    button.addEventListener('click', () => go(`/hospitalrun/patients/${one.number}`));
    nav.append(button);
  }
  const medications = table(
    'Medications',
    ['Medication', 'Quantity', 'Intent', 'Status'],
    person.medications.map((m) => [m.drug, m.dose, 'order', 'completed']),
  );
  const id = generated('noteTextField');
  const note = kept(person.number, el('textarea', { id, rows: 4 }));
  const notes = el('section', {}, el('label', { for: id, textContent: 'Note' }), note);
  show(person.name, nav, el('main', {}, brief(person), medications, notes));
}

function requested() {
  const day = dateAs('YYYY-MM-DD', data.day);
  const heads = ['Medication', 'Quantity', 'Patient', 'Requested On', 'Requested By', 'Status'];
  const rows = data.treatments.map((t) => [
    ...[t.drug, `${t.quantity} ${t.unit}`, t.patient, `${day} ${t.time}`, t.by, 'completed'],
  ]);
  show('Medications', el('main', {}, table('Medications', heads, rows)));
}

const go = routed(() => (location.pathname.endsWith('/medications') ? requested() : patient()));
