import type { DomainEntry } from '../../../shared/domain/entries.ts';
import type { WitnessRequest } from '../../../shared/protocol/witness-code.ts';
import { shortHash } from '../../../shared/ui/format.ts';
import { CAUSES, CLOSING_REASONS, TYPE_NAMES } from '../ledger/names.ts';

/** What a phone shows of an entry before somebody signs for it: every member that has a meaning to people. */

const LABELS: Readonly<Record<string, string>> = {
  quantity: 'Amount',
  drawn: 'Drawn',
  given: 'Given',
  leftover: 'Left over',
  adjustment: 'Change of the book',
  change: 'Change of the book',
  cause: 'Cause',
  reason: 'Reason',
  note: 'Note',
};
const AMOUNTS = ['quantity', 'drawn', 'given', 'leftover', 'adjustment', 'change'];

export type Fact = { readonly label: string; readonly text: string };
export type Asked = { readonly title: string; readonly facts: readonly Fact[] };

/** The request in words: the act, then amount and reason as they will be signed, then what the asking screen calls them. */
export function askedOf({ entry, names }: WitnessRequest): Asked {
  return {
    title: TYPE_NAMES[entry.type],
    facts: [...reversedBy(entry), ...factsOf(entry), ...namesOf(names)],
  };
}

/** By the hash that the asking screen shows too: two entries may have the same amount. */
const reversedBy = (entry: DomainEntry): Fact[] =>
  entry.type === 'reversal' ? [{ label: 'Reverses the record', text: shortHash(entry.body.record) }] : [];

/** What the log holds as a code of a list, in words. What somebody wrote stays as it was written. */
function wordsOf(entry: DomainEntry): Readonly<Record<string, string>> {
  if (entry.type === 'container.closed') return { reason: CLOSING_REASONS[entry.body.reason] };
  return entry.type === 'discrepancy.resolved' ? { cause: CAUSES[entry.body.cause] } : {};
}

function factsOf(entry: DomainEntry): Fact[] {
  const { body } = entry;
  const words = wordsOf(entry);
  const unit = unitOf(body);
  const effect = 'effect' in body ? Object.entries(body.effect) : [];
  return [...Object.entries(body), ...effect].flatMap(([member, value]): Fact[] => {
    const label = LABELS[member];
    if (label === undefined || typeof value !== 'string') return [];
    return [{ label, text: AMOUNTS.includes(member) ? `${value} ${unit}` : (words[member] ?? value) }];
  });
}

function unitOf(body: DomainEntry['body']): string {
  if ('unit' in body && typeof body.unit === 'string') return body.unit;
  return 'effect' in body ? body.effect.unit : '';
}

const namesOf = ({ drug, container, performer }: WitnessRequest['names']): Fact[] => [
  { label: 'Drug', text: drug },
  { label: 'Container', text: container },
  { label: 'Done by', text: performer },
];
