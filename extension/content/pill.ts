import { important, makeShell } from './shell.ts';

export type Pill = { state: 'ready' | 'lost'; remove: () => void };

const SAYS: Record<Pill['state'], readonly [text: string, title: string]> = {
  ready: ['Countersign', 'Record a draw or waste (Alt+Shift+C)'],
  lost: ['Countersign: page not read', 'The page has changed since set-up. Record anyway, or point anew.'],
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
  button.append(text);
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
  'min-height': '42px',
  padding: '0 16px 0 12px',
  'border-radius': '22px',
  border: '1px solid rgb(255 255 255 / 40%)',
  'background-color': '#0b6170',
  color: '#fff',
  font: '600 14px/1 system-ui, sans-serif',
  'box-shadow': '0 2px 8px rgb(0 0 0 / 30%)',
  cursor: 'pointer',
};
/** A tick, drawn as two sides of a turned box: a page's policy holds up no picture that is none. */
const TICK = {
  content: '""',
  width: '5px',
  height: '11px',
  margin: '0 14px 4px 5px',
  border: 'solid #fff',
  'border-width': '0 2.5px 2.5px 0',
  rotate: '42deg',
};
const BUTTON = `button { ${important(LOOK)} } button::before { ${important(TICK)} }
button:focus { ${important({ outline: '3px solid #6ccbd9' })} }`;
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
