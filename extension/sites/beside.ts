import type { Hit } from './locate.ts';
import { isControl, isOrnament, labelText, oneLine, textOf } from './text.ts';

/** Texts looked at on one page: labels stand among the first of them, and a page of a million is not walked whole. */
const MOST_TEXTS = 20_000;
/** How far up from a label its value may stand beside it. */
const LEVELS = 3;

/** What stands beside each of the labels, or behind it in the same text (`Weight: 28.4 kg`). */
export function besides(texts: readonly string[], root: ParentNode): Hit[] {
  const wanted = new Set(texts.map(labelText));
  const longest = Math.max(...texts.map((text) => text.length)) + 4;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const hits: Hit[] = [];
  let looked = 0;
  for (let node = walker.nextNode(); node && looked < MOST_TEXTS; node = walker.nextNode()) {
    looked += 1;
    const data = node.nodeValue ?? '';
    const parent = node.parentElement;
    if (data.length < 2 || hits.length >= 20 || !parent) continue;
    if (/^(SCRIPT|STYLE|NOSCRIPT|TEXTAREA|OPTION|TEMPLATE)$/.test(parent.tagName)) continue;
    const hit = behind(data, parent, wanted, longest) ?? beside(data, node, wanted, longest);
    if (hit) hits.push(hit);
  }
  return hits;
}

function behind(data: string, parent: Element, wanted: ReadonlySet<string>, longest: number): Hit | null {
  const colon = data.slice(0, longest + 40).search(/[:：]/);
  if (colon < 1 || !wanted.has(labelText(data.slice(0, colon)))) return null;
  const rest = oneLine(data.slice(colon + 1));
  return rest === '' ? null : { element: parent, text: rest };
}

function beside(data: string, node: Node, wanted: ReadonlySet<string>, longest: number): Hit | null {
  const text = oneLine(data);
  if (text.length > longest || !wanted.has(labelText(text))) return null;
  let at: Node = node;
  for (let level = 0; level <= LEVELS; level += 1) {
    const next = nextOf(at);
    if (next instanceof Element) {
      const element = innermost(next);
      return { element, text: textOf(element) };
    }
    if (next) return next.parentElement && { element: next.parentElement, text: next.data };
    if (!at.parentElement || at.parentElement === document.body) return null;
    at = at.parentElement;
  }
  return null;
}

/** The next neighbour that says something: an element with text or a form field, or a text. */
function nextOf(node: Node): Element | Text | null {
  for (let next = node.nextSibling; next; next = next.nextSibling) {
    if (next instanceof Text && /[^\s:：|·-]/.test(next.data)) return next;
    if (next instanceof Element && next.tagName !== 'BR' && saysSomething(next)) return next;
  }
  return null;
}

const saysSomething = (element: Element): boolean =>
  isControl(element) ||
  oneLine(textOf(element)) !== '' ||
  element.querySelector('input,select,textarea') !== null;

/** The element itself behind wrappers that hold nothing else: a page's own frames of a value come and go. */
export function innermost(element: Element): Element {
  let at = element;
  for (;;) {
    const [only, more] = [...at.children].filter((child) => !isOrnament(child));
    if (!only || more || isControl(at) || hasOwnText(at)) return at;
    at = only;
  }
}

const hasOwnText = (element: Element): boolean =>
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');

/** Elements looked at for what they say. */
const MOST_PARTS = 200;

/** The innermost elements that say something, and the form fields, in the order of the page. */
export const partsOf = (root: ParentNode): Element[] =>
  [...root.querySelectorAll('*')]
    .slice(0, MOST_PARTS)
    .filter((part) => isControl(part) || (!part.closest('select') && hasOwnText(part)));
