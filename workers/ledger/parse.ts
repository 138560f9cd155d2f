import * as v from 'valibot';
import { BODIES, type EntryType } from '../../shared/domain/entries.ts';
import type { ChangeNotice, RememberedHead } from '../../shared/protocol/ledger.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const entryType = v.custom<EntryType>((type) => typeof type === 'string' && Object.hasOwn(BODIES, type));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const notice = v.variant('kind', [
  v.object({ kind: v.literal('appended'), seq: count, hash, entryId: v.string(), type: entryType }),
  v.object({ kind: v.literal('drafts') }),
  v.object({ kind: v.literal('settings') }),
  v.object({ kind: v.literal('access'), state: v.picklist(['open', 'locked']) }),
  v.object({ kind: v.literal('awake') }),
  v.object({ kind: v.literal('newer-version') }),
]);

/** A notice from the channel, or `null` for what a tab of another version may say there. */
export function parseNotice(data: unknown): ChangeNotice | null {
  const result = v.safeParse(notice, data);
  return result.success ? result.output : null;
}

const remembered = v.object({ ledger: v.string(), size: v.pipe(count, v.minValue(1)), hash });

/** The head that the page kept, or `null` when it kept none. */
export function parseRemembered(text: string | null): RememberedHead | null {
  if (text === null) return null;
  try {
    const result = v.safeParse(remembered, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
