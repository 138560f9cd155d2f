import { elevationUsed, rolesFor } from './access.ts';
import { effectsOf } from './effects.ts';
import type { DomainEntry, EntryOf } from './entries.ts';
import { type Finding, flag, refusal } from './findings.ts';
import type { Act, Target } from './judge.ts';
import { fromTenThousandths, subtract, toTenThousandths } from './quantity.ts';
import { ROLE_NAMES } from './roles.ts';
import type { State } from './state.ts';

const REVERSIBLE = ['draw', 'waste', 'return', 'container.closed'] as const;
type Reversible = EntryOf<(typeof REVERSIBLE)[number]>;

/** True for acts that a reversal may undo. */
export function isReversible(entry: DomainEntry): entry is Reversible {
  return REVERSIBLE.some((type) => type === entry.type);
}

/** Rules about entries that take up an earlier one: leftovers, cosigning, reversal, discrepancies. */
export function judgeCorrection(state: State, act: Act): Finding[] {
  const { entry, target } = act;
  switch (entry.type) {
    case 'waste':
      return entry.body.draw === undefined ? [] : judgeLeftover(state, entry);
    case 'return':
      return judgeLeftover(state, entry);
    case 'cosign':
      return judgeCosign(state, act, entry);
    case 'reversal':
      return target
        ? judgeReversal(entry, target)
        : [refusal('unknown-entry', 'The entry to reverse is not in this ledger.')];
    case 'count':
      return entry.body.recounts !== undefined && target?.entry.type !== 'count'
        ? [refusal('unknown-count', 'The count that this one repeats is not in this ledger.')]
        : [];
    case 'discrepancy.opened':
      return judgeOpening(state, entry, target);
    case 'discrepancy.noted':
    case 'discrepancy.resolved':
      return judgeOpenDiscrepancy(state, entry);
    default:
      return [];
  }
}

function judgeLeftover(state: State, entry: EntryOf<'waste'> | EntryOf<'return'>): Finding[] {
  const open = entry.body.draw === undefined ? undefined : state.leftovers[entry.body.draw];
  if (!open)
    return [
      refusal(
        'over-leftover',
        'That draw has nothing left over any more. It was wasted or returned already.',
      ),
    ];
  if (open.container !== entry.body.container)
    return [refusal('other-container', 'That leftover was drawn from another container.')];
  return toTenThousandths(entry.body.quantity) > open.remaining
    ? [refusal('over-leftover', 'That is more than is left over from the draw.')]
    : [];
}

function judgeCosign(state: State, { recorded }: Act, entry: EntryOf<'cosign'>): Finding[] {
  const pending = state.pending[entry.body.entry];
  if (!pending) return [refusal('nothing-to-cosign', 'That entry is not waiting for a witness.')];
  if (pending.record !== entry.body.record)
    return [refusal('wrong-record', 'The record to cosign is not the one on the screen. Reload.')];
  if (pending.by === entry.by)
    return [refusal('self-witness', 'Nobody can witness their own act. Ask a colleague.')];
  if (pending.parts.includes(entry.by))
    return [
      refusal(
        'self-witness',
        'Whoever proposed, approved or signed it is not its witness. Ask another colleague.',
      ),
    ];
  const member = state.staff[entry.by];
  const lifted = elevationUsed(state, entry, { as: 'performer', by: entry.by, at: recorded });
  // Whoever may not sign later at all is told that already.
  const signs = member && rolesFor(state, entry, 'performer')?.includes(member.role);
  if (signs && !lifted && !pending.witnesses.includes(member.role))
    return [
      refusal(
        'witness-role',
        `${member.name} (${ROLE_NAMES[member.role]}) may not witness this.`,
        pending.sources,
      ),
    ];
  return recorded > pending.due
    ? [flag('witness-late', 'Cosigned after the time that the policy allows.', pending.sources)]
    : [];
}

function judgeReversal(entry: EntryOf<'reversal'>, target: Target): Finding[] {
  const { effect, record } = entry.body;
  if (target.hash !== record)
    return [refusal('wrong-record', 'The record to reverse is not the one on the screen. Reload.')];
  if (!isReversible(target.entry))
    return [refusal('not-reversible', 'This kind of entry cannot be reversed.')];
  if (target.referrers.some((r) => r.type === 'reversal'))
    return [refusal('already-reversed', 'This entry was reversed already.')];
  if (target.referrers.some((r) => r.type === 'waste' || r.type === 'return')) {
    return [
      refusal('still-referred-to', 'Its leftover was wasted or returned since. Reverse that entry first.'),
    ];
  }
  const undone = effectsOf(target.entry).reduce((sum, e) => sum + e.change, 0);
  const same =
    effect.container === target.entry.body.container &&
    effect.unit === target.entry.body.unit &&
    toTenThousandths(effect.change) === -undone;
  return same ? [] : [refusal('effect', 'The reversal does not undo exactly what the entry did.')];
}

function judgeOpening(
  state: State,
  entry: EntryOf<'discrepancy.opened'>,
  target: Target | undefined,
): Finding[] {
  const { discrepancy, container, expected, counted, difference } = entry.body;
  if (state.discrepancies[discrepancy])
    return [refusal('unknown-discrepancy', 'A discrepancy is open under this id already. Begin anew.')];
  const line =
    target?.entry.type === 'count' && target.entry.body.lines.find((l) => l.container === container);
  if (!line) return [refusal('unknown-count', 'The count that found this is not in this ledger.')];
  const found = state.mismatches[container];
  const book = found?.count === entry.body.count ? fromTenThousandths(found.expected) : expected;
  return line.counted === counted && book === expected && subtract(counted, expected) === difference
    ? []
    : [refusal('effect', 'The discrepancy does not say what the count found.')];
}

function judgeOpenDiscrepancy(
  state: State,
  entry: EntryOf<'discrepancy.noted'> | EntryOf<'discrepancy.resolved'>,
): Finding[] {
  const open = state.discrepancies[entry.body.discrepancy];
  if (!open) return [refusal('unknown-discrepancy', 'This discrepancy is not open.')];
  if (entry.type === 'discrepancy.noted') return [];
  if (entry.body.container !== open.container)
    return [refusal('other-container', 'This discrepancy is about another container.')];
  return entry.body.unit === open.unit
    ? []
    : [refusal('unit', `This discrepancy is counted in ${open.unit}, not ${entry.body.unit}.`)];
}
