import './export.css';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { OpenPanel } from './OpenPanel.tsx';
import { SavePanel } from './SavePanel.tsx';

/** Packages out of this browser, and packages into it. */
export function Screen() {
  return (
    <>
      <ScreenHead title="Export and open" />
      <div class="stack">
        <SavePanel />
        <OpenPanel />
      </div>
    </>
  );
}
