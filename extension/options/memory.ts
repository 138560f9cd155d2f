import * as v from 'valibot';
import { rememberedHead } from '../../shared/protocol/capture-schema.ts';
import type { RememberedHead } from '../../shared/protocol/ledger.ts';

/** The head that the background keeps. */
export async function rememberedHere(): Promise<RememberedHead | null> {
  const { head } = await chrome.storage.local.get('head');
  return v.is(rememberedHead, head) ? head : null;
}
