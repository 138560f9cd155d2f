import { loadSha256 } from '../../shared/ledger/hash.ts';
import type { VerifyProgress } from '../../shared/verifier/ports.ts';
import { type PackageContent, readContent } from '../../shared/verifier/read-rows.ts';
import { VerificationCancelled } from '../../shared/verifier/verdict.ts';
import { checkPackageFile, type PackageAnswer } from '../../workers/package/check-file.ts';
import { MAX_EXPANDED } from '../../workers/package/unzip.ts';
import { signatureVerifiers } from './support.ts';

export type Checked =
  | { readonly kind: 'answer'; readonly answer: PackageAnswer; readonly content: PackageContent }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'broken'; readonly message: string };

const NOTHING: PackageContent = { rows: [], patients: [] };

/** Gives the page a turn to paint and to hear the cancel button. */
const breathe = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Checks the file that a person chose; every way in which that can end is an answer. */
export async function checkFile(
  file: Blob,
  onProgress: (progress: VerifyProgress) => void,
  signal: AbortSignal,
): Promise<Checked> {
  try {
    const verifiers = await signatureVerifiers();
    if (!verifiers) return { kind: 'unsupported' };
    if (file.size > MAX_EXPANDED)
      return { kind: 'broken', message: 'The file is larger than a package may be.' };
    const zip = new Uint8Array(await file.arrayBuffer());
    const sha = await loadSha256();
    const { answer, files } = await checkPackageFile(
      zip,
      { sha, ...verifiers },
      { onProgress, signal, breathe },
    );
    const content =
      answer.kind === 'verdict' ? readContent(files, answer.verdict.summary.logs, sha) : NOTHING;
    return { kind: 'answer', answer, content };
  } catch (error) {
    if (error instanceof VerificationCancelled) return { kind: 'cancelled' };
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return {
      kind: 'broken',
      message: `The check did not end (${reason}). Nothing is known about this file.`,
    };
  }
}
