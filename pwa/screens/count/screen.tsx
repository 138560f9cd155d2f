import './count.css';
import { useEffect } from 'preact/hooks';
import { service } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { CountStep } from './CountStep.tsx';
import { counting } from './counting.ts';
import { readSealed } from './result.ts';
import { SealedStep } from './SealedStep.tsx';

/** A blind count: choose, type what is there, seal, and only then see what the book says. */
export function Screen() {
  useRecountFromAddress();
  const now = counting.value;
  return (
    <>
      <ScreenHead title={now.phase === 'counting' && now.taking.recounts ? 'Count again' : 'Count'} />
      {now.phase === 'choose' ? <ChooseStep /> : null}
      {now.phase === 'counting' ? <CountStep taking={now.taking} /> : null}
      {now.phase === 'sealed' ? <SealedStep key={now.entryId} sealed={now} /> : null}
    </>
  );
}

/** `#/count?recount=ENTRY` takes up a count that was sealed earlier and whose mismatch is still open. */
function useRecountFromAddress(): void {
  const entryId = place.value.query.get('recount');
  useEffect(() => {
    if (entryId === null || counting.value.phase === 'counting') return;
    const take = async () => {
      const detail = await service.record(entryId);
      const of = detail && readSealed(detail.line);
      if (!of) return;
      counting.value = { phase: 'sealed', entryId, ...of };
      // The address has done its work: coming back to this screen does not take the count up again.
      history.replaceState(null, '', href('count'));
    };
    void take();
  }, [entryId]);
}
