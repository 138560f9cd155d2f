import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { GUIDE_BOX } from '../../codes/sighting.ts';
import { Button } from '../Button.tsx';
import { TextField } from '../Field.tsx';
import { Scanning, type ScanningOptions } from './scanning.ts';
import { attachWedge, type WedgeClock } from './wedge.ts';
import '@preact/signals';
import './scan.css';

export type { ScanAnswer, ScanSource } from './scanning.ts';

export interface ScannerViewProps extends ScanningOptions {
  /** Ask for the camera at once. */
  readonly autoStart?: boolean;
  /** Label of the field for typing. */
  readonly typeLabel?: string;
  /** Where a USB scanner is heard. Default: the whole page; `null`: nowhere. */
  readonly wedgeTarget?: EventTarget | null;
  readonly wedgeClock?: WedgeClock;
}

function Typed({ scanning, label }: { scanning: Scanning; label: string }) {
  return (
    <form
      class="scan-typed"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void scanning.takeTyped();
      }}
    >
      <TextField
        label={label}
        value={scanning.typed.value}
        error={scanning.typedError.value}
        autoCapitalize="characters"
        onInput={(text) => scanning.type(text)}
      />
      <Button type="submit">Use this code</Button>
    </form>
  );
}

/**
 * Camera picture with a guide box, the light, a USB scanner's input, and always a field to type in.
 * Decodes nothing itself and knows no ledger: codes go to `onScan`, and its answer is shown and announced.
 */
export function ScannerView(props: ScannerViewProps) {
  const latest = useRef(props);
  latest.current = props;
  const scanning = useMemo(() => new Scanning(() => latest.current), []);
  const video = useRef<HTMLVideoElement>(null);
  const target = props.wedgeTarget === undefined ? document : props.wedgeTarget;
  const start = () => {
    if (video.current) void scanning.start(video.current);
  };

  useEffect(() => {
    if (latest.current.autoStart && video.current) void scanning.start(video.current);
    return () => scanning.stop();
  }, [scanning]);
  // Before the first picture, so that not even a scan in that moment is lost.
  useLayoutEffect(() => {
    if (!target) return undefined;
    return attachWedge(target, (scan) => void scanning.hear(scan), latest.current.wedgeClock);
  }, [scanning, target]);

  const off = scanning.camera.value === 'off';
  const { tone, text } = scanning.said.value;
  return (
    <section class="scan-view" aria-label="Scan a code">
      <div class="scan-picture" data-on={scanning.camera.value}>
        <video ref={video} muted playsInline aria-label="Camera picture" />
        <div
          class="scan-box"
          aria-hidden="true"
          style={{ width: `${100 * GUIDE_BOX.width}%`, height: `${100 * GUIDE_BOX.height}%` }}
        />
      </div>
      <p class={`scan-status scan-${tone}`} role="status">
        {text}
      </p>
      <div class="scan-buttons">
        <Button kind={off ? 'primary' : 'plain'} onClick={off ? start : () => scanning.stop()}>
          {off ? 'Start camera' : 'Stop camera'}
        </Button>
        {scanning.torch.value ? (
          <Button onClick={() => void scanning.switchTorch()}>
            {scanning.lit.value ? 'Light off' : 'Light on'}
          </Button>
        ) : null}
      </div>
      <Typed scanning={scanning} label={props.typeLabel ?? 'Or type the code'} />
    </section>
  );
}
