import type { SourceId } from './policy/source-ids.ts';

/**
 * What a rule found. `refuse`: the append gate does not take the entry, and a verifier that meets it in a log
 * calls the record non-conforming. `flag`: taken, shown and explained (a balance below zero is real: overfill).
 */
export type RuleCode =
  | 'schema'
  | 'not-started'
  | 'already-started'
  | 'unknown-staff'
  | 'disabled-staff'
  | 'role'
  | 'self-witness'
  | 'witness-missing'
  | 'witness-late'
  | 'witness-apart'
  | 'witness-role'
  | 'approver-missing'
  | 'approver-nobody'
  | 'three-people'
  | 'unknown-proposal'
  | 'other-act'
  | 'factor-missing'
  | 'admission-over'
  | 'access-end'
  | 'last-registrant'
  | 'retention'
  | 'reason-missing'
  | 'count-missing'
  | 'estimate'
  | 'on-hold'
  | 'variance'
  | 'policy-unusable'
  | 'future'
  | 'staff-exists'
  | 'unknown-product'
  | 'product-exists'
  | 'unknown-container'
  | 'container-exists'
  | 'number-taken'
  | 'closed-container'
  | 'unit'
  | 'sum'
  | 'expired'
  | 'over-draw'
  | 'unknown-entry'
  | 'wrong-record'
  | 'not-reversible'
  | 'already-reversed'
  | 'still-referred-to'
  | 'effect'
  | 'over-leftover'
  | 'other-container'
  | 'nothing-to-cosign'
  | 'adjustment'
  | 'unknown-count'
  | 'unknown-discrepancy'
  | 'demo';

export type Finding = {
  code: RuleCode;
  severity: 'refuse' | 'flag';
  /** A sentence for the person: what was wrong and what to do. */
  message: string;
  /** The sources of the policy's rule that was not kept; absent for what no policy can change. */
  sources?: readonly SourceId[];
};

const found =
  (severity: Finding['severity']) =>
  (code: RuleCode, message: string, sources?: readonly SourceId[]): Finding => ({
    ...{ code, severity, message },
    ...(sources === undefined ? {} : { sources }),
  });

export const refusal = found('refuse');
export const flag = found('flag');
