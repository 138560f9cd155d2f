/**
 * Canonical JSON: RFC 8785 (JCS). A record is printed once by `canonicalize`; every reader parses the
 * text with `parseCanonical`, which refuses any text that would not print back byte for byte.
 */
import { LedgerError } from './errors.ts';

export type JsonObject = { readonly [key: string]: Json };
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Deeper values are refused, so that no hostile text can exhaust a reader's stack. */
export const MAX_DEPTH = 32;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * RFC 8785 text of a JSON value: keys sorted by UTF-16 code units, ECMAScript numbers, no white space.
 * Throws `canonical` for what has no such text: NaN, infinities, `undefined`, lone surrogates, class
 * instances, holes, symbol keys, nesting beyond MAX_DEPTH.
 */
export function canonicalize(value: Json): string {
  return print(value, 0);
}

/**
 * Value of a canonical text. Within it only the format's own types are allowed: numbers are integers of
 * magnitude at most 2^53 - 1. Throws `parse` for what isn't JSON or holds another type, `canonical` for
 * JSON that is written in another way than `canonicalize` writes it.
 */
export function parseCanonical(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LedgerError({ code: 'parse', message: 'The text is not JSON.', cause });
  }
  if (reprint(value) !== text) {
    throw new LedgerError({
      code: 'canonical',
      message: 'The JSON is not in its canonical form (RFC 8785).',
    });
  }
  return value;
}

/**
 * Canonical text of a value that `JSON.parse` has just made, standing `depth` levels deep in a larger one.
 * Throws `parse` for types that the format doesn't have, otherwise as `canonicalize` does.
 */
export function reprint(value: Json, depth = 0): string {
  const inOrder = checkTypes(value, depth);
  // The native printer agrees with RFC 8785 wherever the keys already stand in order and no string needs
  // a surrogate escape, and is several times faster. Where it might not agree, the exact printer decides.
  const native = inOrder ? JSON.stringify(value) : undefined;
  return native === undefined || native.includes('\\ud') ? print(value, depth) : native;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks a freshly parsed value and says whether every object's keys stand in canonical order. */
function checkTypes(value: Json, depth: number): boolean {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return true;
    throw new LedgerError({ code: 'parse', message: 'A number is not an integer within ±(2^53 - 1).' });
  }
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) throw new LedgerError({ code: 'parse', message: 'The JSON is nested too deeply.' });
  let inOrder = true;
  if (isArray(value)) {
    for (const item of value) inOrder = checkTypes(item, depth + 1) && inOrder;
    return inOrder;
  }
  let before: string | undefined;
  // On what JSON.parse has just made, for-in yields exactly the own keys, without an array of them.
  for (const key in value) {
    if (before !== undefined && before >= key) inOrder = false;
    before = key;
    inOrder = checkTypes(value[key]!, depth + 1) && inOrder;
  }
  return inOrder;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function print(value: Json, depth: number): string {
  switch (typeof value) {
    case 'string':
      return printString(value);
    case 'number':
      if (!Number.isFinite(value)) throw unprintable(`the number ${value}`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= MAX_DEPTH) throw unprintable('a value nested too deeply');
      return isArray(value) ? printArray(value, depth) : printObject(value, depth);
    default:
      throw unprintable(`a value of type ${typeof value}`);
  }
}

function printString(value: string): string {
  const text = JSON.stringify(value);
  // A lone surrogate is always escaped and so lengthens the text; the costly test runs only then.
  if (text.length !== value.length + 2 && LONE_SURROGATE.test(value)) throw unprintable('a lone surrogate');
  return text;
}

function printArray(value: readonly Json[], depth: number): string {
  let text = '[';
  for (let i = 0; i < value.length; i += 1) {
    if (i > 0) text += ',';
    text += print(value[i]!, depth + 1);
  }
  return `${text}]`;
}

function printObject(value: JsonObject, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unprintable('an instance of a class');
  if (Object.getOwnPropertySymbols(value).length > 0) throw unprintable('a symbol key');
  let text = '{';
  for (const key of sortedKeys(value)) {
    if (text.length > 1) text += ',';
    text += `${printString(key)}:${print(value[key]!, depth + 1)}`;
  }
  return `${text}}`;
}

function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i += 1) if (keys[i - 1]! > keys[i]!) return keys.sort();
  return keys;
}

function unprintable(what: string): LedgerError {
  return new LedgerError({ code: 'canonical', message: `Canonical JSON cannot hold ${what}.` });
}
