/** What a person may sign in with: at least six digits, or a passphrase of at least eight characters. */

const COMMON = [
  '123123',
  '121212',
  '112233',
  '123321',
  '654321',
  '696969',
  '147258',
  '159753',
  'password',
  'passwort',
];

/** Why a PIN is too easy to guess, as a sentence, or `null` for a good one. */
export function weaknessOf(pin: string): string | null {
  const digits = /^\d+$/.test(pin);
  if (digits && pin.length < 6) return 'A PIN needs at least 6 digits.';
  if (!digits && pin.length < 8) return 'A passphrase needs at least 8 characters; a PIN at least 6 digits.';
  if (new Set(pin).size <= 2 && pin.length < 12) return 'Use more than two different digits or letters.';
  if (isRun(pin)) return 'Digits or letters in a row are the first that people guess. Pick others.';
  if (COMMON.some((common) => pin.toLowerCase() === common || pin.toLowerCase() === `${common}1`)) {
    return 'This is one of the first that people guess. Pick another.';
  }
  return null;
}

/** Whether both are stretched to the same key. */
export const samePin = (one: string, other: string) => one.normalize('NFKC') === other.normalize('NFKC');

/** 123456, 654321, abcdefgh, 890123. */
function isRun(pin: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < pin.length; i += 1) {
    const step = pin.charCodeAt(i) - pin.charCodeAt(i - 1);
    steps.add(/^\d+$/.test(pin) ? (step + 10) % 10 : step);
  }
  const [only] = steps;
  return steps.size === 1 && only !== undefined && [1, 9, -1, 0].includes(only);
}
