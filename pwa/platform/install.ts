import { signal } from '@preact/signals';

type InstallEvent = Event & { prompt: () => Promise<unknown> };

const isInstallEvent = (event: Event): event is InstallEvent =>
  'prompt' in event && typeof event.prompt === 'function';

let held: InstallEvent | null = null;
/** True while the browser would install the app if asked. */
export const installable = signal(false);

addEventListener('beforeinstallprompt', (event) => {
  if (!isInstallEvent(event)) return;
  event.preventDefault();
  held = event;
  installable.value = true;
});
addEventListener('appinstalled', () => {
  held = null;
  installable.value = false;
});

/** Shows the browser's own question. Only in answer to a press. */
export async function install(): Promise<void> {
  const event = held;
  held = null;
  installable.value = false;
  await event?.prompt();
}
