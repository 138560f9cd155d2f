import type { DiscrepancyView } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { timeText } from '../../../shared/ui/format.ts';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { DiscrepancyDetail } from './DiscrepancyDetail.tsx';

/** Every difference between book and count (`#/discrepancy`), or one of them (`#/discrepancy/ID`). */
export function Screen() {
  const all = useQuery(() => service.discrepancies());
  const id = place.value.rest[0];
  return (
    <Loading of={all}>
      {(list) => {
        const one = list.find((d) => d.id === id);
        return one ? <DiscrepancyDetail key={one.id} discrepancy={one} /> : <DiscrepancyList list={list} />;
      }}
    </Loading>
  );
}

function DiscrepancyList({ list }: { list: readonly DiscrepancyView[] }) {
  return (
    <>
      <ScreenHead title="Discrepancies" />
      {list.length === 0 ? <EmptyState what="No count has disagreed with the book." /> : null}
      <ul class="list panel" hidden={list.length === 0}>
        {list.map((d) => (
          <li key={d.id} class="row spread">
            <a href={href('discrepancy', [d.id])}>
              {d.number}, {d.product}
            </a>
            <ScheduleTag schedule={d.schedule} />
            <Amount quantity={d.difference} unit={d.unit} signed />
            <span class="muted small">{timeText(d.openedAt)}</span>
            {d.resolved ? <span class="badge ok">resolved</span> : <span class="badge danger">open</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
