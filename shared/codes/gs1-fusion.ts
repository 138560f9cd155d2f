import { aiAt } from './ai-table.ts';
import { type Gs1Element, parseElementString } from './gs1.ts';
import { gs1Date } from './gs1-date.ts';
import { type Gs1Error, gs1Error } from './gs1-errors.ts';

/** A reading that the code allows and common sense doubts: shown, and confirmed by the person. */
export interface Doubt {
  readonly code: 'maybe-fused';
  readonly ai: string;
  readonly message: string;
}

/** Lot and serial: of variable length, and what a lost separator runs together. */
const VARIABLE: readonly string[] = ['10', '21'];
const YEARS_BACK = 10;
const YEARS_AHEAD = 15;

function plausibleDate(yymmdd: string, today: string): boolean {
  const date = gs1Date(yymmdd, today);
  const ahead = Number(date?.date.slice(0, 4)) - Number(today.slice(0, 4));
  return ahead >= -YEARS_BACK && ahead <= YEARS_AHEAD;
}

interface Cut {
  readonly title: string;
  /** A GTIN with its check digit or a plausible date stands behind the cut: no lot reads so by chance. */
  readonly certain: boolean;
}

/** Cuts of `value` after which all the rest would be good fields that the code does not have elsewhere. */
function cuts(value: string, present: ReadonlySet<string>, today: string): Cut[] {
  const found: Cut[] = [];
  for (let at = 1; at < value.length; at += 1) {
    const next = aiAt(value, at);
    if (!next || present.has(next.ai)) continue;
    const rest = parseElementString(value.slice(at));
    if (!rest.ok) continue;
    const first = rest.elements[0]?.value ?? '';
    const dated = ['11', '13', '15', '17'].includes(next.ai) && plausibleDate(first, today);
    const certain = next.ai === '01' || dated;
    const likely = VARIABLE.includes(next.ai) && first.length >= 4;
    if (certain || likely) found.push({ title: next.title, certain });
  }
  return found;
}

/**
 * Looks for fields that ran together because an FNC1 was lost (by the printer of the label or by the
 * scanner), in data that is otherwise in order.
 * @param separated whether the data held any FNC1: then the scanner passes it on, and mere likeness is no ground for doubt
 * @param today YYYY-MM-DD
 * @returns an error `fused-fields` when it is beyond doubt, or a doubt to ask the person about
 */
export function findFusion(
  elements: readonly Gs1Element[],
  separated: boolean,
  today: string,
): { readonly error?: Gs1Error; readonly doubts: readonly Doubt[] } {
  const present = new Set(elements.map((e) => e.ai));
  const doubts: Doubt[] = [];
  for (const { ai, title, value } of elements.filter((e) => VARIABLE.includes(e.ai))) {
    const found = cuts(value, present, today);
    const certain = found.find((cut) => cut.certain);
    if (certain) {
      return {
        error: gs1Error('fused-fields', { field: title, value, detail: certain.title }, ai),
        doubts: [],
      };
    }
    const likely = found[0];
    if (likely && !separated) {
      doubts.push({
        code: 'maybe-fused',
        ai,
        message: `Is “${value}” really the whole ${title} and nothing else? A ${likely.title} may have run together with it. Compare it with the label and correct it if needed.`,
      });
    }
  }
  return { doubts };
}
