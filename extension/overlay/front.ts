/**
 * Tells which tab is in front in the window that this form stands beside: now, as another one comes there, and as its
 * page has loaded. A form that has a tab to itself is not about its own.
 */
export async function followFront(tell: (tab: number) => void): Promise<void> {
  const [own, here] = await Promise.all([chrome.tabs.getCurrent(), chrome.windows.getCurrent()]);
  let front: number | null = null;
  const come = (tab: number | undefined) => {
    if (tab === undefined || tab === own?.id) return;
    front = tab;
    tell(tab);
  };
  chrome.tabs.onActivated.addListener(({ tabId, windowId }) => {
    if (windowId === here.id) come(tabId);
  });
  chrome.tabs.onUpdated.addListener((tab, { status }) => {
    if (status === 'complete' && tab === front) tell(tab);
  });
  const [first] = await chrome.tabs.query({ active: true, currentWindow: true });
  come(first?.id);
}
