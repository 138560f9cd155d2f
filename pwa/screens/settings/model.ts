import type { Policy } from '../../../shared/domain/policy.ts';
import { ROLE_NAMES, type Role } from '../../../shared/domain/roles.ts';
import { isObject, type JsonObject } from '../../../shared/ledger/canonical.ts';

/** What Settings says in words. */

export type PolicyRow = { rule: string; says: string; citation?: string };

const ACT_NAMES: Record<Policy['witness'][number]['act'], string> = {
  waste: 'Wasting',
  'container.closed': 'Closing a container',
  count: 'Counting',
  'discrepancy.resolved': 'Resolving a discrepancy',
};

/**
 * The policy in force as rules in words. A citation stands only where federal text was the reason for a rule or
 * for the lack of one; the rest is the clinic's own choice.
 */
export function policyRows(policy: Policy): PolicyRow[] {
  return [
    ...witnessRows(policy),
    { rule: 'Draws, gives, wastes, counts', says: roleList(policy.handle) },
    { rule: 'Receives, closes containers', says: roleList(policy.stock) },
    { rule: 'Witnesses', says: roleList(policy.mayWitness) },
    { rule: 'Enrols people, changes the policy', says: roleList(policy.administer) },
    { rule: 'Everything is counted', says: every(policy.countEveryDays), citation: countCitation(policy) },
    {
      rule: 'Records are kept',
      says: `${policy.retentionYears} years`,
      citation: 'At least 2 years: 21 CFR 1304.04(a). Several states ask for more.',
    },
    { rule: 'A PIN is asked for again', says: `after ${seconds(policy.idleSeconds)} without an act` },
    {
      rule: 'A package outside the browser',
      says: `is asked for after ${policy.exportEveryEntries} new entries`,
    },
  ];
}

function witnessRows(policy: Policy): PolicyRow[] {
  if (policy.witness.length === 0) {
    return [
      {
        rule: 'Wasting',
        says: 'needs no witness',
        citation:
          'Federal law names no witness for the remainder of an administered dose: 21 CFR 1304.21(e), 1304.22(c).',
      },
    ];
  }
  return policy.witness.map((rule) => ({
    rule: `${ACT_NAMES[rule.act]}, Schedule ${rule.schedules.join(', ')}`,
    says:
      rule.due === 'now'
        ? 'needs a witness in the same record'
        : `needs a witness, at the latest ${rule.lateHours} hours after it was recorded`,
    ...(rule.act === 'waste'
      ? { citation: 'Stricter than federal law, which names no witness: 21 CFR 1304.21(e), 1304.22(c).' }
      : {}),
  }));
}

const countCitation = ({ countEveryDays }: Policy) =>
  countEveryDays <= 366
    ? 'Federal law asks for an inventory every two years: 21 CFR 1304.11(c).'
    : '21 CFR 1304.11(c): every two years.';

const every = (days: number) => (days === 1 ? 'every day' : `every ${days} days`);
const seconds = (count: number) =>
  count % 60 === 0 ? plural(count / 60, 'minute') : plural(count, 'second');
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
const roleList = (roles: readonly Role[]) =>
  roles.length === 0 ? 'nobody' : roles.map((role) => ROLE_NAMES[role]).join(', ');

/** First 16 hex digits in groups of four: short enough to be read out loud. */
export function readOut(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** Reads a pasted extension id: 32 letters a to p, alone or inside a chrome-extension address. */
export function readExtensionId(
  typed: string,
  paired: readonly string[],
): { ok: true; id: string } | { ok: false; message: string } {
  const text = typed.trim().toLowerCase();
  const id = /^(?:chrome-extension:\/\/)?([a-p]{32})(?:\/.*)?$/.exec(text)?.[1];
  if (text === '')
    return { ok: false, message: 'Paste the id that the extension shows on its options page.' };
  if (id === undefined) {
    return {
      ok: false,
      message:
        'That is not an extension id. It has 32 letters from a to p; copy it from the options page of the extension.',
    };
  }
  return paired.includes(id)
    ? { ok: false, message: 'This extension is approved already.' }
    : { ok: true, id };
}

/** A number of bytes for people: `3.4 MB`. Decimal units, as storage is sold and reported. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** What the browser said about keeping the store, and what follows from it. */
export const PERSISTENCE_WORDS = {
  unknown: 'The browser has not been asked yet. It is asked when the next record is written.',
  granted: 'The browser has promised to keep this store until a person deletes it.',
  refused:
    'The browser may delete this store when the disk gets full. Install the app or ask again, and keep packages elsewhere.',
  unsupported: 'This browser does not say whether it keeps the store. Keep packages elsewhere.',
} as const;

/** The name that the first record gives to the device. */
export function deviceNameOf(body: JsonObject): string | undefined {
  const { device } = body;
  return isObject(device) && typeof device.name === 'string' ? device.name : undefined;
}
