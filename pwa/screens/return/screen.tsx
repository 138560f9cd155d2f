import { useState } from 'preact/hooks';
import { compare, readTypedQuantity } from '../../../shared/domain/quantity.ts';
import type { ContainerView, LeftoverView } from '../../../shared/protocol/views.ts';
import { aboutOf } from '../../../shared/ui/capture/facts.ts';
import { VialLine } from '../../../shared/ui/capture/VialPicker.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { QuantityField } from '../../../shared/ui/QuantityField.tsx';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';

/** What was drawn, not given and not spoilt goes back into its container (`#/return/DRAW`). */
export function Screen() {
  const draw = place.value.rest[0];
  const [first] = useState(() => service.containers({}));
  const containers = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Return to the container" />
      <div class="panel narrow">
        <Loading of={containers}>
          {(all) => {
            const container = all.find((c) => c.leftovers.some((l) => l.draw === draw));
            const leftover = container?.leftovers.find((l) => l.draw === draw);
            return container && leftover ? (
              <ReturnForm container={container} leftover={leftover} />
            ) : (
              <EmptyState what="That draw has nothing left over any more. It was wasted or returned already.">
                <a class="button" href={href('today')}>
                  Go to Today
                </a>
              </EmptyState>
            );
          }}
        </Loading>
      </div>
    </>
  );
}

function ReturnForm({ container, leftover }: { container: ContainerView; leftover: LeftoverView }) {
  const [typed, setTyped] = useState(leftover.remaining);
  const [reason, setReason] = useState('Not used, seal unbroken');
  const [errors, setErrors] = useState<{ amount?: string; reason?: string }>({});
  const build = (): Draft | null => {
    const amount = readTypedQuantity(typed);
    const over = amount.ok && compare(amount.quantity, leftover.remaining) > 0;
    const found = {
      ...(amount.ok ? {} : { amount: amount.message }),
      ...(over ? { amount: `Only ${leftover.remaining} ${leftover.unit} is left over from that draw.` } : {}),
      ...(cleanLine(reason) === '' ? { reason: 'Say why it goes back.' } : {}),
    };
    setErrors(found);
    if (!amount.ok || Object.keys(found).length > 0) return null;
    const { unit, draw } = leftover;
    const body = {
      container: container.id,
      quantity: amount.quantity,
      unit,
      draw,
      reason: cleanLine(reason),
    };
    return { type: 'return', body };
  };
  return (
    <ActForm
      who="Returned by"
      act="return"
      schedule={container.schedule}
      about={aboutOf(container)}
      submitLabel="Sign and return it"
      build={build}
      said={`Returned ${typed} ${leftover.unit} to ${container.number}`}
      onDone={() => go('vials', [container.id])}
    >
      <VialLine container={container} />
      <QuantityField
        label="Amount"
        unit={leftover.unit}
        value={typed}
        error={errors.amount}
        onInput={setTyped}
      />
      <TextField
        label="Why it goes back"
        maxLength={200}
        value={reason}
        error={errors.reason}
        onInput={setReason}
      />
    </ActForm>
  );
}
