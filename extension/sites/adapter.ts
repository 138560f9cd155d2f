import type { SuggestedField } from '../../shared/protocol/page-text.ts';

/** What an adapter read, before anything is made of it: text as the page has it. */
export type RawSuggestions = Partial<Record<SuggestedField, string | null | undefined>>;

/** One practice-management system. The contract is in README.md beside this file. */
export type Adapter = {
  /** Kept in entries as `source.site`: lower case letters, digits, hyphens; never changed once released. */
  id: string;
  label: string;
  match: (url: URL) => boolean;
  /** The highest one that matches and detects is used. */
  priority: number;
  detect: (page: Document) => boolean;
  extract: (page: Document) => RawSuggestions;
  pillAnchor: (page: Document) => Element | null;
  noteField: (page: Document) => HTMLTextAreaElement | HTMLInputElement | null;
};

/** What an adapter gives for a page of the site catalogue in `test/sites`. */
export type Expected = { page: string; suggestions: Partial<Record<SuggestedField, string>> }[];

/** Text of an element, or `undefined`; form fields by what is in them. */
export function textOf(element: Element | null | undefined): string | undefined {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
  return element?.textContent ?? undefined;
}

/** The value beside each label in lists of `<dt><dd>` and `<th><td>`, by label in lower case; the first one wins. */
export function labelled(within: ParentNode, limit = 200): Map<string, string> {
  const found = new Map<string, string>();
  let looked = 0;
  for (const label of within.querySelectorAll('dt, th')) {
    looked += 1;
    if (looked > limit) break;
    const value = label.nextElementSibling;
    const name = (label.textContent ?? '').trim().toLowerCase().replace(/\s*:$/, '');
    if (!value?.matches('dd, td') || name === '' || name.length > 40 || found.has(name)) continue;
    found.set(name, (value.textContent ?? '').slice(0, 2000));
  }
  return found;
}

/** The first row of a table of treatments that names a drug: its drug and dose, by the heads of the columns. */
export function firstTreatment(table: Element | null): RawSuggestions {
  const heads = [...(table?.querySelectorAll('thead th') ?? [])].map((th) =>
    (th.textContent ?? '').trim().toLowerCase(),
  );
  const drug = heads.indexOf('drug');
  if (drug < 0) return {};
  for (const row of table?.querySelectorAll('tbody tr') ?? []) {
    const cells = row.querySelectorAll('td');
    const name = textOf(cells[drug]);
    if (name?.trim()) return { drug: name, dose: textOf(cells[heads.indexOf('dose')]) };
  }
  return {};
}
