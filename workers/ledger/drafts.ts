import * as v from 'valibot';
import { fromUtf8, utf8 } from '../../shared/ledger/bytes.ts';
import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { type Context, deviceRow } from './context.ts';

/** Captures that nobody has signed yet, encrypted under the device's own key: a draft may name a patient. */

const draftSchema = v.strictObject({
  entryId: v.string(),
  type: v.picklist(['draw', 'waste']),
  startedAt: v.string(),
  door: v.picklist(['pwa', 'overlay']),
  site: v.exactOptional(v.string()),
  form: v.record(v.string(), v.string()),
});

/** Members that must never be stored, however a form calls them. */
const SECRET = /pin|pass/i;

export async function saveDraft({ db, announce }: Context, draft: CaptureDraft): Promise<Outcome<void>> {
  const parsed = v.safeParse(draftSchema, draft);
  if (!parsed.success) return refused('malformed', 'The draft is not one that this version knows.');
  const device = await deviceRow(db);
  if (!device) return refused('not-started', 'Start a ledger first.');
  const form = Object.fromEntries(Object.entries(draft.form).filter(([name]) => !SECRET.test(name)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(draft.entryId) };
  const plain = utf8(JSON.stringify({ ...parsed.output, form }));
  const data = new Uint8Array(await crypto.subtle.encrypt(algorithm, device.draftKey, plain));
  const { entryId, startedAt } = draft;
  await db.transaction('rw', db.drafts, () => db.drafts.put({ entryId, startedAt, iv, data }));
  announce({ kind: 'drafts' });
  return done(undefined);
}

/** The drafts, oldest first. One that this device can no longer read is left out, and kept. */
export async function readDrafts({ db }: Context): Promise<CaptureDraft[]> {
  const [device, rows] = await Promise.all([deviceRow(db), db.drafts.toArray()]);
  if (!device) return [];
  const found = await Promise.all(
    rows.map(async ({ entryId, iv, data }) => {
      const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(entryId) };
      const plain = await crypto.subtle.decrypt(algorithm, device.draftKey, data).catch(() => null);
      const parsed = plain && v.safeParse(draftSchema, JSON.parse(fromUtf8(new Uint8Array(plain))));
      return parsed?.success ? [parsed.output] : [];
    }),
  );
  return found.flat().sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

export async function dropDraft({ db, announce }: Context, entryId: string): Promise<void> {
  await db.drafts.delete(entryId);
  announce({ kind: 'drafts' });
}
