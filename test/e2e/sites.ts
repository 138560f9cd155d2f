import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { CatalogueEntry, Pointing } from '../sites/catalogue.ts';

const HOLDERS = ['region', 'table', 'grid', 'tabpanel', 'group', 'list'] as const;

/** A page, or the innermost of the frames with these names. */
export const frameAt = (page: Page, frames: readonly string[]): Page | FrameLocator =>
  frames.reduce<Page | FrameLocator>((at, name) => at.frameLocator(`iframe[name="${name}"]`), page);

/** The element that a person points at for a field of a page of the catalogue. */
export function pointedAt(page: Page, { frames, at, within }: Pointing): Locator {
  const root = frameAt(page, frames);
  const holders = HOLDERS.map((role) => root.getByRole(role, { name: within ?? '', exact: true }));
  const [first, ...others] = holders;
  const holder = within !== undefined && first ? others.reduce((any, one) => any.or(one), first) : root;
  if ('text' in at) return holder.getByText(at.text, { exact: true }).and(root.locator(':visible'));
  const name = { name: at.field, exact: true };
  return holder
    .getByRole('textbox', name)
    .or(holder.getByRole('spinbutton', name))
    .and(root.locator(':visible'));
}

/** Goes on to the next patient, as somebody who works in the system would. */
export const pressNext = (page: Page, { next }: CatalogueEntry): Promise<void> =>
  frameAt(page, next.press.frames).getByRole(next.press.role, { name: next.press.name, exact: true }).click();

/** What the pill says: it stands in a closed shadow root, so it is read as a screen reader reads it. */
export async function pillSays(page: Page): Promise<{ name: unknown; description: unknown } | undefined> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const pill = nodes.find(
    ({ role, name }) => role?.value === 'button' && /^Countersign/.test(String(name?.value)),
  );
  return pill && { name: pill.name?.value, description: pill.description?.value };
}
