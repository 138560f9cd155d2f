// Elements of a design system: each draws what it is given in an open shadow root of its own.
const el = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

customElements.define(
  'pc-fact',
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const label = el('span', { part: 'label', textContent: this.getAttribute('label') });
      const value = el('span', { part: 'value', textContent: this.getAttribute('value') });
      root.append(el('div', {}, label, ': ', value));
    }
  },
);

customElements.define(
  'pc-field',
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const rows = this.getAttribute('rows');
      const field = rows ? el('textarea', { rows: Number(rows) }) : el('input', { type: 'text' });
      field.id = 'control';
      field.name = this.getAttribute('name') ?? '';
      field.value = this.getAttribute('value') ?? '';
      root.append(el('label', { htmlFor: 'control', textContent: this.getAttribute('label') }), field);
    }
  },
);

customElements.define(
  'pc-table',
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const row = (tag, texts) => el('tr', {}, ...texts.map((text) => el(tag, { textContent: text })));
      const heads = JSON.parse(this.getAttribute('heads') ?? '[]');
      const rows = JSON.parse(this.getAttribute('rows') ?? '[]');
      const table = el(
        'table',
        {},
        el('thead', {}, row('th', heads)),
        el('tbody', {}, ...rows.map((texts) => row('td', texts))),
      );
      table.setAttribute('aria-label', this.getAttribute('label') ?? '');
      root.append(table);
    }
  },
);
