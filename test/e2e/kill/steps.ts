/**
 * Everything that the background does for one draw that has an effect outside of it, in the order in which it is done.
 * Each is a place to die at: just before it is done, and just after it was done with nobody told.
 */
export type Effect =
  | { at: 'outbox'; does: 'put'; state: 'draft' | 'queued' | 'sent'; told: boolean }
  | { at: 'outbox'; does: 'delete' }
  | {
      at: 'bridge';
      method: 'saveDraft' | 'keepPatient' | 'receipt' | 'head' | 'sign' | 'append' | 'dropDraft';
    }
  | { at: 'frame'; method: 'saveDraft' | 'keepPatient' | 'sign' | 'append' };

export type Side = 'before' | 'after';

/**
 * `during`: whether it happens while somebody types, or once they press "Sign and record".
 * `leaves`: what has to be there for whoever opens the form next, without anybody having done anything: the draft with
 * what was typed, or the entry in the ledger.
 */
export type Step = {
  name: string;
  effect: Effect;
  during: 'typing' | 'signing';
  leaves: { [side in Side]: 'draft' | 'entry' };
};

const both = (what: 'draft' | 'entry') => ({ before: what, after: what });

export const STEPS: readonly Step[] = [
  {
    name: 'the draft is written to the outbox',
    effect: { at: 'outbox', does: 'put', state: 'draft', told: false },
    ...{ during: 'typing', leaves: both('draft') },
  },
  {
    name: 'the form is told that the draft is kept',
    effect: { at: 'frame', method: 'saveDraft' },
    ...{ during: 'typing', leaves: both('draft') },
  },
  {
    name: 'the ledger’s list of drafts is told',
    effect: { at: 'bridge', method: 'saveDraft' },
    ...{ during: 'typing', leaves: both('draft') },
  },
  {
    name: 'the outbox notes that the ledger’s list knows',
    effect: { at: 'outbox', does: 'put', state: 'draft', told: true },
    ...{ during: 'typing', leaves: both('draft') },
  },
  {
    name: 'the patient is put into the vault',
    effect: { at: 'bridge', method: 'keepPatient' },
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the form is told that the patient is kept',
    effect: { at: 'frame', method: 'keepPatient' },
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the ledger is asked whether it has the entry',
    effect: { at: 'bridge', method: 'receipt' },
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the ledger is asked for its head',
    effect: { at: 'bridge', method: 'head' },
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the signature is made',
    effect: { at: 'bridge', method: 'sign' },
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the form is given the signature',
    effect: { at: 'frame', method: 'sign' },
    // The form has what it needs from the moment it is told; what it does next is the next step.
    ...{ during: 'signing', leaves: both('draft') },
  },
  {
    name: 'the signed entry is written to the outbox',
    effect: { at: 'outbox', does: 'put', state: 'queued', told: false },
    ...{ during: 'signing', leaves: { before: 'draft', after: 'entry' } },
  },
  {
    name: 'the outbox notes that it is being sent',
    effect: { at: 'outbox', does: 'put', state: 'sent', told: false },
    ...{ during: 'signing', leaves: both('entry') },
  },
  {
    name: 'the entry is sent to the ledger',
    effect: { at: 'bridge', method: 'append' },
    ...{ during: 'signing', leaves: both('entry') },
  },
  {
    name: 'the form is given the receipt',
    effect: { at: 'frame', method: 'append' },
    ...{ during: 'signing', leaves: both('entry') },
  },
  {
    name: 'the ledger’s list of drafts lets it go',
    effect: { at: 'bridge', method: 'dropDraft' },
    ...{ during: 'signing', leaves: both('entry') },
  },
  {
    name: 'the outbox lets it go',
    effect: { at: 'outbox', does: 'delete' },
    ...{ during: 'signing', leaves: both('entry') },
  },
];
