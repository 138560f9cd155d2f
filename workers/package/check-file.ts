import type { VerifyOptions, VerifyPorts } from '../../shared/verifier/ports.ts';
import type { Verdict } from '../../shared/verifier/verdict.ts';
import { type PackageFiles, verifyPackage } from '../../shared/verifier/verify-package.ts';
import { readPackage } from './unzip.ts';
import type { ZipCode } from './zip-directory.ts';

/** What a package file came to. `refused`: it could not be opened as a package at all, so nothing is said of records. */
export type PackageAnswer =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'refused'; readonly code: ZipCode; readonly message: string };

export type CheckedFile = { readonly answer: PackageAnswer; readonly files: PackageFiles };

/** Opens and checks a package file: the one way that worker, page and command line take. */
export async function checkPackageFile(
  zip: Uint8Array,
  ports: VerifyPorts,
  options: VerifyOptions = {},
): Promise<CheckedFile> {
  const { breathe } = options;
  const read = await readPackage(zip, breathe ? { breathe } : {});
  if (!read.ok) {
    return { answer: { kind: 'refused', code: read.code, message: read.message }, files: new Map() };
  }
  const verdict = await verifyPackage(read.files, ports, options);
  return { answer: { kind: 'verdict', verdict }, files: read.files };
}
