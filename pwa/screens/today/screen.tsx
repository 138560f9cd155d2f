import type { TodayView } from '../../../shared/protocol/views.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { agoText } from '../../../shared/ui/format.ts';
import { StockBars } from '../../../shared/ui/StockBars.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { RecentList } from './RecentList.tsx';
import { SafetyPanel } from './SafetyPanel.tsx';
import { WorkList } from './WorkList.tsx';

/** What needs doing, what is there, what happened last, and whether the record is safe. */
export function Screen() {
  const today = useQuery(() => service.today());
  return (
    <>
      <ScreenHead title="Today">
        <div class="row">
          <a class="button primary" href={href('capture')}>
            Draw or give
          </a>
          <a class="button" href={href('scan')}>
            Scan
          </a>
        </div>
      </ScreenHead>
      <Loading of={today}>{(view) => <Today view={view} />}</Loading>
    </>
  );
}

function Today({ view }: { view: TodayView }) {
  const verified = view.lastVerified;
  return (
    <div class="two today">
      <section class="panel stack" aria-labelledby="work">
        <h2 id="work">What needs doing</h2>
        <WorkList items={view.work} />
      </section>
      <div class="stack">
        <section class="panel stack" aria-labelledby="stock">
          <h2 id="stock">On hand</h2>
          {view.onHand.length === 0 ? (
            <EmptyState what="Nothing is on hand yet.">
              <a class="button" href={href('receive')}>
                Receive stock
              </a>
            </EmptyState>
          ) : (
            <StockBars rows={view.onHand} hrefOf={(product) => href('vials', [], { product })} />
          )}
        </section>
        <SafetyPanel
          entriesSinceExport={view.entriesSinceExport}
          verified={
            verified === null
              ? 'never'
              : `${agoText(verified.at, Date.now())}, ${verified.failures === 0 ? 'no failures' : `${verified.failures} failures`}`
          }
          trouble={verified !== null && verified.failures > 0}
          records={view.head.size}
        />
      </div>
      <section class="panel stack" aria-labelledby="recent">
        <h2 id="recent">Last recorded</h2>
        <RecentList rows={view.recent} />
      </section>
    </div>
  );
}
