// A SOAP: what was given stands in fields, a row a treatment; weight is a field too.
import { data, dateAs, el, kept, routed, show, table } from '/kit/client.js';

const current = () => data.animals.find((a) => location.pathname.endsWith(`/${a.number}`)) ?? data.animals[0];
const labelled = (name, field) =>
  el('label', { className: 'pair' }, el('span', { textContent: name }), field);
const fact = (name, text) =>
  el('span', { className: 'pair' }, el('span', { textContent: name }), el('span', { textContent: text }));

function banner(animal) {
  const section = el('section', { 'aria-label': 'Patient' });
  section.append(
    el('h1', { 'data-testid': 'patient-name', textContent: animal.name }),
    fact('Species', animal.species),
    fact('Breed', animal.breed),
    fact('Client', animal.owner),
    fact('Patient ID', animal.number),
    labelled(
      'Patient Weight',
      el('input', { type: 'number', step: '0.1', name: 'patientWeight', value: animal.weight }),
    ),
  );
  return section;
}

function treatments(animal) {
  const rows = animal.medications.map((m, i) => {
    const row = el('div', {
      role: 'group',
      'aria-label': `Treatment ${i + 1}`,
      'data-testid': 'treatment-row',
    });
    row.append(
      labelled('Product', el('input', { name: 'product', value: m.drug })),
      labelled('Quantity', el('input', { name: 'quantity', value: m.dose })),
      labelled('Route', el('input', { name: 'route', value: m.route })),
    );
    return row;
  });
  return el('section', { 'aria-label': 'Treatments' }, el('h2', { textContent: 'Plan' }), ...rows);
}

function soap() {
  const animal = current();
  const nav = el('nav', { className: 'bar' });
  for (const one of data.animals.filter((other) => other !== animal)) {
    const link = el('a', { href: `/shepherd/soaps/${one.number}`, textContent: `SOAP of ${one.name}` });
    link.addEventListener('click', (event) => {
      event.preventDefault();
      go(`/shepherd/soaps/${one.number}`);
    });
    nav.append(link);
  }
  const addendum = kept(animal.number, el('textarea', { name: 'addendum', rows: 4 }));
  show(
    `SOAP ${animal.name}`,
    nav,
    el('main', {}, banner(animal), treatments(animal), labelled('Addendum', addendum)),
  );
}

function today() {
  const day = dateAs('MM/DD/YYYY', data.day);
  const rows = data.treatments.map((t) => [day, t.time, t.patient, t.drug, `${t.quantity} ${t.unit}`, t.by]);
  const heads = ['Date', 'Time', 'Patient', 'Treatment', 'Amount', 'Given by'];
  show('Treatments', el('main', {}, table('Treatments today', heads, rows)));
}

const go = routed(() => (location.pathname.endsWith('/treatments') ? today() : soap()));
