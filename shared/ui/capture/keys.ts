import type { TargetedKeyboardEvent } from 'preact';

const REACHED = 'input:not([type="checkbox"]):not([type="radio"]), select, textarea, button[type="submit"]';

/** Enter goes to the next field, and from the last one presses the button; Escape leaves. */
export function formKeys(event: TargetedKeyboardEvent<HTMLFormElement>, onEscape?: () => void): void {
  if (event.key === 'Escape' && onEscape && !event.defaultPrevented) {
    event.preventDefault();
    onEscape();
    return;
  }
  const target = event.target;
  if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing) return;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(REACHED)].filter(
    (field) => field.offsetParent !== null,
  );
  const next = fields[fields.indexOf(target) + 1];
  if (next instanceof HTMLButtonElement || !next) event.currentTarget.requestSubmit();
  else next.focus();
}

/** Puts the cursor into the first field that was refused, once it has been drawn: also where it stands beside the form. */
export function focusFirstFault(form: HTMLFormElement | null): void {
  const whole = form?.closest('.capture') ?? form;
  requestAnimationFrame(() => whole?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
