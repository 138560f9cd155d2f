import * as v from 'valibot';
import { rememberedHead } from '../../shared/protocol/capture-schema.ts';
import type { RememberedHead } from '../../shared/protocol/ledger.ts';

/** The head that the background keeps. */
export async function rememberedHere(): Promise<RememberedHead | null> {
  const { head } = await chrome.storage.local.get('head');
  return v.is(rememberedHead, head) ? head : null;
}

/** Tells of every change of it. Gives back what ends the telling. */
export function onRemembered(heard: () => void): () => void {
  const listen = (changes: Record<string, chrome.storage.StorageChange>, area: string) => {
    if (area === 'local' && 'head' in changes) heard();
  };
  chrome.storage.onChanged.addListener(listen);
  return () => chrome.storage.onChanged.removeListener(listen);
}
