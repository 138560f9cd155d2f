import { signal } from '@preact/signals';

/** `granted`: the browser keeps the ledger until a person deletes it. `refused`: it may be cleared when space is short. */
export type Persistence = 'unknown' | 'granted' | 'refused' | 'unsupported';

export const persistence = signal<Persistence>('unknown');
let asked = false;

/** What holds now, without asking for anything. `inUse` once there are records: then no promise is a refusal. */
export async function readPersistence(inUse: boolean): Promise<void> {
  if (!navigator.storage?.persisted) {
    persistence.value = 'unsupported';
    return;
  }
  if (await navigator.storage.persisted()) persistence.value = 'granted';
  else if (inUse) persistence.value = 'refused';
}

/** Asks once a page, after the first append: browsers grant it more readily to what is used. */
export async function askForPersistence(): Promise<void> {
  if (asked || persistence.value === 'granted' || persistence.value === 'unsupported') return;
  asked = true;
  persistence.value = (await navigator.storage.persist()) ? 'granted' : 'refused';
}

/** For the button beside a refusal. */
export async function askAgain(): Promise<void> {
  asked = false;
  await askForPersistence();
}

/** Bytes used and allowed, where the browser says. */
export async function storageEstimate(): Promise<{ usage: number; quota: number } | null> {
  const estimate = await navigator.storage?.estimate?.();
  return estimate?.usage !== undefined && estimate.quota !== undefined
    ? { usage: estimate.usage, quota: estimate.quota }
    : null;
}
