import { HOUR_MS } from './access.ts';
import { type Finding, flag, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import type { EffectiveRule, Sourced } from './policy/combine.ts';
import type { WitnessRule } from './policy/schema.ts';
import { type State, schedulesOf } from './state.ts';

/** Two who sign together sign within this time of each other; whoever signs later was not there. */
export const TOGETHER_MS = 10 * 60_000;

/** Whether the witness that the policy asks for has signed, and in time. */
export function judgeWitness({ witness }: EffectiveRule, state: State, act: Act): Finding[] {
  if (!witness) return [];
  const { entry } = act;
  const apart = apartMs(act);
  if (apart === undefined && witness.value.due === 'late') {
    return [flag('witness-missing', 'A witness is still to sign for this.', witness.sources)];
  }
  if (apart === undefined) {
    const schedules = schedulesOf(state, entry);
    const about = schedules.length === 0 ? '' : ` (Schedule ${schedules.join(', ')})`;
    const message = `A witness has to sign this together with the performer${about}.`;
    return [refusal('witness-missing', message, witness.sources)];
  }
  if (apart <= TOGETHER_MS) return judgePresence(witness, act);
  const minutes = Math.floor(apart / 60_000);
  if (witness.value.due === 'now') {
    const message = `The two signatures are ${minutes} minutes apart, and 10 are the limit. Sign again, together.`;
    return [refusal('witness-late', message, witness.sources)];
  }
  return apart > witness.value.lateHours * HOUR_MS
    ? [flag('witness-late', 'The witness signed after the time that the policy allows.', witness.sources)]
    : [flag('witness-apart', `The witness signed ${minutes} minutes after the performer.`, witness.sources)];
}

/** Two who sign together long after the act was done saw its record, and perhaps not the act: shown, not refused. */
function judgePresence(witness: Sourced<WitnessRule>, { entry, signatures }: Act): Finding[] {
  const signed = signatures.filter(({ as }) => as === 'witness').map(({ at }) => Date.parse(at));
  const after = Math.min(...signed) - Date.parse(entry.at);
  if (after <= TOGETHER_MS) return [];
  const message = `The witness signed ${Math.floor(after / 60_000)} minutes after the act is said to have happened.`;
  return [flag('witness-apart', message, witness.sources)];
}

/** Milliseconds between the performer and the witness who signed closest to it; `undefined` without a witness. */
function apartMs({ signatures }: Act): number | undefined {
  const [performer] = signatures;
  const signed = signatures.filter(({ as }) => as === 'witness').map(({ at }) => Date.parse(at));
  if (!performer || signed.length === 0) return undefined;
  return Math.min(...signed.map((at) => Math.abs(at - Date.parse(performer.at))));
}
