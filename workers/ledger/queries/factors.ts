import { parseEntry } from '../../../shared/domain/entries.ts';
import { factorRule, withoutFactor } from '../../../shared/domain/policy/factors.ts';
import type { State } from '../../../shared/domain/state.ts';
import { assertionChallenge } from '../../../shared/ledger/assertion.ts';
import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import type { KeyRegistry } from '../../../shared/ledger/keys.ts';
import { statementOf } from '../../../shared/ledger/statement.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type {
  FactorCredential,
  FactorQuestion,
  FactorService,
  FactorSigner,
  FactorView,
} from '../../../shared/protocol/factors.ts';
import type { EntryDraft, SignedStatement } from '../../../shared/protocol/ledger.ts';
import type { WorkItem } from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { draftOf } from './approvals.ts';
import { nameOf } from './words.ts';

/** What is asked of second factors before an act is signed, and what is listed of them. */
export const factorQueries = (context: Context): FactorService => ({
  factorsFor: (question) => factorsFor(context, question),
  factorChallenge: (entry, signed) => factorChallenge(context, entry, signed),
  factorsInUse: async () => {
    const { state, registry } = await context.projection.catchUp();
    return Object.keys(state.staff).flatMap((staff) =>
      credentialsOf(state, registry, staff).map(({ id, rp }) => ({ id, rp, staff })),
    );
  },
});

async function factorsFor(context: Context, question: FactorQuestion): Promise<FactorSigner[] | null> {
  const entry = draftOf(context, question, question.by);
  if (!entry) return null;
  const { state, registry } = await context.projection.catchUp();
  if (!factorRule(state, entry)) return null;
  // What takes one out of use is not signed with that one.
  const ending = entry.type === 'staff.factor-removed' ? entry.body.credential.id : undefined;
  return question.signers.map(({ as, by }) => ({
    ...{ as, by, name: nameOf(state, by) },
    credentials: credentialsOf(state, registry, by).filter(({ id }) => id !== ending),
  }));
}

async function factorChallenge(
  { sha, effects }: Context,
  draft: EntryDraft,
  signed: SignedStatement,
): Promise<string | null> {
  const parsed = parseEntry(draft);
  const head = await effects.store.head();
  if (!parsed.ok || !head) return null;
  return toBase64Url(assertionChallenge(sha, statementOf(sha, head.ledger, parsed.entry, signed)));
}

/** What a person could use for the next record. */
function credentialsOf(state: State, { credentials }: KeyRegistry, staff: string): FactorCredential[] {
  return (state.staff[staff]?.factors ?? []).flatMap(({ id, name }) => {
    const term = credentials.get(id);
    return term && state.seq + 1 < term.until ? [{ id, name, rp: term.credential.rp }] : [];
  });
}

/** The credentials of a person with the day on which each was added. */
export async function factorViews(context: Context, staff: string): Promise<FactorView[]> {
  const { state, registry } = await context.projection.catchUp();
  return Promise.all(
    credentialsOf(state, registry, staff).map(async (one) => {
      const seq = registry.credentials.get(one.id)?.added ?? 0;
      return { ...one, added: (await context.db.records.get(seq))?.recorded ?? '' };
    }),
  );
}

/** One line for everybody who could not sign what is theirs, for want of a second factor. */
export function factorItem(state: State, now: number): WorkItem[] {
  const names = withoutFactor(state, state.policy, formatTime(now)).map(({ name }) => name);
  return names.length === 0 ? [] : [{ kind: 'factor-due', names }];
}
