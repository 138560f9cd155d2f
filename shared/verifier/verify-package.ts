import { fromUtf8, toHex } from '../ledger/bytes.ts';
import { LedgerError } from '../ledger/errors.ts';
import {
  isPart,
  logFiles,
  type Manifest,
  type ManifestFile,
  type ManifestLog,
  parseManifest,
} from '../ledger/manifest.ts';
import { type PartProof, parsePartProof } from '../ledger/part.ts';
import { formatLog, parseLog, parseRecord } from '../ledger/record.ts';
import { CheckSession } from './check-session.ts';
import { checkHead } from './checkpoint-check.ts';
import { CsvComparison } from './csv.ts';
import { DisclosureCheck } from './disclosures.ts';
import { countLines, endsWithLine, firstLines, MAX_UNREADABLE } from './lines.ts';
import type { LogSession, LogSinks } from './log-session.ts';
import type { VerifyOptions, VerifyPorts } from './ports.ts';
import { type LogSummary, type Verdict, VerificationCancelled } from './verdict.ts';

/** The files of a package by name, as `workers/package/unzip.ts` reads them. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Checks a chain package: the manifest's hashes, every log, the disclosed patients, and that `log.csv` is what
 * the records say. Goes on after a failure. Throws only `VerificationCancelled`.
 */
export async function verifyPackage(
  files: PackageFiles,
  ports: VerifyPorts,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const session = new CheckSession(ports, options);
  const manifest = readManifest(session, files);
  if (manifest === 'version') return session.verdict(NO_CLAIMS, [], '');
  if (manifest) checkFiles(session, files, manifest);
  const patients = files.get('patients.jsonl');
  const disclosures = patients && new DisclosureCheck(ports.sha, session.failures, patients);
  const csv = files.get('log.csv');
  const comparison = csv && new CsvComparison(csv);
  const logs = manifest ? manifest.logs : logsByName(files);
  const ledger = manifest?.ledger ?? ledgerByRecords(files, logs);
  const sinks: LogSinks = {
    ...(comparison ? { onRow: (row) => comparison.row(row) } : {}),
    ...(disclosures ? { onPatient: (patient, log, seq) => disclosures.reference(patient, log, seq) } : {}),
  };
  const total = logs.reduce((sum, { from, to }) => sum + (to - from), 0);
  const summaries: LogSummary[] = [];
  if (ledger !== undefined) {
    for (const log of logs) {
      const summary = await checkLog(session, files, { ledger, log, total, sinks });
      if (summary) summaries.push(summary);
    }
  }
  session.checkLogs();
  // Where a log could not be taken up, what is made of the records would only fail once more.
  if (summaries.length === logs.length) {
    disclosures?.finish();
    reportCsv(session, comparison);
  }
  if (manifest) checkMade(session, manifest);
  const claims = manifest ? { made: manifest.made, build: manifest.build } : { made: null, build: null };
  const disclosed = disclosures?.count ?? null;
  const unjudged = UNJUDGED.filter((name) => files.has(name));
  return session.verdict(
    { ...claims, ledger: ledger ?? null, disclosed, unjudged },
    summaries,
    manifest?.made ?? '',
  );
}

/** Files of a package that say whatever their sender put there: nothing in the records says what they have to be. */
const UNJUDGED = ['README.txt', 'summary.pdf', 'verify.html'];

const NO_CLAIMS = { ledger: null, disclosed: null, made: null, build: null, unjudged: [] };

function reportCsv({ failures }: CheckSession, comparison: CsvComparison | undefined): void {
  const line = comparison?.finish();
  if (line === undefined) return;
  failures.add('manifest', `Line ${line} of log.csv is not what the records say.`, { file: 'log.csv' });
}

function checkMade({ failures, logs }: CheckSession, { made }: Manifest): void {
  if (logs.every(({ recorded }) => recorded <= made)) return;
  const message = 'The package says that it was made before its last record was recorded.';
  failures.add('manifest', message, { file: 'manifest.json' });
}

function readManifest(session: CheckSession, files: PackageFiles): Manifest | 'version' | undefined {
  const bytes = files.get('manifest.json');
  try {
    if (!bytes) throw new LedgerError({ code: 'manifest', message: 'The package has no manifest.json.' });
    return parseManifest(fromUtf8(bytes));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const code = error.code === 'version' ? 'version' : 'manifest';
    session.failures.add(code, error.message, { file: 'manifest.json' });
    return code === 'version' ? 'version' : undefined;
  }
}

function checkFiles(session: CheckSession, files: PackageFiles, manifest: Manifest): void {
  const total = manifest.files.length;
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  for (const name of files.keys()) {
    if (name === 'manifest.json' || listed.has(name)) continue;
    session.failures.add('manifest', `The manifest does not list ${name}.`, { file: name });
  }
  manifest.files.forEach((file, i) => {
    session.options.onProgress?.({ phase: 'files', done: i, of: total });
    if (session.options.signal?.aborted) throw new VerificationCancelled();
    const wrong = compareFile(session, file, files.get(file.name));
    if (wrong) session.failures.add('manifest', wrong, { file: file.name });
  });
}

function compareFile({ ports }: CheckSession, file: ManifestFile, bytes: Uint8Array | undefined) {
  const { name } = file;
  if (!bytes) return `The manifest lists ${name}, and it is missing.`;
  if (bytes.length !== file.bytes) return `${name} has ${bytes.length} bytes, not ${file.bytes}.`;
  return toHex(ports.sha(bytes)) === file.sha256
    ? undefined
    : `${name} is not the file that the manifest names.`;
}

type LogWork = {
  readonly ledger: string;
  readonly log: ManifestLog & { readonly unlisted?: true };
  readonly total: number;
  readonly sinks: LogSinks;
};

async function checkLog(
  session: CheckSession,
  files: PackageFiles,
  { ledger, log: range, total, sinks }: LogWork,
): Promise<LogSummary | undefined> {
  const names = logFiles(range.device);
  const name = formatLog(ledger, range.device);
  const proof = readProof(session, files, range, name);
  if (proof === 'broken') return undefined;
  const from = proof?.from ?? range.from;
  const log = session.openLog({ log: name, from, ...(proof ? { earlier: proof.earlier } : {}) }, sinks);
  const whole = await takeRecords(session, log, { bytes: files.get(names.records), range, total });
  const note = readText(files.get(names.checkpoint));
  return checkHead(session, log, {
    ...{ note, file: names.checkpoint },
    ...(range.unlisted ? {} : { size: range.size }),
    ...(proof ? { proof } : {}),
    cut: !whole,
  });
}

type RecordsWork = {
  readonly bytes: Uint8Array | undefined;
  readonly range: LogWork['log'];
  readonly total: number;
};

/** Takes the lines of a log, no more than the manifest says. `false` where some are missing, which has been named. */
async function takeRecords(
  { failures }: CheckSession,
  log: LogSession,
  { bytes = new Uint8Array(), range, total }: RecordsWork,
): Promise<boolean> {
  const file = logFiles(range.device).records;
  const counted = countLines(bytes);
  const stated = range.unlisted ? counted : range.to - log.from;
  await log.take(firstLines(bytes, stated), total);
  if (log.check.hopeless) {
    const message = `${log.check.broken} records are broken; what follows them was not checked.`;
    failures.add('parse', message, { log: log.log, file });
    return false;
  }
  if (counted !== stated) {
    const code = counted < stated ? 'truncated' : 'manifest';
    const message = `The log holds records up to ${log.from + counted}; the manifest says ${range.to}.`;
    failures.add(code, message, { log: log.log, file });
  } else if (!endsWithLine(bytes)) {
    const seq = log.from + log.size - 1;
    failures.add('parse', 'The last line does not end.', { log: log.log, seq, file });
  }
  return counted >= stated;
}

function readProof(
  { failures }: CheckSession,
  files: PackageFiles,
  range: LogWork['log'],
  log: string,
): PartProof | 'broken' | undefined {
  const file = logFiles(range.device).proof;
  const bytes = files.get(file);
  if (!bytes && !range.unlisted && isPart(range)) return 'broken'; // the manifest's table has named it
  if (!bytes || (!range.unlisted && !isPart(range))) return undefined;
  try {
    const proof = parsePartProof(fromUtf8(bytes));
    if (range.unlisted || (proof.from === range.from && proof.to === range.to && proof.size === range.size)) {
      return proof;
    }
    failures.add('proof', 'The proof is about another part than the manifest.', { log, file });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    failures.addError(error, { log, file });
  }
  // Without its proof a part has no keys and no place: every record of it would only fail once more.
  return 'broken';
}

/** Where the manifest cannot be read, the files' names still say which logs there are. */
function logsByName(files: PackageFiles): LogWork['log'][] {
  return [...files.keys()]
    .flatMap((name) => /^logs\/([^/]+)\/records\.jsonl$/.exec(name)?.[1] ?? [])
    .sort()
    .map((device) => ({ device, from: 0, to: 0, size: 0, unlisted: true }));
}

function ledgerByRecords(files: PackageFiles, logs: readonly ManifestLog[]): string | undefined {
  for (const { device } of logs) {
    const bytes = files.get(logFiles(device).records) ?? new Uint8Array();
    for (const line of firstLines(bytes, MAX_UNREADABLE)) {
      try {
        return parseLog(parseRecord(fromUtf8(line)).record.log).ledger;
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
      }
    }
  }
  return undefined;
}

function readText(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && fromUtf8(bytes);
  } catch {
    return ''; // no text is no signed note, which the reader of notes says
  }
}
