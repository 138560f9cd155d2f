import { containersOf, effectsOf } from '../domain/effects.ts';
import type { Finding, RuleCode } from '../domain/findings.ts';
import { judge } from '../domain/judge.ts';
import { countInterval } from '../domain/policy/combine.ts';
import { citationsOf } from '../domain/policy/sources.ts';
import { fromTenThousandths } from '../domain/quantity.ts';
import { type Container, type State, scheduleOf } from '../domain/state.ts';
import type { Step } from './replay.ts';
import { shown } from './shown.ts';
import { type ConformityFinding, MAX_LISTED } from './verdict.ts';

const DAY_MS = 86_400_000;

/** What can be said of a part of a log, whose earlier stock movements are not at hand. */
const PEOPLE_CODES: readonly RuleCode[] = [
  'unknown-staff',
  'disabled-staff',
  'role',
  'self-witness',
  'witness-role',
  'witness-missing',
  'witness-late',
  'witness-apart',
  'approver-missing',
  'approver-nobody',
  'three-people',
  'other-act',
  'factor-missing',
  'admission-over',
  'access-end',
  'last-registrant',
  'staff-exists',
  'retention',
  'reason-missing',
  'estimate',
  'variance',
  'policy-unusable',
  'future',
  'sum',
];

/** A finding as it was met. An over-draw is graded at the end, when it is known whether it was explained. */
type Draft = Omit<ConformityFinding, 'severity'> & {
  readonly severity: ConformityFinding['severity'] | { readonly unlessExplained: readonly string[] };
};

export type Conformity = {
  readonly findings: readonly ConformityFinding[];
  readonly count: number;
  readonly breaches: number;
};

/** Holds every act of a log against the policy of its time. */
export class ConformityCheck {
  readonly #log: string;
  readonly #device: string;
  readonly #part: boolean;
  readonly #found: Draft[] = [];
  /** Position of each record that a late witness may still sign for. */
  readonly #waiting = new Map<string, number>();
  #dropped = 0;

  constructor(log: string, options: { part: boolean }) {
    this.#log = log;
    this.#device = log.split('/')[1] ?? '';
    this.#part = options.part;
  }

  /** Judges an act by the state before it. */
  judge(state: State, { record, target }: Step): void {
    const { entry, signatures, recorded, seq } = record;
    const act = { entry, signatures, recorded, device: this.#device, ...(target ? { target } : {}) };
    for (const finding of judge(state, act)) {
      if (this.#part && !PEOPLE_CODES.includes(finding.code)) continue;
      // A late witness may still come; what is then still open is named at the end.
      if (finding.code === 'witness-missing' && finding.severity === 'flag') {
        this.#waiting.set(entry.id, seq);
        continue;
      }
      const { code } = finding;
      const message = sentenceOf(finding);
      this.#add({ code, message, log: this.#log, seq, entryId: entry.id, severity: grade(finding, record) });
    }
    if (entry.type === 'cosign') this.#waiting.delete(entry.body.entry);
    this.#judgeTime(state, record);
    if (!this.#part) this.#judgeCounts(state, record);
  }

  /** An entry that is no act of the domain. */
  schema(message: string, seq: number, entryId: string): void {
    const text = `The entry does not have the form of its type (${message}).`;
    this.#add({ code: 'schema', severity: 'breach', message: text, log: this.#log, seq, entryId });
  }

  /** Ends the check: what is still open at `asOf` (a time as the record format has it). */
  finish(state: State, asOf: string): Conformity {
    for (const pending of Object.values(state.pending)) {
      const overdue = pending.due < asOf;
      this.#add({
        code: 'witness-missing',
        severity: overdue ? 'breach' : 'note',
        message: overdue
          ? `No witness has signed for this, and the policy wanted one by ${pending.due}. Rule: ${citationsOf(pending.sources)}.`
          : `A witness is still to sign for this, by ${pending.due}.`,
        log: this.#log,
        entryId: pending.entry,
        ...optionalSeq(this.#waiting.get(pending.entry)),
      });
    }
    if (!this.#part) {
      this.#judgeOpenContainers(state, asOf);
      this.#judgeBalances(state, asOf);
    }
    const findings = this.#found
      .map((draft) => settle(draft, state))
      .sort((a, b) => (a.seq ?? state.seq + 1) - (b.seq ?? state.seq + 1));
    const breaches = findings.filter(({ severity }) => severity === 'breach').length;
    const kept = findings.slice(0, MAX_LISTED);
    return { findings: kept, count: findings.length + this.#dropped, breaches: breaches + this.#dropped };
  }

  /** An act is dated by the person alone; one before its container came in cannot be right. */
  #judgeTime(state: State, { entry, seq }: Step['record']): void {
    const early = containersOf(entry)
      .map((id) => state.containers[id])
      .find((container) => container !== undefined && entry.at < container.receivedAt);
    if (early === undefined) return;
    const message = `It is dated ${entry.at}, before its container ${early.number} was received.`;
    this.#add({
      ...{ code: 'before-receipt', severity: 'note', message },
      ...{ log: this.#log, seq, entryId: entry.id },
    });
  }

  /** By when it was recorded: the time that somebody states could make it early. */
  #judgeCounts(state: State, { entry, seq, recorded }: Step['record']): void {
    if (entry.type !== 'count' && entry.type !== 'container.closed') return;
    const late = containersOf(entry)
      .map((id) => state.containers[id])
      .filter((container) => container !== undefined)
      .filter((container) => isOverdue(state, container, recorded));
    if (late.length === 0) return;
    this.#add({ ...this.#overdue(state, late), seq, entryId: entry.id });
  }

  /** A count that does not agree is taken up within a day; what has been taken up stands as long as it is looked into. */
  #judgeBalances(state: State, asOf: string): void {
    for (const { container, expected, at, count } of Object.values(state.mismatches)) {
      const number = state.containers[container]?.number ?? container;
      const left = Date.parse(asOf) - Date.parse(at) > DAY_MS;
      this.#add({
        ...{ code: 'count-unexplained', severity: left ? 'breach' : 'note', log: this.#log, entryId: count },
        message: `The count of ${number} does not agree with the book of ${fromTenThousandths(expected)}, and nobody has taken it up.`,
      });
    }
    for (const { id, container } of Object.values(state.discrepancies)) {
      const number = state.containers[container]?.number ?? container;
      const message = `The discrepancy on ${number} is not resolved yet.`;
      this.#add({ code: 'discrepancy-open', severity: 'note', log: this.#log, message, entryId: id });
    }
  }

  #judgeOpenContainers(state: State, asOf: string): void {
    const late = Object.values(state.containers).filter(
      (container) => container.closedAt === undefined && isOverdue(state, container, asOf),
    );
    if (late.length > 0) this.#add(this.#overdue(state, late));
  }

  #overdue(state: State, late: readonly Container[]): Draft {
    const numbers = late.map(({ number }) => number).sort();
    const shown = `${numbers.slice(0, 10).join(', ')}${numbers.length > 10 ? ' and others' : ''}`;
    const rules = late.map((container) => intervalOf(state, container)).filter((one) => one !== undefined);
    const days = [...new Set(rules.map(({ value }) => value))].sort((a, b) => a - b).join(' or ');
    const cited = citationsOf([...new Set(rules.flatMap(({ sources }) => sources))]);
    const message = `Not counted within the ${days} days that the policy allows: ${shown}. Rule: ${cited}.`;
    return { code: 'count-overdue', severity: 'breach', message, log: this.#log };
  }

  #add(draft: Draft): void {
    if (this.#found.length < 5 * MAX_LISTED) this.#found.push({ ...draft, message: shown(draft.message) });
    else this.#dropped += 1;
  }
}

function grade({ code, severity }: Finding, { entry }: Step['record']): Draft['severity'] {
  if (code === 'over-draw') return { unlessExplained: effectsOf(entry).map(({ container }) => container) };
  return severity === 'refuse' || code === 'witness-late' ? 'breach' : 'note';
}

/** An over-draw is explained once the book has come back to zero or more: by a closing, a resolution, a reversal. */
function settle({ severity, ...finding }: Draft, state: State): ConformityFinding {
  if (typeof severity === 'string') return { ...finding, severity };
  const below = severity.unlessExplained.some((id) => (state.containers[id]?.balance ?? 0) < 0);
  return { ...finding, severity: below ? 'breach' : 'note' };
}

/** What was wrong, and which rule of the policy says so. */
const sentenceOf = ({ message, sources }: Finding): string =>
  sources === undefined ? message : `${message} Rule: ${citationsOf(sources)}.`;

const intervalOf = (state: State, { id }: Container) => {
  const schedule = scheduleOf(state, id);
  return schedule && countInterval(state.policy, schedule);
};

function isOverdue(state: State, container: Container, asOf: string): boolean {
  const every = intervalOf(state, container);
  const since = Date.parse(container.lastCountedAt ?? container.receivedAt);
  return every !== undefined && Date.parse(asOf) - since > every.value * DAY_MS;
}

const optionalSeq = (seq: number | undefined) => (seq === undefined ? {} : { seq });
