import { isId } from '../../shared/ledger/ids.ts';
import type { KnownHead } from '../../shared/verifier/ports.ts';

export const USAGE = `countersign verify PACKAGE.zip [--json] [--strict] [--head HEAD]...

Checks a chain package made by Countersign.

  --json    print the verdict as JSON
  --strict  count breaches of the ledger's own policy as failures, too
  --head    a head that was kept elsewhere, LEDGER/DEVICE:SIZE:HASH: ledger id, device id, number of
            records, hash of the last of them (or its first 16 digits, as printed on a report);
            LEDGER:SIZE:HASH where the package holds one log

Exit status: 0 valid, 1 not valid, or a head could not be compared, 2 not a package, or not understood.
`;

export type Arguments =
  | {
      readonly ok: true;
      readonly file: string;
      readonly json: boolean;
      readonly strict: boolean;
      readonly heads: readonly KnownHead[];
    }
  | { readonly ok: false; readonly message: string };

/** Reads the command line, without the program's own name. */
export function readArguments(args: readonly string[]): Arguments {
  const [command, ...rest] = args;
  if (command !== 'verify') return { ok: false, message: 'The only command is "verify".' };
  const files: string[] = [];
  const heads: KnownHead[] = [];
  let [json, strict] = [false, false];
  for (let i = 0; i < rest.length; i += 1) {
    const arg = rest[i] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--strict') strict = true;
    else if (arg === '--head') {
      i += 1;
      const head = readHead(rest[i] ?? '');
      if (!head) return { ok: false, message: '--head wants LEDGER/DEVICE:SIZE:HASH.' };
      heads.push(head);
    } else if (arg.startsWith('--')) return { ok: false, message: `There is no option ${arg}.` };
    else files.push(arg);
  }
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return { ok: false, message: 'Name one package.' };
  return { ok: true, file, json, strict, heads };
}

function readHead(text: string): KnownHead | undefined {
  const match = /^([^/:]+)(?:\/([^/:]+))?:([1-9]\d{0,14}):([0-9a-f]{16,64})$/.exec(text.replaceAll(' ', ''));
  const [, ledger, device, size, hash] = match ?? [];
  if (!isId(ledger) || !hash || (device !== undefined && !isId(device))) return undefined;
  return { ledger, ...(device === undefined ? {} : { device }), size: Number(size), hash };
}
