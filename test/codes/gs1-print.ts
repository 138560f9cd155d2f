import { type AiEntry, findAi } from '../../shared/codes/ai-table.ts';
import { GS, type Gs1Element } from '../../shared/codes/gs1.ts';

/** The other way round than the product reads: elements printed, for round trips. */

/** Every identifier that the table knows: they have two to four digits. */
export const allAis: readonly AiEntry[] = [2, 3, 4].flatMap((digits) =>
  Array.from({ length: 10 ** digits }, (_, n) => findAi(String(n).padStart(digits, '0'))).filter(
    (entry) => entry !== undefined,
  ),
);

/** The element string, without the FNC1 in front. */
export function toElementString(elements: readonly Gs1Element[]): string {
  return elements
    .map(({ ai, value }, i) => {
      const needsSeparator = findAi(ai)?.predefined === undefined && i < elements.length - 1;
      return ai + value + (needsSeparator ? GS : '');
    })
    .join('');
}

export function toBracketed(elements: readonly Gs1Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}
