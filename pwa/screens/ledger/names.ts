import type { Body, DiscrepancyCause, EntryType } from '../../../shared/domain/entries.ts';
import { dayText, timeText } from '../../../shared/ui/format.ts';

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
  'staff.admitted': 'Witness admitted for a day',
  'staff.changed': 'Person changed',
  'staff.key-rotated': 'Key changed',
  'staff.key-added': 'Key of a phone added',
  'staff.key-removed': 'Key of a phone removed',
  'staff.pin-changed': 'PIN changed',
  'staff.factor-added': 'Security key added',
  'staff.factor-removed': 'Security key removed',
  'staff.disabled': 'Person disabled',
  'access.elevated': 'Access given for a while',
  'access.ended': 'Access ended',
  'proposal.made': 'Proposed',
  'proposal.approved': 'Approved',
  'proposal.rejected': 'Rejected or withdrawn',
  'vault.rotated': 'Vault key changed',
  'patients.erased': 'Patient names erased',
  'policy.changed': 'Policy changed',
  'sign-in.refused': 'PIN refused',
  'clock.anomaly': 'Clock went back',
  exported: 'Exported',
  verified: 'Verified',
  'ledger.created': 'Ledger started',
  'device.joined': 'Device joined',
};

/** The acts as choices of a filter. */
export const TYPE_OPTIONS = Object.entries(TYPE_NAMES).map(([value, label]) => ({ value, label }));

/** The act of that name, or `undefined` for text that is none (an address typed by hand). */
export function entryTypeOf(text: string | null): EntryType | undefined {
  return text !== null && isEntryType(text) ? text : undefined;
}

const isEntryType = (text: string): text is EntryType => Object.hasOwn(TYPE_NAMES, text);

/** What a discrepancy came from. */
export const CAUSES: Record<DiscrepancyCause, string> = {
  'counting-error': 'Counted wrongly',
  'recording-error': 'Recorded wrongly',
  'hub-loss': 'Hub loss',
  overfill: 'Overfill',
  spill: 'Spilt or broken',
  loss: 'Lost',
  theft: 'Stolen, or suspected',
  unexplained: 'Unexplained',
};

/** Why a container is closed. */
export const CLOSING_REASONS: Record<Body<'container.closed'>['reason'], string> = {
  empty: 'Empty',
  'hub-loss': 'Hub loss: it stayed in needles and syringes',
  overfill: 'Overfill: it held more than the label',
  expired: 'Expired',
  damaged: 'Damaged',
};

export const SIGNED_AS = {
  performer: 'Performer',
  witness: 'Witness',
  approver: 'Approver',
  registrant: 'Registrant',
} as const;

const FLAG_WORDS: Record<string, { badge: string; sentence: string }> = {
  'witness-missing': { badge: 'no witness yet', sentence: 'No witness had signed when it was recorded.' },
  'witness-late': {
    badge: 'late witness',
    sentence: 'The witness signed after the time that the policy allows.',
  },
  'witness-apart': {
    badge: 'signed apart',
    sentence: 'The witness signed more than ten minutes after the performer.',
  },
  'approver-nobody': {
    badge: 'no approver',
    sentence: 'Nobody else could have approved this when it was recorded.',
  },
  'over-draw': {
    badge: 'below zero',
    sentence: 'The book balance went below zero. Overfill is real, and has to be explained.',
  },
};

/** What a flag says, in a word or two; the number of flags where there are several. */
export function flagBadge(flags: readonly string[]): string {
  const [first = ''] = flags;
  return flags.length === 1 ? (FLAG_WORDS[first]?.badge ?? first) : `${flags.length} flags`;
}

/** What a flag says, as a sentence. A code of a later version is shown as it is. */
export const flagSentence = (code: string): string => FLAG_WORDS[code]?.sentence ?? code;

/** `21 Nov, 18:03`, with the day and year alone for what is of another year than this device's. */
export const whenText = (at: string): string =>
  new Date(at).getFullYear() === new Date().getFullYear() ? timeText(at) : dayText(at);
