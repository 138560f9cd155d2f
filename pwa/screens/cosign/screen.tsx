import { useState } from 'preact/hooks';
import type { RecordDetail } from '../../../shared/protocol/ledger.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { shortHash, timeText } from '../../../shared/ui/format.ts';
import { ActForm } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';

/** Somebody signs now for what they saw then (`#/cosign/ENTRY`). */
export function Screen() {
  const entry = place.value.rest[0] ?? '';
  const [first] = useState(() => service.record(entry));
  const record = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Witness" />
      <div class="panel narrow">
        <Loading of={record}>
          {(detail) =>
            detail ? (
              <Cosign detail={detail} />
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

function Cosign({ detail }: { detail: RecordDetail }) {
  const { row } = detail;
  return (
    <ActForm
      who="Witness, who saw it"
      act="cosign"
      submitLabel="Sign as witness"
      build={() => ({ type: 'cosign', body: { entry: row.entryId, record: row.hash } })}
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
