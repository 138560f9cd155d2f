import { important, makeShell } from '../shell.ts';

/** A line of what was taken: what it is, what is read there, and how many ways lead back to it. */
export type Taken = { name: string; text: string; ways: number };
export type PanelShows = {
  title: string;
  help: string;
  /** What is under the pointer, as it would be read. */
  live: string;
  taken: readonly Taken[];
  buttons: readonly { label: string; primary?: boolean; press: () => void }[];
};

/** The box with the steps, in a closed shadow root over the page. */
export class Panel {
  readonly host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #dress: (css: string) => void;
  readonly #live = element('p', { role: 'status', class: 'live' });
  readonly #lacks = element('p', { hidden: '' });
  readonly #box = element('section', { role: 'dialog', tabindex: '-1' });
  #side: 'left' | 'right' = 'right';

  constructor() {
    const { host, root, dress } = makeShell();
    this.host = host;
    this.#root = root;
    this.#dress = dress;
    host.popover = 'manual';
    root.append(this.#box);
    this.#stand();
    const home = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.documentElement;
    home.append(host);
    host.showPopover();
  }

  /** True while a button of the panel has the keyboard: its keys are its own. */
  get onButton(): boolean {
    return this.#root.activeElement instanceof HTMLButtonElement;
  }

  remove(): void {
    this.host.remove();
  }

  /** Says what is under the pointer. */
  say(live: string): void {
    this.#live.textContent = live;
  }

  /** Says what of the page cannot be pointed at; nothing where all of it can. */
  lack(text: string): void {
    this.#lacks.textContent = text;
    this.#lacks.hidden = text === '';
  }

  /** Shows a step. The keyboard stays in the panel, so that the page's own keys do nothing. */
  show({ title, help, live, taken, buttons }: PanelShows): void {
    const list = element('ul', {});
    for (const { name, text } of taken) {
      const item = element('li', {});
      item.append(element('span', {}, name), element('b', {}, text));
      list.append(item);
    }
    const row = element('div', { class: 'row' });
    for (const { label, primary, press } of buttons) row.append(this.#button(label, primary === true, press));
    row.append(this.#button('Other side (O)', false, () => this.move()));
    this.#live.textContent = live;
    this.#box.setAttribute('aria-label', 'Countersign: set up this page');
    this.#box.replaceChildren(
      element('h2', {}, title),
      element('p', {}, help),
      this.#live,
      this.#lacks,
      list,
      row,
    );
    this.#box.focus({ preventScroll: true });
  }

  #button(label: string, primary: boolean, press: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = primary ? 'primary' : '';
    button.textContent = label;
    button.addEventListener('click', (event) => event.isTrusted && press());
    return button;
  }

  /** To the other side of the window: what is meant may stand under it. */
  move(): void {
    this.#side = this.#side === 'right' ? 'left' : 'right';
    this.#stand();
  }

  #stand(): void {
    const host = {
      position: 'fixed',
      inset: 'auto',
      bottom: '12px',
      [this.#side]: '12px',
      width: 'min(360px, calc(100vw - 24px))',
      'max-height': 'calc(100vh - 24px)',
      overflow: 'auto',
      'border-radius': '12px',
      'box-shadow': '0 8px 32px rgb(0 0 0 / 35%), 0 0 0 1px rgb(128 128 128 / 55%)',
      'z-index': '2147483647',
    };
    this.#dress(`:host { ${important(host)} } ${LOOK}`);
  }
}

function element(tag: string, attributes: Record<string, string>, text?: string): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const LOOK = `
section { display: block; padding: 16px; background: #fff; color: #15222a; font: 15px/1.4 system-ui, sans-serif; outline: none; }
h2 { font-size: 18px; line-height: 1.3; margin: 0 0 4px; }
p { margin: 0 0 8px; color: #4d5f6a; }
.live { min-height: 44px; padding: 10px 12px; box-sizing: border-box; border-radius: 8px; background: #e2f0f2; color: #15222a; font-weight: 600; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0 0 8px; padding: 0; }
li { display: flex; justify-content: space-between; gap: 12px; padding: 2px 0; }
li b { text-align: right; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
button { min-height: 44px; padding: 0 14px; border: 1px solid #768893; border-radius: 10px; background: #fff; color: #15222a; font: 600 15px system-ui, sans-serif; cursor: pointer; }
button.primary { background: #0b6170; border-color: #0b6170; color: #fff; }
button:focus-visible { outline: 3px solid #0b6170; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  section, button { background: #18222a; color: #e7eef2; }
  p { color: #a3b3bd; }
  .live { background: #173740; color: #e7eef2; }
  button { border-color: #75868f; }
  button.primary { background: #6ccbd9; border-color: #6ccbd9; color: #04252b; }
  button:focus-visible { outline-color: #6ccbd9; }
}`;
