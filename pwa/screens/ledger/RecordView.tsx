import type { RecordDetail } from '../../../shared/protocol/views.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { shortHash, timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { CopyButton } from './CopyButton.tsx';
import { flagSentence, SIGNED_AS, TYPE_NAMES } from './names.ts';
import { PatientOfAct } from './PatientOfAct.tsx';
import { ProofPanel } from './ProofPanel.tsx';
import { lateBy } from './pretty.ts';
import { RecordText } from './RecordText.tsx';

/** One record. `at` is its number, or the id of its entry. */
export function RecordView({ at }: { at: string }) {
  const detail = useQuery(() => service.record(/^\d{1,15}$/.test(at) ? Number(at) : at), at);
  return (
    <>
      {detail.state === 'ready' && detail.value ? null : <ScreenHead title="Record" />}
      <Loading of={detail}>
        {(record) =>
          record ? (
            <Record detail={record} />
          ) : (
            <EmptyState what={`There is no record ${at} in this ledger.`}>
              <a class="button" href={href('ledger')}>
                Back to the ledger
              </a>
            </EmptyState>
          )
        }
      </Loading>
    </>
  );
}

function Record({ detail }: { detail: RecordDetail }) {
  return (
    <>
      <ScreenHead title={`Record ${detail.row.seq}`}>
        <Neighbours seq={detail.row.seq} />
      </ScreenHead>
      <div class="stack record">
        <Summary detail={detail} />
        <Signatures detail={detail} />
        <Linked
          id="record-earlier"
          title="Earlier records that this one is about"
          records={detail.referred}
        />
        <Linked id="record-later" title="Later records about this one" records={detail.referrers} />
        <Text detail={detail} />
        <Chain detail={detail} />
        <ProofPanel detail={detail} />
      </div>
    </>
  );
}

function Neighbours({ seq }: { seq: number }) {
  const size = status.value.state === 'ready' ? status.value.head.size : 0;
  return (
    <nav class="row" aria-label="Records before and after">
      <a class="button small" href={href('ledger')}>
        All records
      </a>
      {seq > 0 ? (
        <a
          class="button small"
          href={href('ledger', [String(seq - 1)])}
          aria-label={`Record ${seq - 1}, before`}
        >
          ← {seq - 1}
        </a>
      ) : null}
      {seq + 1 < size ? (
        <a
          class="button small"
          href={href('ledger', [String(seq + 1)])}
          aria-label={`Record ${seq + 1}, after`}
        >
          {seq + 1} →
        </a>
      ) : null}
    </nav>
  );
}

function Summary({ detail }: { detail: RecordDetail }) {
  const { row } = detail;
  const late = lateBy(row);
  return (
    <section class="panel stack tight" aria-labelledby="record-what">
      <h2 id="record-what">
        {TYPE_NAMES[row.type]}
        {row.late ? <span class="badge warn record-badge">recorded late</span> : null}
      </h2>
      <p>{row.summary}</p>
      <dl class="facts">
        <dt>Who</dt>
        <dd>
          {row.byName}
          {row.witnessName ? `, witnessed by ${row.witnessName}` : ''}
          {row.approverName ? `, approved by ${row.approverName}` : ''}
        </dd>
        {row.type === 'draw' ? <PatientOfAct entryId={row.entryId} /> : null}
        <dt>Happened</dt>
        <dd>
          {timeText(row.at)} <span class="muted small amount">{row.at}</span>
        </dd>
        <dt>Recorded</dt>
        <dd>
          {timeText(row.recorded)} <span class="muted small amount">{row.recorded}</span>
          {late ? <span class="muted small"> ({late} after)</span> : null}
        </dd>
        <dt>Entry id</dt>
        <dd>
          <span class="hash">{row.entryId}</span> <CopyButton text={row.entryId} what="the entry id" />
        </dd>
      </dl>
      {row.flags.length > 0 ? (
        <Notice kind="warn" quiet title="Flagged when it was recorded">
          <ul class="record-flags">
            {row.flags.map((flag) => (
              <li key={flag}>{flagSentence(flag)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </section>
  );
}

function Signatures({ detail }: { detail: RecordDetail }) {
  return (
    <section class="panel stack tight" aria-labelledby="record-signatures">
      <h2 id="record-signatures">Signatures</h2>
      <ul class="list">
        {detail.signatures.map((signature) => (
          <li key={signature.by} class="stack tight">
            <div class="row spread">
              <span>
                <strong>{signature.name}</strong>{' '}
                <span class="muted">as {SIGNED_AS[signature.as].toLowerCase()}</span>
              </span>
              <span class="row">
                {signature.factor ? <span class="badge">with passkey or security key</span> : null}
                {signature.valid ? (
                  <span class="badge ok">✓ valid</span>
                ) : (
                  <span class="badge danger">✗ not valid</span>
                )}
              </span>
            </div>
            <div class="small muted amount">
              {timeText(signature.at)} · {signature.at}
            </div>
            <div class="small">
              key <span class="hash">{signature.key}</span>
            </div>
            <details>
              <summary>Signature (Ed25519, 64 bytes in base64url)</summary>
              <p class="hash">{signature.sig}</p>
              <CopyButton text={signature.sig} what={`the signature of ${signature.name}`} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Linked(props: { id: string; title: string; records: RecordDetail['referrers'] }) {
  const { id, title, records } = props;
  if (records.length === 0) return null;
  return (
    <section class="panel stack tight" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="list">
        {records.map((other) => (
          <li key={other.entryId}>
            <a class="record-link" href={href('ledger', [String(other.seq)])}>
              {other.seq} · {TYPE_NAMES[other.type]}
            </a>{' '}
            {other.summary}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Text({ detail }: { detail: RecordDetail }) {
  return (
    <section class="panel stack tight" aria-labelledby="record-text">
      <div class="row spread">
        <h2 id="record-text">What was signed and kept</h2>
        <CopyButton text={detail.line} what="the record as it is stored" />
      </div>
      <RecordText line={detail.line} links />
    </section>
  );
}

function Chain({ detail }: { detail: RecordDetail }) {
  const { row, prev } = detail;
  return (
    <section class="panel stack tight" aria-labelledby="record-chain">
      <h2 id="record-chain">Place in the chain</h2>
      <dl class="facts">
        <dt>Hash</dt>
        <dd>
          <span class="hash">{row.hash}</span> <CopyButton text={row.hash} what="the hash" />
        </dd>
        <dt>To read out</dt>
        <dd class="hash">{shortHash(row.hash)}</dd>
        <dt>Record before</dt>
        <dd>
          {row.seq === 0 ? (
            'none: this is the first'
          ) : (
            <a class="hash" href={href('ledger', [String(row.seq - 1)])}>
              {prev}
            </a>
          )}
        </dd>
      </dl>
    </section>
  );
}
