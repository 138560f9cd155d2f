import type { RecordDetail } from '../../../shared/protocol/views.ts';

/** The record's text, indented for reading, with the ids of other records and of containers as links. */

export type PrettyLine = {
  text: string;
  link?: { before: string; id: string; after: string; to: 'ledger' | 'vials' };
};

const RECORDS = ['entry', 'draw', 'count', 'recounts'];
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const MEMBER = new RegExp(`^(\\s*"([a-z]+)": ")(${UUID})(",?)$`);

/** Lines of the indented text. Text that is not JSON stays as it is: a record may have been tampered with. */
export function prettyLines(line: string): PrettyLine[] {
  return indented(line).map((text) => {
    const [, before, member, id, after] = MEMBER.exec(text) ?? [];
    if (before === undefined || id === undefined || after === undefined) return { text };
    if (RECORDS.includes(member ?? '')) return { text, link: { before, id, after, to: 'ledger' } };
    return member === 'container' ? { text, link: { before, id, after, to: 'vials' } } : { text };
  });
}

function indented(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return JSON.stringify(value, null, 2).split('\n');
  } catch {
    return [line];
  }
}

/** How long after the act it was recorded, where that is worth saying: from five minutes on. */
export function lateBy({ at, recorded }: Pick<RecordDetail['row'], 'at' | 'recorded'>): string | undefined {
  const minutes = Math.floor((Date.parse(recorded) - Date.parse(at)) / 60_000);
  if (minutes < 5) return undefined;
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
