import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import type { OnHand, Verdict } from '../../../shared/verifier/verdict.ts';
import { go, href, place } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { RecordText } from '../ledger/RecordText.tsx';
import { type ListMemory, RowList } from '../ledger/RowList.tsx';
import { RowPages } from '../ledger/rows.ts';
import type { Contents } from './open-contents.ts';

/** What stands in an opened package: on hand by drug, and its records. Only as good as the verdict above says. */
export function PackageContents({ verdict, contents }: { verdict: Verdict; contents: Contents }) {
  const record = place.value.query.get('record');
  return (
    <div class="stack">
      {verdict.integrity.ok ? null : (
        <Notice kind="danger">
          What follows is as it stands in the file, and the file is not what was written.
        </Notice>
      )}
      <OnHandTable onHand={verdict.summary.onHand} />
      {record === null ? null : <OneRecord seq={Number(record)} contents={contents} />}
      <h3>Records in the package</h3>
      {verdict.summary.logs.some((log) => log.from > 0) ? (
        <p class="muted">
          This package is a part of the log, without the acts before it: balances and what is on hand are not
          known in it.
        </p>
      ) : null}
      {contents.count === 0 ? (
        <EmptyState what="No record in it can be read." />
      ) : (
        <Records contents={contents} />
      )}
    </div>
  );
}

function OnHandTable({ onHand }: { onHand: readonly OnHand[] }) {
  if (onHand.length === 0) return null;
  return (
    <>
      <h3>On hand, by the book, at the end of the package</h3>
      <div class="table-wrap">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Drug</th>
              <th scope="col" class="number">
                Containers
              </th>
              <th scope="col" class="number">
                On hand
              </th>
            </tr>
          </thead>
          <tbody>
            {onHand.map((drug) => (
              <tr key={drug.product}>
                <td>
                  {drug.name} {drug.strength} <ScheduleTag schedule={drug.schedule} />
                </td>
                <td class="number">{drug.containers}</td>
                <td class="number">
                  {drug.total} {drug.unit}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Records({ contents }: { contents: Contents }) {
  const [, render] = useState(0);
  const memory = useMemo<ListMemory>(() => ({ scrollTop: 0, active: 0 }), [contents]);
  const pages = useMemo(() => new RowPages((query) => contents.rows(query), {}), [contents]);
  useEffect(() => pages.onChange(() => render((n) => n + 1)), [pages]);
  useEffect(() => pages.want(0, 1), [pages]);
  if (!pages.ready) return null;
  return (
    <RowList
      pages={pages}
      memory={memory}
      label="Records in the package, newest first"
      linkTo={(seq) => href('export', [], { open: '1', record: String(seq) })}
    />
  );
}

function OneRecord({ seq, contents }: { seq: number; contents: Contents }) {
  const line = useQuery(() => contents.line(seq), String(seq));
  if (line.state !== 'ready') return null;
  return (
    <div class="stack tight">
      <div class="row spread">
        <h3>Record {seq}, as it stands in the package</h3>
        <Button onClick={() => go('export', [], { open: '1' })}>Back to the list</Button>
      </div>
      {line.value === undefined ? (
        <p>There is no such record in the package.</p>
      ) : (
        <RecordText line={line.value} links={false} />
      )}
    </div>
  );
}
