import { toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { type Disclosure, formatDisclosure, patientReference } from '../../shared/ledger/commitment.ts';
import { GENESIS_PREV, leafHash, type Sha256 } from '../../shared/ledger/hash.ts';
import { logFiles, PACKAGE_FORMAT, PACKAGE_VERSION } from '../../shared/ledger/manifest.ts';
import { parsePartProof } from '../../shared/ledger/part.ts';
import { formatLog, parseRecord } from '../../shared/ledger/record.ts';
import type { LedgerSource, Disclosure as PatientDisclosure } from '../../shared/protocol/ledger.ts';
import { CSV_HEADING, csvLine } from '../../shared/verifier/csv.ts';
import { type LogRow, rowsOf } from '../../shared/verifier/log-rows.ts';
import { readmeText } from '../../shared/verifier/readme-text.ts';
import { Replay } from '../../shared/verifier/replay.ts';
import { spokenHash } from '../../shared/verifier/verdict.ts';
import { linesOf, sizeOf } from '../verify/source.ts';
import { PackageWriter } from './package-writer.ts';
import type { SummaryFacts } from './summary-pdf.ts';

export type ExportRequest = {
  /** Records `from <= seq < to`; the whole log when absent. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Identities to disclose. Those whose patients are not among the records stay out. */
  readonly disclosures?: readonly PatientDisclosure[];
  /** The verifier page; left out of the package when absent. */
  readonly verifyHtml?: Uint8Array;
  /** Time of the export (RFC 3339, UTC, milliseconds) and what made it: they decide the bytes, too. */
  readonly made: string;
  readonly build: string;
};

export type ExportProgress = { readonly done: number; readonly of: number };

export type ExportPorts = {
  readonly sha: Sha256;
  readonly summaryPdf: (facts: SummaryFacts) => Promise<Uint8Array>;
  /** Gets the bytes of the zip in order. */
  readonly emit: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onProgress?: (progress: ExportProgress) => void;
};

/** What the export entry of the ledger says of the package. */
export type Exported = {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly head: string;
  readonly disclosed: number | null;
};

/** Writes a chain package, reading the log in stretches. The same log, request and time give the same bytes. */
export async function exportPackage(
  source: LedgerSource,
  wanted: ExportRequest,
  ports: ExportPorts,
): Promise<Exported> {
  const info = await source.info();
  const checkpoint = await source.checkpoint();
  const size = sizeOf(checkpoint, info.size);
  const { from = 0, to = size } = wanted.range ?? {};
  if (from < 0 || to > size || from >= to) {
    throw new RangeError(`The ledger has records 0 to ${size - 1}; choose a range within them.`);
  }
  const request = { ...wanted, made: await madeAfter(source, to - 1, wanted.made) };
  const proof = from > 0 || to < size ? await source.rangeProof(from, to, size) : undefined;
  const log = formatLog(info.ledger, info.device);
  const reader = new ExportReader(ports.sha, log, from);
  if (proof !== undefined) {
    for (const { line } of parsePartProof(proof).earlier) reader.take(line, 'earlier');
  }
  const writer = new PackageWriter(request.made, ports.emit);
  const names = logFiles(info.device);
  await writeRecords(writer, source, reader, { from, to, names, ports });
  await writer.add(names.checkpoint, checkpoint);
  if (proof !== undefined) await writer.add(names.proof, proof);
  const disclosed = await writePatients(writer, reader, request.disclosures);
  const facts = reader.facts(request, { from, to, size, ledger: info.ledger, disclosed: disclosed !== null });
  await writer.add('summary.pdf', await ports.summaryPdf(facts));
  if (request.verifyHtml) await writer.add('verify.html', request.verifyHtml);
  await writer.add('README.txt', readmeText(facts));
  await writer.end({
    ...{ format: PACKAGE_FORMAT, v: PACKAGE_VERSION, ledger: info.ledger },
    logs: [{ device: info.device, from, to, size }],
    ...{ disclosed: disclosed !== null, made: request.made, build: request.build },
  });
  return { from, to, size, head: reader.head, disclosed };
}

/** The time of the export, or of the last record where the clock has gone back behind it. */
async function madeAfter(source: LedgerSource, last: number, made: string): Promise<string> {
  const [line = ''] = await source.lines(last, last + 1);
  const { recorded } = parseRecord(line).record;
  return recorded > made ? recorded : made;
}

type RecordsWork = {
  readonly from: number;
  readonly to: number;
  readonly names: ReturnType<typeof logFiles>;
  readonly ports: ExportPorts;
};

async function writeRecords(
  writer: PackageWriter,
  source: LedgerSource,
  reader: ExportReader,
  { from, to, names, ports }: RecordsWork,
): Promise<void> {
  const records = await writer.begin(names.records);
  const csv = await writer.begin('log.csv');
  csv.write(utf8(CSV_HEADING));
  let done = 0;
  for await (const lines of linesOf(source, from, to)) {
    records.write(utf8(lines.map((line) => `${line}\n`).join('')));
    const rows = lines.flatMap((line) => reader.take(line, 'within'));
    csv.write(utf8(rows.map(csvLine).join('')));
    done += lines.length;
    ports.onProgress?.({ done, of: to - from });
  }
  records.end();
  csv.end();
}

/** Writes `patients.jsonl`; the number of identities, or `null` where none are to be disclosed. */
async function writePatients(
  writer: PackageWriter,
  { patients }: ExportReader,
  disclosures: readonly PatientDisclosure[] | undefined,
): Promise<number | null> {
  if (!disclosures) return null;
  const named = disclosures
    .filter(({ ref }) => patients.has(ref))
    .map(({ ref, salt, details }): Disclosure => ({ ref, salt, details: definedOnly(details) }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
  await writer.add('patients.jsonl', named.map((one) => `${formatDisclosure(one)}\n`).join(''));
  return named.length;
}

/** Absent means absent: a member that a form left `undefined` is no member. */
function definedOnly(details: PatientDisclosure['details']): Disclosure['details'] {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

/** Follows the records as they pass. */
class ExportReader {
  readonly patients = new Set<string>();
  readonly #sha: Sha256;
  readonly #log: string;
  readonly #replay: Replay;
  #genesis: string | null = null;
  head = GENESIS_PREV;

  constructor(sha: Sha256, log: string, from: number) {
    this.#sha = sha;
    this.#log = log;
    this.#replay = new Replay(from);
  }

  take(line: string, place: 'earlier' | 'within'): LogRow[] {
    const parsed = parseRecord(line);
    const { seq, entry } = parsed.record;
    const hash = toHex(leafHash(this.#sha, utf8(line)));
    if (seq === 0) this.#genesis = spokenHash(hash);
    const opened = this.#replay.open(parsed, hash);
    if (opened.ok) this.#replay.fold(opened.step, parsed);
    if (place === 'earlier') return [];
    this.head = hash;
    const patient = patientReference(entry.body);
    if (patient) this.patients.add(patient.ref);
    return opened.ok ? rowsOf(this.#replay, opened.step, this.#log) : [];
  }

  facts(
    { made, build }: ExportRequest,
    range: Pick<SummaryFacts, 'from' | 'to' | 'size' | 'disclosed'> & { readonly ledger: string },
  ): SummaryFacts {
    const { state } = this.#replay;
    const started = state.ledger;
    const part = range.to - range.from < range.size;
    return {
      ...range,
      ...{ made, build, head: this.head, genesis: this.#genesis, demo: started?.demo ?? false },
      facility: started ? { name: started.facility.name, deaNumber: started.facility.deaNumber } : null,
      onHand: part ? [] : this.#replay.onHand(),
      containers: part ? [] : this.#replay.containers(),
    };
  }
}
