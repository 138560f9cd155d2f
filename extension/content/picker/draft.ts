import type { Pick, SiteDraft, Step } from '../../../shared/protocol/picker.ts';
import type { RowsDefinition, SiteDefinition } from '../../../shared/protocol/site.ts';
import { routeOf } from '../../sites/locate.ts';
import { COLUMN } from './pick.ts';
import { pathFor } from './stable.ts';

type Fields = SiteDefinition['fields'];
const FIELD: { [S in Step]?: keyof Fields } = {
  patient: 'patient',
  species: 'species',
  owner: 'owner',
  weight: 'weight',
  recordNumber: 'recordNumber',
  drug: 'drug',
  dose: 'dose',
};

/** The site that was pointed at, as data. `address` is that of the page; what was read on it becomes a star in its path. */
export function draftOf(picks: readonly Pick[], address: string): SiteDraft {
  const fields: Fields = {};
  const columns: RowsDefinition['columns'] = {};
  let note: SiteDefinition['note'];
  let list: Extract<Pick, { as: 'column' }> | undefined;
  for (const pick of picks) {
    const field = FIELD[pick.step];
    const column = COLUMN[pick.step];
    if (pick.as === 'column' && column) {
      columns[column] = pick.column;
      list ??= pick;
    } else if (pick.as === 'field' && pick.step === 'note') note = pick.locators;
    else if (pick.as === 'field' && field) fields[field] = pick.locators;
  }
  const said = picks.map(({ text }) => text).filter((text) => text.length > 1);
  return {
    path: pathFor(routeOf(new URL(address)), said),
    fields,
    ...(note ? { note } : {}),
    ...(list && columns.drug ? { rows: { ...list.place, columns } } : {}),
  };
}
