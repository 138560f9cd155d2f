import { isControl, oneLine, textOf } from './text.ts';

/** What an element is called by those who cannot see it, as far as pages in the field go (a part of accname 1.2). */
export function nameOf(element: Element): string {
  const root = element.getRootNode();
  const ids = element.getAttribute('aria-labelledby')?.trim().split(/\s+/).slice(0, 5) ?? [];
  if (ids.length > 0 && (root instanceof Document || root instanceof ShadowRoot)) {
    const parts = ids.map((id) => root.getElementById(id));
    const name = oneLine(parts.map((part) => (part ? textOf(part) : '')).join(' '));
    if (name !== '') return name;
  }
  for (const name of [element.getAttribute('aria-label'), labelOf(element), element.getAttribute('title')])
    if (name?.trim()) return oneLine(name);
  return oneLine(element.getAttribute('placeholder') ?? '');
}

/** The text of the label, legend or caption that belongs to an element. */
function labelOf(element: Element): string {
  if (isControl(element)) {
    const label = element.labels?.[0];
    return label ? textWithout(label, element) : '';
  }
  const tag = { FIELDSET: 'legend', TABLE: 'caption', FIGURE: 'figcaption' }[element.tagName];
  const label = tag ? element.querySelector(`:scope > ${tag}`) : null;
  return label ? textOf(label) : '';
}

/** A label that holds its own field says what the label says, not what is in the field. */
function textWithout(label: Element, control: Element): string {
  if (!label.contains(control)) return textOf(label);
  return [...label.childNodes]
    .filter((node) => !node.contains(control))
    .map((node) => node.textContent ?? '')
    .join(' ');
}

const ROLES: Record<string, string> = {
  heading: 'h1,h2,h3,h4,h5,h6',
  region: 'section',
  main: 'main',
  form: 'form',
  dialog: 'dialog',
  group: 'fieldset',
  article: 'article',
  table: 'table',
  list: 'ul,ol',
  textbox: 'input,textarea,[contenteditable]:not([contenteditable="false"])',
  combobox: 'select',
  status: 'output',
  banner: 'header',
  complementary: 'aside',
};

/** What finds the elements that may have a role: those that say so, and those that have it by nature. */
export const roleSelector = (role: string): string =>
  `[role~="${role}"]${ROLES[role] ? `,${ROLES[role].replace(/(^|,)([a-z0-9]+)/g, '$1$2:not([role])')}` : ''}`;

/** The level of a heading, 1 to 6; 0 for what is none. */
export const headingLevel = (element: Element): number =>
  element.matches('[role~="heading"]')
    ? Number(element.getAttribute('aria-level') ?? 2)
    : Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 0);
