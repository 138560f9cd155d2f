import { type PickerSaid, parseFromPicker } from '../../../shared/protocol/picker.ts';
import { alive, say } from '../messages.ts';

/** Says something to the other documents of the page, or to the background. */
export const tell = (message: PickerSaid): Promise<unknown> => say({ kind: 'picker', message });

/** Hears what pickers in other documents say, for as long as the signal allows. */
export function onSaid(hear: (message: PickerSaid) => void, signal: AbortSignal): void {
  const listen = (message: unknown, sender: chrome.runtime.MessageSender) => {
    const heard =
      sender.id === chrome.runtime.id && sender.tab === undefined ? parseFromPicker(message) : null;
    if (heard) hear(heard.message);
    return false;
  };
  chrome.runtime.onMessage.addListener(listen);
  signal.addEventListener('abort', () => {
    if (alive()) chrome.runtime.onMessage.removeListener(listen);
  });
}
