import * as v from 'valibot';
import {
  type PickerSaid,
  parseFromPicker,
  type Saved,
  type SiteDraft,
} from '../../shared/protocol/picker.ts';
import { siteDefinition } from '../../shared/protocol/site.ts';
import pickerScript from '../content/picker.iife.ts?script';
import { allSites, changeKept, freeId, keptSites, patternsOf, withSite } from '../sites/kept.ts';
import type { Desk } from './desk.ts';
import { speakerOf } from './page-desk.ts';
import { putScript } from './sites.ts';

/** Puts the field picker into a tab and its frames. False where the browser allows no script. */
export async function startPicker(desk: Desk, tab: number): Promise<boolean> {
  await desk.picking.change((tabs) => ({
    next: [...tabs.filter((one) => one !== tab), tab],
    result: undefined,
  }));
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab, allFrames: true }, files: [pickerScript] });
    return true;
  } catch {
    return false;
  }
}

/**
 * Carries what pickers say between the documents of one page, and keeps the site that was pointed at. Nobody is heard
 * in a tab where no picker was started.
 */
export function hearPicker(
  desk: Desk,
  message: unknown,
  sender: chrome.runtime.MessageSender,
): Promise<unknown> | undefined {
  const speaker = speakerOf(sender);
  const said = speaker ? parseFromPicker(message)?.message : null;
  return speaker && said ? carry(desk, said, speaker.tabId, speaker.frame, speaker.url) : undefined;
}

async function carry(
  desk: Desk,
  said: PickerSaid,
  tab: number,
  frame: number,
  url: string,
): Promise<unknown> {
  if (!(await desk.picking.read()).includes(tab)) return null;
  if (frame !== 0) {
    if (said.said === 'at' || said.said === 'took' || said.said === 'here' || said.said === 'leave')
      await pass(tab, said, 0);
    return null;
  }
  switch (said.said) {
    case 'step':
      await pass(tab, said);
      return null;
    case 'leave':
      await desk.picking.change((tabs) => ({ next: tabs.filter((one) => one !== tab), result: undefined }));
      await pass(tab, said);
      // What reads the page starts anew, with the site as it is now.
      await putScript(tab, true);
      return null;
    case 'save':
      return keep(said.draft, url);
    default:
      return null;
  }
}

/** To the page itself, or to all its documents: the one that said it takes no notice. */
async function pass(tab: number, message: PickerSaid, frameId?: number): Promise<void> {
  try {
    await chrome.tabs.sendMessage(tab, { kind: 'picker', message }, frameId === undefined ? {} : { frameId });
  } catch {
    // That document has gone.
  }
}

/** Keeps a site that was pointed at; one of the clinic's own for the same pages makes way for it. */
async function keep(draft: SiteDraft, url: string): Promise<Saved> {
  const { origin, host } = new URL(url);
  const kept = await keptSites();
  const before = kept.own.find(({ match }) =>
    match.some((one) => one.origin === origin && one.path === draft.path),
  );
  const { path, ...parts } = draft;
  const id =
    before?.id ??
    freeId(
      host,
      allSites(kept).map((site) => site.id),
    );
  const frames = [...new Set(frameOrigins(draft).filter((one) => one !== origin))];
  const read = v.safeParse(siteDefinition, {
    format: 'countersign-site-1',
    id,
    label: before?.label ?? `${host}${path}`.slice(0, 60),
    version: (before?.version ?? 0) + 1,
    tested: false,
    match: [{ origin, path }],
    ...(frames.length > 0 ? { frames } : {}),
    ...parts,
  });
  if (!read.success)
    return {
      saved: false,
      message: `${v.getDotPath(read.issues[0]) ?? 'the site'}: ${read.issues[0].message}`,
    };
  const written = await changeKept((now) => withSite(now, read.output));
  if (!written.ok) return { saved: false, message: written.refusal.message };
  const allowed = await chrome.permissions.contains({ origins: patternsOf(read.output) });
  // Only a page of the extension can ask for an origin, and only when it is pressed there.
  if (!allowed)
    await chrome.tabs.create({ url: chrome.runtime.getURL(`extension/options/index.html#allow=${id}`) });
  return { saved: true, label: read.output.label, allowed };
}

/** Origins of the frames that a draft reads by their address. */
function frameOrigins({ fields, note, rows }: SiteDraft): string[] {
  const all = [...Object.values(fields), note ?? [], rows?.container ?? []].flat();
  return all.flatMap((locator) => {
    const origin = /^https?:\/\/[^/*]+/.exec(locator?.frame?.address ?? '')?.[0];
    return origin ? [origin] : [];
  });
}
