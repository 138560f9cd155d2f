import { useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import type { StaffView } from '../../shared/protocol/views.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { SelectField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { PinField } from '../../shared/ui/PinField.tsx';
import { signIn } from './access.ts';
import { Loading } from './Loading.tsx';
import { service } from './ledger.ts';
import { place } from './router.ts';
import { useQuery } from './use-query.ts';

type SignInProps = {
  /** Who is offered first. */
  suggested?: string | null | undefined;
  action: string;
  onDone?: () => void;
};

/** Name and PIN. Wrong PINs are waited out in sight, second by second. */
export function SignIn(props: SignInProps) {
  const people = useQuery(async () => ({
    staff: (await service.staff()).filter((one) => !one.disabled && one.hasKey),
    last: await service.setting('lastPerformer'),
  }));
  return (
    <Loading of={people}>
      {({ staff, last }) => (
        <Ready {...props} staff={staff} suggested={props.suggested ?? last} reload={people.reload} />
      )}
    </Loading>
  );
}

type Said = { by?: string; pin?: string; refusal?: Refusal };

/** What is typed, and the way in. */
function useSigningIn(props: SignInProps & { staff: readonly StaffView[]; reload: () => void }) {
  const { staff, suggested, onDone, reload } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>({});
  const [input, form] = [useRef<HTMLInputElement>(null), useRef<HTMLFormElement>(null)];
  const person =
    staff.find(({ id }) => id === (chosen ?? suggested)) ?? (staff.length === 1 ? staff[0] : undefined);
  const wait = useSecondsUntil(person?.lockedUntil, reload);
  const submit = async () => {
    if (busy || wait > 0) return;
    if (!person) return setSaid({ by: 'Pick your name.' });
    if (pin === '') {
      setSaid({ pin: 'Type your PIN.' });
      return input.current?.focus();
    }
    setBusy(true);
    const here = place.value;
    const signed = await signIn(person.id, pin);
    setBusy(false);
    // Whoever has gone elsewhere meanwhile is not taken anywhere. The form itself has gone by now in any case.
    if (signed.ok) return place.value === here ? onDone?.() : undefined;
    setPin('');
    setSaid({ refusal: signed.refusal });
    reload();
    input.current?.focus();
  };
  const choose = (id: string) => {
    setChosen(id);
    setSaid({});
    setPin('');
  };
  const type = (typed: string) => {
    setPin(typed);
    setSaid({});
  };
  return { person, pin, busy, said, wait, input, form, submit, choose, type };
}

function Ready(props: SignInProps & { staff: readonly StaffView[]; reload: () => void }) {
  const { person, pin, busy, said, wait, input, form, submit, choose, type } = useSigningIn(props);
  useEffect(() => {
    const fields = form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select');
    [...(fields ?? [])].find((field) => field.value === '')?.focus({ preventScroll: true });
  }, []);
  const about = said.refusal && isAboutPin(said.refusal) ? wordsOf(said.refusal) : undefined;
  return (
    <form
      class="stack sign-in"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SelectField
        label="Who are you"
        value={person?.id ?? ''}
        placeholder="Pick your name"
        options={props.staff.map(({ id, name }) => ({ value: id, label: name }))}
        error={said.by}
        onInput={choose}
      />
      <PinField
        label={person ? `PIN of ${person.name}` : 'PIN'}
        value={pin}
        inputRef={input}
        error={wait > 0 ? undefined : (said.pin ?? about)}
        onInput={type}
      />
      {person && wait > 0 ? <Wait name={person.name} seconds={wait} /> : null}
      {said.refusal && !isAboutPin(said.refusal) ? (
        <Notice kind="danger">{said.refusal.message}</Notice>
      ) : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={busy} disabled={wait > 0}>
          {props.action}
        </Button>
      </div>
    </form>
  );
}

function Wait({ name, seconds }: { name: string; seconds: number }) {
  return (
    <div class="notice warn" role="timer" aria-live="off">
      <div class="title">Too many wrong PINs.</div>
      <p>
        {name} can try again in <strong class="amount">{clockText(seconds)}</strong>.
      </p>
    </div>
  );
}

const isAboutPin = ({ code }: Refusal) => code === 'wrong-pin' || code === 'locked';
/** Nothing is being signed here. */
const wordsOf = ({ code, message }: Refusal) =>
  code === 'wrong-pin' ? message.replace(' Nothing was signed.', '') : message;

/** `0:27`, `12:05`. */
const clockText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Whole seconds until that time (RFC 3339), counted down; `onOver` is called when it has come. */
function useSecondsUntil(until: string | undefined, onOver: () => void): number {
  const [now, setNow] = useState(() => Date.now());
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  useEffect(() => {
    if (until === undefined) return;
    setNow(Date.now());
    const end = Date.parse(until);
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() < end) return;
      clearInterval(timer);
      onOver();
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
