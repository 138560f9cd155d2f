import type { EntryType } from '../../../shared/domain/entries.ts';

/** The acts as people say them, in the order in which a person looks for one. */
export const TYPE_NAMES: Record<EntryType, string> = {
  draw: 'Draw',
  waste: 'Waste',
  return: 'Return',
  cosign: 'Witness signed later',
  reversal: 'Reversal',
  count: 'Count',
  'discrepancy.opened': 'Discrepancy opened',
  'discrepancy.noted': 'Discrepancy noted',
  'discrepancy.resolved': 'Discrepancy resolved',
  'container.received': 'Received',
  'container.opened': 'Container opened',
  'container.closed': 'Container closed',
  'product.added': 'Product added',
  'staff.enrolled': 'Person enrolled',
  'staff.key-rotated': 'Key changed',
  'staff.disabled': 'Person disabled',
  'policy.changed': 'Policy changed',
  'sign-in.refused': 'PIN refused',
  'clock.anomaly': 'Clock went back',
  exported: 'Exported',
  verified: 'Verified',
  'ledger.created': 'Ledger started',
};

/** The acts as choices of a filter. */
export const TYPE_OPTIONS = Object.entries(TYPE_NAMES).map(([value, label]) => ({ value, label }));

/** The act of that name, or `undefined` for text that is none (an address typed by hand). */
export function entryTypeOf(text: string | null): EntryType | undefined {
  return text !== null && isEntryType(text) ? text : undefined;
}

const isEntryType = (text: string): text is EntryType => Object.hasOwn(TYPE_NAMES, text);

export const SIGNED_AS = {
  performer: 'Performer',
  witness: 'Witness',
  approver: 'Approver',
  registrant: 'Registrant',
} as const;
