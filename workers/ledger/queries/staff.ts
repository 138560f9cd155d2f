import { elevationsOf, isActive } from '../../../shared/domain/access.ts';
import { localDate } from '../../../shared/domain/judge-container.ts';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import { termOf } from '../../../shared/domain/policy/combine.ts';
import type { StaffMember, State } from '../../../shared/domain/state.ts';
import { keyFor } from '../../../shared/ledger/keys.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { PersonDue, PersonView } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { lockedUntil } from '../keys/lockout.ts';
import { factorViews } from './factors.ts';

/** Everybody in the ledger, in the order of their enrolment. */
export async function staffViews(context: Context): Promise<StaffView[]> {
  const { db, projection, now } = context;
  const { state, registry } = await projection.catchUp();
  const rows = await db.keys.toArray();
  const keyed = new Set(
    rows.flatMap(({ staff, keyId }) =>
      keyFor(registry, staff, keyId, state.seq + 1, 'performer').ok ? [staff] : [],
    ),
  );
  const at = formatTime(now());
  const members = Object.values(state.staff).sort((a, b) => a.enrolledSeq - b.enrolledSeq);
  return Promise.all(
    members.map(async (member) => {
      const { id, name, role, licence, until, admittedBy } = member;
      const host = admittedBy === undefined ? undefined : state.staff[admittedBy]?.name;
      const locked = await lockedUntil(db, id, now());
      const elevatedTo = elevationsOf(state, id, at).map((one) => one.role);
      return {
        ...{ id, name, role, disabled: !isActive(member, at), hasKey: keyed.has(id) },
        ...(licence === undefined ? {} : { licence }),
        ...(locked === null ? {} : { lockedUntil: formatTime(locked) }),
        ...(until === undefined ? {} : { until }),
        ...(host === undefined ? {} : { visitorOf: host }),
        ...(elevatedTo.length === 0 ? {} : { elevatedTo }),
        ...((member.factors ?? []).length > 0 ? { hasFactor: true as const } : {}),
      };
    }),
  );
}

/** The same with what is kept of each, and what is due. */
export async function personViews(context: Context): Promise<PersonView[]> {
  const { projection, now } = context;
  const [views, { state }] = [await staffViews(context), await projection.catchUp()];
  const factors = await Promise.all(views.map(({ id }) => factorViews(context, id)));
  return views.flatMap((view, i) => {
    const member = state.staff[view.id];
    if (!member) return [];
    const { deaNumber, screened, trained, idleSeconds } = member;
    const elevations = elevationsOf(state, view.id, formatTime(now()));
    return [
      {
        ...view,
        ...(deaNumber === undefined ? {} : { deaNumber }),
        ...(screened === undefined ? {} : { screened }),
        ...(trained === undefined ? {} : { trained }),
        ...(idleSeconds === undefined ? {} : { idleSeconds }),
        elevations: elevations.map(({ staff: _, ...elevation }) => elevation),
        factors: factors[i] ?? [],
        due: dueFor(state, member, formatTime(now())),
      },
    ];
  });
}

/**
 * What is due for a person at that time (RFC 3339). Training as often as the policy wants it, for everybody but those
 * who only read or are here for a day; a screening for those who handle drugs and do not hold the registration.
 */
export function dueFor(state: State, member: StaffMember, at: string): PersonDue[] {
  const { role, trained, screened, until } = member;
  if (!isActive(member, at) || until !== undefined) return [];
  const every = termOf(state.policy, 'trainingEveryDays')?.value;
  const handles = (['draw', 'waste', 'container.received'] as const).some((act) =>
    performersOf(state.policy, act).includes(role),
  );
  const today = localDate(at, state.ledger?.facility.timeZone ?? 'UTC');
  const late = trained === undefined || (every !== undefined && daysAfter(trained, every) <= today);
  return [
    ...(every !== undefined && role !== 'auditor' && late
      ? [{ kind: 'training' as const, last: trained ?? null }]
      : []),
    ...(handles && role !== 'registrant' && screened === undefined ? [{ kind: 'screening' as const }] : []),
  ];
}

/** The day so many days after another, both `YYYY-MM-DD`. */
const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
