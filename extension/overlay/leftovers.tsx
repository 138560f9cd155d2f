import { useEffect, useState } from 'preact/hooks';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { ContainerView, LeftoverView, Receipt } from '../../shared/protocol/ledger.ts';
import { Amount } from '../../shared/ui/Amount.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import { useCaptureData } from '../../shared/ui/capture/use-capture.ts';
import { WasteStep } from '../../shared/ui/capture/WasteStep.tsx';
import { agoText } from '../../shared/ui/format.ts';
import { Notice } from '../../shared/ui/Notice.tsx';

type Chosen = { leftover: LeftoverView; container: ContainerView };

/** Leftovers that are still open, oldest first, each wasted with its witness from here. */
export function Leftovers(props: {
  port: CapturePort;
  source: { door: 'overlay'; site?: string };
  onDone: (receipt: Receipt, said: string) => void;
}) {
  const loaded = useCaptureData(props.port);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useEffect(() => setChosen(null), [props.port]);
  if (loaded.state === 'loading') return <p class="muted">Reading the ledger…</p>;
  if (loaded.state === 'failed') return <Notice kind="danger">{loaded.message}</Notice>;
  if (chosen) {
    return (
      <WasteStep
        {...{ port: props.port, data: loaded.data, source: props.source, container: chosen.container }}
        {...{
          quantity: chosen.leftover.remaining,
          draw: chosen.leftover.draw,
          performer: chosen.leftover.by,
        }}
        heldPin={null}
        onDone={props.onDone}
        onLeave={{ label: 'Back to the list', act: () => setChosen(null) }}
      />
    );
  }
  const open = loaded.data.containers
    .flatMap((container) => container.leftovers.map((leftover) => ({ leftover, container })))
    .sort((a, b) => a.leftover.at.localeCompare(b.leftover.at));
  if (open.length === 0) {
    return (
      <p class="empty">
        Nothing is left over. What a draw leaves is wasted on its own form, or shows up here.
      </p>
    );
  }
  return (
    <ul class="plain leftovers">
      {open.map((one) => (
        <li key={one.leftover.draw} class="row spread">
          <span>
            <Amount quantity={one.leftover.remaining} unit={one.leftover.unit} /> {one.leftover.product}{' '}
            <span class="muted small">
              {one.leftover.number}, {one.leftover.byName}, {agoText(one.leftover.at, Date.now())}
            </span>
          </span>
          <Button
            small
            onClick={() => setChosen(one)}
            label={`Waste ${one.leftover.remaining} ${one.leftover.unit}`}
          >
            Waste
          </Button>
        </li>
      ))}
    </ul>
  );
}
