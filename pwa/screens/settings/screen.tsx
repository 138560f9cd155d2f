import './settings.css';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { Extensions } from './Extensions.tsx';
import { OpenedByLink } from './OpenedByLink.tsx';
import { PatientNames } from './PatientNames.tsx';
import { PolicySummary } from './PolicySummary.tsx';
import { ScannerTest } from './ScannerTest.tsx';
import { Storage } from './Storage.tsx';
import { ThisLedger } from './ThisLedger.tsx';

/** What this device is, how it keeps the ledger, and by which rules. */
export function Screen() {
  return (
    <>
      <ScreenHead title="Settings" />
      <div class="stack settings">
        <ThisLedger />
        <Storage />
        <Extensions />
        <OpenedByLink />
        <PatientNames />
        <ScannerTest />
        <Appearance />
        <PolicySummary />
        <About />
      </div>
    </>
  );
}
