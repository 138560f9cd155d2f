import * as v from 'valibot';
import { policySchema } from './policy/schema.ts';
import { ROLES } from './roles.ts';
import {
  date,
  hash,
  id,
  keyId,
  line,
  patient,
  positive,
  publicKey,
  quantity,
  schedule,
  signedQuantity,
  time,
  unit,
} from './schema.ts';

/** The bodies of the acts (product.md "The acts"). Strict: a member that is not named here is refused. */

const optional = v.exactOptional;
const role = v.picklist(ROLES);
const note = line(500);
const reason = line(200);

const supplier = v.strictObject({
  name: line(120),
  address: optional(line(200)),
  deaNumber: optional(line(9)),
});

const product = v.strictObject({
  id,
  name: line(80),
  strength: optional(line(60)),
  form: v.picklist(['injection', 'tablet', 'capsule', 'patch', 'oral-liquid', 'powder', 'other']),
  schedule,
  unit,
  /** What one new container holds. */
  holds: positive,
  /** As printed on the label, with its hyphens, and in 11 digits where that is unambiguous. */
  ndc: optional(
    v.strictObject({ original: line(14), ndc11: optional(v.pipe(v.string(), v.regex(/^\d{11}$/))) }),
  ),
  gtins: v.array(v.pipe(v.string(), v.regex(/^\d{14}$/))),
});

const container = v.strictObject({
  id,
  /** The clinic's own number, written on the container. Unique in the ledger. */
  number: line(20),
  product: id,
  lot: line(20),
  expires: date,
  serial: optional(line(20)),
  gtin: optional(v.pipe(v.string(), v.regex(/^\d{14}$/))),
  quantity: positive,
  unit,
});

/** Why a warning was overridden, in the person's own words. */
const acknowledged = v.strictObject({ warning: v.picklist(['expired', 'low-balance', 'on-hold']), reason });

/** Where a capture came from when it was not typed in the app: what the page said, kept apart from what the person accepted. */
const source = v.strictObject({ door: v.picklist(['pwa', 'overlay']), site: optional(line(60)) });

export const BODIES = {
  'ledger.created': v.strictObject({
    ledger: id,
    device: v.strictObject({ id, publicKey, name: line(60) }),
    registrant: v.strictObject({ id, name: line(80), publicKey }),
    facility: v.strictObject({
      name: line(120),
      address: line(200),
      deaNumber: v.pipe(v.string(), v.regex(/^[A-Z][A-Z9]\d{7}$/)),
      /** IANA name: days and deadlines are the clinic's. */
      timeZone: line(40),
    }),
    policy: policySchema,
    /** A demo ledger says so in its first record, for ever. */
    demo: v.boolean(),
  }),
  /** How the log of a further device begins. `invitation` is the entry in another log that let it in. */
  'device.joined': v.strictObject({
    ledger: id,
    device: v.strictObject({ id, publicKey, name: line(60) }),
    invitation: id,
  }),
  'staff.enrolled': v.strictObject({
    staff: v.strictObject({ id, name: line(80), role, licence: optional(line(30)), publicKey }),
  }),
  'staff.key-rotated': v.strictObject({ staff: v.strictObject({ id, publicKey }), revokes: keyId }),
  'staff.disabled': v.strictObject({ staff: v.strictObject({ id }), reason }),
  'policy.changed': v.strictObject({ policy: policySchema, reason }),
  'product.added': v.strictObject({ product }),
  'container.received': v.strictObject({
    containers: v.pipe(v.array(container), v.minLength(1), v.maxLength(50)),
    supplier: optional(supplier),
    invoice: optional(line(40)),
  }),
  'container.opened': v.strictObject({ container: id }),
  'container.closed': v.strictObject({
    container: id,
    reason: v.picklist(['empty', 'hub-loss', 'overfill', 'expired', 'damaged']),
    /** What the book had to be changed by to end at zero: negative for hub loss, positive for overfill. */
    adjustment: signedQuantity,
    unit,
    note: optional(note),
  }),
  draw: v.strictObject({
    container: id,
    /** Taken out of the container: given + leftover. */
    drawn: positive,
    given: quantity,
    leftover: quantity,
    unit,
    patient: optional(patient),
    note: optional(note),
    acknowledged: optional(v.pipe(v.array(acknowledged), v.minLength(1))),
    source: optional(source),
  }),
  waste: v.strictObject({
    container: id,
    quantity: positive,
    unit,
    /** The draw whose leftover this is; absent when it was wasted straight from the container. */
    draw: optional(id),
    reason,
    note: optional(note),
    source: optional(source),
  }),
  return: v.strictObject({ container: id, quantity: positive, unit, draw: id, reason, note: optional(note) }),
  cosign: v.strictObject({ entry: id, record: hash }),
  reversal: v.strictObject({
    entry: id,
    record: hash,
    reason,
    /** The opposite of what the entry did to the balance, so that a reader need not look it up; checked against it. */
    effect: v.strictObject({ container: id, change: signedQuantity, unit }),
  }),
  count: v.strictObject({
    session: id,
    kind: v.picklist(['spot', 'shift', 'cycle', 'month-end']),
    /** The count that this one repeats, after a mismatch. */
    recounts: optional(id),
    lines: v.pipe(
      v.array(
        v.strictObject({
          container: id,
          counted: quantity,
          unit,
          method: v.picklist(['measured', 'counted', 'weighed', 'estimated']),
        }),
      ),
      v.minLength(1),
      v.maxLength(500),
    ),
  }),
  'discrepancy.opened': v.strictObject({
    discrepancy: id,
    container: id,
    count: id,
    expected: signedQuantity,
    counted: quantity,
    difference: signedQuantity,
    unit,
    note: optional(note),
  }),
  'discrepancy.noted': v.strictObject({ discrepancy: id, note }),
  'discrepancy.resolved': v.strictObject({
    discrepancy: id,
    container: id,
    cause: v.picklist([
      'counting-error',
      'recording-error',
      'hub-loss',
      'overfill',
      'spill',
      'loss',
      'theft',
      'unexplained',
    ]),
    note,
    /** What the book is changed by. `0` when the count was wrong. */
    adjustment: signedQuantity,
    unit,
  }),
  'sign-in.refused': v.strictObject({
    staff: id,
    attempts: v.pipe(v.number(), v.integer(), v.minValue(1)),
    lockedUntil: optional(time),
  }),
  'clock.anomaly': v.strictObject({ deviceClock: time, heldAt: time }),
  exported: v.pipe(
    v.strictObject({
      /** The package holds records `from <= seq < to` of a log of `size`. */
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      to: v.pipe(v.number(), v.integer(), v.minValue(1)),
      size: v.pipe(v.number(), v.integer(), v.minValue(1)),
      root: hash,
      disclosed: v.boolean(),
      reason: optional(reason),
    }),
    v.check(({ from, to, size }) => from < to && to <= size, 'The range is not within the log.'),
  ),
  verified: v.strictObject({
    size: v.pipe(v.number(), v.integer(), v.minValue(1)),
    root: hash,
    failures: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
};

export type EntryType = keyof typeof BODIES;
export type Body<T extends EntryType> = v.InferOutput<(typeof BODIES)[T]>;
export type Product = Body<'product.added'>['product'];
export type ReceivedContainer = Body<'container.received'>['containers'][number];
export type CountMethod = Body<'count'>['lines'][number]['method'];
export type DiscrepancyCause = Body<'discrepancy.resolved'>['cause'];

/** An entry whose body has been checked against the schema of its type. */
export type DomainEntry = {
  [T in EntryType]: { id: string; type: T; at: string; after: string; by: string; body: Body<T> };
}[EntryType];
export type EntryOf<T extends EntryType> = Extract<DomainEntry, { type: T }>;

/** Acts of the device itself: signed with its own key, by its own id. */
export const DEVICE_ACTS: readonly EntryType[] = ['device.joined', 'sign-in.refused', 'clock.anomaly'];

const envelope = { id, at: time, after: hash, by: id };
const ENTRY = v.variant(
  'type',
  // The table above is the single list; the cast-free way to spell a variant from it is one object a type.
  [
    v.strictObject({ ...envelope, type: v.literal('ledger.created'), body: BODIES['ledger.created'] }),
    v.strictObject({ ...envelope, type: v.literal('device.joined'), body: BODIES['device.joined'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.enrolled'), body: BODIES['staff.enrolled'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.key-rotated'), body: BODIES['staff.key-rotated'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.disabled'), body: BODIES['staff.disabled'] }),
    v.strictObject({ ...envelope, type: v.literal('policy.changed'), body: BODIES['policy.changed'] }),
    v.strictObject({ ...envelope, type: v.literal('product.added'), body: BODIES['product.added'] }),
    v.strictObject({
      ...envelope,
      type: v.literal('container.received'),
      body: BODIES['container.received'],
    }),
    v.strictObject({ ...envelope, type: v.literal('container.opened'), body: BODIES['container.opened'] }),
    v.strictObject({ ...envelope, type: v.literal('container.closed'), body: BODIES['container.closed'] }),
    v.strictObject({ ...envelope, type: v.literal('draw'), body: BODIES.draw }),
    v.strictObject({ ...envelope, type: v.literal('waste'), body: BODIES.waste }),
    v.strictObject({ ...envelope, type: v.literal('return'), body: BODIES.return }),
    v.strictObject({ ...envelope, type: v.literal('cosign'), body: BODIES.cosign }),
    v.strictObject({ ...envelope, type: v.literal('reversal'), body: BODIES.reversal }),
    v.strictObject({ ...envelope, type: v.literal('count'), body: BODIES.count }),
    v.strictObject({
      ...envelope,
      type: v.literal('discrepancy.opened'),
      body: BODIES['discrepancy.opened'],
    }),
    v.strictObject({ ...envelope, type: v.literal('discrepancy.noted'), body: BODIES['discrepancy.noted'] }),
    v.strictObject({
      ...envelope,
      type: v.literal('discrepancy.resolved'),
      body: BODIES['discrepancy.resolved'],
    }),
    v.strictObject({ ...envelope, type: v.literal('sign-in.refused'), body: BODIES['sign-in.refused'] }),
    v.strictObject({ ...envelope, type: v.literal('clock.anomaly'), body: BODIES['clock.anomaly'] }),
    v.strictObject({ ...envelope, type: v.literal('exported'), body: BODIES.exported }),
    v.strictObject({ ...envelope, type: v.literal('verified'), body: BODIES.verified }),
  ],
);

export type ParsedEntry = { ok: true; entry: DomainEntry } | { ok: false; where: string; message: string };

/** Checks an entry against the schema of its type. `where` names the member that is wrong, as a path. */
export function parseEntry(input: unknown): ParsedEntry {
  const result = v.safeParse(ENTRY, input);
  if (result.success) return { ok: true, entry: result.output };
  const issue = result.issues[0];
  return { ok: false, where: v.getDotPath(issue) ?? 'entry', message: issue.message };
}
