import * as v from 'valibot';
import { BODIES, type EntryType } from '../domain/entries.ts';
import { policySchema } from '../domain/policy/schema.ts';
import { isQuantity, UNITS } from '../domain/quantity.ts';
import { ROLES } from '../domain/roles.ts';
import { credentialId, hash, id, schedule, time } from '../domain/schema.ts';
import { SIGNER_NAME } from '../domain/state.ts';
import type { CapturePort } from './capture.ts';
import type { Outcome, RefusalCode } from './outcome.ts';
import { openWork, recordedAnswer, recordedQuery } from './recorded.ts';

/**
 * What may be asked of the ledger through the bridge, and what may come back: one schema for the arguments and one
 * for the answer of every method of {@link CapturePort}. Each end parses what arrives, so neither trusts the other's
 * build. Sizes are limited: a page or a process that sends more is refused, not read.
 */

const optional = v.exactOptional;
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.string(), v.maxLength(20), v.check(isQuantity));
const unit = v.picklist(UNITS);
const role = v.picklist(ROLES);
const signedAs = v.picklist(['performer', 'witness', 'approver', 'registrant']);

const entryType: v.GenericSchema<unknown, EntryType> = v.picklist(namesOf(BODIES));

/** The body is checked by the gate against the schema of its type; here only that it is data of a sane size. */
const body = v.pipe(
  v.unknown(),
  v.check((input) => sizeOf(input) <= 32_768, 'more than an entry can hold'),
);
const entryDraft = v.strictObject({ id, type: entryType, at: time, after: hash, by: id, body });
const pin = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const signer = v.union([
  v.strictObject({ as: signedAs, by: id, pin }),
  v.strictObject({ as: signedAs, by: id, session: text(200) }),
]);
const signedStatement = v.strictObject({
  as: signedAs,
  by: id,
  key: text(22),
  at: time,
  sig: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
});
export const appendInput = v.strictObject({
  entry: entryDraft,
  signatures: v.pipe(v.array(signedStatement), v.minLength(1), v.maxLength(4)),
});
const patientDetails = v.strictObject({
  name: v.pipe(text(120), v.minLength(1)),
  species: optional(text(60)),
  owner: optional(text(120)),
  address: optional(text(200)),
  recordNumber: optional(text(60)),
  consultation: optional(text(60)),
});
export const captureDraft = v.strictObject({
  entryId: id,
  type: v.picklist(['draw', 'waste']),
  startedAt: time,
  door: v.picklist(['pwa', 'overlay']),
  site: optional(text(60)),
  form: v.pipe(
    v.record(text(60), text(2000)),
    v.check((form) => Object.keys(form).length <= 40, 'more fields than the form has'),
  ),
});
const containerFilter = v.strictObject({
  open: optional(v.boolean()),
  product: optional(id),
  search: optional(text(200)),
});

export const ARGUMENTS = {
  status: v.strictTuple([]),
  head: v.strictTuple([]),
  newId: v.strictTuple([]),
  check: v.strictTuple([
    entryDraft,
    v.pipe(v.array(v.strictObject({ as: signedAs, by: id })), v.maxLength(4)),
  ]),
  factorsFor: v.strictTuple([
    v.strictObject({
      ...{ type: entryType, by: id, body },
      signers: v.pipe(v.array(v.strictObject({ as: signedAs, by: id })), v.maxLength(4)),
    }),
  ]),
  sign: v.strictTuple([entryDraft, signer]),
  append: v.strictTuple([appendInput]),
  receipt: v.strictTuple([id]),
  staff: v.strictTuple([]),
  products: v.strictTuple([]),
  containers: v.strictTuple([containerFilter]),
  policy: v.strictTuple([]),
  recordedOn: v.strictTuple([recordedQuery]),
  openWork: v.strictTuple([]),
  keepPatient: v.strictTuple([patientDetails]),
  saveDraft: v.strictTuple([captureDraft]),
  drafts: v.strictTuple([]),
  dropDraft: v.strictTuple([id]),
};

const head = v.strictObject({ size: count, hash });
export const rememberedHead = v.strictObject({ ledger: id, size: count, hash });
const advice = v.strictObject({
  code: text(60),
  severity: v.picklist(['refuse', 'flag']),
  message: text(1000),
});
export const receipt = v.strictObject({
  entryId: id,
  seq: count,
  hash,
  recorded: time,
  flags: v.pipe(v.array(advice), v.maxLength(50)),
});
export const status = v.variant('state', [
  v.strictObject({ state: v.literal('empty') }),
  v.strictObject({
    state: v.literal('ready'),
    ledger: id,
    device: id,
    facility: text(200),
    demo: v.boolean(),
    head,
    genesis: hash,
  }),
  v.strictObject({ state: v.literal('vanished'), remembered: rememberedHead, found: v.nullable(head) }),
  v.strictObject({ state: v.literal('newer-format') }),
  v.strictObject({ state: v.literal('blocked') }),
  v.strictObject({ state: v.literal('closed'), reason: text(1000) }),
]);

/** An object, so that a code added to the union and not here fails the type check. */
const REFUSALS: Record<RefusalCode, true> = {
  schema: true,
  'not-started': true,
  'already-started': true,
  'unknown-staff': true,
  'disabled-staff': true,
  role: true,
  'self-witness': true,
  'witness-missing': true,
  'witness-late': true,
  'witness-role': true,
  'approver-missing': true,
  'approver-nobody': true,
  'three-people': true,
  'unknown-proposal': true,
  'other-act': true,
  'factor-missing': true,
  'admission-over': true,
  'access-end': true,
  'last-registrant': true,
  retention: true,
  'witness-apart': true,
  'reason-missing': true,
  'count-missing': true,
  estimate: true,
  'on-hold': true,
  variance: true,
  'policy-unusable': true,
  future: true,
  'staff-exists': true,
  'unknown-product': true,
  'product-exists': true,
  'unknown-container': true,
  'container-exists': true,
  'number-taken': true,
  'closed-container': true,
  unit: true,
  sum: true,
  expired: true,
  'over-draw': true,
  'unknown-entry': true,
  'wrong-record': true,
  'not-reversible': true,
  'already-reversed': true,
  'still-referred-to': true,
  effect: true,
  'over-leftover': true,
  'other-container': true,
  'nothing-to-cosign': true,
  adjustment: true,
  'unknown-count': true,
  'unknown-discrepancy': true,
  demo: true,
  'wrong-pin': true,
  locked: true,
  'weak-pin': true,
  'no-key': true,
  authenticator: true,
  'session-over': true,
  signature: true,
  stale: true,
  'duplicate-id': true,
  quota: true,
  'not-written': true,
  'read-back': true,
  busy: true,
  vanished: true,
  'newer-format': true,
  closed: true,
  'not-found': true,
  vault: true,
  cancelled: true,
  'not-paired': true,
  unreachable: true,
  malformed: true,
  covered: true,
};
export const refusal = v.strictObject({ code: v.picklist(namesOf(REFUSALS)), message: text(1000) });
const refusedOutcome = v.strictObject({ ok: v.literal(false), refusal });
const outcome = <S extends v.GenericSchema>(value: S) =>
  v.union([v.strictObject({ ok: v.literal(true), value }), refusedOutcome]);
/** `value: undefined` does not survive a runtime port, where messages are JSON. */
const doneOutcome = v.union([
  v.pipe(
    v.object({ ok: v.literal(true) }),
    v.transform((): Outcome<void> => ({ ok: true, value: undefined })),
  ),
  refusedOutcome,
]);

const product = BODIES['product.added'].entries.product;
const form = product.entries.form;
const leftover = v.strictObject({
  draw: id,
  record: hash,
  container: id,
  number: text(20),
  product: text(200),
  remaining: amount,
  unit,
  by: id,
  byName: text(SIGNER_NAME),
  at: time,
});
const container = v.strictObject({
  id,
  number: text(20),
  productId: id,
  product: text(200),
  strength: optional(text(60)),
  schedule,
  form,
  lot: text(20),
  expires: text(10),
  expired: v.boolean(),
  onHold: v.boolean(),
  serial: optional(text(20)),
  gtin: optional(text(14)),
  unit,
  size: amount,
  balance: amount,
  receivedAt: time,
  openedAt: optional(time),
  closedAt: optional(time),
  lastCountedAt: optional(time),
  leftovers: v.array(leftover),
});
const staff = v.strictObject({
  id,
  name: text(80),
  role,
  licence: optional(text(30)),
  disabled: v.boolean(),
  hasKey: v.boolean(),
  lockedUntil: optional(time),
  until: optional(time),
  visitorOf: optional(text(80)),
  elevatedTo: optional(v.array(role)),
  hasFactor: optional(v.literal(true)),
});
const factorSigner = v.strictObject({
  ...{ as: signedAs, by: id, name: text(SIGNER_NAME) },
  credentials: v.array(v.strictObject({ id: credentialId, name: text(60), rp: text(253) })),
});

export const ANSWERS = {
  status,
  head,
  newId: id,
  check: v.array(advice),
  factorsFor: v.nullable(v.array(factorSigner)),
  sign: outcome(signedStatement),
  append: outcome(receipt),
  receipt: v.nullable(receipt),
  staff: v.array(staff),
  products: v.array(v.strictObject({ ...product.entries, onHand: amount, containers: count })),
  containers: v.array(container),
  policy: policySchema,
  recordedOn: recordedAnswer,
  openWork,
  keepPatient: outcome(v.strictObject({ ref: id, commitment: hash })),
  saveDraft: doneOutcome,
  drafts: v.array(captureDraft),
  dropDraft: v.pipe(
    v.unknown(),
    v.transform(() => undefined),
  ),
} satisfies { [K in CaptureMethod]: v.GenericSchema<unknown, Awaited<ReturnType<CapturePort[K]>>> };

export type CaptureMethod = keyof typeof ARGUMENTS;
export type ArgumentsOf<K extends CaptureMethod> = v.InferOutput<(typeof ARGUMENTS)[K]>;
export type AnswerOf<K extends CaptureMethod> = v.InferOutput<(typeof ANSWERS)[K]>;

export const METHODS = namesOf(ARGUMENTS);

function namesOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table).filter((name): name is keyof T & string => name in table);
}

function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
