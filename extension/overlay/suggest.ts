import { readTypedQuantity } from '../../shared/domain/quantity.ts';
import type { ListedDrug, SiteReading } from '../../shared/protocol/overlay.ts';
import type { Suggestion } from '../../shared/ui/capture/Suggestions.tsx';

/** Where a value came from, as a person knows it: the site's name and host. */
export const fromWhere = (site: SiteReading): string => new URL(site.origin).host;

/** True for the same drug in the same dose. */
export const isSameDrug = (one: ListedDrug, other: ListedDrug): boolean =>
  one.drug === other.drug && one.dose === other.dose;

/** What the page says, with that drug of its list which a person has taken; as it is where the list has it no more. */
export function takingDrug<S extends SiteReading | null>(site: S, taken: ListedDrug | null | undefined): S {
  const listed = taken && site?.listed?.find((one) => isSameDrug(one, taken));
  if (!site || !listed) return site;
  const { drug: _drug, dose: _dose, ...suggestions } = site.suggestions;
  return { ...site, suggestions: { ...suggestions, ...listed } };
}

/** What the page says, as offers for the form's fields. A dose counts only when its unit is the one drawn in: mL. */
export function suggestionsOf(site: SiteReading | null): Suggestion[] {
  if (!site) return [];
  const { patient, species, owner, recordNumber, weight, dose } = site.suggestions;
  const from = fromWhere(site);
  const amount = millilitres(dose);
  const offers: { field: Suggestion['field']; value: string | undefined }[] = [
    { field: 'drawn', value: amount },
    { field: 'patient', value: patient },
    { field: 'species', value: species },
    { field: 'owner', value: owner },
    { field: 'recordNumber', value: recordNumber },
    // The form has no field for it, and it names nobody: in the note it stands beside the dose that it explains.
    { field: 'note', value: weight === undefined ? undefined : `Weight ${weight}` },
  ];
  return offers.flatMap(({ field, value }) => (value === undefined ? [] : [{ field, value, from }]));
}

function millilitres(dose: string | undefined): string | undefined {
  const number = dose?.match(/^([\d.]+)\s*mL\b/i)?.[1];
  const read = number === undefined ? null : readTypedQuantity(number);
  return read?.ok ? read.quantity : undefined;
}

/**
 * What an empty form is filled with. The note stays in the record for good, so nothing goes into it unless somebody
 * presses that by itself.
 */
export const fillingOf = (site: SiteReading): Record<string, string> =>
  Object.fromEntries(
    suggestionsOf(site).flatMap(({ field, value }) => (field === 'note' ? [] : [[field, value]])),
  );
