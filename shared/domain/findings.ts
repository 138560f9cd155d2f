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
  | 'witness-role'
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
};

export const refusal = (code: RuleCode, message: string): Finding => ({ code, severity: 'refuse', message });
export const flag = (code: RuleCode, message: string): Finding => ({ code, severity: 'flag', message });
