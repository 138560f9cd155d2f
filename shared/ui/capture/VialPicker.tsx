import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScanResult } from '../../codes/scan-result.ts';
import type { ContainerView } from '../../protocol/views.ts';
import { Amount } from '../Amount.tsx';
import { Button } from '../Button.tsx';
import { TextField } from '../Field.tsx';
import { dayText, localDay } from '../format.ts';
import { Notice } from '../Notice.tsx';
import { ScheduleTag } from '../ScheduleTag.tsx';
import type { ScanAnswer } from '../scan/ScannerView.tsx';
import { attachWedge } from '../scan/wedge.ts';
import { findContainer, type Looked, lookUpScan, lookUpTyped, type Stock } from './find.ts';

/** A view that reads codes, and shows the answer that it gets for each. */
export type ScannerSlot = (onScan: (result: ScanResult) => ScanAnswer) => ComponentChildren;

const SHOWN = 5;

/** Opened containers first, then those that expire soonest. */
const byUse = (a: ContainerView, b: ContainerView): number =>
  Number(b.openedAt !== undefined) - Number(a.openedAt !== undefined) || a.expires.localeCompare(b.expires);

function matches(container: ContainerView, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const said =
    `${container.number} ${container.product} ${container.strength ?? ''} ${container.lot}`.toLowerCase();
  return words.every((word) => said.includes(word));
}

/** Finds a container by camera, USB scanner, typed code or name; refusals say what was read and keep it. */
export function VialPicker(props: {
  stock: Stock;
  chosen: ContainerView | undefined;
  onChoose: (container: ContainerView | null) => void;
  error?: string | undefined;
  scanner?: ScannerSlot | undefined;
  inputRef?: Ref<HTMLInputElement>;
  /** What is looked for at first, where something is known of the drug. */
  search?: string | undefined;
}) {
  const { stock, chosen, onChoose } = props;
  const [text, setText] = useState(props.search ?? '');
  const [looked, setLooked] = useState<Looked | null>(null);

  const take = (next: Looked) => {
    setLooked(next);
    if (next.found.kind === 'container' && !chosen) {
      setText('');
      onChoose(next.found.container);
    }
  };
  const onEnter = (event: KeyboardEvent) => {
    // On a vial of the list Enter is that vial's own.
    if (!(event.target instanceof HTMLInputElement) || event.key !== 'Enter' || text.trim() === '') return;
    const [only, ...others] = shown(stock, text, looked);
    event.preventDefault();
    if (only && others.length === 0)
      take({ result: { kind: 'text', text }, found: { kind: 'container', container: only } });
    else take(lookUpTyped(text, stock, localDay(Date.now())));
  };

  const hear = useRef(take);
  hear.current = take;
  const stockNow = useRef(stock);
  stockNow.current = stock;
  useEffect(
    () =>
      attachWedge(document, (scan) => hear.current(lookUpScan(scan, stockNow.current, localDay(Date.now())))),
    [],
  );
  const camera = props.scanner?.((result) => {
    const next = { result, found: findContainer(result, stock) };
    take(next);
    return answerOf(next);
  });
  if (chosen) {
    return (
      <div class="stack tight">
        <ChosenVial container={chosen} onChange={() => onChoose(null)} />
        <WrongScan looked={looked} chosen={chosen} onChoose={onChoose} />
      </div>
    );
  }
  const candidates = shown(stock, text, looked);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field inside is what is listened for
    <div class="stack tight" onKeyDown={onEnter}>
      <TextField
        label="Vial"
        type="search"
        placeholder="Scan, or type number or drug"
        value={text}
        maxLength={120}
        error={
          props.error ?? (looked && looked.found.kind !== 'container' ? looked.found.message : undefined)
        }
        onInput={(value) => {
          setText(value);
          setLooked(null);
        }}
        {...(props.inputRef ? { inputRef: props.inputRef } : {})}
      />
      {camera}
      <ul class="vial-options" aria-label="Open vials">
        {candidates.slice(0, SHOWN).map((container) => (
          <li key={container.id}>
            <button type="button" class="vial-option" onClick={() => onChoose(container)}>
              <VialLine container={container} />
            </button>
          </li>
        ))}
      </ul>
      {candidates.length > SHOWN ? (
        <p class="muted small">{candidates.length - SHOWN} more: type a number or a drug.</p>
      ) : null}
      {candidates.length === 0 ? (
        <p class="muted small">
          {text ? 'No open container matches.' : 'There is no open container. Receive stock first.'}
        </p>
      ) : null}
    </div>
  );
}

/** What a scanner view says of a code: taken when it named one container. */
export function answerOf({ found }: Looked): ScanAnswer {
  return found.kind === 'container'
    ? { taken: true, note: `Container ${found.container.number}, ${found.container.product}.` }
    : { taken: false, message: found.message };
}

function shown(stock: Stock, text: string, looked: Looked | null): ContainerView[] {
  if (looked?.found.kind === 'several') return looked.found.containers;
  const open = stock.containers.filter((c) => c.closedAt === undefined);
  return open.filter((c) => matches(c, text)).sort(byUse);
}

/** Number, drug, schedule, what is in it and until when: enough to compare with the label in the hand. */
export function VialLine({ container }: { container: ContainerView }) {
  return (
    <span class="vial-line">
      <strong class="amount">{container.number}</strong>
      <span>
        {container.product} {container.strength}
      </span>
      <ScheduleTag schedule={container.schedule} />
      <Amount quantity={container.balance} unit={container.unit} />
      {container.onHold ? <span class="badge warn">set aside</span> : null}
      {container.expired ? (
        <span class="badge danger">expired {dayText(container.expires)}</span>
      ) : (
        <span class="muted small">
          lot {container.lot}, until {dayText(container.expires)}
        </span>
      )}
    </span>
  );
}

function ChosenVial(props: { container: ContainerView; onChange: () => void }) {
  return (
    <div class="field">
      <span class="label">Vial</span>
      <div class="chosen-vial">
        <VialLine container={props.container} />
        <Button small onClick={props.onChange}>
          Change
        </Button>
      </div>
    </div>
  );
}

/** A vial is on the form and another code was read: never swapped without being asked. */
function WrongScan(props: {
  looked: Looked | null;
  chosen: ContainerView;
  onChoose: (container: ContainerView) => void;
}) {
  const found = props.looked?.found;
  if (!found || (found.kind === 'container' && found.container.id === props.chosen.id)) return null;
  if (found.kind === 'several' && found.containers.some((c) => c.id === props.chosen.id)) return null;
  if (found.kind === 'container') {
    const { container } = found;
    return (
      <Notice kind="warn">
        <p>
          The code is of container {container.number} ({container.product}), and this form is for{' '}
          {props.chosen.number} ({props.chosen.product}).
        </p>
        <div>
          <Button onClick={() => props.onChoose(container)}>Use {container.number} instead</Button>
        </div>
      </Notice>
    );
  }
  const message =
    found.kind === 'unknown' ? found.message : `${found.message} This form is for ${props.chosen.number}.`;
  return <Notice kind="warn">{message}</Notice>;
}
