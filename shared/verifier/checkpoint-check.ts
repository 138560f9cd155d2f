import { equalBytes, fromHex, toHex } from '../ledger/bytes.ts';
import { type Checkpoint, openCheckpoint } from '../ledger/checkpoint.ts';
import { LedgerError } from '../ledger/errors.ts';
import { rootOfLeaves } from '../ledger/merkle.ts';
import { type PartProof, partBoundary } from '../ledger/part.ts';
import { rootFromRange, verifyInclusion } from '../ledger/proof.ts';
import type { CheckSession } from './check-session.ts';
import type { LogSession } from './log-session.ts';
import type { LogSummary } from './verdict.ts';

export type CheckpointClaim = {
  /** The signed note; `undefined` where the file is missing. */
  readonly note: string | undefined;
  readonly file?: string;
  /** Size that the manifest names. */
  readonly size?: number;
  /** For a part of a log. */
  readonly proof?: PartProof;
  /** The log is known, and named, to be shorter than it says. */
  readonly cut?: boolean;
};

/** Holds a log, whose lines have all been taken, against its checkpoint and against checkpoints that were kept elsewhere. */
export async function checkHead(
  session: CheckSession,
  log: LogSession,
  claim: CheckpointClaim,
): Promise<LogSummary> {
  const checkpoint = claim.note === undefined ? undefined : await open(session, log, claim.note, claim.file);
  if (claim.note === undefined) fail(session, log, 'checkpoint', 'There is no checkpoint.', claim.file);
  if (checkpoint) checkTree(session, log, checkpoint, claim);
  await checkKnownCheckpoints(session, log);
  const to = log.from + log.size;
  return {
    log: log.log,
    device: log.log.split('/')[1] ?? '',
    from: log.from,
    to,
    size: checkpoint?.size ?? to,
    head: log.check.head,
    root: checkpoint ? toHex(checkpoint.root) : '',
    checkpointSigned: checkpoint !== undefined,
  };
}

async function open(session: CheckSession, log: LogSession, note: string, file?: string) {
  const { sha, verify } = session.ports;
  const device = log.check.device;
  if (!device) {
    fail(
      session,
      log,
      'checkpoint',
      'The key of the checkpoint is not known: the first record is not readable.',
    );
    return undefined;
  }
  try {
    return await openCheckpoint(sha, verify, note, { log: log.log, publicKey: device.publicKey });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    session.failures.addError(error, { log: log.log, ...(file === undefined ? {} : { file }) });
    return undefined;
  }
}

function checkTree(
  session: CheckSession,
  log: LogSession,
  checkpoint: Checkpoint,
  claim: CheckpointClaim,
): void {
  const { size, root } = checkpoint;
  const to = log.from + log.size;
  if (size < to) {
    fail(
      session,
      log,
      'checkpoint',
      `The checkpoint covers ${size} records, and there are ${to}.`,
      claim.file,
    );
    return;
  }
  const wanted = claim.proof ? claim.proof.to : size;
  if (to < wanted) {
    const message = `The log ends after ${to} records; the signed head says that there are ${wanted}.`;
    if (!claim.cut) fail(session, log, 'truncated', message);
    return;
  }
  if (claim.size !== undefined && claim.size !== size) {
    fail(session, log, 'manifest', `The checkpoint covers ${size} records, not ${claim.size}.`, claim.file);
  }
  if (claim.proof) return checkPart(session, log, checkpoint, claim.proof);
  if (!equalBytes(rootOfLeaves(session.ports.sha, log.check.leaves), root)) {
    fail(session, log, 'root', 'The records do not make the root that the device signed.');
  }
}

function checkPart(
  session: CheckSession,
  log: LogSession,
  { size, root }: Checkpoint,
  proof: PartProof,
): void {
  const { sha } = session.ports;
  const { leaves, earlierLeaves } = log.check;
  attempt(session, log, undefined, () => {
    const made = rootFromRange(sha, { begin: log.from, size, leaves, ...partBoundary(proof) });
    if (!equalBytes(made, root)) {
      fail(session, log, 'root', 'The part and its boundary do not make the root that the device signed.');
    }
  });
  proof.earlier.forEach(({ seq, path }, i) => {
    attempt(session, log, seq, () => {
      verifyInclusion(sha, { index: seq, size, root, leaf: earlierLeaves[i]!, path: path.map(fromHex) });
    });
  });
}

async function checkKnownCheckpoints(session: CheckSession, log: LogSession): Promise<void> {
  for (const note of session.options.checkpoints ?? []) {
    const known = await open(session, log, note);
    if (!known || log.part) continue;
    if (known.size > log.size) {
      const message = `A checkpoint kept elsewhere covers ${known.size} records, and this log ends after ${log.size}.`;
      fail(session, log, 'truncated', message);
    } else if (
      !equalBytes(rootOfLeaves(session.ports.sha, log.check.leaves.slice(0, known.size)), known.root)
    ) {
      const message = `A checkpoint kept elsewhere gives the first ${known.size} records another root.`;
      fail(session, log, 'fork', message);
    }
  }
}

function attempt(session: CheckSession, log: LogSession, seq: number | undefined, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    session.failures.addError(error, { log: log.log, ...(seq === undefined ? {} : { seq }) });
  }
}

function fail(
  session: CheckSession,
  { log }: LogSession,
  code: LedgerError['code'],
  message: string,
  file?: string,
): void {
  session.failures.add(code, message, { log, ...(file === undefined ? {} : { file }) });
}
