import type { ScanResult } from '../../shared/codes/scan-result.ts';
import { readWitnessCode, type WitnessCode } from '../../shared/protocol/witness-code.ts';
import type { ScanAnswer } from '../../shared/ui/scan/ScannerView.tsx';
import { LiveScanner } from './CameraScanner.tsx';

const KINDS: Readonly<Record<WitnessCode['t'], string>> = {
  invitation: 'the code that pairs a phone',
  key: 'the code with which a phone answers an invitation',
  request: 'the code that asks for a witness',
  answer: 'the code with which a witness answers',
};

/** Reads one of the codes that a screen and a phone show each other. `onCode` answers why it will not do, or `null`. */
export function CodeReader<T extends WitnessCode['t']>(props: {
  expects: readonly T[];
  onCode: (code: Extract<WitnessCode, { t: T }>) => string | null;
}) {
  const read = (result: ScanResult): ScanAnswer => {
    const code = readWitnessCode(result.text);
    if (!code)
      return { taken: false, message: 'This is another kind of code. Hold the square code in the frame.' };
    if (!isOf(code, props.expects))
      return { taken: false, message: `This is ${KINDS[code.t]}: not the one that is next.` };
    const wrong = props.onCode(code);
    return wrong === null ? { taken: true, note: 'Read.' } : { taken: false, message: wrong };
  };
  return <LiveScanner onScan={read} wedge={false} autoStart typeLabel="Or paste the code" />;
}

const isOf = <T extends WitnessCode['t']>(
  code: WitnessCode,
  kinds: readonly T[],
): code is Extract<WitnessCode, { t: T }> => kinds.some((kind) => kind === code.t);
