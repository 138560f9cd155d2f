import { useState } from 'preact/hooks';
import type { RecordDetail } from '../../../shared/protocol/views.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { shortHash, timeText } from '../../../shared/ui/format.ts';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';

/** Somebody signs now for what they saw then (`#/cosign/ENTRY`). */
export function Screen() {
  const entry = place.value.rest[0] ?? '';
  const [first] = useState(() => readCosign(entry));
  const record = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Witness" />
      <div class="panel narrow">
        <Loading of={record}>
          {(found) =>
            found ? (
              <Cosign {...found} />
            ) : (
              <EmptyState what="There is no such record.">
                <a class="button" href={href('today')}>
                  Go to Today
                </a>
              </EmptyState>
            )
          }
        </Loading>
      </div>
    </>
  );
}

type Found = { detail: RecordDetail; cosign: Draft; may: string[] };

/** The record, and who may sign for having seen it: by the policy of its own time. */
async function readCosign(entry: string): Promise<Found | null> {
  const detail = await service.record(entry);
  if (!detail) return null;
  const { entryId, hash } = detail.row;
  const cosign: Draft = { type: 'cosign', body: { entry: entryId, record: hash } };
  return { detail, cosign, may: await service.whoMay(cosign) };
}

function Cosign({ detail, cosign, may }: Found) {
  const { row, signatures } = detail;
  const performer = signatures.find(({ as }) => as === 'performer');
  if (may.length === 0) return <Nobody detail={detail} />;
  return (
    <ActForm
      who="Witness, who saw it"
      act="cosign"
      may={may}
      {...(performer ? { barred: { id: performer.by, remark: 'did this, cannot witness it' } } : {})}
      submitLabel="Sign as witness"
      build={() => cosign}
      said={`Witnessed: ${row.summary}`}
      onDone={() => go('today')}
    >
      <div class="witness-what">
        <h2 class="sentence">{row.summary}</h2>
        <p>
          By <strong>{row.byName}</strong>, {timeText(row.at)}
        </p>
        <p>
          Record no. <span class="amount">{row.seq}</span> <span class="hash">{shortHash(row.hash)}</span>
        </p>
      </div>
      <p>Sign only for what you saw yourself. The record shows when it was done and when you signed.</p>
    </ActForm>
  );
}

function Nobody({ detail: { row } }: { detail: RecordDetail }) {
  return (
    <EmptyState
      what={
        row.witnessName
          ? `${row.witnessName} has witnessed this already.`
          : 'This does not wait for a witness, or nobody here may witness it.'
      }
    >
      <a class="button" href={href('ledger', [String(row.seq)])}>
        Look at record {row.seq}
      </a>
    </EmptyState>
  );
}
