// A health card: name, species and weight stand without labels, beside icons; every attribute that a style needs is new
// on each load, and all of it is drawn anew when anything changes.
import { data, el, generated, kept, routed, show } from '/kit/client.js';

const current = () => data.animals.find((a) => location.pathname.endsWith(`/${a.number}`)) ?? data.animals[0];
const scoped = (node, word) => {
  node.className = generated(word);
  node.setAttribute(`data-v-${generated('c').slice(2)}`, '');
  return node;
};
const bit = (title, text, word) => {
  const icon = el('span', { 'aria-hidden': 'true', textContent: '•' });
  return el('li', { title }, icon, scoped(el('span', { textContent: text }), word));
};

function healthCard(animal) {
  const card = scoped(el('section', { 'aria-label': 'Health card' }), 'health');
  card.append(
    scoped(el('h1', { textContent: animal.name }), 'name'),
    el(
      'ul',
      {},
      bit('Species', animal.species, 'species'),
      bit('Breed', animal.breed, 'breed'),
      bit('Weight', `${animal.weight} kg`, 'weight'),
      bit('Pet parent', animal.owner, 'parent'),
      bit('Patient number', animal.number, 'number'),
    ),
  );
  return card;
}

function plan(animal) {
  const list = el('section', { 'aria-label': 'Plan' }, el('h2', { textContent: 'P' }));
  const items = animal.medications.map((m) =>
    el(
      'li',
      { 'data-testid': 'plan-item' },
      scoped(el('span', { textContent: m.drug }), 'item'),
      ' × ',
      scoped(el('span', { textContent: m.dose }), 'amount'),
    ),
  );
  list.append(el('ul', {}, ...items));
  return list;
}

function draw() {
  const animal = current();
  const nav = el('nav', { className: 'bar' });
  for (const one of data.animals) {
    const link = el('a', { href: `/digitail/patients/${one.number}`, textContent: one.name });
    link.addEventListener('click', (event) => {
      event.preventDefault();
      go(`/digitail/patients/${one.number}`);
    });
    if (one !== animal) nav.append(link);
  }
  const objective = kept(
    animal.number,
    scoped(el('div', { contenteditable: 'true', role: 'textbox', 'aria-label': 'Objective' }), 'editor'),
  );
  const soap = el('section', {}, el('h2', { textContent: 'O' }), objective);
  show(animal.name, nav, el('main', {}, healthCard(animal), soap, plan(animal)));
}

const go = routed(draw);
setInterval(draw, 1500);
