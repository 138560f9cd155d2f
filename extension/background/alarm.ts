const ALARM = 'countersign-drain';

/*
 * The browser offers an API whose permission it has not been asked for yet in no form at all. Before that there is no
 * ledger to reach, so nothing that would have to be looked at again.
 */

/** Has the background look each minute at what is open or waits. */
export async function wakeEachMinute(): Promise<void> {
  await chrome.alarms?.create(ALARM, { periodInMinutes: 1 });
}

export async function sleepOn(): Promise<void> {
  await chrome.alarms?.clear(ALARM);
}

export const isOurs = ({ name }: chrome.alarms.Alarm): boolean => name === ALARM;
