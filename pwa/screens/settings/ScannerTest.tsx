import { useEffect, useState } from 'preact/hooks';
import { TextField } from '../../../shared/ui/Field.tsx';
import { localDay } from '../../../shared/ui/format.ts';
import { attachWedge } from '../../../shared/ui/scan/wedge.ts';
import { reportOf, type ScanReport } from './scan-words.ts';

/** Shows what a USB scanner sends, before it matters. Nothing that is scanned here is kept. */
export function ScannerTest() {
  const [typed, setTyped] = useState('');
  const [report, setReport] = useState<ScanReport | null>(null);
  useEffect(() => attachWedge(window, (scan) => setReport(reportOf(scan, localDay(Date.now())))), []);
  return (
    <section class="panel stack tight" aria-labelledby="settings-scanner">
      <h2 id="settings-scanner">Scanner test</h2>
      <p>Scan any label with a USB or Bluetooth scanner while this page is open. Nothing is recorded.</p>
      <div role="status">
        {report ? <Report report={report} /> : <p class="muted">Nothing has been scanned yet.</p>}
      </div>
      <TextField
        label="If nothing shows above, scan into this field"
        value={typed}
        onInput={setTyped}
        hint={
          typed === ''
            ? 'A scanner that is heard leaves this field empty.'
            : 'These keys came too slowly for a scanner, or were typed by hand. Set the scanner to send without pauses between keys, and Enter at the end.'
        }
      />
    </section>
  );
}

function Report({ report }: { report: ScanReport }) {
  return (
    <div class="scan-seen stack tight">
      <div>
        <span class="hash">{report.seen}</span>{' '}
        <span class="muted small">
          {report.symbology === '' ? 'no AIM identifier' : `AIM ${report.symbology}`}
        </span>
      </div>
      <ul>
        {report.says.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <span class={`badge ${report.good ? 'ok' : 'warn'}`}>{report.good ? 'heard' : 'check'}</span>{' '}
        {report.advice}
      </p>
    </div>
  );
}
