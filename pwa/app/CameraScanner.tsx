import { useState } from 'preact/hooks';
import type { ScanResult } from '../../shared/codes/scan-result.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { localDay } from '../../shared/ui/format.ts';
import { type ScanAnswer, ScannerView } from '../../shared/ui/scan/ScannerView.tsx';
import { createScanClient } from '../../workers/scan/client.ts';
import { createFrameScanner } from '../../workers/scan/frame-scanner.ts';
import { openCamera } from '../platform/camera.ts';
import { access } from './access.ts';

const today = (): string => localDay(Date.now());
/** One decoder for the page; its worker starts with the first frame and ends when it is idle. */
const scanner = createFrameScanner(createScanClient(), today);

/** A camera view behind a button, for forms that also take a code in other ways. */
export function CameraScanner(props: {
  onScan: (result: ScanResult) => ScanAnswer;
  label?: string;
  continuous?: boolean;
}) {
  const [open, setOpen] = useState(false);
  if (!open) return <Button onClick={() => setOpen(true)}>{props.label ?? 'Scan with the camera'}</Button>;
  return (
    <div class="stack tight">
      <LiveScanner {...props} wedge={false} autoStart />
      <div>
        <Button small onClick={() => setOpen(false)}>
          Put the camera away
        </Button>
      </div>
    </div>
  );
}

/** The scanner view with this device's camera and decoder. */
export function LiveScanner(props: {
  onScan: (result: ScanResult) => ScanAnswer;
  continuous?: boolean;
  autoStart?: boolean;
  /** Label of the field beside the camera. */
  typeLabel?: string;
  /** False where the form around it hears the USB scanner itself. */
  wedge: boolean;
}) {
  // Behind a lock nobody looks at the picture: the camera goes off, and on again afterwards.
  if (access.value.state === 'locked') return null;
  return (
    <ScannerView
      openCamera={openCamera}
      scanner={scanner}
      today={today}
      onScan={(result) => props.onScan(result)}
      continuous={props.continuous ?? false}
      autoStart={props.autoStart ?? false}
      {...(props.typeLabel ? { typeLabel: props.typeLabel } : {})}
      wedgeTarget={props.wedge ? document : null}
    />
  );
}
