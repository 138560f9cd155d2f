import type { ProposedAct } from '../../../shared/domain/bodies/proposals.ts';
import type { Body, DomainEntry, EntryOf } from '../../../shared/domain/entries.ts';
import { type Quantity, type Unit, unitText } from '../../../shared/domain/quantity.ts';
import { productOf, type State, signerName } from '../../../shared/domain/state.ts';
import { peopleWords } from './people-words.ts';

/** What an entry says, in a technician's words. */

export const nameOf = (state: State, person: string): string =>
  signerName(state, person) ?? (person === state.ledger?.device.id ? 'This device' : 'Unknown person');

/** `ketamine K-07`. */
function what(state: State, id: string): string {
  const container = state.containers[id];
  if (!container) return 'an unknown container';
  return `${productOf(state, container)?.name ?? 'unknown product'} ${container.number}`;
}

const CLOSING: Record<Body<'container.closed'>['reason'], string> = {
  empty: 'empty',
  'hub-loss': 'hub loss',
  overfill: 'overfill',
  expired: 'expired',
  damaged: 'damaged',
};

/** `0.35 mL`, `2 tablets`. */
const said = (quantity: Quantity, unit: Unit) => `${quantity} ${unitText(unit, quantity)}`;

const plural = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;

/** The entry that another one takes up: what it says, and when it happened. */
export type Target = { summary: string; at: string; by: string };

export const targetOf = (state: State, entry: DomainEntry): Target => ({
  ...{ summary: summaryOf(state, entry), at: entry.at, by: entry.by },
});

/** `Witnessed 2 h later`: a delay is part of what a late signature says. */
function delayText(from: string, to: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes < 120) return `${minutes} min later`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h later` : `${Math.floor(hours / 24)} days later`;
}

/** One line about an entry, and about the one that it takes up, where there is one. */
export function summaryOf(state: State, entry: DomainEntry, target?: Target): string {
  const about = (id: string) => what(state, id);
  switch (entry.type) {
    case 'draw':
      return drawWords(state, entry);
    case 'waste':
      return `Wasted ${said(entry.body.quantity, entry.body.unit)} ${about(entry.body.container)}${entry.body.draw === undefined ? ' from the container' : ' left over'}: ${entry.body.reason}`;
    case 'return':
      return `Returned ${said(entry.body.quantity, entry.body.unit)} to ${about(entry.body.container)}`;
    case 'cosign':
      return target
        ? `Witnessed ${delayText(target.at, entry.at)}: ${target.summary}`
        : 'Witnessed later: an earlier entry';
    case 'reversal':
      return `Reversed: ${target?.summary ?? 'an earlier entry'}. ${entry.body.reason}`;
    case 'container.received':
      return receiptWords(state, entry);
    case 'container.opened':
      return `Opened ${about(entry.body.container)}`;
    case 'container.closed':
      return closedWords(state, entry);
    case 'count':
      return `Counted ${plural(entry.body.lines.length, 'container')} (${entry.body.kind})${entry.body.recounts === undefined ? '' : ', again after a mismatch'}`;
    case 'discrepancy.opened':
      return `Opened a discrepancy of ${said(entry.body.difference, entry.body.unit)} on ${about(entry.body.container)}`;
    case 'discrepancy.noted':
      return `Noted on a discrepancy: ${entry.body.note}`;
    case 'discrepancy.resolved':
      return `Resolved a discrepancy on ${about(entry.body.container)}: ${entry.body.cause.replace('-', ' ')}`;
    case 'proposal.made':
      return `Proposed: ${summaryOf(state, entryOf(entry.body.act, entry))}`;
    case 'proposal.approved':
      return target ? `Approved. ${target.summary}` : 'Approved an earlier proposal';
    case 'proposal.rejected':
      return `${entry.by === target?.by ? 'Withdrew' : 'Rejected'} a proposal: ${entry.body.reason}${target ? `. ${target.summary}` : ''}`;
    default:
      return officeWords(state, entry);
  }
}

/** A proposed act as an entry, to be described and judged. */
export const entryOf = (act: ProposedAct, of: { id: string; by: string; at: string }): DomainEntry => ({
  ...act,
  ...{ id: of.id, by: of.by, at: of.at, after: '0'.repeat(64) },
});

function drawWords(state: State, { body }: EntryOf<'draw'>): string {
  const { drawn, given, leftover, unit, container } = body;
  const from = what(state, container);
  if (leftover === '0') return `Drew and gave ${said(given, unit)} ${from}`;
  return `Drew ${said(drawn, unit)} ${from}, gave ${said(given, unit)}, ${said(leftover, unit)} left over`;
}

function closedWords(state: State, { body }: EntryOf<'container.closed'>): string {
  const { container, reason, adjustment, unit } = body;
  const book = adjustment === '0' ? '' : `, book changed by ${said(adjustment, unit)}`;
  return `Closed ${what(state, container)}: ${CLOSING[reason]}${book}`;
}

function exportWords({ body }: EntryOf<'exported'>): string {
  const { from, to, size, disclosed } = body;
  const what = to - from === size ? plural(size, 'record') : `records ${from} to ${to - 1} of ${size}`;
  return `Exported ${what}${disclosed ? ', patients disclosed' : ''}`;
}

function receiptWords(state: State, { body }: EntryOf<'container.received'>): string {
  const numbers = body.containers.map((c) => c.number).join(', ');
  const names = [
    ...new Set(body.containers.map((c) => state.products[c.product]?.name ?? 'unknown product')),
  ];
  const from = body.supplier ? ` from ${body.supplier.name}` : '';
  return `Received ${plural(body.containers.length, 'container')} of ${names.join(', ')}${from}: ${numbers}`;
}

/** Entries about the policy, the ledger itself, and people. */
function officeWords(state: State, entry: DomainEntry): string {
  switch (entry.type) {
    case 'ledger.created':
      return `Started the ledger of ${entry.body.facility.name}`;
    case 'device.joined':
      return `${entry.body.device.name} joined the ledger`;
    case 'policy.changed':
      return `Changed the policy: ${entry.body.reason}`;
    case 'vault.rotated':
      return `Changed the key of the patient vault: ${entry.body.reason}`;
    case 'patients.erased':
      return `Erased the identities of ${plural(entry.body.patients, 'patient')} from before ${entry.body.before.slice(0, 10)}: ${entry.body.reason}`;
    case 'product.added':
      return `Added ${entry.body.product.name}${entry.body.product.strength ? ` ${entry.body.product.strength}` : ''} (C-${entry.body.product.schedule})`;
    case 'sign-in.refused':
      return `Shut ${nameOf(state, entry.body.staff)} out after ${plural(entry.body.attempts, 'wrong PIN')}`;
    case 'clock.anomaly':
      return 'The clock of this device went back; times are held until it catches up';
    case 'exported':
      return exportWords(entry);
    case 'verified':
      return entry.body.failures === 0
        ? `Verified ${plural(entry.body.size, 'record')}: all good`
        : `Verified ${plural(entry.body.size, 'record')}: ${plural(entry.body.failures, 'failure')}`;
    default:
      return peopleWords(state, entry) ?? entry.type;
  }
}
