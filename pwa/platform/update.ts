/// <reference types="vite-plugin-pwa/client" />

import { registerSW } from 'virtual:pwa-register';
import { signal } from '@preact/signals';

/** True when a later version of the app is waiting. It takes over only when a person says so. */
export const updateWaiting = signal(false);
/** True when everything that is needed without a network is on this device. */
export const offlineReady = signal(false);

let apply: ((reload?: boolean) => Promise<void>) | null = null;

/** Registers the service worker. Not in development, where there is none. */
export function watchForUpdates(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  apply = registerSW({
    onNeedRefresh: () => {
      updateWaiting.value = true;
    },
    onOfflineReady: () => {
      offlineReady.value = true;
    },
    // Another tab's press reloads no form here: the bar stays, and this page is reloaded by its own.
    onNeedReload: () => undefined,
  });
  void navigator.serviceWorker.ready.then(() => {
    offlineReady.value = true;
  });
}

/** Lets the waiting version take over, where another tab has not done so, and reloads this page into it. */
export async function applyUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.waiting) {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  await apply?.();
}
