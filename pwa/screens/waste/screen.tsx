import { useState } from 'preact/hooks';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import { compare, readTypedQuantity } from '../../../shared/domain/quantity.ts';
import type { CaptureDraft, Receipt } from '../../../shared/protocol/ledger.ts';
import type { ContainerView, LeftoverView } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { formKeys } from '../../../shared/ui/capture/keys.ts';
import { ReceiptView } from '../../../shared/ui/capture/ReceiptView.tsx';
import { ableTo } from '../../../shared/ui/capture/Signature.tsx';
import type { CaptureData } from '../../../shared/ui/capture/use-capture.ts';
import { VialLine, VialPicker } from '../../../shared/ui/capture/VialPicker.tsx';
import { WasteStep } from '../../../shared/ui/capture/WasteStep.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { SelectField } from '../../../shared/ui/Field.tsx';
import { timeText } from '../../../shared/ui/format.ts';
import { QuantityField } from '../../../shared/ui/QuantityField.tsx';
import { suggestedPerson } from '../../app/access.ts';
import { CameraScanner } from '../../app/CameraScanner.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { back, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { signing } from '../../app/signing.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { WitnessElsewhere } from '../../app/WitnessElsewhere.tsx';

type Loadable = CaptureData & { last: string | null; begun: CaptureDraft | undefined };
const port = signing;

/** Waste of an open leftover (`#/waste/DRAW`), or straight from a container (`#/waste?container=ID`). */
export function Screen() {
  const { rest, query } = place.value;
  const [first] = useState(() => read(query.get('draft')));
  const data = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Waste" />
      <div class="panel narrow">
        <Loading of={data}>
          {(value) => <Start data={value} draw={rest[0]} container={query.get('container') ?? ''} />}
        </Loading>
      </div>
    </>
  );
}

async function read(draft: string | null): Promise<Loadable> {
  const [staff, products, containers, policy, last, drafts] = await Promise.all([
    service.staff(),
    service.products(),
    service.containers({}),
    service.policy(),
    suggestedPerson(),
    draft === null ? [] : service.drafts(),
  ]);
  const begun = drafts.find(({ entryId, type }) => entryId === draft && type === 'waste');
  return { staff, products, containers, policy, last, begun };
}

function Start({ data, draw, container }: { data: Loadable; draw: string | undefined; container: string }) {
  if (draw === undefined) return <Waste data={data} leftover={null} container={container} />;
  const leftover = data.containers.flatMap((c) => c.leftovers).find((l) => l.draw === draw);
  if (leftover) return <Waste data={data} leftover={leftover} container={leftover.container} />;
  return (
    <EmptyState what="That draw has nothing left over any more. It was wasted or returned already.">
      <a class="button" href={href('today')}>
        Go to Today
      </a>
    </EmptyState>
  );
}

type Ready = { container: ContainerView; quantity: string; performer: string };

function Waste(props: { data: Loadable; leftover: LeftoverView | null; container: string }) {
  const { data, leftover } = props;
  const [ready, setReady] = useState(() => readyFrom(data));
  const [receipt, setReceipt] = useState<{ receipt: Receipt; said: string } | null>(null);
  useUnsaved(ready !== null && receipt === null);
  if (receipt) {
    return (
      <ReceiptView receipts={[receipt.receipt]} lines={[receipt.said]}>
        <Button kind="primary" onClick={back}>
          Done
        </Button>
      </ReceiptView>
    );
  }
  // The first step stays in the page, so that going back finds what was typed.
  return (
    <>
      <div hidden={ready !== null}>
        <WhatAndWho {...props} onNext={setReady} />
      </div>
      {ready ? (
        <WasteStep
          {...{ port, data, ...ready }}
          heldPin={null}
          draft={data.begun}
          source={{ door: 'pwa' }}
          elsewhere={(asked) => <WitnessElsewhere {...asked} />}
          {...(leftover ? { draw: leftover.draw } : {})}
          onDone={(taken, said) => {
            setReceipt({ receipt: taken, said });
            void service.setSetting('lastPerformer', ready.performer);
          }}
          onLeave={{ label: 'Back', act: () => setReady(null) }}
        />
      ) : null}
    </>
  );
}

/** A waste that was begun over another page goes straight on to its witness. */
function readyFrom({ begun, containers }: Loadable): Ready | null {
  const { container: id, quantity, performer } = begun?.form ?? {};
  const container = containers.find((c) => c.id === id);
  return container && quantity && performer ? { container, quantity, performer } : null;
}

/** Reads the amount; of a leftover no more than is left. */
function readAmount(typed: string, leftover: LeftoverView | null) {
  const amount = readTypedQuantity(typed);
  if (!amount.ok || !leftover || compare(amount.quantity, leftover.remaining) <= 0) return amount;
  const message = `Only ${leftover.remaining} ${leftover.unit} is left over from that draw.`;
  return { ok: false as const, message };
}

function WhatAndWho(props: {
  data: Loadable;
  leftover: LeftoverView | null;
  container: string;
  onNext: (ready: Ready) => void;
}) {
  const { data, leftover } = props;
  const [chosen, setChosen] = useState(props.container);
  const [typed, setTyped] = useState(leftover?.remaining ?? '');
  const able = ableTo(data.staff, performersOf(data.policy, 'waste'));
  const usual = [leftover?.by, data.last].find((id) => able.some((p) => p.id === id));
  const [performer, setPerformer] = useState(usual ?? '');
  const [errors, setErrors] = useState<{ container?: string; amount?: string; performer?: string }>({});
  const container = data.containers.find((c) => c.id === chosen);

  const next = () => {
    const amount = readAmount(typed, leftover);
    setErrors({
      ...(container ? {} : { container: 'Scan the container, or pick it from the list.' }),
      ...(amount.ok ? {} : { amount: amount.message }),
      ...(performer === '' ? { performer: 'Pick who wastes it.' } : {}),
    });
    if (container && amount.ok && performer !== '')
      props.onNext({ container, quantity: amount.quantity, performer });
  };
  return (
    <div class="stack">
      {leftover && container ? (
        <div class="stack tight">
          <VialLine container={container} />
          <p>
            <Amount quantity={leftover.remaining} unit={leftover.unit} /> left over from what{' '}
            {leftover.byName} drew on {timeText(leftover.at)}.{' '}
            <a href={href('return', [leftover.draw])}>Put it back instead</a>
          </p>
        </div>
      ) : (
        <VialPicker
          stock={data}
          chosen={container}
          error={errors.container}
          scanner={(onScan) => <CameraScanner onScan={onScan} />}
          onChoose={(picked) => setChosen(picked?.id ?? '')}
        />
      )}
      <form
        class="stack"
        noValidate
        onKeyDown={(event) => formKeys(event, back)}
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <QuantityField
          label="Amount to waste"
          unit={container?.unit ?? ''}
          value={typed}
          error={errors.amount}
          onInput={setTyped}
        />
        <SelectField
          label="Wasted by"
          placeholder="Pick your name"
          value={performer}
          options={able.map((p) => ({ value: p.id, label: p.name }))}
          error={errors.performer}
          onInput={setPerformer}
        />
        <div class="row">
          <Button type="submit" kind="primary">
            Go on to the witness
          </Button>
          <Button onClick={back}>Cancel</Button>
        </div>
      </form>
    </div>
  );
}
