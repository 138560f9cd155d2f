import { newId } from '../../shared/ledger/ids.ts';
import {
  accepted,
  type Call,
  declined,
  MALFORMED,
  parseAnswer,
  parseArguments,
  parseCall,
  type Reply,
} from '../../shared/protocol/bridge.ts';
import { done } from '../../shared/protocol/outcome.ts';
import { type FromFrame, parseFromFrame, type Tamper } from '../../shared/protocol/overlay.ts';
import { wakeEachMinute } from './alarm.ts';
import { rest, standBeside } from './beside.ts';
import type { Desk } from './desk.ts';
import { admitFrame, changeFrame, type Frame } from './frames.ts';
import { keepPageDraft } from './page-draft.ts';
import { askPage, choosePatient, lookAt, putNote, readTab } from './page-reader.ts';
import { startPicker } from './picker-desk.ts';
import { type Place, tell, type Visitor, visitorOf } from './ports.ts';
import { readTreatments } from './rows-reader.ts';
import { burnTicket } from './tickets.ts';
import { takeWish } from './wishes.ts';

/** Receives a capture frame. Until it has shown a good ticket, nothing that it says is heard. */
export function receive(desk: Desk, port: chrome.runtime.Port): void {
  const visitor = visitorOf(port);
  if (!visitor) return port.disconnect();
  let inside: Promise<boolean> | null = null;
  port.onMessage.addListener(async (message: unknown) => {
    const said = parseFromFrame(message);
    if (inside === null) {
      inside = said?.kind === 'enter' ? enter(desk, port, visitor, said.nonce) : Promise.resolve(false);
      if (await inside) return;
      tell(port, { kind: 'turned-away' });
      return port.disconnect();
    }
    if (!(await inside)) return;
    const call = parseCall(message);
    if (call) tell(port, await answer(desk, call));
    else if (said) await hear(desk, port, visitor, said);
  });
}

const UNFRAMED = { site: null, tamper: 'none' } as const;

async function enter(
  desk: Desk,
  port: chrome.runtime.Port,
  visitor: Visitor,
  nonce: string | null,
): Promise<boolean> {
  const frame = visitor.stands === 'over' ? await knownFrame(desk, visitor, nonce) : UNFRAMED;
  if (!frame) return false;
  const place: Place = visitor.stands === 'beside' ? { ...visitor, tab: null } : visitor;
  const tab = place.stands === 'over' ? place.tab : null;
  desk.ports.add(port, place, (left) => place.stands === 'beside' && rest(desk, left));
  await wakeEachMinute();
  tell(port, {
    kind: 'welcome',
    tab,
    site: frame.site,
    tamper: frame.tamper,
    link: desk.linkState,
    alarm: desk.alarm,
    waiting: await desk.outbox.waiting().catch(() => []),
  });
  const drug = tab === null ? null : await takeWish(desk.wishes, tab, Date.now());
  if (drug !== null) tell(port, { kind: 'drug', drug });
  // What the page's watch said before this frame was known, nobody has heard.
  if (tab !== null) void lookAt(tab, standing(port)).then(standing(port));
  void desk.link.state().then((link) => {
    tell(port, { kind: 'link', link });
    // Whoever opens the form is told before they type.
    return desk.lookAtHead();
  });
  return true;
}

/** A frame that was here before the worker died comes back by its document id; a new one shows its ticket. */
async function knownFrame(
  desk: Desk,
  { tab, document }: Extract<Visitor, { stands: 'over' }>,
  nonce: string | null,
): Promise<Frame | null> {
  const known = (await desk.frames.read())[document];
  if (known) return known.tab === tab ? known : null;
  const ticket = nonce === null ? null : await burnTicket(desk.tickets, nonce, tab, Date.now());
  if (!ticket) return null;
  const frame: Frame = { tab, site: ticket.site, tamper: 'none' };
  await admitFrame(desk.frames, document, frame);
  return frame;
}

async function hear(
  desk: Desk,
  port: chrome.runtime.Port,
  { stands }: Visitor,
  said: FromFrame,
): Promise<void> {
  const tab = desk.ports.tabOf(port);
  const over = stands === 'over';
  switch (said.kind) {
    case 'enter':
      return;
    case 'ping':
      return tell(port, {
        kind: 'pong',
        tamper: over && tab !== null ? await lookAt(tab, standing(port)) : 'none',
      });
    case 'beside':
      return stands === 'beside' ? standBeside(desk, port, said.tab) : undefined;
    case 'read-page': {
      const site = tab === null ? null : await readTab(desk, tab);
      if (tab !== null) await changeFrame(desk.frames, tab, { site });
      return tell(port, { kind: 'site', site });
    }
    case 'choose-patient': {
      if (tab === null) return;
      const site = (await choosePatient(desk, tab, said)) ?? (await readTab(desk, tab));
      await changeFrame(desk.frames, tab, { site });
      return desk.ports.about(tab, { kind: 'site', site });
    }
    case 'keep-draft':
      return tell(port, {
        kind: 'draft-kept',
        kept: tab !== null && (await keepPageDraft(desk, tab, said.taken)),
      });
    case 'read-rows': {
      // Whose they are is said first, as the page has it now.
      if (tab !== null) tell(port, { kind: 'site', site: await readTab(desk, tab) });
      return tell(port, { kind: 'rows', read: tab === null ? null : await readTreatments(desk, tab) });
    }
    case 'put-note':
      return tell(port, {
        kind: 'note',
        result: tab === null ? 'no-page' : await putNote(desk, tab, said),
      });
    case 'set-up':
      if (tab === null) return;
      if (over) await askPage(tab, { kind: 'close' });
      await startPicker(desk, tab);
      return;
    case 'close':
      if (over && tab !== null) await askPage(tab, { kind: 'close' });
      return;
    case 'try-again':
      await desk.link.tryAgain();
      return;
    case 'accept-ledger':
      // Only from a window of its own: a page must not be able to steer a click to it.
      if (!over) await desk.acceptLedger();
      return;
  }
}

/** Tells a frame how it stands in the page. */
const standing =
  (port: chrome.runtime.Port) =>
  (tamper: Tamper): void =>
    tell(port, { kind: 'tamper', tamper });

/** Answers a call: drafts and signed entries go through the outbox, everything else straight to the ledger. */
async function answer(desk: Desk, call: Call): Promise<Reply> {
  if (parseArguments(call.method, call.args) === null) return declined(call.id, MALFORMED);
  try {
    return await answerBy(desk, call);
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    return declined(call.id, { code: full ? 'quota' : 'not-written', message: NOT_KEPT });
  }
}

/**
 * Nothing else throws than the outbox, and what was typed is nowhere but in the form then. A disk without room has no name
 * of its own among the errors of the browser.
 */
const NOT_KEPT =
  'The browser could not write it down, most often because this computer has no room left. Nothing was kept and nothing was sent. Leave this form open, make room, then press again.';

async function answerBy(desk: Desk, call: Call): Promise<Reply> {
  const { outbox } = desk;
  const wanted = () => desk.ports.size > 0;
  switch (call.method) {
    // A draft needs an id before the ledger is asked for anything: what is typed is kept whether it answers or not.
    case 'newId':
      return accepted(call.id, newId(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
    case 'saveDraft': {
      const args = parseArguments('saveDraft', call.args);
      if (!args) return declined(call.id, MALFORMED);
      await outbox.saveDraft(args[0]);
      void desk.courier.tellDrafts();
      return accepted(call.id, done(undefined));
    }
    case 'append': {
      const args = parseArguments('append', call.args);
      if (!args) return declined(call.id, MALFORMED);
      const outcome = await desk.courier.append(args[0]);
      if (!outcome.ok) void desk.drainSoon();
      return accepted(call.id, outcome);
    }
    case 'dropDraft': {
      const args = parseArguments('dropDraft', call.args);
      if (!args) return declined(call.id, MALFORMED);
      await outbox.drop(args[0]);
      await desk.link.callAgain('dropDraft', args, wanted);
      return accepted(call.id, undefined);
    }
    case 'drafts': {
      const own = await outbox.drafts();
      const reply = await desk.link.callAgain('drafts', [], wanted);
      const theirs = reply.ok ? parseAnswer('drafts', reply.value) : null;
      const more = theirs?.ok ? theirs.value.filter((d) => !own.some((o) => o.entryId === d.entryId)) : [];
      return accepted(call.id, [...own, ...more]);
    }
    default: {
      const reply = await desk.link.callAgain(call.method, call.args, wanted);
      return { ...reply, id: call.id };
    }
  }
}
