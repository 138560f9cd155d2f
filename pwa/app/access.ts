import { computed, signal } from '@preact/signals';
import type { ChangeNotice } from '../../shared/protocol/ledger.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import type { Access, SignedIn } from '../../shared/protocol/vault.ts';
import { watchIdle } from '../platform/idle.ts';
import { ledger, service } from './ledger.ts';

/** Who is signed in on this page. Signing an act asks for a PIN all the same; this is for what only a person may see. */
export const access = signal<Access>({ state: 'open' });

/** The session of whoever is signed in here, or `null`. */
export const session = computed(() => (access.value.state === 'signed-in' ? access.value.who.session : null));

/** Who is offered first as the one who acts: whoever is signed in, or else whoever acted last on this device. */
export async function suggestedPerson(): Promise<string | null> {
  const now = access.value;
  return now.state === 'signed-in' ? now.who.staff : service.setting('lastPerformer');
}

let watch: ReturnType<typeof watchIdle> | null = null;

function set(next: Access): void {
  watch?.stop();
  watch = null;
  access.value = next;
  if (next.state !== 'signed-in') return;
  watch = watchIdle(next.who.idleSeconds * 1000, {
    idle: () => void lock(),
    active: () => void stayAwake(),
  });
}

/** Asks the worker, once when the page opens: a page that was reloaded finds the lock that it left. */
export async function readAccess(): Promise<void> {
  set(await service.access());
}

export async function signIn(staff: string, pin: string): Promise<Outcome<SignedIn>> {
  const signed = await service.signIn(staff, pin);
  if (signed.ok) set({ state: 'signed-in', who: signed.value });
  return signed;
}

/** Covers this page at once, and every other one. */
export async function lock(): Promise<void> {
  const now = access.value;
  set({ state: 'locked', ...(now.state === 'signed-in' ? { by: now.who.staff } : {}) });
  await service.lock();
}

export async function signOut(): Promise<void> {
  set({ state: 'open' });
  await service.signOut();
}

/** The worker keeps the keys; where it has let go of them, the page is locked as well. */
async function stayAwake(): Promise<void> {
  if (!(await service.stayAwake()) && access.value.state === 'signed-in') await lock();
}

ledger.onChange((notice: ChangeNotice) => {
  if (notice.kind === 'awake') watch?.wake();
  if (notice.kind !== 'access') return;
  const now = access.value;
  const by = now.state === 'signed-in' ? now.who.staff : now.state === 'locked' ? now.by : undefined;
  set(notice.state === 'open' ? { state: 'open' } : { state: 'locked', ...(by === undefined ? {} : { by }) });
});
