import { parseEntry } from '../../shared/domain/entries.ts';
import { judge } from '../../shared/domain/judge.ts';
import type { SignedAs } from '../../shared/domain/state.ts';
import { GENESIS_PREV } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import type {
  Advice,
  AppendInput,
  CreateLedger,
  Disclosure,
  EntryDraft,
  LedgerService,
  PatientDetails,
  Receipt,
} from '../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { type Context, createContext, deviceRow, random, type ServiceOptions } from './context.ts';
import { createLedger } from './create.ts';
import { createDemo } from './demo/demo.ts';
import { dropDraft, readDrafts, saveDraft } from './drafts.ts';
import { isClosed, refusalOf } from './gate/refusals.ts';
import { gatherTarget, receiptOf } from './gate/steps.ts';
import { Lifecycle } from './lifecycle.ts';
import { sign, unlock } from './people.ts';
import { approvalQueries } from './queries/approvals.ts';
import { containerViews, countLines, lifeOf, productViews } from './queries/containers.ts';
import { countResult, discrepancyViews } from './queries/counts.ts';
import { recordDetail } from './queries/detail.ts';
import { forgetOldTags, openWorkOf, recordedOn } from './queries/recorded.ts';
import { rowsPage } from './queries/rows.ts';
import { todayView } from './queries/today.ts';
import { readSettings, writeSetting } from './settings.ts';
import { taggerOf } from './vault/tags.ts';
import { keepDetails, type OpenVault, openVault, readDetails, readVault } from './vault/vault.ts';

/** The service without its door for other workers, which needs a real port. */
export type LedgerCore = Omit<LedgerService, 'connectSource'>;

/** Puts the service together over one database. */
export async function createService(
  options: ServiceOptions = {},
): Promise<{ service: LedgerCore; context: Context }> {
  const context = await createContext(options);
  return { service: serviceOver(context), context };
}

function serviceOver(context: Context): LedgerCore {
  const { effects, projection, sessions, now } = context;
  const lifecycle = new Lifecycle(context);
  const fresh = (work: () => Promise<Outcome<Receipt>>) => onEmpty(lifecycle, work);
  return {
    open: (remembered) => lifecycle.open(remembered),
    status: () => lifecycle.status(),
    create: (input: CreateLedger) => fresh(() => createLedger(context, input, { demo: false })),
    createDemo: (onProgress) => fresh(() => createDemo(context, onProgress)),
    head: async () => {
      const head = await effects.store.head();
      return { size: head?.size ?? 0, hash: head?.hash ?? GENESIS_PREV };
    },
    newId: async () => newId(now(), random(10)),
    unlock: (staff, pin) => attempt(() => unlock(context, staff, pin)),
    lock: async () => sessions.endAll(),
    sign: (entry, signer) => attempt(() => sign(context, entry, signer)),
    check: (entry, signedBy) => advise(context, entry, signedBy),
    append: (input) => onWritable(lifecycle, () => append(context, input)),
    receipt: async (entryId) => {
      const row = await effects.store.byEntry(entryId);
      return row ? receiptOf(row) : null;
    },
    prepareStaff: (pin) => attempt(() => prepareStaff(context, pin)),
    today: async () => todayView(context, await readDrafts(context)),
    staff: () => staffViews(context),
    products: () => productViews(context),
    containers: (filter) => containerViews(context, filter),
    life: (container) => lifeOf(context, container),
    countSheet: () => countLines(context),
    countResult: (entryId) => countResult(context, entryId),
    discrepancies: () => discrepancyViews(context),
    rows: (query) => rowsPage(context, query),
    record: (key) => recordDetail(context, key),
    policy: async () => (await projection.catchUp()).state.policy,
    recordedOn: (query) => recordedOn(context, query),
    openWork: async () =>
      openWorkOf(
        context,
        (await readDrafts(context)).map(({ entryId }) => entryId),
      ),
    keepPatient: (details) => attempt(() => keepPatient(context, details)),
    revealPatients: (refs, session) => attempt(() => reveal(context, refs, session)),
    discloseAll: (session) => attempt(() => fromVault(context, session)),
    saveDraft: (draft) => attempt(() => saveDraft(context, draft)),
    drafts: () => readDrafts(context),
    dropDraft: (entryId) => dropDraft(context, entryId),
    setting: async (key) => (await readSettings(context))[key],
    setSetting: (key, value) => writeSetting(context, key, value),
  };
}

/** No thrown error leaves the worker: it would lose its type on the way. */
async function attempt<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    ...approvalQueries(context),
    return await work();
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, 'before') };
  }
}

/** A handle that died under the work is opened again, once; an append that is tried again is the same append. */
async function append(context: Context, input: AppendInput): Promise<Outcome<Receipt>> {
  const first = await context.gate.append(input);
  if (first.ok || first.refusal.code !== 'closed') return first;
  const reopened = await context.db.open().then(
    () => true,
    (error: unknown) => !isClosed(error),
  );
  return reopened ? context.gate.append(input) : first;
}

/** Appends where the store may be written. A log that is suddenly not there is looked for before anything is said. */
async function onWritable(
  lifecycle: Lifecycle,
  work: () => Promise<Outcome<Receipt>>,
): Promise<Outcome<Receipt>> {
  const before = await lifecycle.refusal();
  if (before) return { ok: false, refusal: before };
  const outcome = await work();
  if (outcome.ok || outcome.refusal.code !== 'not-started') return outcome;
  await lifecycle.status();
  const after = await lifecycle.refusal();
  return after ? { ok: false, refusal: after } : outcome;
}

/** Starts a ledger where the store, looked at afresh, is empty. */
async function onEmpty(
  lifecycle: Lifecycle,
  work: () => Promise<Outcome<Receipt>>,
): Promise<Outcome<Receipt>> {
  await lifecycle.status();
  const before = await lifecycle.refusal();
  return before ? { ok: false, refusal: before } : attempt(work);
}

/** What the gate would say now, for a form that is being filled in. */
async function advise(
  { effects, projection, now }: Context,
  draft: EntryDraft,
  signedBy: readonly { as: SignedAs; by: string }[],
): Promise<Advice[]> {
  const parsed = parseEntry(draft);
  if (!parsed.ok)
    return [{ code: 'schema', severity: 'refuse', message: `${parsed.where}: ${parsed.message}` }];
  const { entry } = parsed;
  const head = await effects.store.head();
  const { state } = await projection.catchUp(head);
  const target = await gatherTarget(effects.store, entry);
  const recorded = formatTime(now());
  return judge(state, {
    ...{ entry, recorded, device: head?.device ?? '' },
    signatures: signedBy.map(({ as, by }) => ({ as, by, at: recorded })),
    ...(target === undefined ? {} : { target }),
  });
}

async function keepPatient(
  context: Context,
  input: PatientDetails,
): Promise<Outcome<{ ref: string; commitment: string }>> {
  const { db, sha, now } = context;
  const details = readDetails(input);
  if (!details)
    return refused('malformed', 'A patient needs a name, and no line longer than 200 characters.');
  const device = await deviceRow(db);
  if (!device) return refused('not-started', 'Start a ledger first.');
  const tags = await (await taggerOf(device.mixKey))(details);
  await forgetOldTags(context);
  return done(await keepDetails(db, sha, device.vaultPublic, { details, now: now(), tags }));
}

async function reveal(
  context: Context,
  refs: readonly string[],
  session: string,
): Promise<Outcome<Record<string, PatientDetails>>> {
  const found = await fromVault(context, session, refs);
  if (!found.ok) return found;
  return done(Object.fromEntries(found.value.map(({ ref, details }) => [ref, details])));
}

async function fromVault(
  context: Context,
  session: string,
  refs?: readonly string[],
): Promise<Outcome<Disclosure[]>> {
  const keys = context.sessions.use(session);
  if (!keys) return refused('session-over', 'You were signed out. Type your PIN again.');
  const device = await deviceRow(context.db);
  const vault: OpenVault | null = device ? await openVault(context.db, keys, device.vaultPublic) : null;
  if (!vault) {
    return refused(
      'vault',
      'Patient names are not open to you on this device yet. Ask a colleague to sign in here once.',
    );
  }
  try {
    return done(await readVault(context.db, vault, refs));
  } catch {
    return refused(
      'vault',
      'Patient names on this device are damaged. Open the last disclosed export instead.',
    );
  }
}
