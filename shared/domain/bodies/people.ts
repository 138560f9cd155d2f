import * as v from 'valibot';
import { ELEVATED_ROLES, ROLES } from '../roles.ts';
import { credentialId, date, id, keyId, line, publicKey, time } from '../schema.ts';

/** The bodies of entries about people, their keys and their access. Strict: a member that is not named here is refused. */

const optional = v.exactOptional;
const reason = line(200);
const role = v.picklist(ROLES);
const proposal = optional(id);
const self = v.strictObject({ id });

/** What is kept of a person besides their name and role, and may change. */
const particulars = {
  licence: optional(line(30)),
  deaNumber: optional(v.pipe(v.string(), v.regex(/^[A-Z][A-Z9]\d{7}$/))),
  /** The day on which the clinic screened this person for access (21 CFR 1301.76(a); 1301.90 is for non-practitioners). */
  screened: optional(date),
  /** The day of the last training in handling and recording. */
  trained: optional(date),
  /** Seconds without an act after which this person is signed out: shorter than the policy's, never longer. */
  idleSeconds: optional(v.pipe(v.number(), v.integer(), v.minValue(15), v.maxValue(3600))),
};

const credential = v.variant('algorithm', [
  v.strictObject({
    ...{ id: credentialId, rp: line(253), name: line(60), algorithm: v.literal('ES256') },
    /** The uncompressed point: 65 bytes. */
    publicKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}[AEIMQUYcgkosw048]$/)),
  }),
  v.strictObject({
    ...{ id: credentialId, rp: line(253), name: line(60), algorithm: v.literal('EdDSA'), publicKey },
  }),
]);

export const PEOPLE_BODIES = {
  'staff.enrolled': v.strictObject({
    staff: v.strictObject({ id, name: line(80), role, publicKey, ...particulars }),
    proposal,
  }),
  /** A relief vet or a visitor: witnesses until `until`, a day at the most. */
  'staff.admitted': v.strictObject({
    staff: v.strictObject({ id, name: line(80), publicKey, licence: optional(line(30)) }),
    until: time,
    reason,
  }),
  /** Members that are named take the place of those that stood. */
  'staff.changed': v.strictObject({
    staff: v.strictObject({ id, name: optional(line(80)), role: optional(role), ...particulars }),
    reason,
    proposal,
  }),
  'staff.key-rotated': v.strictObject({
    staff: v.strictObject({ id, publicKey }),
    revokes: keyId,
    reason: optional(reason),
    proposal,
  }),
  /** Another key of the same person, as of the phone with which they witness. */
  'staff.key-added': v.strictObject({ staff: v.strictObject({ id, publicKey }), name: line(60) }),
  'staff.key-removed': v.strictObject({ staff: self, revokes: keyId, reason }),
  'staff.pin-changed': v.strictObject({ staff: self }),
  'staff.factor-added': v.strictObject({ staff: self, credential }),
  'staff.factor-removed': v.strictObject({
    staff: self,
    credential: v.strictObject({ id: credentialId }),
    reason,
  }),
  'staff.disabled': v.strictObject({ staff: self, reason }),
  /** More than one's own role lets one do, for a while. `once`: over with the first act that needs it. */
  'access.elevated': v.strictObject({
    elevation: id,
    staff: self,
    role: v.picklist(ELEVATED_ROLES),
    until: time,
    once: v.boolean(),
    reason,
    proposal,
  }),
  'access.ended': v.strictObject({ elevation: id, reason }),
  /** The vault has another key. What was in it still is. */
  'vault.rotated': v.strictObject({ reason }),
  /** Identities that no record since `before` names are destroyed; the commitments stand. */
  'patients.erased': v.strictObject({
    before: time,
    patients: v.pipe(v.number(), v.integer(), v.minValue(0)),
    reason,
  }),
};
