import { makeElement, setStyle } from './host.ts';

/**
 * The button on the page that opens the form. Beside the adapter's anchor, or in the corner of the window.
 * It holds nothing that a page could steal, and a page that hides it loses nothing but the shortcut's twin.
 */
export function showPill(anchor: Element | null, onPress: () => void, signal: AbortSignal): void {
  const host = makeElement();
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  button.type = 'button';
  button.title = 'Record a draw or a waste (Alt+Shift+C)';
  button.append(mark(), 'Countersign');
  setStyle(button, BUTTON);
  button.addEventListener('click', (event) => event.isTrusted && onPress(), { signal });
  button.addEventListener(
    'focus',
    () => button.style.setProperty('outline', '3px solid #6ccbd9', 'important'),
    {
      signal,
    },
  );
  button.addEventListener('blur', () => button.style.removeProperty('outline'), { signal });
  root.append(button);
  const stand = () => setStyle(host, positionFor(anchor));
  stand();
  document.documentElement.append(host);
  window.addEventListener('resize', stand, { signal });
  signal.addEventListener('abort', () => host.remove());
}

const BUTTON = {
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

function positionFor(anchor: Element | null): Record<string, string> {
  const base = { all: 'initial', 'z-index': '2147483646' };
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
