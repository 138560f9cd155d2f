import { useRef, useState } from 'preact/hooks';
import {
  printWitnessCode,
  type WitnessAnswer,
  type WitnessRequest,
} from '../../../shared/protocol/witness-code.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { timeText } from '../../../shared/ui/format.ts';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { QrCode } from '../../../shared/ui/QrCode.tsx';
import { service } from '../../app/ledger.ts';
import { askedOf } from './model.ts';

/** What somebody is asked to witness, large; their PIN; and the answer as a code. */
export function SignPanel({ request, onEnd }: { request: WitnessRequest; onEnd: () => void }) {
  const [answer, setAnswer] = useState<WitnessAnswer | null>(null);
  const code = answer && printWitnessCode(answer);
  const { title, facts } = askedOf(request);
  if (code?.ok) {
    return (
      <section class="panel stack">
        <h2>Hold this before the clinic’s camera</h2>
        <QrCode text={code.text} label="Your signature" />
        <p class="muted">It is good for this one entry, and counts as in time for ten minutes.</p>
        <div>
          <Button kind="primary" onClick={onEnd}>
            Done
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section class="panel stack">
      <div class="witness-what">
        <h2>{title}</h2>
        <dl class="witness-asked">
          {[...facts, { label: 'Time', text: timeText(request.entry.at) }].map(({ label, text }) => (
            <div key={label}>
              <dt class="muted">{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p>
        Sign only for what you saw. Amount, reason and time are what you sign; the names of drug and container
        are what the clinic’s screen says.
      </p>
      <Pin request={request} onSigned={setAnswer} onEnd={onEnd} />
    </section>
  );
}

function Pin(props: {
  request: WitnessRequest;
  onSigned: (answer: WitnessAnswer) => void;
  onEnd: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const sign = async () => {
    if (pin === '') {
      setFault('Type the PIN of this phone.');
      return input.current?.focus();
    }
    setBusy(true);
    const outcome = await service.witnessOnPhone(props.request, pin);
    setBusy(false);
    if (outcome.ok) return props.onSigned(outcome.value);
    setFault(outcome.refusal.message);
    input.current?.select();
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void sign();
      }}
    >
      <PinField label="PIN of this phone" value={pin} error={fault} inputRef={input} onInput={setPin} />
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          I saw it: sign
        </Button>
        <Button onClick={props.onEnd}>I did not see it</Button>
      </div>
    </form>
  );
}
