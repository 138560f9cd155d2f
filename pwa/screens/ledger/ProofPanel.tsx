import { useState } from 'preact/hooks';
import { webCryptoEd25519 } from '../../../shared/ledger/ed25519.ts';
import { plainSha256 } from '../../../shared/ledger/hash.ts';
import type { RecordDetail } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { shortHash } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { service } from '../../app/ledger.ts';
import { CopyButton } from './CopyButton.tsx';
import { type CheckpointCheck, checkCheckpoint } from './checkpoint-check.ts';
import { checkProof, type ProofCheck, type ProofStep } from './proof-steps.ts';

type Checked = { proof: ProofCheck; checkpoint: CheckpointCheck };

const verify = webCryptoEd25519(crypto.subtle);

/** The proof that a record stands in the log under the device's signed checkpoint, and a check of it on this page. */
export function ProofPanel({ detail }: { detail: RecordDetail }) {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [busy, setBusy] = useState(false);
  const { proof, line, row, checkpoint } = detail;
  const check = async () => {
    setBusy(true);
    const genesis = await service.record(0);
    setChecked({
      proof: checkProof(plainSha256, { line, hash: row.hash, seq: row.seq, proof }),
      checkpoint: await checkCheckpoint({ sha: plainSha256, verify }, checkpoint, genesis?.line ?? ''),
    });
    setBusy(false);
  };
  return (
    <section class="panel stack tight" aria-labelledby="record-proof">
      <h2 id="record-proof">Proof that it stands in the log</h2>
      <p class="muted">
        {proof.path.length} neighbouring {proof.path.length === 1 ? 'hash leads' : 'hashes lead'} from this
        record to the root of all {proof.size.toLocaleString('en')} records (RFC 6962). The device has signed
        that root.
      </p>
      <div>
        <Button kind="primary" busy={busy} onClick={() => void check()}>
          Check it here
        </Button>
      </div>
      {checked ? <Result checked={checked} proof={proof} /> : null}
      <details>
        <summary>The neighbouring hashes</summary>
        <ol class="hash">
          {proof.path.map((hash) => (
            <li key={hash}>{hash}</li>
          ))}
        </ol>
        <CopyButton text={proof.path.join('\n')} what="the neighbouring hashes" />
      </details>
      <details>
        <summary>The signed checkpoint (C2SP)</summary>
        <pre class="record-raw hash">{checkpoint}</pre>
        <CopyButton text={checkpoint} what="the checkpoint" />
      </details>
    </section>
  );
}

function Result({ checked, proof }: { checked: Checked; proof: RecordDetail['proof'] }) {
  const { checkpoint } = checked;
  const sameRoot = checkpoint.ok && checkpoint.root === proof.root && checkpoint.size === proof.size;
  const ok = checked.proof.leafMatches && checked.proof.rootMatches && sameRoot;
  return (
    <div class="stack tight">
      <Notice
        kind={ok ? 'ok' : 'danger'}
        title={ok ? 'It stands where it says.' : 'This record is not proven.'}
      >
        <p>
          {ok
            ? 'Computed again on this page, from the text of the record up to the root that the device signed.'
            : 'Run Verify over the whole ledger, and keep this screen: it shows where the figures part.'}
        </p>
      </Notice>
      <ol class="proof-steps">
        <li>
          <Mark ok={checked.proof.leafMatches} /> SHA-256(0x00, text of the record){' '}
          <Hash of={checked.proof.leaf} />
        </li>
        {checked.proof.steps.map((step) => (
          <li key={step.result}>
            <Step step={step} />
          </li>
        ))}
        <li>
          <Mark ok={checked.proof.rootMatches} /> the root in the proof <Hash of={proof.root} />
        </li>
        <li>
          <Mark ok={sameRoot} />{' '}
          {sameRoot
            ? 'the same root in the checkpoint, signed by the device whose key the first record names'
            : checkpoint.ok
              ? `the checkpoint is about another tree: ${checkpoint.size} records`
              : checkpoint.message}
        </li>
      </ol>
    </div>
  );
}

function Step({ step }: { step: ProofStep }) {
  const { left, right, ours, result } = step;
  return (
    <>
      SHA-256(0x01, <Hash of={left} mine={ours === 'left'} />, <Hash of={right} mine={ours === 'right'} />) ={' '}
      <Hash of={result} mine />
    </>
  );
}

const Mark = ({ ok }: { ok: boolean }) => (
  <strong class={ok ? 'proof-ok' : 'proof-bad'}>
    <span aria-hidden="true">{ok ? '✓' : '✗'}</span>
    <span class="visually-hidden">{ok ? 'Agrees:' : 'Does not agree:'}</span>
  </strong>
);

/** The beginning of a hash; the one that came out of the step before is the stronger. */
const Hash = ({ of, mine }: { of: string; mine?: boolean }) => (
  <span class={mine ? 'hash proof-mine' : 'hash'} title={of}>
    {shortHash(of)}
  </span>
);
