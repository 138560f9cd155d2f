import { allowedPatterns } from '../app-access.ts';
import { SITES_KEY } from '../sites/kept.ts';
import { isOurs } from './alarm.ts';
import { Desk } from './desk.ts';
import { receive } from './frame-desk.ts';
import { selectedDrug } from './menus.ts';
import { hearPage } from './page-desk.ts';
import { keepPageDraft } from './page-draft.ts';
import { askPage, sayPage } from './page-reader.ts';
import { dropTab } from './parts.ts';
import { hearPicker } from './picker-desk.ts';
import { leaveForbiddenPages, registerSites, startOnOpenPages, toggleIn } from './sites.ts';
import { wish } from './wishes.ts';

/** Every listener is added in the first turn: the worker is started for an event and may be gone right after it. */
const desk = new Desk();

chrome.runtime.onConnect.addListener((port) => receive(desk, port));

chrome.runtime.onMessage.addListener((message: unknown, sender, reply) => {
  const answer = hearPage(desk, message, sender) ?? hearPicker(desk, message, sender);
  void answer?.then(reply, () => reply(null));
  return answer !== undefined;
});

/** Where no script can go, and on a page that hinders the form, the side panel can; it opens only within the press. */
function press(tab: chrome.tabs.Tab | undefined): void {
  if (tab?.id === undefined) return;
  const hindered = desk.hindered.has(tab.id);
  if (hindered || !tab.url?.startsWith('http')) void chrome.sidePanel.open({ tabId: tab.id });
  if (hindered) void askPage(tab.id, { kind: 'close' });
  else if (tab.url?.startsWith('http')) void toggleIn(tab.id, (id) => askPage(id, { kind: 'toggle' }));
}

chrome.action.onClicked.addListener(press);

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === 'open-overlay') press(tab);
  if (command === 'keep-draft' && tab?.id !== undefined) void keepDraft(tab);
});

/** A page that says nothing to be kept is one for somebody to look at. */
async function keepDraft(tab: chrome.tabs.Tab): Promise<void> {
  if (tab.id !== undefined && !(await keepPageDraft(desk, tab.id))) press(tab);
}

function record(info: chrome.contextMenus.OnClickData, tab?: chrome.tabs.Tab): void {
  const drug = selectedDrug(info);
  if (drug !== null && tab?.id !== undefined) void openWith(drug, tab);
}

/** Tells the form that is open in the tab, or opens one that is told. */
async function openWith(drug: string, tab: chrome.tabs.Tab): Promise<void> {
  const { id = -1 } = tab;
  if (desk.ports.has(id, 'over')) return desk.ports.over(id, { kind: 'drug', drug });
  await wish(desk.wishes, id, drug, Date.now());
  press(tab);
}

function look(alarm: chrome.alarms.Alarm): void {
  if (isOurs(alarm)) void desk.tick();
}

/** Listeners of what the browser is asked for later: it offers nothing of that before. Added twice they hear once. */
function hearWhatIsGranted(): void {
  chrome.alarms?.onAlarm.addListener(look);
  chrome.contextMenus?.onClicked.addListener(record);
}
hearWhatIsGranted();

chrome.permissions.onAdded.addListener(({ origins = [] }) => {
  hearWhatIsGranted();
  // The app's own origin comes this way too, and is no page to read.
  const added = async () => (await allowedPatterns()).filter((pattern) => origins.includes(pattern));
  void registerSites().then(async () => startOnOpenPages(await added()));
  void desk.accessChanged();
});
chrome.permissions.onRemoved.addListener(() => {
  void registerSites().then(() => leaveForbiddenPages((tab) => sayPage(tab, { kind: 'leave' })));
  void desk.accessChanged();
});
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && SITES_KEY in changes) void registerSites();
});
chrome.tabs.onRemoved.addListener((tab) => void dropTab(desk.parts, tab));

chrome.runtime.onInstalled.addListener(() => {
  // Content scripts share a process with the page: what the extension keeps is not for them.
  void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  // After an update the pages that are open hold the scripts of the version before, which reach nobody any more.
  void registerSites().then(async () => startOnOpenPages(await allowedPatterns()));
});
chrome.runtime.onStartup.addListener(() => {
  void desk.outboxChanged();
  void desk.countWork();
});

void desk.drain();
