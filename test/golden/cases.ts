/** Every golden package. The name is the verdict: see `expected.ts`. */
import { FEDERAL_MINIMUM_POLICY, STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import { utf8 } from '../../shared/ledger/bytes.ts';
import {
  addPeopleAndStock,
  changePolicy,
  cosign,
  count,
  draw,
  KETAMINE,
  type Ledger,
  longStory,
  receive,
  shortStory,
  startLedger,
  waste,
} from './builder.ts';
import { HOSTILE } from './hostile-cases.ts';
import { HOSTILE_ZIPS } from './hostile-zips.ts';
import { type Case, INTEGRITY_CASES } from './integrity-cases.ts';
import { type PackageOptions, packageOf, zipOf } from './package-files.ts';
import { PEOPLE_CASES } from './people-cases.ts';
import { RULE_CASES } from './rule-cases.ts';
import { FLAGS, LOCAL_SIZE, patched, patchedLocal, rawZip, renamed, SIZE } from './zip-tricks.ts';

const DAY = 24 * 60;

const valid = (name: string, options: PackageOptions = {}, demo = false): Case => ({
  name: `package.valid.${name}.zip`,
  make: async () => zipOf(await packageOf(await longStory({ demo }), options)),
});

const VALID: readonly Case[] = [
  valid('whole'),
  valid('disclosed', { disclosed: true }),
  valid('demo', {}, true),
  valid('part', { from: 9, to: 20 }),
  valid('beginning', { from: 0, to: 9 }),
  valid('end', { from: 20, to: 29 }),
];

const conformity = (name: string, act: (ledger: Ledger) => Promise<unknown>): Case => ({
  name: `package.conformity.${name}.zip`,
  make: async () => {
    const ledger = await shortStory();
    await act(ledger);
    return zipOf(await packageOf(ledger));
  },
});

function unwitnessed(ledger: Ledger) {
  const { witness: _, ...draft } = waste(ledger, 'K-002', '0.5');
  return draft;
}

const CONFORMITY: readonly Case[] = [
  conformity('witness-missing.never.seq-12', (ledger) => ledger.append(unwitnessed(ledger))),
  conformity('witness-late.next-day.seq-13', async (ledger) => {
    await ledger.append(unwitnessed(ledger));
    await ledger.append({ ...cosign(ledger, 12, ledger.who.ben), minutes: DAY + 1 });
  }),
  conformity('self-witness.cosign.seq-13', async (ledger) => {
    await ledger.append(unwitnessed(ledger));
    await ledger.append(cosign(ledger, 12, ledger.who.cal));
  }),
  conformity('role.technician-receives.seq-12', (ledger) =>
    ledger.append({ ...receive(ledger, KETAMINE, ['K-003']), by: ledger.who.cal }),
  ),
  conformity('over-draw.unexplained.seq-12', (ledger) => ledger.append(draw(ledger, 'K-001', '9', '9', '0'))),
  conformity('sum.does-not-add-up.seq-12', (ledger) => ledger.append(draw(ledger, 'K-001', '1', '0.5', '0'))),
  {
    name: 'package.conformity.count-overdue.six-weeks.seq-8.zip',
    make: async () => {
      const ledger = await startLedger();
      await addPeopleAndStock(ledger);
      const found = { 'K-001': '10', 'K-002': '10', 'H-001': '10' };
      await ledger.append({ ...count(ledger, found), minutes: 42 * DAY });
      return zipOf(await packageOf(ledger));
    },
  },
];

/** What federal law alone let pass stays as it was when the clinic becomes stricter. */
const POLICY_CHANGED: Case = {
  name: 'package.valid.policy-changed.zip',
  make: async () => {
    const ledger = await shortStory({ policy: FEDERAL_MINIMUM_POLICY });
    await ledger.append(unwitnessed(ledger));
    await ledger.append(changePolicy(ledger, STRICT_POLICY));
    await ledger.append(waste(ledger, 'K-002', '0.5'));
    return zipOf(await packageOf(ledger));
  },
};

const small = async () => zipOf(await packageOf(await shortStory()));
const refused = (name: string, make: () => Promise<Uint8Array>): Case => ({
  name: `package.refused.${name}.zip`,
  make,
});

const REFUSED: readonly Case[] = [
  refused('not-a-package.text', async () => utf8('This is not a zip, whatever its name says.\n')),
  refused('not-a-package.another-zip', async () =>
    rawZip([['README.txt', utf8('A zip of something else.')]]),
  ),
  refused('damaged.cut-short', async () => (await small()).slice(0, -400)),
  refused('damaged.changed-byte', async () => {
    const zip = await small();
    const at = 2000;
    zip[at] = (zip[at] ?? 0) ^ 1;
    return zip;
  }),
  refused('damaged.bytes-behind', async () => new Uint8Array([...(await small()), 0])),
  refused('damaged.larger-than-said', async () =>
    patched(await small(), 'README.txt', { ...SIZE, value: 3 }),
  ),
  refused('name.path', async () => renamed(await small(), 'README.txt', '../ADME.tx')),
  refused('name.stranger', async () => renamed(await small(), 'README.txt', 'README.exe')),
  refused('duplicate.manifest', async () => {
    const files = [...(await packageOf(await shortStory()))];
    return renamed(rawZip([...files, ['manifest.jsoN', utf8('{}')]]), 'manifest.jsoN', 'manifest.json');
  }),
  refused('too-large.claimed', async () =>
    patchedLocal(
      patched(await small(), 'README.txt', { ...SIZE, value: 600 * 2 ** 20 }),
      ...(['README.txt', { ...LOCAL_SIZE, value: 600 * 2 ** 20 }] as const),
    ),
  ),
  refused('too-large.bomb', async () =>
    rawZip([...(await packageOf(await shortStory())), ['verify.html', new Uint8Array(2 ** 21)]]),
  ),
  refused('unsupported.encrypted', async () => patched(await small(), 'README.txt', { ...FLAGS, value: 1 })),
];

export const PACKAGES: readonly Case[] = [
  ...VALID,
  POLICY_CHANGED,
  ...INTEGRITY_CASES,
  ...PEOPLE_CASES,
  ...HOSTILE,
  ...CONFORMITY,
  ...RULE_CASES,
  ...REFUSED,
  ...HOSTILE_ZIPS,
];
