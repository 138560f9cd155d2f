import type { NoteResult } from '../../shared/protocol/overlay.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { innermost } from '../sites/beside.ts';
import { keptFor, panelsOf } from '../sites/panels.ts';
import { reach } from '../sites/reach.ts';
import { placeHere } from '../sites/reader.ts';

/**
 * Puts one line into the page's note field, after what is there, as typing would: the page hears of it.
 * Only ever called because a person pressed the button in the frame. The form is theirs to save. Where the page shows
 * several patients it is the field of the chosen one.
 */
export function putNote(site: SiteDefinition | null, text: string, patient?: string): NoteResult {
  const field = site && noteField(site, document, patient);
  if (!field?.isConnected || !isWritable(field)) return 'no-field';
  const put =
    field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement
      ? typeInto(field, text)
      : writeInto(field, text);
  return put ? 'put' : 'no-field';
}

/** Typed at the end, so that the page's own undo takes it out again; set, where a field cannot be typed into. */
function typeInto(field: HTMLTextAreaElement | HTMLInputElement, text: string): boolean {
  const between = field.value === '' ? '' : field instanceof HTMLTextAreaElement ? '\n' : ' ';
  const line = `${between}${text}`;
  // Half a line would be a record that nobody can find.
  if (field.maxLength >= 0 && field.value.length + line.length > field.maxLength) return false;
  const whole = `${field.value}${line}`;
  field.focus({ preventScroll: true });
  try {
    field.setSelectionRange(field.value.length, field.value.length);
    document.execCommand('insertText', false, line);
  } catch {
    // A field without a selection is set.
  }
  if (field.value !== whole) {
    field.value = whole;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

/** An editor keeps its own idea of the text, so it is written to as a keyboard would, at the end. */
function writeInto(editor: HTMLElement, text: string): boolean {
  const selection = getSelection();
  if (!selection) return false;
  editor.focus();
  const filled = editor.textContent?.trim() !== '';
  selection.selectAllChildren(editor);
  selection.collapseToEnd();
  if (filled) document.execCommand('insertParagraph');
  return document.execCommand('insertText', false, text);
}

/** The field that a receipt line goes into: something that a person could type into now. */
function noteField(site: SiteDefinition, page: Document, patient?: string): HTMLElement | null {
  const place = placeHere(page);
  const keep = keptFor(panelsOf(site.fields.patient, page, place), patient);
  const reached = site.note && reach(site.note, page, place, keep);
  if (!reached?.hit) return null;
  const element = innermost(reached.hit.element);
  return element instanceof HTMLElement && isWritable(element) ? element : null;
}

function isWritable(element: HTMLElement): boolean {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)
    return !element.disabled && !element.readOnly && element.type !== 'password';
  return element.isContentEditable;
}
