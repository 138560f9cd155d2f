import type { LedgerService } from './ledger.ts';

/**
 * The part of the ledger that a capture form needs. In the PWA it is the worker itself; in the extension's
 * overlay the same calls travel through the background, the offscreen document and the bridge.
 */
export type CapturePort = Pick<
  LedgerService,
  | 'status'
  | 'head'
  | 'newId'
  | 'check'
  | 'factorsFor'
  | 'sign'
  | 'append'
  | 'receipt'
  | 'staff'
  | 'products'
  | 'containers'
  | 'policy'
  | 'recordedOn'
  | 'openWork'
  | 'keepPatient'
  | 'saveDraft'
  | 'drafts'
  | 'dropDraft'
>;
