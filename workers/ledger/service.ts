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
  EntryDraft,
  LedgerService,
  PatientDetails,
  Receipt,
} from '../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { AccessDesk } from './access.ts';
import { type Context, createContext, deviceRow, random, type ServiceOptions } from './context.ts';
import { createLedger } from './create.ts';
import { createDemo } from './demo/demo.ts';
import { dropDraft, readDrafts, saveDraft } from './drafts.ts';
import { catchUpOnVault, followUp, refusalBefore } from './follow-up.ts';
import { isClosed, refusalOf } from './gate/refusals.ts';
import { gatherTarget, receiptOf } from './gate/steps.ts';
import { afterEntry, endSessions } from './keys/ended.ts';
import { changePin } from './keys/pin-change.ts';
import { prepareKey, prepareStaff, rotateKey } from './keys/rotate.ts';
import { tidyKeys } from './keys/tidy.ts';
import { Lifecycle } from './lifecycle.ts';
import { sign, unlock } from './people.ts';
import { forgetPhoneKey, makePhoneKey, phoneKeys, witnessOnPhone } from './phone/phone.ts';
import { approvalQueries } from './queries/approvals.ts';
import { containerViews, countLines, lifeOf, productViews } from './queries/containers.ts';
import { countResult, discrepancyViews } from './queries/counts.ts';
import { recordDetail } from './queries/detail.ts';
import { factorQueries } from './queries/factors.ts';
import { pairedPhones } from './queries/phones.ts';
import { forgetOldTags, openWorkOf, recordedOn } from './queries/recorded.ts';
import { rowsPage } from './queries/rows.ts';
import { personViews, staffViews } from './queries/staff.ts';
import { todayView } from './queries/today.ts';
import { readSettings, writeSetting } from './settings.ts';
import { vaultService } from './vault/service.ts';
import { taggerOf } from './vault/tags.ts';
import { keepDetails, readDetails } from './vault/vault.ts';

/** The service without its door for other workers, which needs a real port. */
export type LedgerCore = Omit<LedgerService, 'connectSource'>;

/** Puts the service together over one database. */
export async function createService(
  options: ServiceOptions = {},
): Promise<{ service: LedgerCore; context: Context }> {
  const context = await createContext(options);
  context.onNotice((notice) => {
    if (notice.kind === 'appended') void endSessions(context, notice);
  });
  return { service: serviceOver(context), context };
}

function serviceOver(context: Context): LedgerCore {
  const { effects, projection, now } = context;
  const lifecycle = new Lifecycle(context);
  const desk = new AccessDesk(context);
  const fresh = (work: () => Promise<Outcome<Receipt>>) => onEmpty(lifecycle, work);
  return {
    open: async (remembered) => {
      const status = await lifecycle.open(remembered);
      if (status.state === 'ready') {
        await tidyKeys(context).catch(() => {});
        await catchUpOnVault(context).catch(() => {});
      }
      return status;
    },
    status: () => lifecycle.status(),
    create: (input: CreateLedger) => fresh(() => createLedger(context, input, { demo: false })),
    createDemo: (onProgress) => fresh(() => createDemo(context, onProgress)),
    head: async () => {
      const head = await effects.store.head();
      return { size: head?.size ?? 0, hash: head?.hash ?? GENESIS_PREV };
    },
    newId: async () => newId(now(), random(10)),
    unlock: (staff, pin) => attempt(() => unlock(context, staff, pin)),
    sign: (entry, signer) => attempt(() => sign(context, entry, signer)),
    check: (entry, signedBy) => advise(context, entry, signedBy),
    append: (input) => onWritable(lifecycle, () => append(context, input)),
    receipt: async (entryId) => {
      const row = await effects.store.byEntry(entryId);
      return row ? receiptOf(row) : null;
    },
    prepareStaff: (pin) => attempt(() => prepareStaff(context, pin)),
    prepareKey: (staff, pin) => attempt(() => prepareKey(context, staff, pin)),
    changePin: (change) => onWritable(lifecycle, () => attempt(() => changePin(context, change))),
    rotateKey: (rotation) => onWritable(lifecycle, () => attempt(() => rotateKey(context, rotation))),
    people: () => personViews(context),
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
    ...approvalQueries(context),
    ...factorQueries(context),
    policy: async () => (await projection.catchUp()).state.policy,
    recordedOn: (query) => recordedOn(context, query),
    openWork: async () =>
      openWorkOf(
        context,
        (await readDrafts(context)).map(({ entryId }) => entryId),
      ),
    keepPatient: (details) => attempt(() => keepPatient(context, details)),
    ...vaultService(context, desk),
    pairedPhones: () => pairedPhones(context),
    phoneKeys: () => phoneKeys(context),
    makePhoneKey: (invitation, own) => attempt(() => makePhoneKey(context, invitation, own)),
    witnessOnPhone: (request, pin) => attempt(() => witnessOnPhone(context, request, pin)),
    forgetPhoneKey: (key) => forgetPhoneKey(context, key),
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
    return await work();
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, 'before') };
  }
}

/** A handle that died under the work is opened again, once; an append that is tried again is the same append. */
async function append(context: Context, input: AppendInput): Promise<Outcome<Receipt>> {
  const against = await refusalBefore(context, input.entry);
  if (against) return { ok: false, refusal: against };
  const taken = await appendOnce(context, input);
  if (taken.ok) await afterEntry(context, taken.value);
  if (taken.ok) await followUp(context, input.entry.type);
  return taken;
}

async function appendOnce(context: Context, input: AppendInput): Promise<Outcome<Receipt>> {
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
  return done(await keepDetails(db, sha, { details, now: now(), tags }));
}
