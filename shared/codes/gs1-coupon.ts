/**
 * Shop coupons (AI 8110 and 8112; GS1 US, North American Coupon Application Guideline). A vial never
 * carries one; they are read strictly so that a damaged medicine code cannot pass for one.
 */
import { daysInMonth } from './gs1-date.ts';

/** Reads from `at`; the place after what was read, or the name of the part that is wrong. */
type Step = (data: string, at: number) => number | string;

/** A length digit and then that many digits (and `extra` more). A 9 means none where `nine` says so. */
function counted(allowed: string, extra: number, what: string, nine = false): Step {
  return (data, at) => {
    const length = data.charAt(at);
    if (length === '' || !(allowed.includes(length) || (nine && length === '9'))) return `length of ${what}`;
    const end = at + 1 + (nine && length === '9' ? 0 : Number(length) + extra);
    return end <= data.length ? end : what;
  };
}

const fixed =
  (length: number, what: string): Step =>
  (data, at) =>
    at + length <= data.length ? at + length : what;

const oneOf =
  (allowed: string, what: string): Step =>
  (data, at) =>
    at < data.length && allowed.includes(data.charAt(at)) ? at + 1 : what;

function day(what: string): Step {
  return (data, at) => {
    const text = data.slice(at, at + 6);
    const [yy, mm, dd] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
    const exists = text.length === 6 && mm >= 1 && mm <= 12 && dd >= 1 && dd <= daysInMonth(2000 + yy, mm);
    return exists ? at + 6 : what;
  };
}

function run(steps: readonly Step[], data: string, from: number): number | string {
  let at: number | string = from;
  for (const step of steps) {
    at = step(data, at);
    if (typeof at === 'string') return at;
  }
  return at;
}

const purchase = (which: string): readonly Step[] => [
  counted('12345', 0, `${which} purchase requirement`),
  oneOf('012349', `${which} purchase requirement code`),
  fixed(3, `${which} purchase family code`),
];

const BEGINNING: readonly Step[] = [
  counted('0123456', 6, 'company prefix'),
  fixed(6, 'offer code'),
  counted('12345', 0, 'save value'),
  ...purchase('first'),
];

const OPTIONS: readonly (readonly [string, readonly Step[]])[] = [
  [
    '1',
    [
      oneOf('0123', 'additional purchase rules code'),
      ...purchase('second'),
      counted('0123456', 6, 'second company prefix', true),
    ],
  ],
  ['2', [...purchase('third'), counted('0123456', 6, 'third company prefix', true)]],
  ['3', [day('expiration date')]],
  ['4', [day('start date')]],
  ['5', [counted('0123456789', 6, 'serial number')]],
  ['6', [counted('1234567', 6, 'retailer number')]],
  [
    '9',
    [
      oneOf('01256', 'save value code'),
      oneOf('012', 'item that the save value applies to'),
      oneOf('0123456789', 'store coupon flag'),
      oneOf('01', "don't multiply flag"),
    ],
  ],
];

/** What is wrong with AI 8110 data (digits only), in a few words; undefined when nothing is. */
export function couponFault(data: string): string | undefined {
  let at = run(BEGINNING, data, 0);
  let expires: string | undefined;
  for (const [mark, steps] of OPTIONS) {
    if (typeof at === 'string') return at;
    if (data.charAt(at) !== mark) continue;
    const next = run(steps, data, at + 1);
    const value = data.slice(at + 1, at + 7);
    if (mark === '3') expires = value;
    if (mark === '4' && typeof next === 'number' && expires !== undefined && value > expires) {
      return 'expiration before start';
    }
    at = next;
  }
  if (typeof at === 'string') return at;
  return at === data.length ? undefined : 'excess data';
}

/** What is wrong with AI 8112 data (digits only), in a few words; undefined when nothing is. */
export function couponOfferFault(data: string): string | undefined {
  const end = run(
    [
      oneOf('01', 'format code'),
      counted('0123456', 6, 'funder'),
      fixed(6, 'offer code'),
      counted('0123456789', 6, 'serial number'),
    ],
    data,
    0,
  );
  if (typeof end === 'string') return end;
  return end === data.length ? undefined : 'excess data';
}
