import { useRef, useState } from 'preact/hooks';
import type { Invitation, PhoneKeyMessage } from '../../../shared/protocol/witness-code.ts';
import { printWitnessCode } from '../../../shared/protocol/witness-code.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, shortHash } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { QrCode } from '../../../shared/ui/QrCode.tsx';
import { service } from '../../app/ledger.ts';

type Faults = { name?: string; pin?: string; again?: string };

/** Makes a key for the person whom an invitation names, and shows it to the clinic's screen. */
export function PairPanel({ invitation, onEnd }: { invitation: Invitation; onEnd: () => void }) {
  const [made, setMade] = useState<PhoneKeyMessage | null>(null);
  const code = made && printWitnessCode(made);
  if (code?.ok) {
    return (
      <section class="panel stack">
        <h2>Hold this before the clinic’s camera</h2>
        <QrCode text={code.text} label="The key of this phone" />
        <p>
          There you sign with the PIN that you use at the clinic. After that this phone witnesses for you,
          with the PIN that you chose here.
        </p>
        <div>
          <Button kind="primary" onClick={onEnd}>
            Done
          </Button>
        </div>
      </section>
    );
  }
  return <Choose invitation={invitation} onMade={setMade} onEnd={onEnd} />;
}

function Choose(props: {
  invitation: Invitation;
  onMade: (made: PhoneKeyMessage) => void;
  onEnd: () => void;
}) {
  const { invitation, onMade, onEnd } = props;
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('Phone');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});

  const make = async () => {
    const found: Faults = {
      ...(cleanLine(name) === '' ? { name: 'Give this phone a name.' } : {}),
      ...(pin === '' ? { pin: 'Choose a PIN for this phone.' } : {}),
      ...(again === pin ? {} : { again: 'The two are not the same.' }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(form.current);
    setBusy(true);
    const outcome = await service.makePhoneKey(invitation, { pin, name: cleanLine(name) });
    setBusy(false);
    if (outcome.ok) return onMade(outcome.value);
    setFaults({ pin: outcome.refusal.message });
    focusFirstFault(form.current);
  };
  return (
    <form
      class="panel stack"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void make();
      }}
    >
      <h2>Witness for {invitation.facility}?</h2>
      <p>
        As <strong>{invitation.staff.name}</strong>. Go on only if this is you, and if the clinic’s screen
        shows the same first record: <span class="hash">{shortHash(invitation.genesis)}</span>.
      </p>
      <TextField
        label="Name of this phone"
        maxLength={60}
        value={name}
        error={faults.name}
        onInput={setName}
      />
      <Notice kind="info">
        Choose a PIN of its own for this phone: at least six digits that nobody would guess.
      </Notice>
      <div class="columns">
        <PinField label="PIN for this phone" value={pin} error={faults.pin} onInput={setPin} />
        <PinField label="The same again" value={again} error={faults.again} onInput={setAgain} />
      </div>
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          Make a key
        </Button>
        <Button onClick={onEnd}>Cancel</Button>
      </div>
    </form>
  );
}
