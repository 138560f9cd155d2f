import * as v from 'valibot';
import {
  date,
  hash,
  id,
  line,
  patient,
  positive,
  quantity,
  schedule,
  signedQuantity,
  unit,
} from '../schema.ts';

/** The bodies of acts on stock (product.md "The acts"). Strict: a member that is not named here is refused. */

const optional = v.exactOptional;
const note = line(500);
const reason = line(200);
/** The approved proposal that the act carries out. */
const proposal = optional(id);

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

export const STOCK_BODIES = {
  'product.added': v.strictObject({ product }),
  'container.received': v.strictObject({
    containers: v.pipe(v.array(container), v.minLength(1), v.maxLength(50)),
    supplier: optional(supplier),
    invoice: optional(line(40)),
    proposal,
  }),
  'container.opened': v.strictObject({ container: id }),
  'container.closed': v.strictObject({
    container: id,
    reason: v.picklist(['empty', 'hub-loss', 'overfill', 'expired', 'damaged']),
    /** What the book had to be changed by to end at zero: negative for hub loss, positive for overfill. */
    adjustment: signedQuantity,
    unit,
    note: optional(note),
    proposal,
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
    proposal,
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
    proposal,
  }),
};
