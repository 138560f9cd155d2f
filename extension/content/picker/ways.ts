import type { Locator } from '../../../shared/protocol/site.ts';
import { labelText } from '../../sites/text.ts';
import type { Around } from './around.ts';

/** The main way and two fallbacks. */
const AT_MOST = 3;
/** Parts of the page tried for one more way: each is tried out on the page. */
const MOST_SCOPES = 8;

/** `fits`: it leads to the element and to no other. `durable`: it holds nothing that is this patient's alone. */
export type Test = { fits: (locator: Locator) => boolean; durable: (part: object) => boolean };

/**
 * Up to three ways back to an element, the best first. What hangs on the same thing falls together, so there is one of
 * each first: a name, a label, a class, a heading, the address. What is missing is made up by other ways of the same kind,
 * and by the same in another part of the page, which lead on when the page gets a second one of its name. Never by where
 * it stands: one patient has a weight where the next has the number of a chip.
 */
export function waysOf(bases: readonly Locator[], where: Around, test: Test): Locator[] {
  const durable = bases.filter(test.durable);
  const found: Locator[] = [];
  const take = (ways: Iterable<Locator>) => {
    for (const way of ways) {
      if (found.length < AT_MOST && !found.some((one) => same(one, way)) && test.fits(way)) {
        found.push(way);
        return;
      }
    }
  };
  for (const base of durable)
    if (!found.some((one) => hangsOn(one) === hangsOn(base))) take(placed(base, where, test));
  for (const base of durable)
    if (!found.some((one) => same(bare(one), bare(base)))) take(placed(base, where, test));
  for (const base of durable) for (const way of elsewhere(base, where, test)) take([way]);
  return found;
}

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
const bare = ({ frame: _frame, ...locator }: Locator): object => ({ ...locator, within: 0, hosts: 0 });

/** What has to stay as it is for a way to lead anywhere. */
function hangsOn(locator: Locator): string {
  switch (locator.by) {
    case 'attribute':
      return /^(title|aria-label)$/.test(locator.name) ? `text ${labelText(locator.value)}` : 'name';
    case 'label':
    case 'term':
    case 'beside':
      return `text ${labelText(locator.texts[0] ?? '')}`;
    case 'cell':
      return `text ${labelText(locator.column)}`;
    case 'role':
      return locator.name === undefined ? 'role' : `text ${labelText(locator.name)}`;
    case 'query':
    case 'path':
      return 'address';
    default:
      return locator.by;
  }
}

/** On the page as it is; else within the nearest named part of it. */
function* placed(base: Locator, where: Around, test: Test): Generator<Locator> {
  yield standing(base, where);
  yield* within(base, where, test);
}

/** The same within other parts of the page, those of another kind first. */
function elsewhere(base: Locator, where: Around, test: Test): Locator[] {
  const all = [...within(base, where, test)].slice(0, MOST_SCOPES);
  const kinds = new Set<string>();
  const kindOf = (way: Locator) => ('within' in way && way.within ? way.within.by : '');
  const first = all.filter((way) => !kinds.has(kindOf(way)) && kinds.add(kindOf(way)));
  return [...first, ...all.filter((way) => !first.includes(way))];
}

function* within(base: Locator, where: Around, test: Test): Generator<Locator> {
  if (base.by === 'path' || base.by === 'query') return;
  for (const scope of where.scopes)
    if (test.durable(scope)) yield standing({ ...base, within: scope }, where);
}

/** In its frame, and in the open shadow roots around it. */
const standing = (base: Locator, { frame, hosts }: Around): Locator => ({
  ...base,
  ...(frame ? { frame } : {}),
  ...(hosts && base.by !== 'path' && base.by !== 'query' ? { hosts } : {}),
});
