// A page that has got at everything a script could lean on before any other script ran: its prototypes answer wrongly
// and say so, and its elements are called after what they hide.
globalThis.leaked = [];
const leak =
  (name) =>
  (...given) => {
    globalThis.leaked.push(name, ...given.map(String));
    throw new Error(`${name} is the page's`);
  };
const TAKEN = {
  Element: ['attachShadow', 'setAttribute', 'getBoundingClientRect', 'append', 'closest', 'matches'],
  HTMLElement: ['showPopover', 'hidePopover', 'focus'],
  Document: ['elementFromPoint'],
  ShadowRoot: ['append', 'prepend'],
  CSSStyleSheet: ['replaceSync'],
  AbortController: ['abort'],
  Crypto: ['getRandomValues'],
};
addEventListener('load', () => {
  for (const [type, names] of Object.entries(TAKEN))
    for (const name of names) globalThis[type].prototype[name] = leak(`${type}.${name}`);
  for (const name of ['MutationObserver', 'IntersectionObserver', 'AbortController', 'CSSStyleSheet'])
    globalThis[name] = leak(name);
  Object.defineProperty(Object.prototype, 'nonce', {
    get: leak('nonce'),
    set: leak('nonce'),
    configurable: true,
  });
  Object.prototype.kind = 'close';
  Object.prototype.suggestions = { patient: 'Polluted' };
});
const NAMES = [
  'querySelector',
  'documentElement',
  'elementFromPoint',
  'createElement',
  'addEventListener',
  'body',
];
addEventListener('DOMContentLoaded', () => {
  const { body } = document;
  const images = NAMES.map((name) => Object.assign(document.createElement('img'), { name, hidden: true }));
  const form = document.createElement('form');
  form.append(
    ...NAMES.map((name) => Object.assign(document.createElement('input'), { name, type: 'hidden' })),
  );
  body.append(form, ...images);
});
