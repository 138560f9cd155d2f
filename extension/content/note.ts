import type { NoteResult } from '../../shared/protocol/overlay.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { isWritable, noteField } from '../sites/reader.ts';

/**
 * Puts one line into the page's note field, after what is there, as typing would: the page hears of it.
 * Only ever called because a person pressed the button in the frame. The form is theirs to save.
 */
export function putNote(site: SiteDefinition | null, text: string): NoteResult {
  const field = site && noteField(site, document);
  if (!field?.isConnected || !isWritable(field)) return 'no-field';
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    const between = field.value === '' ? '' : field instanceof HTMLTextAreaElement ? '\n' : ' ';
    field.value = `${field.value}${between}${text}`;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return 'put';
  }
  return writeInto(field, text) ? 'put' : 'no-field';
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
