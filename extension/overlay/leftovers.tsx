import { useEffect, useState } from 'preact/hooks';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { CaptureDraft, Receipt } from '../../shared/protocol/ledger.ts';
import type { ContainerView, LeftoverView } from '../../shared/protocol/views.ts';
import { Amount } from '../../shared/ui/Amount.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';
import { useCaptureData } from '../../shared/ui/capture/use-capture.ts';
import { WasteStep } from '../../shared/ui/capture/WasteStep.tsx';
import { agoText } from '../../shared/ui/format.ts';
import { Notice } from '../../shared/ui/Notice.tsx';

type Open = { leftover: LeftoverView; container: ContainerView };
type Chosen = Open & { draft?: CaptureDraft };

/** Leftovers that are still open, oldest first, each wasted with its witness from here. */
export function Leftovers(props: {
  port: CapturePort;
  source: { door: 'overlay'; site?: string };
  /** A waste that was begun and not taken, to go on with. */
  draft?: CaptureDraft | undefined;
  onDone: (receipt: Receipt, said: string, facts: ActFacts) => void;
}) {
  const loaded = useCaptureData(props.port);
  const [picked, setPicked] = useState<Open | null>(null);
  const [left, setLeft] = useState(false);
  useEffect(() => setPicked(null), [props.port]);
  const back = () => {
    setPicked(null);
    setLeft(true);
  };
  if (loaded.state === 'loading') return <p class="muted">Reading the ledger…</p>;
  if (loaded.state === 'failed') return <Notice kind="danger">{loaded.message}</Notice>;
  const open: Open[] = loaded.data.containers
    .flatMap((container) => container.leftovers.map((leftover) => ({ leftover, container })))
    .sort((a, b) => a.leftover.at.localeCompare(b.leftover.at));
  const going = left ? undefined : props.draft;
  const begun = going && open.find(({ leftover }) => leftover.draw === going.form.draw);
  const chosen: Chosen | null = begun ? { ...begun, draft: going } : picked;
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
        keepsDraft
        draft={chosen.draft}
        onDone={props.onDone}
        onLeave={{ label: 'Back to the list', act: back }}
      />
    );
  }
  if (open.length === 0) {
    return (
      <p class="empty">
        {going
          ? GONE
          : 'Nothing is left over. What a draw leaves is wasted on its own form, or shows up here.'}
      </p>
    );
  }
  return (
    <>
      {going ? <Notice kind="warn">{GONE}</Notice> : null}
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
              onClick={() => setPicked(one)}
              label={`Waste ${one.leftover.remaining} ${one.leftover.unit}`}
            >
              Waste
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

const GONE =
  'That leftover is not open any more: it was wasted or put back meanwhile. Drop what was begun in the list below.';
