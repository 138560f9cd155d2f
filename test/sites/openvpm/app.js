// Terms and values in a description list, utility classes that say nothing, ids that the library counts up.
import { data, dateAs, el, kept, routed, show, table } from '/kit/client.js';

const current = () => data.animals.find((a) => location.pathname.endsWith(`/${a.number}`)) ?? data.animals[0];
let drawn = data.load * 11;
const counted = () => `:r${(drawn++).toString(36)}:`;

function information(animal) {
  const list = el('dl', { className: 'grid gap-4' });
  for (const [term, text] of [
    ['Name', animal.name],
    ['Species', animal.species],
    ['Breed', animal.breed],
    ['Microchip Number', animal.number],
    ['Status', 'active'],
    ['Owner', animal.owner],
  ]) {
    list.append(
      el(
        'div',
        {},
        el('dt', { className: 'text-sm', textContent: term }),
        el('dd', { className: 'mt-0.5 text-sm', textContent: text }),
      ),
    );
  }
  const title = el('h3', { id: counted(), textContent: 'Basic Information' });
  return el('section', { className: 'rounded-lg border p-6', 'aria-labelledby': title.id }, title, list);
}

function draw() {
  if (location.pathname.endsWith('/controlled-substances')) return log();
  const animal = current();
  const nav = el('nav', { className: 'bar' });
  for (const one of data.animals.filter((other) => other !== animal)) {
    const button = el('button', { type: 'button', id: counted(), textContent: one.name });
    button.addEventListener('click', () => go(`/openvpm/patients/${one.number}`));
    nav.append(button);
  }
  const id = counted();
  const plan = kept(animal.number, el('textarea', { id, rows: 4, className: 'w-full rounded-md border' }));
  const weights = table(
    'Weights',
    ['Date', 'Weight (kg)', 'Recorded By'],
    [[data.day, animal.weight, 'Sol Fernfiction']],
  );
  const prescriptions = table(
    'Prescriptions',
    ['Medication', 'Dose', 'Route', 'Status'],
    animal.medications.map((m) => [m.drug, m.dose, m.route, 'active']),
  );
  const soap = el('section', {}, el('label', { for: id, textContent: 'Plan' }), plan);
  show(animal.name, nav, el('main', {}, information(animal), weights, prescriptions, soap));
}

function log() {
  const day = dateAs('YYYY-MM-DD', data.day);
  const rows = data.treatments.map((t) => [`${day}`, t.drug, t.quantity, t.unit, t.patient, t.by]);
  show('Log', el('main', {}, table('Log', ['Date', 'Drug', 'Quantity', 'Unit', 'Patient', 'By'], rows)));
}

const go = routed(draw);
setInterval(draw, 2000);
