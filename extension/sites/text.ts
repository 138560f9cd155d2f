/** Text as it stands on a page, before anything is made of it. Small: the content script carries it. */

const BREAKS = /^(BR|P|DIV|LI|TD|TH|TR|DT|DD|SECTION|H[1-6])$/;
/** Longest text that is put together of one element, in characters: a field is never longer, and a page may be. */
const LONGEST = 2000;

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
export const isControl = (element: Element): element is Control =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

/** What an element says: a form field by what is in it, everything else by its text, with a space where lines break. */
export function textOf(element: Element): string {
  if (isControl(element)) return controlText(element);
  const show = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const walker = element.ownerDocument.createTreeWalker(element, show, (node) =>
    node instanceof Element && isOrnament(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let text = '';
  for (let node = walker.nextNode(); node && text.length < LONGEST; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? '';
    else if (BREAKS.test(node.nodeName)) text += ' ';
  }
  return text.slice(0, LONGEST);
}

/** What stands beside a value for the eye alone: an icon, often with the name of its picture as its text. */
export const isOrnament = (element: Element): boolean =>
  element.getAttribute('aria-hidden') === 'true' || /^(SVG|STYLE|SCRIPT)$/i.test(element.tagName);

function controlText(control: Control): string {
  if (control.tagName === 'SELECT' && 'selectedOptions' in control)
    return control.selectedOptions[0]?.text ?? '';
  return /^(password|file)$/.test(control.type) ? '' : control.value.slice(0, LONGEST);
}

/** Text with single spaces. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A label as it is compared: small letters, without the colon or the star of a required field behind it. */
export const labelText = (text: string): string =>
  oneLine(text.slice(0, 400))
    .replace(/[\s:：*]+$/, '')
    .toLowerCase();

/**
 * True where the text fits: `*` is any run within a segment, `**` any run at all. Walks the text once with the set of
 * places in the pattern that it may be at, so no pattern is slow.
 */
export function globFits(glob: string, text: string): boolean {
  if (text.length > LONGEST) return false;
  const parts = glob.match(/\*{1,2}|[^*]/gu) ?? [];
  const skipStars = (at: Set<number>) => {
    for (const place of at) if (parts[place]?.startsWith('*')) at.add(place + 1);
    return at;
  };
  let at = skipStars(new Set([0]));
  for (const char of text) {
    const next = new Set<number>();
    for (const place of at) {
      const part = parts[place];
      if (part === '**' || (part === '*' && char !== '/')) next.add(place);
      else if (part === char) next.add(place + 1);
    }
    at = skipStars(next);
  }
  return at.has(parts.length);
}
