import './count.css';
import { useEffect } from 'preact/hooks';
import { service } from '../../app/ledger.ts';
import { place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { CountStep } from './CountStep.tsx';
import { counting } from './counting.ts';
import { SealedStep } from './SealedStep.tsx';

/** A blind count: choose, type what is there, seal, and only then see what the book says. */
export function Screen() {
  useSealedFromAddress();
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

/** `#/count?sealed=ENTRY` takes up a count that was sealed earlier and whose mismatch is still open. */
function useSealedFromAddress(): void {
  const entryId = place.value.query.get('sealed');
  useEffect(() => {
    if (entryId === null || counting.value.phase === 'counting') return;
    const session = place.value.query.get('session');
    const start = async () => {
      counting.value = {
        ...{ phase: 'sealed', entryId, kind: 'spot', reveal: false },
        session: session ?? (await service.newId()),
      };
    };
    void start();
  }, [entryId]);
}
