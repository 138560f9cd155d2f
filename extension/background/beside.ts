import type { Desk } from './desk.ts';
import { readTab, sayPage } from './page-reader.ts';
import { tell } from './ports.ts';
import { takeWish } from './wishes.ts';

/**
 * The form in the side panel is about whatever page is in front there now: it hears what that page says, at once and as
 * it moves on, as a form over the page does.
 */
export async function standBeside(desk: Desk, port: chrome.runtime.Port, tab: number): Promise<void> {
  const before = desk.ports.moveBeside(port, tab);
  if (before !== null && before !== tab) rest(desk, before);
  const drug = before === null ? await takeWish(desk.wishes, tab, Date.now()) : null;
  if (drug !== null) tell(port, { kind: 'drug', drug });
  void sayPage(tab, { kind: 'watch', on: true });
  // A tab may be gone before it was asked.
  const site = await readTab(desk, tab).catch(() => null);
  if (desk.ports.tabOf(port) === tab) tell(port, { kind: 'site', site });
}

/** A page that no form is about any more need not look at itself again and again. */
export function rest(desk: Desk, tab: number): void {
  if (!desk.ports.has(tab)) void sayPage(tab, { kind: 'watch', on: false });
}
