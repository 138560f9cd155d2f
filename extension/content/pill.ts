import { important, makeShell } from './shell.ts';

export type Pill = { state: 'ready' | 'lost'; remove: () => void };

const SAYS: Record<Pill['state'], readonly [text: string, title: string]> = {
  ready: ['Countersign', 'Record a draw or a waste (Alt+Shift+C)'],
  lost: [
    'Countersign: page not read',
    'The page has changed since it was set up. Record all the same, or set it up again.',
  ],
};

/**
 * The button on the page that opens the form. Beside the site's anchor, or in the corner of the window.
 * It holds nothing that a page could steal, and a page that hides it loses nothing but the shortcut's twin.
 */
export function showPill(state: Pill['state'], anchor: Element | null, onPress: () => void): Pill {
  const { host, root, dress } = makeShell();
  const stop = new AbortController();
  const { signal } = stop;
  const button = document.createElement('button');
  const [text, title] = SAYS[state];
  button.type = 'button';
  button.title = title;
  button.append(mark(), text);
  button.addEventListener('click', (event) => event.isTrusted && onPress(), { signal });
  root.append(button);
  const look = state === 'lost' ? `${BUTTON} ${LOST}` : BUTTON;
  const stand = () => dress(`:host { ${important(positionFor(anchor))} } ${look}`);
  stand();
  document.documentElement.append(host);
  window.addEventListener('resize', stand, { signal });
  signal.addEventListener('abort', () => host.remove());
  return { state, remove: () => stop.abort() };
}

const LOOK = {
  all: 'initial',
  display: 'inline-flex',
  'align-items': 'center',
  gap: '8px',
  'min-height': '44px',
  'box-sizing': 'border-box',
  padding: '0 16px 0 12px',
  'border-radius': '22px',
  border: '1px solid rgb(255 255 255 / 40%)',
  'background-color': '#0b6170',
  color: '#fff',
  font: '600 14px/1 system-ui, sans-serif',
  'box-shadow': '0 2px 8px rgb(0 0 0 / 30%)',
  cursor: 'pointer',
};
const BUTTON = `button { ${important(LOOK)} } button:focus { ${important({ outline: '3px solid #6ccbd9' })} }`;
const LOST = `button { ${important({ 'background-color': '#7a4d00' })} }`;

function positionFor(anchor: Element | null): Record<string, string> {
  const base = { 'z-index': '2147483646' };
  const rect = anchor?.isConnected ? anchor.getBoundingClientRect() : null;
  if (!rect || rect.width === 0 || rect.width < 360)
    return { ...base, position: 'fixed', right: '16px', bottom: '16px' };
  const right = document.documentElement.clientWidth - rect.right;
  const top = rect.top + window.scrollY + rect.height / 2 - 22;
  return { ...base, position: 'absolute', right: `${right}px`, top: `${Math.max(top, 4)}px` };
}

function mark(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({
    width: '18',
    height: '18',
    viewBox: '0 0 18 18',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [name, value] of Object.entries({
    d: 'M3 9.5 7.5 14 15 4.5',
    fill: 'none',
    stroke: '#fff',
    'stroke-width': '2.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  }))
    path.setAttribute(name, value);
  svg.append(path);
  return svg;
}
