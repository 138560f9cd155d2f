/** Telling names that a person has given from those that a build or a run has made up. */

/** What a practice-management system calls things by. A class counts only with one of these in it. */
const WORDS =
  /name|patient|animal|pet|species|breed|owner|client|guardian|weight|chart|record|mrn|number|drug|medic|product|item|treatment|dose|qty|quantity|amount|note|comment|plan|address|presc|order|unit|visit|fact|info|detail|summary|banner|head/i;

const MADE_UP = [
  /\d{3}/,
  /^:|:$|[«»]/,
  /^(ember|ext-|yui|jss|css-|sc-|mui-|radix|headlessui|react-|svelte-|astro-|data-v-|chakra-|mat-|cdk-|ng-|gwt-|isc_|rc[-_]|v-\d)/i,
  /__BVID__/,
  /[0-9a-f]{8}/i,
];

/** True where a name would be the same tomorrow, for another patient and after the next release. */
export function looksStable(name: string): boolean {
  if (name.length < 2 || name.length > 60 || !/^[A-Za-z][\w:.[\]-]*$/.test(name)) return false;
  if (MADE_UP.some((pattern) => pattern.test(name))) return false;
  return name
    .split(/[-_:.[\]]+/)
    .filter((token) => token !== '')
    .every(sayable);
}

/** A part of a name that could be a word or an abbreviation: `patientName` is, `bdVaJa`, `x7f3q` and `kzqwtp` are not. */
function sayable(token: string): boolean {
  if (token.length < 4) return !/\d\D+\d/.test(token);
  if (/[A-Za-z]\d+[A-Za-z]|^\d+[A-Za-z]|[A-Za-z]\d{2}/.test(token)) return false;
  const letters = token.replace(/\d+$/, '');
  const humps = letters.split(/(?=[A-Z])/).filter((hump) => hump !== '');
  if (humps.length > 1 && letters.length / humps.length < 2.6 && !/^[A-Z]+$/.test(letters)) return false;
  if (/[^aeiouyAEIOUY\d]{6}/.test(letters)) return false;
  return letters.length < 5 || /[aeiouyAEIOUY]/.test(letters);
}

/** A class that says what stands there: a build that adds something of its own adds it behind an underscore. */
export const looksChosen = (name: string): boolean =>
  /^[a-zA-Z]+([-_]{1,2}[a-zA-Z]+){0,6}$/.test(name) &&
  looksStable(name) &&
  name.split(/_+/).every((part) => WORDS.test(part));

/** Text that stands beside a value and says what it is, for every patient the same. */
export function looksLikeLabel(text: string): boolean {
  const plain = text.replace(/[\s:：*]+$/, '');
  if (plain.length < 2 || plain.length > 40 || /\d{2}/.test(plain)) return false;
  return (
    /[:：]\s*$/.test(text) || (WORDS.test(plain) && plain.split(/\s+/).length <= 4) || LABELS.test(plain)
  );
}
const LABELS =
  /^(id|no\.?|#|wt\.?|sex|age|dob|by|kg|rx|date|time|given|strength|route|code|type|kind|external id|file)$/i;

/** A path as every patient's: parts that are numbers, or what was read on the page, become stars. */
export function pathFor(route: string, values: readonly string[]): string {
  const parts = route.split('/').map((part) => {
    const plain = decoded(part);
    const ofOne = /\d/.test(part) || part.length > 30 || values.includes(plain);
    return part !== '' && ofOne ? '*' : part.replace(/[\s*]/g, '');
  });
  const path = parts.join('/');
  return (path.match(/\*/g) ?? []).length > 4 ? `${path.split('*')[0]}**` : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
