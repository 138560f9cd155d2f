import * as v from 'valibot';
import type { CapturePort } from './capture.ts';
import {
  ANSWERS,
  type AnswerOf,
  ARGUMENTS,
  type ArgumentsOf,
  type CaptureMethod,
  METHODS,
  refusal,
} from './capture-schema.ts';
import type { Refusal } from './outcome.ts';

/**
 * The wire between the overlay, the background, the offscreen document and `bridge.html`: calls and replies over a
 * port, with the same form on every leg.
 */

/** Chrome's extension ids: 32 letters from a to p. */
export const EXTENSION_ID = /^[a-p]{32}$/;

const callId = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/));
const method = v.picklist(METHODS);
const call = v.strictObject({ kind: v.literal('call'), id: callId, method, args: v.array(v.unknown()) });
const reply = v.variant('ok', [
  v.strictObject({
    kind: v.literal('reply'),
    id: callId,
    ok: v.literal(true),
    value: v.exactOptional(v.unknown()),
  }),
  v.strictObject({ kind: v.literal('reply'), id: callId, ok: v.literal(false), refusal }),
]);
export type Call = v.InferOutput<typeof call>;
export type Reply = v.InferOutput<typeof reply>;

/** What the bridge says about itself over the port, at once and again whenever its answer changes. */
const standing = v.variant('state', [
  v.strictObject({ kind: v.literal('standing'), state: v.literal('paired') }),
  v.strictObject({
    kind: v.literal('standing'),
    state: v.literal('not-paired'),
    code: v.pipe(v.string(), v.regex(/^\d{6}$/)),
  }),
  /** Said by the offscreen document, when the app's page does not answer. */
  v.strictObject({ kind: v.literal('standing'), state: v.literal('unreachable') }),
]);
export type Standing = v.InferOutput<typeof standing>;

/** Said over the port when something in the ledger has changed, by whichever tab; what it is has to be asked for. */
const changed = v.strictObject({ kind: v.literal('changed') });
export const CHANGED: v.InferOutput<typeof changed> = { kind: 'changed' };
export const isChanged = (message: unknown): boolean => v.is(changed, message);

/** `listening` is the bridge's first word to the page that frames it; `hello` brings the port. */
const listening = v.strictObject({ kind: v.literal('countersign-bridge-listening') });
const hello = v.strictObject({ kind: v.literal('countersign-bridge-hello') });
export const LISTENING: v.InferOutput<typeof listening> = { kind: 'countersign-bridge-listening' };
export const HELLO: v.InferOutput<typeof hello> = { kind: 'countersign-bridge-hello' };
export const isListening = (message: unknown): boolean => v.is(listening, message);
export const isHello = (message: unknown): boolean => v.is(hello, message);

const parser =
  <S extends v.GenericSchema>(schema: S) =>
  (message: unknown): v.InferOutput<S> | null => {
    const result = v.safeParse(schema, message);
    return result.success ? result.output : null;
  };

/** The call, or `null` for anything that is not one. Arguments are checked by {@link parseArguments}. */
export const parseCall = parser(call);
export const parseReply = parser(reply);
export const parseStanding = parser(standing);

/** The arguments of a method, or `null` when they are not what it takes. */
export function parseArguments<K extends CaptureMethod>(name: K, args: unknown): ArgumentsOf<K> | null {
  const result = v.safeParse(ARGUMENTS[name], args);
  return result.success ? result.output : null;
}

/** The answer of a method, or `null` wrapped as not ok when it is not what the method gives. */
export function parseAnswer<K extends CaptureMethod>(
  name: K,
  value: unknown,
): { ok: true; value: AnswerOf<K> } | { ok: false } {
  const result = v.safeParse(ANSWERS[name], value);
  return result.success ? { ok: true, value: result.output } : { ok: false };
}

export const accepted = (id: string, value: unknown): Reply => ({ kind: 'reply', id, ok: true, value });
export const declined = (id: string, because: Refusal): Reply => ({
  kind: 'reply',
  id,
  ok: false,
  refusal: because,
});

const HANDLERS: { [K in CaptureMethod]: (port: CapturePort, args: ArgumentsOf<K>) => Promise<unknown> } = {
  status: (port) => port.status(),
  head: (port) => port.head(),
  newId: (port) => port.newId(),
  check: (port, [entry, signedBy]) => port.check(entry, signedBy),
  factorsFor: (port, [question]) => port.factorsFor(question),
  sign: (port, [entry, signer]) => port.sign(entry, signer),
  append: (port, [input]) => port.append(input),
  receipt: (port, [entryId]) => port.receipt(entryId),
  staff: (port) => port.staff(),
  products: (port) => port.products(),
  containers: (port, [filter]) => port.containers(filter),
  policy: (port) => port.policy(),
  recordedOn: (port, [query]) => port.recordedOn(query),
  openWork: (port) => port.openWork(),
  keepPatient: (port, [details]) => port.keepPatient(details),
  saveDraft: (port, [draft]) => port.saveDraft(draft),
  drafts: (port) => port.drafts(),
  dropDraft: (port, [entryId]) => port.dropDraft(entryId),
};

/**
 * Answers one call against a ledger. Never throws: wrong arguments and answers that do not fit their schema are
 * refused as `malformed`, a worker that failed as `unreachable`.
 */
export async function answerCall(port: CapturePort, message: Call): Promise<Reply> {
  return answerMethod(port, message.method, message);
}

async function answerMethod<K extends CaptureMethod>(
  port: CapturePort,
  name: K,
  message: Call,
): Promise<Reply> {
  const args = parseArguments(name, message.args);
  if (args === null) return declined(message.id, MALFORMED);
  try {
    const answer = parseAnswer(name, await HANDLERS[name](port, args));
    return answer.ok ? accepted(message.id, answer.value) : declined(message.id, MALFORMED);
  } catch {
    return declined(message.id, UNREACHABLE);
  }
}

export const MALFORMED: Refusal = {
  code: 'malformed',
  message:
    'The extension and the app did not understand each other, so nothing was done. Update both and try again.',
};
export const UNREACHABLE: Refusal = {
  code: 'unreachable',
  message: 'The ledger did not answer. What you typed is kept; try again, or open the Countersign app.',
};

/** A refusal of the wire itself, where the method has no outcome to carry it. */
export class PortRefused extends Error {
  readonly refusal: Refusal;
  constructor(because: Refusal) {
    super(because.message);
    this.name = 'PortRefused';
    this.refusal = because;
  }
}

/**
 * The capture form's port over a wire: each method sends a call and parses the reply.
 * Methods with an outcome answer wire failures as a refusal; the others reject with {@link PortRefused}.
 */
export function capturePortOver(
  send: (method: CaptureMethod, args: readonly unknown[]) => Promise<Reply>,
): CapturePort {
  const ask = async <K extends CaptureMethod>(name: K, ...args: unknown[]): Promise<AnswerOf<K>> => {
    const answer = await send(name, args);
    if (!answer.ok) throw new PortRefused(answer.refusal);
    const parsed = parseAnswer(name, answer.value);
    if (!parsed.ok) throw new PortRefused(MALFORMED);
    return parsed.value;
  };
  const outcome = <T>(asked: Promise<T>): Promise<T | { ok: false; refusal: Refusal }> =>
    asked.catch((error: unknown) => ({
      ok: false,
      refusal: error instanceof PortRefused ? error.refusal : UNREACHABLE,
    }));
  return {
    status: () => ask('status'),
    head: () => ask('head'),
    newId: () => ask('newId'),
    check: (entry, signedBy) => ask('check', entry, signedBy),
    factorsFor: (question) => ask('factorsFor', question),
    sign: (entry, signer) => outcome(ask('sign', entry, signer)),
    append: (input) => outcome(ask('append', input)),
    receipt: (entryId) => ask('receipt', entryId),
    staff: () => ask('staff'),
    products: () => ask('products'),
    containers: (filter) => ask('containers', filter),
    policy: () => ask('policy'),
    recordedOn: (query) => ask('recordedOn', query),
    openWork: () => ask('openWork'),
    keepPatient: (details) => outcome(ask('keepPatient', details)),
    saveDraft: (draft) => outcome(ask('saveDraft', draft)),
    drafts: () => ask('drafts'),
    dropDraft: (entryId) => ask('dropDraft', entryId),
  };
}
