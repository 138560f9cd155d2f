import { useEffect, useRef, useState } from 'preact/hooks';
import { interpretScan, type ScanResult, typedCode } from '../../../shared/codes/scan-result.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { localDay } from '../../../shared/ui/format.ts';
import type { ScanAnswer } from '../../../shared/ui/scan/ScannerView.tsx';
import { attachWedge } from '../../../shared/ui/scan/wedge.ts';
import { LiveScanner } from '../../app/CameraScanner.tsx';

const today = () => localDay(Date.now());

/** Goes to a container by USB scanner at any moment, by its number, or by the camera, which then stays on. */
export function FindBar({ onScan }: { onScan: (result: ScanResult) => ScanAnswer }) {
  const [camera, setCamera] = useState(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const latest = useRef(onScan);
  latest.current = onScan;
  const take = (result: ScanResult) => {
    const answer = latest.current(result);
    setError(answer.taken ? undefined : answer.message);
    if (answer.taken) setTyped('');
  };
  useEffect(() => attachWedge(window, (scan) => take(interpretScan(scan, today()))), []);
  return (
    <section class="panel stack tight" aria-label="Find a container">
      {camera ? (
        <LiveScanner onScan={(result) => latest.current(result)} continuous autoStart wedge={false} />
      ) : null}
      <form
        class="count-find"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') take(typedCode(typed, today()));
        }}
      >
        {camera ? null : (
          <TextField
            label="Number"
            placeholder="or scan it"
            value={typed}
            error={error}
            autoCapitalize="characters"
            onInput={(value) => {
              setTyped(value);
              setError(undefined);
            }}
          />
        )}
        <div class="row">
          {camera ? null : <Button type="submit">Find</Button>}
          <Button onClick={() => setCamera(!camera)}>{camera ? 'Put the camera away' : 'Camera'}</Button>
        </div>
      </form>
      {camera && error ? (
        <p class="small" role="alert">
          {error}
        </p>
      ) : null}
    </section>
  );
}
