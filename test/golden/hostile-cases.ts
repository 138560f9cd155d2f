/** Packages that a hostile hand has made with good signatures: each is right but for one rule. */
import { toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import { GENESIS_PREV } from '../../shared/ledger/hash.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import { keyId } from '../../shared/ledger/record.ts';
import {
  addPeopleAndStock,
  type Draft,
  draw,
  enrol,
  genesis,
  Ledger,
  longStory,
  type Person,
  people,
  person,
  sha,
  shortStory,
  startLedger,
} from './builder.ts';
import type { Case } from './integrity-cases.ts';
import { filesOf, type PackageOptions, packageOf, proofOf, seal, zipOf } from './package-files.ts';

type Spoil = (ledger: Ledger) => Draft | Promise<Draft>;

const made = (name: string, make: () => Promise<Uint8Array>): Case => ({ name: `package.${name}.zip`, make });

const record = (name: string, spoil: Spoil): Case =>
  made(`${name}.seq-12`, async () => {
    const ledger = await shortStory();
    await ledger.append(await spoil(ledger));
    return zipOf(await packageOf(ledger));
  });

function rotation(by: Person, of: Person, next: Person, revokes = of): Draft {
  const staff = { id: of.id, publicKey: toBase64Url(next.publicKey) };
  const body = { staff, revokes: keyId(sha, revokes.publicKey) };
  const own = next.id === of.id ? { witness: next } : {};
  return { type: 'staff.key-rotated', by, ...own, body };
}

const newCal = () => person('Cal Lindqvist', 'technician', 'second key');
const aDraw = (ledger: Ledger): Draft => draw(ledger, 'K-001', '0.25', '0.25', '0');

const KEYS: readonly Case[] = [
  made('valid.key-rotated', async () => {
    const ledger = await shortStory();
    const { ana, ben, cal } = ledger.who;
    const next = await newCal();
    await ledger.append({ ...rotation(ana, cal, next), approver: ben });
    await ledger.append({ ...aDraw(ledger), by: next });
    return zipOf(await packageOf(ledger));
  }),
  record('duplicate-id.key-of-a-colleague', async ({ who: { ana, ben } }) => {
    const eve = await person('Eve Stone', 'technician');
    return enrol(ana, { ...eve, publicKey: ben.publicKey }, ben);
  }),
  record('duplicate-id.key-of-the-device', async ({ who: { ana, ben, device } }) => {
    const eve = await person('Eve Stone', 'technician');
    return enrol(ana, { ...eve, publicKey: device.publicKey }, ben);
  }),
  record('duplicate-id.id-of-the-device', async ({ who: { ana, ben, device } }) => {
    const eve = await person('Eve Stone', 'technician');
    return enrol(ana, { ...eve, id: device.id }, ben);
  }),
  record('duplicate-id.rotated-to-a-colleague', ({ who: { ana, ben, cal } }) => {
    const { witness: _, ...draft } = rotation(ana, cal, ben);
    return draft;
  }),
  record('duplicate-id.rotated-to-itself', ({ who: { ana, cal } }) => rotation(ana, cal, cal)),
  record('unknown-key.revokes-a-colleague', async ({ who: { ana, ben, cal } }) => {
    const { witness: _, ...draft } = rotation(ana, cal, await newCal(), ben);
    return draft;
  }),
  made('revoked-key.revoked-twice.seq-13', async () => {
    const ledger = await shortStory();
    const { ana, cal } = ledger.who;
    await ledger.append(rotation(ana, cal, await newCal()));
    const third = await person(cal.name, cal.role, 'third key');
    const { witness: _, ...again } = rotation(ana, cal, third);
    await ledger.append(again);
    return zipOf(await packageOf(ledger));
  }),
  made('unknown-key.device-starts.seq-0', async () => {
    const ledger = new Ledger(await people());
    await ledger.append({ ...genesis(ledger), by: ledger.who.device });
    return zipOf(await packageOf(ledger));
  }),
];

const TIMES: readonly Case[] = [
  record('time-order.signed-later', (ledger) => {
    const { witness: _, ...draft } = aDraw(ledger);
    return { ...draft, minutes: 7, change: { recorded: '2026-09-01T14:13:59.999Z' } };
  }),
  made('manifest.made-before', async () => {
    const ledger = await shortStory();
    return zipOf(seal(ledger, await filesOf(ledger), {}, { manifest: { made: '2026-09-01T14:11:59.999Z' } }));
  }),
];

async function joined(): Promise<Uint8Array> {
  const ledger = new Ledger(await people(), 'later');
  const { id, publicKey, name } = ledger.who.device;
  const device = { id, name, publicKey: toBase64Url(publicKey) };
  const body = { ledger: ledger.id, device, invitation: ledger.idOf('invitation') };
  await ledger.append({ type: 'device.joined', by: ledger.who.device, body });
  return zipOf(await packageOf(ledger));
}

/** A part whose first record, or whose proven record before it, is wrong; the whole log around it fits. */
const part = (
  name: string,
  spoil: Spoil,
  { at = 12, ...options }: PackageOptions & { at?: number } = {},
): Case =>
  made(name, async () => {
    const ledger = await startLedger();
    await addPeopleAndStock(ledger);
    while (ledger.lines.length < at) await ledger.append(draw(ledger, 'K-001', '0.1', '0.1', '0'));
    await ledger.append(await spoil(ledger));
    await ledger.append(draw(ledger, 'K-002', '0.2', '0.2', '0'));
    return zipOf(await packageOf(ledger, { from: at, to: at + 1, ...options }));
  });

const PARTS: readonly Case[] = [
  part('link.part-follows-a-proven.seq-12', (ledger) => ({
    ...aDraw(ledger),
    change: { prev: ledger.hash(3) },
  })),
  part('link.part-follows-nothing.seq-12', (ledger) => ({
    ...aDraw(ledger),
    change: { prev: GENESIS_PREV },
  })),
  part('after.part-after-nothing.seq-12', (ledger) => ({ ...aDraw(ledger), entry: { after: GENESIS_PREV } })),
  part(
    'after.part-all-before-proven.seq-8',
    (ledger) => ({ ...aDraw(ledger), entry: { after: 'f'.repeat(64) } }),
    { at: 8 },
  ),
  part('time-order.across-a-hole.seq-12', (ledger) => ({
    ...aDraw(ledger),
    ...{ minutes: 0, change: { recorded: '2026-09-01T14:07:30.000Z' } },
  })),
  made('link.proven-not-linked.seq-5', async () => {
    const ledger = await startLedger();
    const { ana, ben, cal, dee } = ledger.who;
    for (const each of [ben, cal, dee]) await ledger.append(enrol(ana, each));
    const more = await Promise.all(['Eve Stone', 'Flo Hart'].map((name) => person(name, 'technician')));
    await ledger.append(enrol(ana, more[0]!));
    await ledger.append({ ...enrol(ana, more[1]!), change: { prev: ledger.hash(2) } });
    const counted = {
      type: 'verified',
      by: ledger.who.device,
      body: { size: 6, root: ledger.head, failures: 0 },
    };
    await ledger.append(counted);
    await ledger.append(counted);
    return zipOf(await packageOf(ledger, { from: 7, to: 8 }));
  }),
];

async function withProof(change: (text: string) => string): Promise<Uint8Array> {
  const ledger = await longStory();
  const range = { from: 8, to: 19 };
  const files = await filesOf(ledger, range);
  files.set(logFiles(ledger.who.device.id).proof, utf8(change(proofOf(ledger, range.from, range.to))));
  return zipOf(seal(ledger, files, range));
}

const FILES: readonly Case[] = [
  made('link.device-joined.seq-0', joined),
  made('proof.no-boundary', () => withProof((text) => text.replace(/"left":\[[^\]]*\]/, '"left":{}'))),
  made('proof.empty-part', () => withProof((text) => text.replace('"to":19', '"to":8'))),
  made('manifest.build-moves-the-cursor', async () => {
    const ledger = await shortStory();
    return zipOf(
      seal(ledger, await filesOf(ledger), {}, { manifest: { build: 'x\u001b[1A\u001b[2KVALID' } }),
    );
  }),
  made('manifest.more-lines-than-said', async () => {
    const ledger = await shortStory();
    const files = await filesOf(ledger);
    const name = logFiles(ledger.who.device.id).records;
    files.set(name, utf8(`${ledger.lines.join('\n')}\n${'\n'.repeat(100_000)}`));
    return zipOf(seal(ledger, files));
  }),
  made('parse.patients-not-ended', async () => {
    const ledger = await shortStory();
    const files = await filesOf(ledger, { disclosed: true });
    files.set('patients.jsonl', (files.get('patients.jsonl') ?? new Uint8Array()).slice(0, -1));
    return zipOf(seal(ledger, files, { disclosed: true }));
  }),
];

export const HOSTILE: readonly Case[] = [...KEYS, ...TIMES, ...PARTS, ...FILES];
