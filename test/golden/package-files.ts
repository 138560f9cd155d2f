/** Packages put together file by file, so that each can be made wrong in one way. */
import { zipSync } from 'fflate';
import { fromUtf8, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { canonicalize, type JsonObject } from '../../shared/ledger/canonical.ts';
import { formatDisclosure } from '../../shared/ledger/commitment.ts';
import { LedgerError } from '../../shared/ledger/errors.ts';
import {
  formatManifest,
  logFiles,
  type Manifest,
  PACKAGE_FORMAT,
  PACKAGE_VERSION,
} from '../../shared/ledger/manifest.ts';
import { MerkleTree } from '../../shared/ledger/merkle.ts';
import { formatPartProof } from '../../shared/ledger/part.ts';
import { proveInclusion, proveRange } from '../../shared/ledger/proof.ts';
import { parseRecord } from '../../shared/ledger/record.ts';
import { CSV_HEADING, csvLine } from '../../shared/verifier/csv.ts';
import { rowsOf } from '../../shared/verifier/log-rows.ts';
import { NEEDED_EARLIER } from '../../shared/verifier/part-needs.ts';
import { Replay } from '../../shared/verifier/replay.ts';
import { type Ledger, PATIENT, patientOf, sha } from './builder.ts';

export type Files = Map<string, Uint8Array>;

export type PackageOptions = {
  readonly disclosed?: boolean;
  readonly from?: number;
  readonly to?: number;
  /** Checkpoint to carry in place of the right one. */
  readonly checkpoint?: string;
  /** Size that the manifest names. */
  readonly size?: number;
};

/** All files of a package but its manifest. */
export async function filesOf(ledger: Ledger, options: PackageOptions = {}): Promise<Files> {
  const { from = 0, to = ledger.lines.length } = options;
  const names = logFiles(ledger.who.device.id);
  const files: Files = new Map();
  const lines = ledger.lines.slice(from, to);
  files.set(names.records, utf8(lines.map((line) => `${line}\n`).join('')));
  files.set(names.checkpoint, utf8(options.checkpoint ?? (await ledger.checkpoint())));
  if (from > 0 || to < ledger.lines.length) files.set(names.proof, utf8(proofOf(ledger, from, to)));
  files.set('log.csv', utf8(csvOf(ledger, from, to)));
  files.set('README.txt', utf8('Golden package.\n'));
  if (options.disclosed) {
    const disclosure = { ref: patientOf(ledger).ref, ...PATIENT };
    files.set('patients.jsonl', utf8(`${formatDisclosure(disclosure)}\n`));
  }
  return files;
}

/** `proof.json` of a part: its boundary and the earlier records that it needs. */
export function proofOf(ledger: Ledger, from: number, to: number): string {
  const size = ledger.lines.length;
  const tree = new MerkleTree(sha, ledger.leaves);
  const { left, right } = proveRange(tree.node, { begin: from, end: to }, size);
  const earlier = ledger.lines.slice(0, from).flatMap((line, seq) => {
    if (!isNeededEarlier(line)) return [];
    return [{ seq, line, path: proveInclusion(sha, tree.node, seq, size).map(toHex) }];
  });
  return formatPartProof({ v: 1, from, to, size, left: left.map(toHex), right: right.map(toHex), earlier });
}

/** What `log.csv` of these records has to be; a record that cannot be read has no row. */
export function csvOf(ledger: Ledger, from = 0, to = ledger.lines.length): string {
  const replay = new Replay(from);
  let csv = CSV_HEADING;
  ledger.lines.forEach((line, seq) => {
    if (seq >= to || (seq < from && !isNeededEarlier(line))) return;
    try {
      const read = parseRecord(line);
      const parsed = { ...read, record: { ...read.record, seq } };
      const opened = replay.open(parsed, ledger.hash(seq));
      if (!opened.ok) return;
      replay.fold(opened.step, parsed);
      if (seq >= from) for (const row of rowsOf(replay, opened.step, ledger.log)) csv += csvLine(row);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  });
  return csv;
}

const isNeededEarlier = (line: string) => NEEDED_EARLIER.includes(parseRecord(line).record.entry.type);

export type Seal = {
  /** Members of the manifest to spoil. */
  readonly manifest?: JsonObject;
};

/** A week after the beginning; at the last record where that is later. */
const madeAfter = ({ now }: Ledger): string =>
  now > '2026-09-08T09:00:00.000Z' ? now : '2026-09-08T09:00:00.000Z';

/** Adds the manifest over the files as they are. */
export function seal(ledger: Ledger, files: Files, options: PackageOptions = {}, spoil: Seal = {}): Files {
  const { from = 0, to = ledger.lines.length, size = ledger.lines.length } = options;
  const manifest: Manifest = {
    ...({ format: PACKAGE_FORMAT, v: PACKAGE_VERSION, ledger: ledger.id } as const),
    logs: [{ device: ledger.who.device.id, from, to, size }],
    ...{ disclosed: options.disclosed ?? false, made: madeAfter(ledger), build: 'golden 1' },
    files: [...files]
      .map(([name, bytes]) => ({ name, sha256: toHex(sha(bytes)), bytes: bytes.length }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  const text = spoil.manifest
    ? `${canonicalize({ ...manifest, ...spoil.manifest })}\n`
    : formatManifest(manifest);
  return new Map([['manifest.json', utf8(text)], ...files]);
}

/** A whole right package. */
export async function packageOf(ledger: Ledger, options: PackageOptions = {}): Promise<Files> {
  return seal(ledger, await filesOf(ledger, options), options);
}

/** Deterministic zip of the files in their order. Noon, so that no time zone moves the date. */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const mtime = new Date(2026, 8, 8, 12);
  const entries = Object.fromEntries([...files].map(([name, bytes]) => [name, new Uint8Array(bytes)]));
  return new Uint8Array(zipSync(entries, { mtime, level: 6 }));
}

export const textOf = (files: Files, name: string): string => fromUtf8(files.get(name) ?? new Uint8Array());
