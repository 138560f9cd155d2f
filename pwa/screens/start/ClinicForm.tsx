import { useRef, useState } from 'preact/hooks';
import { parseDeaNumber } from '../../../shared/codes/dea-number.ts';
import { policyOf } from '../../../shared/domain/policy/profiles.ts';
import type { ProfileId } from '../../../shared/domain/policy/schema.ts';
import { NOT_LEGAL_ADVICE } from '../../../shared/domain/policy/sources.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { refreshStatus, service } from '../../app/ledger.ts';
import { go } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { ProfileChoice } from '../policy/ProfileChoice.tsx';

const BLANK = {
  facility: '',
  address: '',
  dea: '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  device: 'This computer',
  name: '',
  pin: '',
  again: '',
};
type Form = typeof BLANK;
type Errors = { [K in keyof Form]?: string };

/** What is wrong with the form, one sentence a field. */
function faults(form: Form): Errors {
  const errors: Errors = {};
  if (cleanLine(form.facility) === '')
    errors.facility = 'Type the name of the clinic as it stands on its registration.';
  if (cleanLine(form.address) === '')
    errors.address = 'Type the registered address: records are kept per location.';
  const dea = parseDeaNumber(form.dea);
  if (!dea.ok)
    errors.dea = form.dea.trim() === '' ? 'Type the DEA number of the registration.' : dea.error.message;
  if (!isTimeZone(form.zone)) errors.zone = 'That is not a time zone. Write it like America/Denver.';
  if (cleanLine(form.device) === '')
    errors.device = 'Give this computer a name, so that its records can be told apart.';
  if (cleanLine(form.name) === '') errors.name = "Type the registrant's name.";
  if (form.pin.length < 6) errors.pin = 'A PIN has at least six digits or letters.';
  if (form.pin !== form.again) errors.again = 'The two PINs differ. Type the same one twice.';
  return errors;
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Starts a clinic's own ledger: the first record, signed by the registrant. */
export function ClinicForm({ onBack }: { onBack: () => void }) {
  const [form, setForm] = useState<Form>(BLANK);
  const [profiles, setProfiles] = useState<readonly ProfileId[]>(['strict']);
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  useUnsaved(form !== BLANK);

  const set = (key: keyof Form) => (value: string) => {
    setForm((old) => ({ ...old, [key]: value }));
    setErrors((old) => ({ ...old, [key]: '' }));
  };
  const field = (key: keyof Form) => ({ value: form[key], onInput: set(key), error: errors[key] });

  const submit = async () => {
    const found = faults(form);
    setErrors(found);
    const dea = parseDeaNumber(form.dea);
    if (Object.keys(found).length > 0 || !dea.ok) {
      queueMicrotask(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setRefusal(null);
    const outcome = await service.create({
      facility: {
        name: cleanLine(form.facility),
        address: cleanLine(form.address),
        deaNumber: dea.value,
        timeZone: form.zone,
      },
      deviceName: cleanLine(form.device),
      registrant: { name: cleanLine(form.name), pin: form.pin },
      policy: policyOf(profiles),
    });
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome.refusal.message);
    setForm(BLANK);
    go('today');
    await refreshStatus();
  };

  const dea = parseDeaNumber(form.dea, form.facility);
  const warning = dea.ok ? dea.warnings[0]?.message : undefined;
  return (
    <>
      <ScreenHead title="Start a clinic ledger" />
      <form
        class="panel stack"
        ref={element}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <h2>The facility</h2>
        <TextField label="Name" maxLength={120} {...field('facility')} />
        <TextField label="Registered address" maxLength={200} {...field('address')} />
        <div class="columns">
          <TextField
            label="DEA number"
            maxLength={16}
            autoCapitalize="characters"
            hint={warning ?? 'Two letters and seven digits'}
            {...field('dea')}
          />
          <TextField
            label="Time zone"
            maxLength={40}
            hint="Days and deadlines are the clinic's"
            {...field('zone')}
          />
          <TextField label="Name of this computer" maxLength={60} {...field('device')} />
        </div>
        <h2>Rules to begin with</h2>
        <ProfileChoice chosen={profiles} onInput={setProfiles} />
        <p class="muted small">{NOT_LEGAL_ADVICE}</p>
        <h2>You, the registrant</h2>
        <TextField label="Your name" maxLength={80} {...field('name')} />
        <div class="columns">
          <PinField
            label="Choose a PIN"
            isNew
            hint="Six or more. It signs for you and cannot be looked up."
            {...field('pin')}
          />
          <PinField label="The same PIN again" isNew {...field('again')} />
        </div>
        {refusal ? <Notice kind="danger">{refusal}</Notice> : null}
        <div class="row">
          <Button type="submit" kind="primary" busy={busy}>
            Start the ledger
          </Button>
          <Button onClick={onBack}>Back</Button>
        </div>
      </form>
    </>
  );
}
