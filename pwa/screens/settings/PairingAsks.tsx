import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { agoText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { onAsks, type PairingAsk, readAsks } from '../../bridge/pairing.ts';

/** The asks that nobody has answered, as they come and go in other pages of the app. */
export function useAsks(): { asks: readonly PairingAsk[]; reload: () => void } {
  const [asks, setAsks] = useState<readonly PairingAsk[]>(() => readAsks(localStorage, Date.now()));
  const reload = () => setAsks(readAsks(localStorage, Date.now()));
  useEffect(() => onAsks(reload), []);
  return { asks, reload };
}

/** Each extension that asks, by the code that it shows itself: a person approves the one that they have before them. */
export function PairingAsks(props: { asks: readonly PairingAsk[]; onApprove: (ask: PairingAsk) => void }) {
  return (
    <>
      {props.asks.map((ask) => (
        <Notice key={ask.id} kind="warn" title="An extension asks to be approved.">
          <p>
            Its code is <strong class="pair-code">{codeText(ask.code)}</strong>
          </p>
          <p>
            Compare it with the code that the extension shows. Approve it only if they are the same, and only
            if you opened it yourself just now: it asked {agoText(ask.at, Date.now())}.
          </p>
          <p class="hash small">{ask.id}</p>
          <div>
            <Button kind="primary" onClick={() => props.onApprove(ask)}>
              Approve code {codeText(ask.code)}
            </Button>
          </div>
        </Notice>
      ))}
    </>
  );
}

const codeText = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
