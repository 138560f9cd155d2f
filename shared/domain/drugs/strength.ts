/**
 * Strengths as labels and pages write them, in a form that can be compared. Two texts state the same strength only when
 * their keys are equal; what cannot be read with certainty is said to be so, and never guessed.
 */
export type StrengthReading = {
  /** Each strength that is stated, once: `100000000 ng/mL`, `390000000+50000000 ng/mL`, `97200000 ng each`. */
  stated: ReadonlySet<string>;
  /** The same as the text has them. */
  said: readonly string[];
  /** A number stands there that is neither a strength nor a dose in a form that is known. */
  unclear: boolean;
  /** The text without its numbers and units: the name, and what kind of thing it is. */
  rest: string;
};

const NUMBER = String.raw`(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?<=\d)(?![\d.,]*\d)`;
const MASS = `(?:mcg|[µμ]g|ug|mg|ng|gm?|iu|units?)(?![a-z])`;
const BY = String.raw`\s*(?:\/|\bper\b)\s*`;
const PART = String.raw`${NUMBER}\s*(?:${MASS})?`;
const PIECE = `tab(?:let)?s?|cap(?:sule)?s?|patch|dose|each`;
const CONCENTRATION = `(${PART}(?:\\s*(?:[/+&-]|and)\\s*${PART})*)${BY}(${NUMBER})?\\s*(ml|cc|hr?|hour|${PIECE})(?![a-z])`;
const PERCENT = `(${NUMBER})\\s*%`;
const ALONE = `(${NUMBER}\\s*${MASS}(?:\\s*[/+&-]\\s*${NUMBER}\\s*${MASS})*)`;
/** A dose for a weight, or a volume: an amount of what is given and no strength. */
const PER_WEIGHT = `${NUMBER}(?:\\s*-\\s*${NUMBER})?\\s*(?:${MASS}|ml)${BY}kg(?:${BY}(?:hr?|hour|min|day))?(?![a-z])`;
const VOLUME = `${NUMBER}\\s*(?:ml|cc|l)(?![a-z])`;

/** Reads a drug's text: concentrations, percentages and the mass in one piece. */
export const readStrengths = (text: string): StrengthReading => read(text, true);

/** Reads the text of a dose: concentrations only, since a mass alone is there what was given. */
export const readDoseStrengths = (text: string): StrengthReading => read(text, false);

function read(text: string, aloneToo: boolean): StrengthReading {
  const stated = new Set<string>();
  const said: string[] = [];
  let unclear = false;
  let rest = text.normalize('NFKC').toLowerCase();
  const take = (pattern: string, key: (groups: readonly (string | undefined)[]) => string | null) => {
    rest = rest.replace(new RegExp(pattern, 'gu'), (whole: string, ...groups: (string | undefined)[]) => {
      const made = key(groups);
      if (made === null) unclear = true;
      else if (!stated.has(made)) {
        stated.add(made);
        said.push(asWritten(whole));
      }
      return ' ';
    });
  };
  rest = rest.replace(new RegExp(PER_WEIGHT, 'gu'), ' ');
  take(CONCENTRATION, ([parts = '', of, by = '']) => keyOf(parts, of, by));
  take(PERCENT, ([number = '']) => keyOf(`${number} g`, '100', 'ml'));
  rest = rest.replace(new RegExp(VOLUME, 'gu'), ' ');
  if (aloneToo) take(ALONE, ([parts = '']) => keyOf(parts, undefined, 'each'));
  const leftUnread = aloneToo ? /\d|%/ : /%|(?:\/|\bper\b)\s*(?:ml|cc)/;
  return { stated, said, unclear: unclear || leftUnread.test(rest), rest };
}

const asWritten = (text: string): string => text.trim().replace(/ml\b/g, 'mL');

/** Nanograms; international units are another kind of thing and keep their own name. */
const SCALE: Record<string, bigint> = { n: 1n, u: 1_000n, m: 1_000_000n, g: 1_000_000_000n };

/** `null` where no part says in what it is measured. Quantities are exact fractions: nothing is rounded. */
function keyOf(parts: string, of: string | undefined, by: string): string | null {
  const found = [...parts.matchAll(new RegExp(`(${NUMBER})\\s*(${MASS})?`, 'gu'))].filter(([all]) => all);
  const per = decimal(of?.trim() || '1');
  const last = found.at(-1)?.[2];
  if (last === undefined || per.top === 0n) return null;
  const amounts = found.map(([, number = '0', unit = last]) => {
    const { top, bottom } = decimal(number);
    const scale = SCALE[unit.replace('mcg', 'ug').replace(/[µμ]/, 'u').charAt(0)] ?? 1n;
    const international = /^(iu|unit)/.test(unit);
    return `${fraction(top * (international ? 1n : scale) * per.bottom, bottom * per.top)}${international ? ' iu' : ''}`;
  });
  const unit = /^(ml|cc)$/.test(by) ? '/mL' : /^h/.test(by) ? '/h' : ' each';
  return `${amounts.join('+')} ng${unit}`;
}

function decimal(text: string): { top: bigint; bottom: bigint } {
  const [whole = '', part = ''] = text.replaceAll(',', '').split('.');
  return { top: BigInt(`${whole}${part}` || '0'), bottom: 10n ** BigInt(part.length) };
}

function fraction(top: bigint, bottom: bigint): string {
  const divisor = commonDivisor(top, bottom) || 1n;
  return bottom / divisor === 1n ? String(top / divisor) : `${top / divisor}:${bottom / divisor}`;
}

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));

/** The same strengths, all of them and no other. */
export const sameStrengths = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));
