import { fromUtf8, toHex, utf8 } from '../ledger/bytes.ts';
import { type Disclosure, parseDisclosure } from '../ledger/commitment.ts';
import { LedgerError } from '../ledger/errors.ts';
import { leafHash, type Sha256 } from '../ledger/hash.ts';
import { logFiles } from '../ledger/manifest.ts';
import { parsePartProof } from '../ledger/part.ts';
import { type ParsedRecord, parseRecord } from '../ledger/record.ts';
import { MAX_UNREADABLE, splitLines } from './lines.ts';
import { type LogRow, rowsOf } from './log-rows.ts';
import { Replay } from './replay.ts';
import type { LogSummary } from './verdict.ts';
import type { PackageFiles } from './verify-package.ts';

/** What a checked package holds, for reading. What cannot be read is left out: the verdict has named it. */
export type PackageContent = {
  readonly rows: readonly LogRow[];
  readonly patients: readonly Disclosure[];
};

/** Reads a package for people. Say beside it what the verdict says: nothing is checked here. */
export function readContent(files: PackageFiles, logs: readonly LogSummary[], sha: Sha256): PackageContent {
  const rows = logs.flatMap((log) => [...readRows(files, log, sha)]);
  const patients: Disclosure[] = [];
  for (const disclosure of readLines(files.get('patients.jsonl'), (line) =>
    parseDisclosure(fromUtf8(line)),
  )) {
    patients.push(disclosure);
  }
  return { rows, patients };
}

function* readRows(files: PackageFiles, { log, device, from }: LogSummary, sha: Sha256): Generator<LogRow> {
  const replay = new Replay(from);
  const names = logFiles(device);
  const take = (line: Uint8Array, parsed: ParsedRecord): LogRow[] => {
    const opened = replay.open(parsed, toHex(leafHash(sha, line)));
    if (!opened.ok) return [];
    replay.fold(opened.step, parsed);
    return rowsOf(replay, opened.step, log);
  };
  const proof = files.get(names.proof);
  for (const { line } of (proof && readable(() => parsePartProof(fromUtf8(proof)).earlier)) ?? []) {
    const parsed = readable(() => parseRecord(line));
    if (parsed) take(utf8(line), parsed);
  }
  const read = (line: Uint8Array) => ({ line, parsed: parseRecord(fromUtf8(line)) });
  for (const { line, parsed } of readLines(files.get(names.records), read)) yield* take(line, parsed);
}

/** What can be read of a file's lines, until too many of them cannot. */
function* readLines<T>(bytes: Uint8Array | undefined, read: (line: Uint8Array) => T): Generator<T> {
  let unreadable = 0;
  for (const line of splitLines(bytes ?? new Uint8Array())) {
    const value = readable(() => read(line));
    if (value !== undefined) yield value;
    else unreadable += 1;
    if (unreadable >= MAX_UNREADABLE) return;
  }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}
