import type { KnownHead } from '../../shared/verifier/ports.ts';

export const USAGE = `countersign verify PACKAGE.zip [--json] [--strict] [--head LEDGER:SIZE:HASH]...

Checks a chain package made by Countersign.

  --json    print the verdict as JSON
  --strict  count breaches of the ledger's own policy as failures, too
  --head    a head that was kept elsewhere: ledger id, number of records, hash of the last one
            (or its first 16 digits, as printed on a report)

Exit status: 0 valid, 1 not valid, 2 not a package, or not understood.
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
      if (!head) return { ok: false, message: '--head wants LEDGER:SIZE:HASH.' };
      heads.push(head);
    } else if (arg.startsWith('--')) return { ok: false, message: `There is no option ${arg}.` };
    else files.push(arg);
  }
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return { ok: false, message: 'Name one package.' };
  return { ok: true, file, json, strict, heads };
}

function readHead(text: string): KnownHead | undefined {
  const match = /^([0-9a-f-]{36}):([1-9]\d{0,14}):([0-9a-f]{16,64})$/.exec(text.replaceAll(' ', ''));
  const [, ledger, size, hash] = match ?? [];
  return ledger && size && hash ? { ledger, size: Number(size), hash } : undefined;
}
