import type { RuleCode } from '../domain/findings.ts';

/** Why something was not done. `message` is a sentence for the person: what was wrong and what to do. */
export type Refusal = {
  code: RefusalCode;
  message: string;
};

export type RefusalCode =
  | RuleCode
  | 'wrong-pin'
  | 'locked'
  | 'weak-pin'
  | 'no-key'
  /** A passkey or security key that did not answer, or that this page cannot ask. */
  | 'authenticator'
  | 'session-over'
  | 'signature'
  | 'stale'
  | 'duplicate-id'
  | 'quota'
  | 'not-written'
  | 'read-back'
  | 'busy'
  | 'vanished'
  | 'newer-format'
  | 'closed'
  | 'not-found'
  | 'vault'
  | 'cancelled'
  | 'not-paired'
  | 'unreachable'
  | 'malformed'
  /** The form was covered, transparent or moved while somebody was about to sign in it. */
  | 'covered';

/** Workers and bridges answer with this, never with a thrown error: errors lose their type on the way between realms. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = <T>(code: RefusalCode, message: string): Outcome<T> => ({
  ok: false,
  refusal: { code, message },
});
