// A chart that is drawn anew every second and at each route, with class names that are new on each load; its list of
// orders holds only the rows that are in sight.
import { data, dateAs, el, generated, kept, routed, show } from '/kit/client.js';

const css = (word) => generated(word);
const current = () =>
  data.animals.find((a) => location.pathname.includes(`/patients/${a.number}/`)) ?? data.animals[0];
const value = (label, text) =>
  el(
    'div',
    { className: `pair ${css('Banner-item')}` },
    el('span', { className: css('Banner-label'), textContent: label }),
    el('span', { className: css('Banner-value'), textContent: text }),
  );

function banners(animal) {
  const client = el('section', { className: css('ClientBanner'), 'aria-label': 'Client banner' });
  client.append(el('a', { href: '#client', className: css('ClientBanner-name'), textContent: animal.owner }));
  const patient = el('section', { className: css('PatientBanner'), 'aria-label': 'Patient banner' });
  patient.append(
    el('h1', { className: css('PatientBanner-name'), textContent: animal.name }),
    value('Species', animal.species),
    value('Breed', animal.breed),
    value('Weight', `${animal.weight} kg`),
    value('Patient ID', animal.number),
  );
  return [client, patient];
}

function medications(animal) {
  const list = el('section', { className: css('Medications'), 'aria-label': 'Medications' });
  list.append(
    el('h2', { textContent: 'Medications' }),
    ...animal.medications.map((m) =>
      el(
        'div',
        { className: css('OrderRow') },
        el('strong', { className: css('OrderRow-product'), textContent: m.drug }),
        ' ',
        el('span', { className: css('OrderRow-quantity'), textContent: m.dose }),
        ' ',
        el('span', { className: css('OrderRow-route'), textContent: m.route }),
      ),
    ),
  );
  return list;
}

function note(animal) {
  const editor = kept(
    animal.number,
    el('div', {
      contenteditable: 'true',
      role: 'textbox',
      'aria-label': 'Plan notes',
      'aria-multiline': 'true',
    }),
  );
  editor.className = css('Editor');
  return el('section', {}, el('h2', { textContent: 'Plan' }), editor);
}

function chart() {
  const animal = current();
  const pets = el('nav', { 'aria-label': 'Patients' });
  for (const one of data.animals) {
    const button = el('button', { type: 'button', textContent: one.name });
    button.addEventListener('click', () => go(`/vetspire/patients/${one.number}/chart`));
    pets.append(button);
  }
  show(`${animal.name} | Chart`, pets, el('main', {}, ...banners(animal), medications(animal), note(animal)));
}

const ROW = 34;
const HEADS = ['Date', 'Patient', 'Order', 'Quantity', 'Unit', 'Provider'];
const row = (cells, props) => el('div', { role: 'row', className: css('VRow'), ...props }, ...cells);

/** Rows exist while they are in sight; the others are a height. */
function orders() {
  const day = dateAs('MM/DD/YYYY', data.day);
  const head = row(HEADS.map((text) => el('span', { role: 'columnheader', textContent: text })));
  const inside = el('div', { role: 'rowgroup' });
  inside.style.cssText = `position:relative;height:${data.treatments.length * ROW}px`;
  const port = el('div', { className: 'viewport' }, inside);
  const fill = () => {
    const first = Math.max(0, Math.floor(port.scrollTop / ROW) - 2);
    const seen = data.treatments.slice(first, first + 12);
    inside.replaceChildren(
      ...seen.map((t, i) => {
        const texts = [day, t.patient, t.drug, t.quantity, t.unit, t.by];
        const one = row(texts.map((text) => el('span', { role: 'gridcell', textContent: text })));
        one.setAttribute('aria-rowindex', String(first + i + 2));
        one.style.cssText = `position:absolute;top:${(first + i) * ROW}px;height:${ROW}px;display:flex;gap:16px`;
        return one;
      }),
    );
  };
  port.addEventListener('scroll', fill);
  const grid = el('div', {
    role: 'grid',
    'aria-label': 'Orders',
    'aria-rowcount': String(data.treatments.length + 1),
  });
  grid.append(head, port);
  document.title = 'Orders';
  document.querySelector('#app').replaceChildren(el('main', {}, grid));
  fill();
}

function draw() {
  if (!location.pathname.endsWith('/orders')) return chart();
  if (!document.querySelector('[role="grid"]')) orders();
}

const go = routed(draw);
setInterval(draw, 1000);
