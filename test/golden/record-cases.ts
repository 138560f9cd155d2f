/** Single records, one a file: what a reader has to say of a line with nothing beside it. */
import { utf8 } from '../../shared/ledger/bytes.ts';
import { type Draft, genesis, Ledger, type People, people, person } from './builder.ts';
import type { Case } from './integrity-cases.ts';

async function beginning(change: (draft: Draft, who: People) => Draft | Promise<Draft>): Promise<Uint8Array> {
  const ledger = new Ledger(await people());
  await ledger.append(await change(genesis(ledger), ledger.who));
  return utf8(`${ledger.lines[0]}\n`);
}

const line = (name: string, change: (line: string) => string): Case => ({
  name: `record.${name}.json`,
  make: () => beginning((draft) => ({ ...draft, line: change })),
});

export const RECORDS: readonly Case[] = [
  line('valid.genesis', (text) => text),
  line('parse.empty', () => ''),
  line('parse.array', () => '[]'),
  line('parse.cut-short', (text) => text.slice(0, 300)),
  line('parse.upper-case-hash', (text) => text.replace(/"prev":"0000/, '"prev":"000A')),
  line('parse.null-member', (text) =>
    text.replace('"demo":false', '"demo":null').replace('"seq":0', '"seq":null'),
  ),
  line('parse.extra-member', (text) => text.replace('"v":1}', '"v":1,"w":1}')),
  line('parse.missing-nonce', (text) => text.replace(/"nonce":"[^"]*",/, '')),
  line('parse.no-signature', (text) => text.replace(/"signatures":\[.*\]/, '"signatures":[]')),
  line('parse.leap-second', (text) =>
    text.replace(/"recorded":"[^"]*"/, '"recorded":"2026-12-31T23:59:60.000Z"'),
  ),
  line('parse.large-number', (text) => text.replace('"value":30}', '"value":9007199254740992}')),
  line('canonical.newline-escape', (text) => text.replace('Harbour Street', 'Harbour\\u0020Street')),
  line('canonical.exponent', (text) => text.replace('"seq":0', '"seq":0e0')),
  line('canonical.doubled-key', (text) => text.replace('"seq":0', '"seq":0,"seq":0')),
  line('canonical.trailing-space', (text) => `${text} `),
  line('version.later', (text) => text.replace('"v":1}', '"v":2}')),
  {
    name: 'record.signature.altered-name.json',
    make: () => beginning((draft) => ({ ...draft, line: (text) => text.replace('Ana Ruiz', 'Eva Ruiz') })),
  },
  {
    name: 'record.unknown-key.another-key.json',
    make: () =>
      beginning(async (draft, { ana }) => ({
        ...draft,
        by: await person(ana.name, ana.role, 'another key'),
      })),
  },
  {
    name: 'record.after.not-the-beginning.json',
    make: () => beginning((draft) => ({ ...draft, entry: { after: 'ab'.repeat(32) } })),
  },
  {
    name: 'record.link.prev.json',
    make: () => beginning((draft) => ({ ...draft, change: { prev: 'cd'.repeat(32) } })),
  },
];
