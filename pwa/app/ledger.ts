import { signal } from '@preact/signals';
import type { ChangeNotice, LedgerService, LedgerStatus } from '../../shared/protocol/ledger.ts';
import { startLedger } from '../../workers/ledger/client.ts';
import { askForPersistence, readPersistence } from '../platform/persistence.ts';

/** This page's own copy of the ledger worker. Every screen talks to it and to nothing else. */
export const ledger = startLedger();
export const service: LedgerService = ledger.service;

export type PageStatus = LedgerStatus | { state: 'opening' } | { state: 'failed'; message: string };
export const status = signal<PageStatus>({ state: 'opening' });

/** Goes up with every change that a tab, this one included, makes to the ledger; queries ask again. */
export const changes = signal(0);
export const settingsChanges = signal(0);
/** True when another tab has moved the database to a later version of the app. */
export const newerTab = signal(false);

/**
 * Opens the store, comparing it with the head that is remembered outside of it. `before` comes before anything of it
 * is shown.
 */
export async function openLedger(before: () => Promise<void>): Promise<void> {
  try {
    const opened = await service.open(null);
    if (opened.state === 'ready') await before();
    status.value = opened;
  } catch (error) {
    status.value = { state: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  await readPersistence(status.value.state === 'ready');
}

/** Asks again, for instance after the first record was written. */
export async function refreshStatus(): Promise<void> {
  status.value = await service.status();
  if (status.value.state === 'ready') void askForPersistence();
}

function onNotice(notice: ChangeNotice): void {
  switch (notice.kind) {
    case 'appended':
      onAppended(notice.seq, notice.hash);
      return;
    case 'drafts':
      changes.value += 1;
      return;
    case 'settings':
      settingsChanges.value += 1;
      return;
    case 'access':
    case 'awake':
      return;
    case 'newer-version':
      newerTab.value = true;
      return;
  }
}

function onAppended(seq: number, hash: string): void {
  const now = status.value;
  // Another tab has started the ledger that this one was about to start.
  if (now.state === 'empty') void refreshStatus();
  if (now.state === 'ready' && seq >= now.head.size) {
    status.value = { ...now, head: { size: seq + 1, hash } };
    void askForPersistence();
  }
  changes.value += 1;
}

ledger.onChange(onNotice);
