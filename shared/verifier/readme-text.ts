import { type Summary, spokenHash, utcText } from './verdict.ts';

export type ReadmeFacts = Pick<Summary, 'ledger' | 'facility' | 'demo' | 'genesis'> & {
  readonly made: string;
  readonly build: string;
  readonly head: string;
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly disclosed: boolean;
};

const PART_CAUTION = `
This is a part of the log. What is in it can be checked; what was left out of it cannot. Were the revocation of a key
before this part left out of proof.json, nothing here would show it: the whole log, or a later export of all records,
does. Nor would it show that an entry was signed before under the same id. Balances are blank where the acts before
the part are not in it.
`;

/** `README.txt` of a package: what it is, how to check it with our tool, and with none of our tools. */
export function readmeText(facts: ReadmeFacts): string {
  const { ledger, facility, demo, genesis, made, build, head, from, to, size, disclosed } = facts;
  const part = to - from < size ? `Records ${from} to ${to - 1} of ${size}` : `All ${size} records`;
  const caution = from > 0 ? PART_CAUTION : '';
  return `${demo ? 'DEMO DATA. Nothing in this package happened.\n\n' : ''}CONTROLLED-SUBSTANCE RECORD
${facility ? `${facility.name}, DEA ${facility.deaNumber}` : ''}
${part}. Made ${utcText(made)} by ${build}.
${disclosed ? 'Patient identities are disclosed in patients.jsonl: keep this package confidential.' : 'No patient is named in this package.'}

Ledger        ${ledger}
Genesis hash  ${genesis}
Head          ${spokenHash(head)}   (record ${to - 1})

Compare both hashes with those on a printed report or kept elsewhere. A record that was rewritten as a whole, by
everyone together, shows only there.
${caution}
TO CHECK IT
  Open verify.html in a current browser. It needs no network. Choose this zip in it. Best is a verify.html that
  you had before: the one in this zip, like this text and summary.pdf, is whatever the sender put there.
  Or, with Node 20.19 or later:  node countersign.mjs verify PACKAGE.zip

TO CHECK IT WITH NONE OF OUR TOOLS
  logs/<device>/records.jsonl holds one record a line, in RFC 8785 canonical JSON.
  1. Leaf hash of a line: SHA-256 of a zero byte followed by the line without its newline.
  2. "prev" of a record is the leaf hash of the line before (64 zeros for the first); "seq" counts without gaps.
  3. A signature is Ed25519 over the canonical JSON of {"as","at","by","entry","key","ledger","v"}, where "entry" is
     the hex SHA-256 of the canonical JSON of the entry. Keys are enrolled by earlier records; the first record
     carries its own. A key id is the first 16 bytes of the SHA-256 of the key. "assertion", where there is one, is a
     WebAuthn answer to the SHA-256 of that same JSON, by a credential that an earlier record adds.
  4. The leaf hashes make an RFC 6962 Merkle tree. logs/<device>/checkpoint is a C2SP signed note over its size and
     root, by the device key in the first record. logs/<device>/proof.json, where there is one, ties a part of the
     log to it.
  5. A patient's commitment is the SHA-256 of the canonical JSON of {"details","salt"} in patients.jsonl.
  6. manifest.json names the SHA-256 of every other file. It is not signed: the checkpoint is what counts.

log.csv and summary.pdf are readable copies. log.csv can be rebuilt from the records, and the check compares it.
`;
}
