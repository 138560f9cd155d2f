import { ALARM, Desk } from './desk.ts';
import { receive } from './frame-desk.ts';
import { hearPage } from './page-desk.ts';
import { askPage } from './page-reader.ts';
import { registerSites, toggleIn } from './sites.ts';

/** Every listener is added in the first turn: the worker is started for an event and may be gone right after it. */
const desk = new Desk();

chrome.runtime.onConnect.addListener((port) => receive(desk, port));

chrome.runtime.onMessage.addListener((message: unknown, sender, reply) => {
  const answer = hearPage(desk, message, sender);
  void answer?.then(reply, () => reply(null));
  return answer !== undefined;
});

chrome.action.onClicked.addListener((tab) => {
  if (tab.id === undefined) return;
  // Where no script can go, the side panel can; it opens only within the press itself.
  if (!tab.url?.startsWith('http')) void chrome.sidePanel.open({ tabId: tab.id });
  else void toggleIn(tab.id, (id) => askPage(id, { kind: 'toggle' }));
});

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === 'open-overlay' && tab?.id !== undefined)
    void toggleIn(tab.id, (id) => askPage(id, { kind: 'toggle' }));
});

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void desk.tick();
});

chrome.permissions.onAdded.addListener(() => void registerSites());
chrome.permissions.onRemoved.addListener(() => void registerSites());

chrome.runtime.onInstalled.addListener(() => {
  // Content scripts share a process with the page: what the extension keeps is not for them.
  void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  void registerSites();
});
chrome.runtime.onStartup.addListener(() => void desk.outboxChanged());

void desk.drain();
