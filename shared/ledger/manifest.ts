/** The table of contents of a chain package (README.md, "Chain package"). Attacker-controlled until checked. */
import { canonicalize, isObject, type Json, type JsonObject, parseCanonical } from './canonical.ts';
import { LedgerError } from './errors.ts';
import { type Hash, isHash } from './hash.ts';
import { type Id, isId } from './ids.ts';
import { MAX_TREE_SIZE } from './merkle.ts';
import { isTime, type Time } from './time.ts';

export const PACKAGE_FORMAT = 'countersign-package';
export const PACKAGE_VERSION = 1;

export type ManifestLog = {
  readonly device: Id;
  /** First record of the package. */
  readonly from: number;
  /** First record no longer in the package. */
  readonly to: number;
  /** Records under the checkpoint. */
  readonly size: number;
};

export type ManifestFile = { readonly name: string; readonly sha256: Hash; readonly bytes: number };

export type Manifest = {
  readonly format: typeof PACKAGE_FORMAT;
  readonly v: typeof PACKAGE_VERSION;
  readonly ledger: Id;
  readonly logs: readonly ManifestLog[];
  readonly disclosed: boolean;
  readonly made: Time;
  /** Name and version of the program that made the package, for people. */
  readonly build: string;
  /** Every other file of the zip, sorted by name. */
  readonly files: readonly ManifestFile[];
};

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** Printable ASCII: it is shown to people, and nobody has signed it. */
const BUILD = /^[\x20-\x7e]{1,100}$/;

/** Names that an entry of the zip may have; anything else is refused. */
const PACKAGE_FILES: readonly RegExp[] = [
  /^manifest\.json$/,
  new RegExp(`^logs/${UUID}/(?:records\\.jsonl|checkpoint|proof\\.json)$`),
  /^(?:patients\.jsonl|log\.csv|summary\.pdf|verify\.html|README\.txt)$/,
];

export function isPackageFile(name: string): boolean {
  return PACKAGE_FILES.some((rule) => rule.test(name));
}

/** Names of a log's files within the package. */
export function logFiles(device: Id): {
  readonly records: string;
  readonly checkpoint: string;
  readonly proof: string;
} {
  const folder = `logs/${device}`;
  return {
    records: `${folder}/records.jsonl`,
    checkpoint: `${folder}/checkpoint`,
    proof: `${folder}/proof.json`,
  };
}

/** Whether a log's range is only a part of what its checkpoint covers, so that it needs a `proof.json`. */
export function isPart({ from, to, size }: ManifestLog): boolean {
  return from > 0 || to < size;
}

/** Text of `manifest.json`: canonical, one newline at the end. Throws as `parseManifest` does. */
export function formatManifest(manifest: Manifest): string {
  const text = `${canonicalize(manifest)}\n`;
  parseManifest(text);
  return text;
}

/**
 * Reads `manifest.json`. Throws `version` for another version of the format, and `manifest` for all else:
 * not canonical, unknown members, files outside PACKAGE_FILES, files that don't fit the logs.
 */
export function parseManifest(text: string): Manifest {
  const value = parseLine(text);
  if (
    isObject(value) &&
    value.format === PACKAGE_FORMAT &&
    Object.hasOwn(value, 'v') &&
    value.v !== PACKAGE_VERSION
  ) {
    throw new LedgerError({ code: 'version', message: 'The package is of another format version than 1.' });
  }
  const members = ['build', 'disclosed', 'files', 'format', 'ledger', 'logs', 'made', 'v'];
  if (!hasKeys(value, members)) throw refuse('its members are not those of a manifest');
  const { format, v, ledger, disclosed, made, build } = value;
  if (format !== PACKAGE_FORMAT || v !== PACKAGE_VERSION) throw refuse('it is not of a package');
  if (!isId(ledger)) throw refuse('ledger is not an id');
  if (typeof disclosed !== 'boolean') throw refuse('disclosed is not true or false');
  if (!isTime(made)) throw refuse('made is not a time');
  if (typeof build !== 'string' || !BUILD.test(build)) throw refuse('build is not one short line of ASCII');
  const logs = list(value.logs).map(readLog);
  if (logs.length === 0) throw refuse('it names no log');
  requireSorted(logs.map(({ device }) => device));
  const files = list(value.files).map(readFile);
  requireSorted(files.map(({ name }) => name));
  requireFiles(new Set(files.map(({ name }) => name)), logs, disclosed);
  return { format, v, ledger, logs, disclosed, made, build, files };
}

function readLog(value: Json): ManifestLog {
  if (!hasKeys(value, ['device', 'from', 'size', 'to'])) throw refuse('a log is malformed');
  const { device, from, to, size } = value;
  if (!isId(device) || !isCount(from) || !isCount(to) || !isCount(size)) throw refuse('a log is malformed');
  if (from >= to || to > size) throw refuse('a log’s range is empty, or lies outside of its checkpoint');
  return { device, from, to, size };
}

function readFile(value: Json): ManifestFile {
  if (!hasKeys(value, ['bytes', 'name', 'sha256'])) throw refuse('a file is malformed');
  const { name, sha256, bytes } = value;
  if (typeof name !== 'string' || !isHash(sha256) || !isCount(bytes)) throw refuse('a file is malformed');
  if (!isPackageFile(name) || name === 'manifest.json') throw refuse('it lists a file that no package has');
  return { name, sha256, bytes };
}

/** The files have to be exactly those that the logs and the disclosure call for, beside the readable copies. */
function requireFiles(names: ReadonlySet<string>, logs: readonly ManifestLog[], disclosed: boolean): void {
  if (names.has('patients.jsonl') !== disclosed) throw refuse('patients.jsonl and disclosed disagree');
  let inFolders = 0;
  for (const log of logs) {
    const { records, checkpoint, proof } = logFiles(log.device);
    if (!names.has(records) || !names.has(checkpoint)) throw refuse('a log’s files are not listed');
    if (names.has(proof) !== isPart(log)) throw refuse('a log’s proof and its range disagree');
    inFolders += isPart(log) ? 3 : 2;
  }
  const listed = [...names].filter((name) => name.startsWith('logs/')).length;
  if (listed !== inFolders) throw refuse('it lists files of a log that it does not name');
}

/** Strictly ascending by code units: sorted, and no name twice. */
function requireSorted(names: readonly string[]): void {
  for (let i = 1; i < names.length; i += 1) {
    if (names[i - 1]! >= names[i]!) throw refuse('its lists are not sorted, or name something twice');
  }
}

function parseLine(text: string): Json {
  try {
    if (text.endsWith('\n')) return parseCanonical(text.slice(0, -1));
  } catch (cause) {
    throw new LedgerError({ code: 'manifest', message: 'The manifest is not canonical JSON.', cause });
  }
  throw refuse('it does not end in a newline');
}

function hasKeys(value: Json, keys: readonly string[]): value is JsonObject {
  return isObject(value) && Object.keys(value).join() === keys.join();
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw refuse('a list is missing');
  return value;
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_TREE_SIZE;
}

function refuse(what: string): LedgerError {
  return new LedgerError({ code: 'manifest', message: `The manifest is not acceptable: ${what}.` });
}
