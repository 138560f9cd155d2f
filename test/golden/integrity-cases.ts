import { concat, fromUtf8, toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import { canonicalize } from '../../shared/ledger/canonical.ts';
import { formatDisclosure } from '../../shared/ledger/commitment.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import {
  bytesOf,
  type Draft,
  draw,
  enrol,
  genesis,
  Ledger,
  longStory,
  PATIENT,
  patientOf,
  person,
  shortStory,
} from './builder.ts';
import {
  type Files,
  filesOf,
  type PackageOptions,
  packageOf,
  proofOf,
  seal,
  zipOf,
} from './package-files.ts';

export type Case = { readonly name: string; readonly make: () => Promise<Uint8Array> };

/** A package that is right but for its twelfth record, and the two after it that go on as if nothing were. */
async function withRecord(spoil: (ledger: Ledger) => Draft | Promise<Draft>): Promise<Uint8Array> {
  const ledger = await shortStory();
  await ledger.append(await spoil(ledger));
  await ledger.append(draw(ledger, 'K-002', '0.2', '0.2', '0'));
  return zipOf(await packageOf(ledger));
}

const aDraw = (ledger: Ledger): Draft => draw(ledger, 'K-001', '0.25', '0.25', '0');
const record = (name: string, spoil: (ledger: Ledger) => Draft | Promise<Draft>): Case => ({
  name: `package.${name}.seq-12.zip`,
  make: () => withRecord(spoil),
});

/** A right ledger whose files are changed before they are sealed, or after. */
async function withFiles(change: (files: Files, ledger: Ledger) => void, options: PackageOptions = {}) {
  const ledger = await shortStory();
  const files = await filesOf(ledger, options);
  change(files, ledger);
  return zipOf(seal(ledger, files, options));
}

const RECORDS: readonly Case[] = [
  record('parse.not-json', (ledger) => ({ ...aDraw(ledger), line: (line) => line.slice(0, -1) })),
  record('parse.too-long', (ledger) => {
    const draft = aDraw(ledger);
    return { ...draft, body: { ...draft.body, note: 'x'.repeat(65_536) } };
  }),
  record('parse.fraction', (ledger) => ({
    ...aDraw(ledger),
    line: (line) => line.replace('"drawn":"0.25"', '"drawn":0.25'),
  })),
  record('canonical.space', (ledger) => ({
    ...aDraw(ledger),
    line: (line) => line.replace(',"log"', ', "log"'),
  })),
  record('canonical.key-order', (ledger) => ({
    ...aDraw(ledger),
    line: (line) => line.replace(/("given":"[^"]*"),("leftover":"[^"]*")/, '$2,$1'),
  })),
  record('version.record', (ledger) => ({
    ...aDraw(ledger),
    line: (line) => line.replace(/"v":1}$/, '"v":2}'),
  })),
  record('link.prev', (ledger) => ({ ...aDraw(ledger), change: { prev: ledger.hash(3) } })),
  record('link.other-log', (ledger) => ({
    ...aDraw(ledger),
    change: { log: `${ledger.id}/${ledger.idOf('another device')}` },
  })),
  record('signature.altered', (ledger) => ({
    ...aDraw(ledger),
    signatures: (made) =>
      made.map((one) => ({ ...one, sig: toBase64Url(concat(bytesOf('R'), bytesOf('S').fill(1))) })),
  })),
  record('signature.of-another-entry', (ledger) => ({
    ...aDraw(ledger),
    line: (line) => line.replace('"drawn":"0.25","given":"0.25"', '"drawn":"0.35","given":"0.35"'),
  })),
  record('unknown-key.stranger', async (ledger) => ({
    ...aDraw(ledger),
    by: await person('Cal Lindqvist', 'technician', 'a key that nobody enrolled'),
  })),
  record('duplicate-id.twice', (ledger) => ({
    ...aDraw(ledger),
    entry: { id: ledger.entries[8]?.id ?? '' },
  })),
  record('after.unknown', (ledger) => ({
    ...aDraw(ledger),
    entry: { after: ledger.hash(5).replace(/^./, (first) => (first === 'f' ? '0' : 'f')) },
  })),
  record('time-order.earlier', (ledger) => ({
    ...aDraw(ledger),
    change: { recorded: '2026-09-01T14:11:00.000Z' },
  })),
  { name: 'package.revoked-key.rotated.seq-13.zip', make: rotated },
  { name: 'package.sequence.gap.seq-12.zip', make: gap },
];

async function rotated(): Promise<Uint8Array> {
  const ledger = await shortStory();
  const { ana, cal } = ledger.who;
  const next = await person(cal.name, cal.role, 'second key');
  const old = JSON.parse(ledger.lines[8] ?? '').signatures[0].key;
  const staff = { id: cal.id, publicKey: toBase64Url(next.publicKey) };
  await ledger.append({ type: 'staff.key-rotated', by: ana, body: { staff, revokes: old } });
  await ledger.append(aDraw(ledger));
  return zipOf(await packageOf(ledger));
}

async function gap(): Promise<Uint8Array> {
  const ledger = await shortStory();
  await ledger.append({ ...aDraw(ledger), change: { seq: 13 } });
  await ledger.append({ ...aDraw(ledger), change: { seq: 14 } });
  return zipOf(await packageOf(ledger));
}

const names = (ledger: Ledger) => logFiles(ledger.who.device.id);

const HEADS: readonly Case[] = [
  {
    name: 'package.checkpoint.other-key.zip',
    make: async () => {
      const ledger = await shortStory();
      const checkpoint = await ledger.checkpoint(undefined, ledger.who.ben);
      return zipOf(await packageOf(ledger, { checkpoint }));
    },
  },
  {
    name: 'package.checkpoint.not-a-note.zip',
    make: async () => zipOf(await packageOf(await shortStory(), { checkpoint: 'All is well.\n' })),
  },
  {
    name: 'package.root.other.zip',
    make: async () => {
      const ledger = await shortStory();
      const checkpoint = await ledger.noteOver(ledger.lines.length, bytesOf('another root'));
      return zipOf(await packageOf(ledger, { checkpoint }));
    },
  },
  {
    name: 'package.truncated.last-two.zip',
    make: () =>
      withFiles((files, ledger) => {
        files.set(names(ledger).records, utf8(`${ledger.lines.slice(0, 10).join('\n')}\n`));
        files.delete('log.csv');
      }),
  },
  { name: 'package.fork.two-beginnings.seq-0.zip', make: twoBeginnings },
  {
    name: 'package.proof.boundary.zip',
    make: () => spoiltProof((text) => text.replace(/"left":\[[^\]]*\]/, '"left":[]')),
  },
  {
    name: 'package.proof.path.seq-0.zip',
    make: () => spoiltProof((text) => text.replace(/"path":\["[0-9a-f]{8}/, '"path":["00000000')),
  },
];

async function spoiltProof(change: (text: string) => string): Promise<Uint8Array> {
  const ledger = await longStory();
  const part = { from: 8, to: 19 };
  const files = await filesOf(ledger, part);
  files.set(names(ledger).proof, utf8(change(proofOf(ledger, part.from, part.to))));
  return zipOf(seal(ledger, files, part));
}

/** Two devices that both say that they started the ledger. */
async function twoBeginnings(): Promise<Uint8Array> {
  const first = await shortStory();
  const device = await person('Another tablet', 'auditor');
  const second = new Ledger({ ...first.who, device }, 'ledger');
  await second.append({ ...genesis(second), entry: { id: first.idOf('second beginning') } });
  await second.append({
    ...enrol(first.who.ana, first.who.ben),
    entry: { id: first.idOf('second enrolment') },
  });
  const files = new Map([...(await filesOf(first)), ...(await filesOf(second))]);
  files.delete('log.csv');
  const logs = [first, second]
    .map(({ who, lines }) => ({ device: who.device.id, from: 0, to: lines.length, size: lines.length }))
    .sort((a, b) => (a.device < b.device ? -1 : 1));
  return zipOf(seal(first, files, {}, { manifest: { logs } }));
}

const FILES: readonly Case[] = [
  {
    name: 'package.manifest.edited-readme.zip',
    make: async () => {
      const files = await packageOf(await shortStory());
      return zipOf(new Map([...files, ['README.txt', utf8('Nothing to see.\n')]]));
    },
  },
  {
    name: 'package.manifest.missing-file.zip',
    make: async () => {
      const files = new Map(await packageOf(await shortStory()));
      files.delete('README.txt');
      return zipOf(files);
    },
  },
  {
    name: 'package.manifest.unlisted-file.zip',
    make: async () =>
      zipOf(new Map([...(await packageOf(await shortStory())), ['verify.html', utf8('<p>Valid</p>')]])),
  },
  {
    name: 'package.manifest.edited-csv.zip',
    make: () =>
      withFiles((files) => {
        const csv = fromUtf8(files.get('log.csv') ?? new Uint8Array());
        files.set('log.csv', utf8(csv.replace('0.65', '0.55')));
      }),
  },
  {
    name: 'package.manifest.not-json.zip',
    make: async () =>
      zipOf(new Map([...(await packageOf(await shortStory())), ['manifest.json', utf8('{}')]])),
  },
  {
    name: 'package.version.manifest.zip',
    make: async () => {
      const ledger = await shortStory();
      return zipOf(seal(ledger, await filesOf(ledger), {}, { manifest: { v: 2 } }));
    },
  },
  {
    name: 'package.commitment.other-details.seq-8.zip',
    make: () =>
      withFiles(
        (files, ledger) => {
          const details = { ...PATIENT.details, name: 'Rex' };
          const line = formatDisclosure({ ref: patientOf(ledger).ref, salt: PATIENT.salt, details });
          files.set('patients.jsonl', utf8(`${line}\n`));
        },
        { disclosed: true },
      ),
  },
  {
    name: 'package.commitment.nobody.zip',
    make: () =>
      withFiles(
        (files, ledger) => {
          const nobody = formatDisclosure({ ref: ledger.idOf('nobody'), ...PATIENT });
          files.set(
            'patients.jsonl',
            concat(files.get('patients.jsonl') ?? new Uint8Array(), utf8(`${nobody}\n`)),
          );
        },
        { disclosed: true },
      ),
  },
  {
    name: 'package.canonical.patients.zip',
    make: () =>
      withFiles(
        (files) => {
          const line = `${canonicalize({ details: PATIENT.details, ref: '', salt: PATIENT.salt })}\n`;
          files.set(
            'patients.jsonl',
            concat(files.get('patients.jsonl') ?? new Uint8Array(), utf8(` ${line}`)),
          );
        },
        { disclosed: true },
      ),
  },
];

export const INTEGRITY_CASES: readonly Case[] = [...RECORDS, ...HEADS, ...FILES];
