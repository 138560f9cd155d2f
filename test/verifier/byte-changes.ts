import { toHex } from '../../shared/ledger/bytes.ts';
import type { VerifyEd25519 } from '../../shared/ledger/ed25519.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import type { VerifyPorts } from '../../shared/verifier/ports.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { type Ledger, ports, sha } from '../golden/builder.ts';
import { filesOf, seal } from '../golden/package-files.ts';

export type ByteChanges = { readonly tried: number; readonly missed: readonly string[] };

/**
 * Changes the records of a ledger one byte at a time, at every position, and checks each whole package. As an
 * attacker would: the manifest is made anew over the changed file, so that it cannot be what tells.
 * `flipsAt` says by which bits the byte at a position is changed, in turn.
 */
export async function changeEveryByte(
  ledger: Ledger,
  flipsAt: (position: number) => readonly number[],
): Promise<ByteChanges> {
  const { records } = logFiles(ledger.who.device.id);
  const files = await filesOf(ledger);
  files.delete('log.csv');
  const right = files.get(records) ?? new Uint8Array();
  const remembered = rememberingPorts();
  const missed: string[] = [];
  let tried = 0;
  for (let at = 0; at < right.length; at += 1) {
    for (const flip of flipsAt(at)) {
      const changed = right.slice();
      changed[at] = right[at]! ^ flip;
      const forged = seal(ledger, new Map([...files, [records, changed]]));
      const { integrity } = await verifyPackage(forged, remembered);
      if (integrity.ok) missed.push(`${at} ^ ${flip}`);
      tried += 1;
    }
  }
  return { tried, missed };
}

/** Ports that check no signature twice: the same key, signature and message have the same answer. */
export function rememberingPorts(): VerifyPorts {
  const remembering = (verify: VerifyEd25519): VerifyEd25519 => {
    const known = new Map<string, Promise<boolean>>();
    return (key, signature, message) => {
      const name = toHex(sha(key, signature, message));
      const answer = known.get(name) ?? verify(key, signature, message);
      known.set(name, answer);
      return answer;
    };
  };
  return { sha, verify: remembering(ports.verify), verifyEs256: remembering(ports.verifyEs256) };
}
