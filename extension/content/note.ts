import type { NoteResult } from '../../shared/protocol/overlay.ts';
import type { Adapter } from '../sites/adapter.ts';

/**
 * Puts one line into the page's note field, after what is there, as typing would: the page hears `input` and `change`.
 * Only ever called because a person pressed the button in the frame. The form is theirs to save.
 */
export function putNote(adapter: Adapter | null, text: string): NoteResult {
  const field = adapter?.noteField(document) ?? null;
  if (!field?.isConnected || field.disabled || field.readOnly) return 'no-field';
  const between = field.value === '' ? '' : field instanceof HTMLTextAreaElement ? '\n' : ' ';
  field.value = `${field.value}${between}${text}`;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return 'put';
}
