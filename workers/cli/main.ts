import { readFile, stat } from 'node:fs/promises';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import { shown } from '../../shared/verifier/shown.ts';
import { checkPackageFile, type PackageAnswer } from '../package/check-file.ts';
import { MAX_EXPANDED } from '../package/unzip.ts';
import { readArguments, USAGE } from './arguments.ts';
import { reportJson, reportText } from './report.ts';

// Node 20 calls Ed25519 in WebCrypto experimental on every run; other warnings still show.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const wanted = readArguments(args);
  if (!wanted.ok) {
    process.stderr.write(`${shown(wanted.message)}\n\n${USAGE}`);
    return 2;
  }
  const zip = await read(wanted.file);
  if (typeof zip === 'string') {
    process.stderr.write(`${shown(zip)}\n`);
    return 2;
  }
  const { subtle } = globalThis.crypto;
  const ports = {
    ...{ sha: await loadSha256(), verify: webCryptoEd25519(subtle), verifyEs256: webCryptoEs256(subtle) },
  };
  const { answer } = await checkPackageFile(zip, ports, { heads: wanted.heads });
  process.stdout.write(wanted.json ? reportJson(answer) : reportText(answer));
  return exitCode(answer, wanted.strict);
}

async function read(file: string): Promise<Uint8Array | string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_EXPANDED) return `${file} is larger than a package may be.`;
    return await readFile(file);
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}.`;
  }
}

function exitCode(answer: PackageAnswer, strict: boolean): 0 | 1 | 2 {
  if (answer.kind === 'refused') return 2;
  const { integrity, conformity, summary } = answer.verdict;
  if (summary.heads.some((head) => head.answer !== 'agrees')) return 1;
  return integrity.ok && (conformity.ok || !strict) ? 0 : 1;
}
