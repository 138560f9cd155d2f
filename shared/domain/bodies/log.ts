import * as v from 'valibot';
import { policySchema } from '../policy/schema.ts';
import { hash, id, line, publicKey, time } from '../schema.ts';

/** The bodies of entries about the ledger itself. Strict: a member that is not named here is refused. */

const optional = v.exactOptional;
const reason = line(200);

export const LOG_BODIES = {
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
  'policy.changed': v.strictObject({ policy: policySchema, reason, proposal: optional(id) }),
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
