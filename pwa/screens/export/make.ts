import { version } from '../../../package.json';
import type { Disclosure } from '../../../shared/protocol/ledger.ts';
import type { LogSummary, Verdict } from '../../../shared/verifier/verdict.ts';
import { type Exported, exportPackage } from '../../../workers/package/client.ts';
import { verifyPackageFile } from '../../../workers/verify/client.ts';
import { ledger, service } from '../../app/ledger.ts';
import { firstAtOrAfter, type SeqRange, type Wanted } from './model.ts';

export type MakeStep = { label: string; done: number; of: number };
export type Made =
  | {
      ok: true;
      blob: Blob;
      made: string;
      range: SeqRange;
      exported: Exported;
      verdict: Verdict;
      /** What the package's checkpoint covers: what the ledger keeps of the export. */
      log: LogSummary;
    }
  | { ok: false; message: string };

/**
 * Makes a package and reads it back with the verifier before anybody gets it. Rejects with the signal's reason
 * when cancelled.
 */
export async function makePackage(
  wanted: Extract<Wanted, { ok: true }>,
  disclosures: readonly Disclosure[] | undefined,
  { signal, onStep }: { signal: AbortSignal; onStep: (step: MakeStep) => void },
): Promise<Made> {
  const range = await rangeOf(wanted);
  if (range.from >= range.to) {
    return { ok: false, message: 'Nothing was recorded on these days. Choose other ones.' };
  }
  const verifyHtml = await verifierPage();
  signal.throwIfAborted();
  const made = new Date().toISOString();
  const answer = await exportPackage(ledger.source(), {
    ...{ range, made, build: `countersign ${version}`, signal },
    ...(disclosures ? { disclosures } : {}),
    ...(verifyHtml ? { verifyHtml } : {}),
    onProgress: ({ done, of }) => onStep({ label: 'Writing the package', done, of }),
  });
  if (answer.kind === 'refused') return { ok: false, message: answer.message };
  const { blob, exported } = answer;
  const read = await verifyPackageFile(blob, {
    signal,
    onProgress: ({ done, of }) => onStep({ label: 'Reading the package back and checking it', done, of }),
  });
  if (read.kind === 'refused')
    return { ok: false, message: `The package cannot be read back: ${read.message}` };
  const [log] = read.verdict.summary.logs;
  if (!log)
    return { ok: false, message: 'The package cannot be read back. Verify the ledger, then try again.' };
  return { ok: true, blob, made, range, exported, verdict: read.verdict, log };
}

/** Days are the device's own; a record belongs to the day on which it was recorded. */
async function rangeOf(wanted: Extract<Wanted, { ok: true }>): Promise<SeqRange> {
  if (wanted.part === 'seq') return wanted.range;
  const { size } = await service.head();
  const recordedAt = async (seq: number) => {
    const { rows } = await service.rows({ before: seq + 1, limit: 1 });
    return rows[0]?.recorded ?? '';
  };
  const first = new Date(`${wanted.dates.fromDate}T00:00:00`);
  const after = new Date(`${wanted.dates.toDate}T00:00:00`);
  after.setDate(after.getDate() + 1);
  return {
    from: await firstAtOrAfter(first.toISOString(), size, recordedAt),
    to: await firstAtOrAfter(after.toISOString(), size, recordedAt),
  };
}

/** The verifier page to put into the package. A server without it may answer with the app's own page, which is not it. */
async function verifierPage(): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch('verify.html');
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return new TextDecoder().decode(bytes).includes('id="verifier"') ? bytes : undefined;
  } catch {
    return undefined;
  }
}
