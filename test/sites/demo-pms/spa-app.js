/**
 * The single-page variant: everything below `#app` is thrown away and drawn again every second and at each route,
 * as some real ones do, so that no element seen once can be relied on.
 */
const patients = await (await fetch('/patients.json')).json();
const notes = new Map();
const saved = [];

const el = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};
const current = () => patients.find((p) => location.pathname === `/spa/patient/${p.number}`);

function go(path) {
  history.pushState(null, '', path);
  draw();
}

function bar() {
  const brand = el(
    'a',
    { className: 'brand', href: '/', textContent: 'Millbrook ' },
    el('span', { textContent: 'Practice Manager' }),
  );
  const nav = el(
    'nav',
    {},
    el('a', { href: '/tables/', textContent: 'Patients' }),
    el('a', { href: '/spa/', textContent: 'Whiteboard' }),
  );
  const clock = el('span', { className: 'who clock', textContent: new Date().toLocaleTimeString('en-US') });
  return el('header', { className: 'bar' }, brand, nav, clock);
}

function list() {
  const box = el('div', { className: 'list' });
  for (const p of patients) {
    const button = el('button', { type: 'button', textContent: `${p.name} · ${p.species}` });
    button.setAttribute('aria-current', String(p === current()));
    button.addEventListener('click', () => go(`/spa/patient/${p.number}`));
    box.append(button);
  }
  return box;
}

function facts(p) {
  const dl = el('dl', { className: 'c-facts' });
  dl.dataset.testid = 'facts';
  for (const [label, value] of [
    ['Chart #', p.number],
    ['Name', p.name],
    ['Species', p.species],
    ['Client', p.owner],
    ['Client address', p.address],
    ['Weight', p.weight],
  ]) {
    dl.append(el('dt', { textContent: label }), el('dd', { textContent: value }));
  }
  return dl;
}

function card(p) {
  const note = el('textarea', { rows: 4, value: notes.get(p.number) ?? '' });
  note.setAttribute('aria-label', 'Note');
  note.dataset.testid = 'note';
  note.addEventListener('input', () => notes.set(p.number, note.value));
  const form = el('form', { className: 'c-note' }, note, el('button', { textContent: 'Save note' }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    saved.push(note.value);
    document.documentElement.dataset.saved = String(saved.length);
  });
  const rows = p.treatments.map((t) =>
    el('tr', {}, ...[t.time, t.what, t.drug, t.dose].map((text) => el('td', { textContent: text }))),
  );
  const head = el(
    'tr',
    {},
    ...['Time', 'Treatment', 'Drug', 'Dose'].map((text) => el('th', { textContent: text })),
  );
  const section = el('section', { className: 'c-card' });
  section.dataset.testid = 'patient-card';
  section.append(
    el(
      'div',
      { className: 'head' },
      el('h1', { textContent: p.name }),
      ...(p.alert ? [el('span', { className: 'tag alert', textContent: p.alert })] : []),
    ),
    facts(p),
    el('table', { className: 'grid' }, el('thead', {}, head), el('tbody', {}, ...rows)),
    el('h2', { textContent: 'Note' }),
    form,
  );
  return section;
}

function draw() {
  const focused =
    document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.selectionStart : null;
  const p = current();
  const empty = () => el('p', { className: 'lead', textContent: 'Choose a patient.' });
  document.title = `${p ? p.name : 'Whiteboard'} - Millbrook Practice Manager`;
  document
    .querySelector('#app')
    .replaceChildren(bar(), el('main', {}, el('div', { className: 'board' }, list(), p ? card(p) : empty())));
  if (focused !== null) {
    const note = document.querySelector('textarea');
    note?.focus();
    note?.setSelectionRange(focused, focused);
  }
}

addEventListener('popstate', draw);
setInterval(draw, 1000);
draw();
