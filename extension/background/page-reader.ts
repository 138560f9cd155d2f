import {
  type NoteResult,
  parseNoteResult,
  parsePage,
  parseTamper,
  type SiteReading,
  type Tamper,
  type ToPage,
} from '../../shared/protocol/overlay.ts';
import { isUntried, keptSites } from '../sites/kept.ts';
import type { Desk } from './desk.ts';
import { choosePart, joinParts, noteHolder, type Part, putPart } from './parts.ts';
import { putOverlayScript } from './sites.ts';

/** Asks the content script of a document in a tab; `undefined` when there is none. Frame 0 is the page itself. */
export async function askPage(tab: number, message: ToPage, frameId = 0): Promise<unknown> {
  try {
    return await chrome.tabs.sendMessage(tab, message, { frameId });
  } catch {
    return undefined;
  }
}

/** Says something to every document of a tab. */
export async function sayPage(tab: number, message: ToPage): Promise<void> {
  try {
    await chrome.tabs.sendMessage(tab, message);
  } catch {
    // Nobody is there to hear it.
  }
}

/** Which definitions nobody has recorded by, as they are kept now. */
export async function trust(): Promise<(id: string) => boolean> {
  const kept = await keptSites();
  return (id) => isUntried(kept, id);
}

/** Reads every document of a tab anew that has something to say, and joins what they say. */
export async function readTab(desk: Desk, tab: number): Promise<SiteReading | null> {
  const { url, title } = await chrome.tabs.get(tab);
  if (!url?.startsWith('http')) return null;
  const { origin, href } = new URL(url);
  const known = (await desk.parts.read())[tab] ?? [];
  const page = { frame: 0, origin, address: href.replace(/[?#].*$/, '') };
  const all: Omit<Part, 'page'>[] = [page, ...known.filter(({ frame }) => frame !== 0)];
  let parts: readonly Part[] = known;
  for (const { frame, origin: from, address } of all) {
    const said = parsePage(await askPage(tab, { kind: 'read' }, frame));
    parts = await putPart(desk.parts, tab, { frame, origin: from, address, page: said });
  }
  const none = { reader: { id: 'none', label: 'This page' }, suggestions: {}, origin };
  return joinParts(parts, title, await trust()) ?? none;
}

/**
 * Reads a page as that of one of the patients that it shows, whom a person has chosen; `null` where that one is not there
 * any more.
 */
export async function choosePatient(
  desk: Desk,
  tab: number,
  choice: { patient: string; frame: number },
): Promise<SiteReading | null> {
  const known = ((await desk.parts.read())[tab] ?? []).find(({ frame }) => frame === choice.frame);
  const page = known && parsePage(await askPage(tab, { kind: 'read', patient: choice.patient }, known.frame));
  if (!known || page?.suggestions.patient !== choice.patient) return null;
  await putPart(desk.parts, tab, { ...known, page });
  const { title } = await chrome.tabs.get(tab);
  return joinParts(await choosePart(desk.parts, tab, known.frame), title, await trust());
}

/** A page whose script is held up says nothing: longer than this, in milliseconds, nobody waits for it. */
const LOOK_TAKES = 1_000;

/**
 * How the frame stands in the page of a tab, measured now by the content script; `disturbed` where it cannot say. What a
 * page says `later`, after nobody waited for it any more, is for whoever was told that.
 */
export async function lookAt(tab: number, later: (tamper: Tamper) => void): Promise<Tamper> {
  let waited = true;
  const patience = new Promise<null>((done) => setTimeout(() => done(null), LOOK_TAKES));
  const said = askPage(tab, { kind: 'look' }).then((answer) => {
    const tamper = parseTamper(answer) ?? 'disturbed';
    if (!waited) later(tamper);
    return tamper;
  });
  const tamper = await Promise.race([said, patience]);
  waited = false;
  return tamper ?? 'disturbed';
}

/**
 * Puts a line into the note field, wherever on the page it is. A page that has moved on to somebody else than whom the
 * record names gets nothing: a record in another patient's chart is worse than none.
 */
export async function putNote(
  desk: Desk,
  tab: number,
  line: { text: string; patient?: string },
): Promise<NoteResult> {
  const site = await readTab(desk, tab);
  const parts = (await desk.parts.read())[tab] ?? [];
  const holder = noteHolder(parts, site, line.patient);
  if (holder === 'other-patient') return holder;
  const frame = holder?.frame ?? 0;
  await putOverlayScript(tab, frame);
  const { text, patient } = line;
  const answer = await askPage(
    tab,
    { kind: 'put-note', text, ...(patient === undefined ? {} : { patient }) },
    frame,
  );
  return parseNoteResult(answer) ?? 'no-page';
}
