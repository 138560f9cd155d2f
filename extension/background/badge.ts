/** The number of captures that wait, on the toolbar button; an exclamation mark when the ledger is not as remembered. */
export async function showBadge(waiting: number, alarm: boolean): Promise<void> {
  await chrome.action.setBadgeBackgroundColor({ color: alarm ? '#a3211a' : '#7a4d00' });
  await chrome.action.setBadgeText({ text: alarm ? '!' : waiting > 0 ? String(waiting) : '' });
  const title = alarm
    ? 'Countersign: the ledger is not the one that was last seen'
    : waiting > 0
      ? `Countersign: ${waiting} not in the ledger yet`
      : 'Open Countersign on this page';
  await chrome.action.setTitle({ title });
}
