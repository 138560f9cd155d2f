import { fromUtf8, toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import { LedgerError } from '../../../shared/ledger/errors.ts';
import { leafHash, type Sha256 } from '../../../shared/ledger/hash.ts';

import { logFiles } from '../../../shared/ledger/manifest.ts';
import { type PartProof, parsePartProof } from '../../../shared/ledger/part.ts';
import { parseRecord } from '../../../shared/ledger/record.ts';
import type { RecordRow } from '../../../shared/protocol/views.ts';
import { Replay } from '../../../shared/verifier/replay.ts';
import { nameOf, summaryOf, targetOf } from '../../../workers/ledger/queries/words.ts';

/** A record of an opened package, for reading only. `line` is the text as it stands in the package. */
export type PackageRow = { row: RecordRow; line: string };

const LATE_MS = 5 * 60_000;

/**
 * The records of a package, oldest first, with names and words from the package itself. Lines that cannot be read
 * are left out: the verdict names them. Nothing here vouches for anything; the verdict does.
 */
export function readContents(sha: Sha256, files: ReadonlyMap<string, Uint8Array>): PackageRow[] {
  return namesOfLogs(files).flatMap((names) => readLog(sha, files, names));
}

function readLog(sha: Sha256, files: ReadonlyMap<string, Uint8Array>, names: LogFiles): PackageRow[] {
  const proof = proofOf(files.get(names.proof));
  const replay = new Replay(proof?.from ?? 0);
  for (const { line } of proof?.earlier ?? []) take(sha, replay, line);
  const rows: PackageRow[] = [];
  for (const line of linesOf(files.get(names.records))) {
    const row = take(sha, replay, line);
    if (row) rows.push({ row, line });
  }
  return rows;
}

function take(sha: Sha256, replay: Replay, line: string): RecordRow | undefined {
  return attempt(() => {
    const parsed = parseRecord(line);
    const hash = toHex(leafHash(sha, utf8(line)));
    const opened = replay.open(parsed, hash);
    if (!opened.ok) return undefined;
    replay.fold(opened.step, parsed);
    const { state } = replay;
    const { entry, signatures, recorded, seq } = opened.step.record;
    const { target } = opened.step;
    const witness = signatures.find((signed) => signed.as === 'witness');
    return {
      ...{ seq, hash, entryId: entry.id, type: entry.type, at: entry.at, recorded, flags: [] },
      byName: nameOf(state, entry.by),
      ...(witness ? { witnessName: nameOf(state, witness.by) } : {}),
      summary: summaryOf(state, entry, target && targetOf(state, target.entry)),
      late: Date.parse(recorded) - Date.parse(entry.at) > LATE_MS,
    };
  });
}

type LogFiles = ReturnType<typeof logFiles>;

/** The logs that the package holds records of, by the names of its files. */
function namesOfLogs(files: ReadonlyMap<string, Uint8Array>): LogFiles[] {
  return [...files.keys()].flatMap((name) => {
    const device = /^logs\/([^/]+)\/records\.jsonl$/.exec(name)?.[1];
    return device === undefined ? [] : [logFiles(device)];
  });
}

function proofOf(bytes: Uint8Array | undefined): PartProof | undefined {
  return bytes && attempt(() => parsePartProof(fromUtf8(bytes)));
}

function linesOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  return (attempt(() => fromUtf8(bytes)) ?? '').split('\n').filter((line) => line !== '');
}

/** A package is hostile until checked: what cannot be read is nothing. Mistakes of ours are thrown on. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof LedgerError || error instanceof TypeError) return undefined;
    throw error;
  }
}
