import { readDrug } from '../../domain/drugs/name.ts';
import { type CaptureValues, saidOf } from './model.ts';
import type { CaptureData } from './use-capture.ts';

/** The word of the page's drug that open vials have in their name, so that only those are listed. */
export const searchFor = (values: CaptureValues, { containers }: CaptureData): string | undefined => {
  const open = containers.filter(({ closedAt }) => closedAt === undefined);
  const names = open.map(({ product }) => product.toLowerCase());
  return readDrug(saidOf(values))?.words.find(
    (word) => word.length >= 4 && names.some((name) => name.includes(word)),
  );
};

/** What a page said, or somebody who had no vial yet: the vial and the amount may still have to be picked by it. */
export function SaidByPage({ saidDrug, saidDose }: CaptureValues) {
  const said = [saidDrug, saidDose].filter((part) => part !== '').join(' · ');
  if (said === '') return null;
  return (
    <p class="said-by-page">
      <span class="small muted">Named so far</span> {said}
    </p>
  );
}
