// What the pages that draw themselves share: elements, the day's data, names that are new on each load.
import { dateAs } from '/kit/html.mjs';

export { dateAs };
export const data = await (await fetch(`/kit/data.json${location.search}`)).json();

/** An element with properties, attributes (`aria-…`, `data-…`, `role`, `for`) and children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (/^(aria|data)-|^(role|for|contenteditable)$/.test(name)) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** A name as build tools and style libraries make them: another one on each load of the page. */
export function generated(word) {
  let hash = data.load * 7919 + 104729;
  for (const c of word) hash = (hash * 31 + c.charCodeAt(0)) % 2147483647;
  return `${word}_${hash.toString(36).slice(0, 5)}`;
}

/** Draws now and whenever the address changes, by itself or by `go`. Gives `go`. */
export function routed(draw) {
  addEventListener('popstate', draw);
  draw();
  return (path) => {
    history.pushState(null, '', path);
    draw();
  };
}

/** What is typed into a field outlives the field, which is drawn anew. */
const typed = new Map();
export function kept(key, field) {
  const read = () => ('value' in field ? field.value : field.textContent);
  if (typed.has(key)) {
    if ('value' in field) field.value = typed.get(key);
    else field.textContent = typed.get(key);
  }
  field.addEventListener('input', () => typed.set(key, read()));
  return field;
}

/** A table with a name, heads and rows of text. */
export function table(name, heads, rows, props = {}) {
  return el(
    'table',
    { className: 'grid', 'aria-label': name, ...props },
    el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { textContent: text })))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((text) => el('td', {}, text))))),
  );
}

/** Puts what is drawn in the place of what was there. A note that somebody is writing in keeps its caret. */
export function show(title, ...children) {
  document.title = title;
  const app = document.querySelector('#app');
  const writing =
    app.contains(document.activeElement) &&
    document.activeElement.matches('textarea, input, [contenteditable]');
  if (!writing) app.replaceChildren(...children);
}
