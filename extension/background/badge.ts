import type { OpenWork } from '../../shared/protocol/recorded.ts';

/** What a badge says: a number, what it is of, and how much it presses. */
export type Badge = { text: string; title: string; color: string };

const PRESSING = '#a3211a';
const WAITING = '#7a4d00';

/**
 * The number on the toolbar button: what is not signed or not sent yet, here and in the ledger's own list, and what a
 * witness is still missing for. An exclamation mark when the ledger is not as remembered. Numbers only: whoever looks
 * over a shoulder learns of no drug and of nobody.
 */
export function badgeOf(held: readonly string[], work: OpenWork, alarm: boolean): Badge {
  if (alarm)
    return { text: '!', color: PRESSING, title: 'Countersign: the ledger is not the one that was last seen' };
  const drafts = new Set([...held, ...work.drafts]).size;
  const total = drafts + work.witnessPending;
  if (total === 0) return { text: '', color: WAITING, title: 'Open Countersign on this page' };
  const parts = [
    ...(drafts > 0 ? [`${drafts} not in the ledger yet`] : []),
    ...(work.witnessPending > 0
      ? [`${work.witnessPending} witness pending${work.overdue > 0 ? `, ${work.overdue} overdue` : ''}`]
      : []),
  ];
  return {
    text: total > 999 ? '999+' : String(total),
    color: work.overdue > 0 ? PRESSING : WAITING,
    title: `Countersign: ${parts.join('; ')}`,
  };
}

export async function showBadge({ text, color, title }: Badge): Promise<void> {
  await chrome.action.setBadgeBackgroundColor({ color });
  await chrome.action.setBadgeText({ text });
  await chrome.action.setTitle({ title });
}
