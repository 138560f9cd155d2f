import { useState } from 'preact/hooks';
import type { PairedPhone } from '../../../shared/protocol/phone.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { type PhoneKeyMessage, printWitnessCode } from '../../../shared/protocol/witness-code.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { dayText, shortHash } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { QrCode } from '../../../shared/ui/QrCode.tsx';
import { CodeReader } from '../../app/CodeReader.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useAct } from '../../app/use-act.ts';
import { useQuery } from '../../app/use-query.ts';
import { SignPanel } from '../people/SignPanel.tsx';

type Doing =
  | { at: 'list' }
  | { at: 'pair' }
  | { at: 'sign'; key: PhoneKeyMessage }
  | { at: 'remove'; phone: PairedPhone };

/** The phones with which one person witnesses (`#/phone/STAFF`): pairing another, and letting go of one. */
export function Screen() {
  const staff = place.value.rest[0];
  const people = useQuery(async () => ({
    staff: await service.staff(),
    phones: await service.pairedPhones(),
  }));
  return (
    <>
      <ScreenHead title="Phones" />
      <Loading of={people}>
        {(found) => {
          const person = found.staff.find(({ id }) => id === staff);
          const phones = found.phones.filter((phone) => phone.staff === staff);
          return person ? (
            <Phones person={person} phones={phones} staff={found.staff} />
          ) : (
            <EmptyState what="There is nobody of that name here.">
              <a class="button" href={href('people')}>
                Go to People
              </a>
            </EmptyState>
          );
        }}
      </Loading>
    </>
  );
}

function Phones(props: { person: StaffView; phones: readonly PairedPhone[]; staff: readonly StaffView[] }) {
  const { person, phones } = props;
  const [doing, setDoing] = useState<Doing>({ at: 'list' });
  const [said, setSaid] = useState('');
  const end = (sentence: string) => {
    setDoing({ at: 'list' });
    setSaid(sentence);
  };
  return (
    <div class="narrow stack">
      {said === '' ? null : <Notice kind="ok">{said}</Notice>}
      {doing.at === 'list' ? (
        <List
          {...{ person, phones }}
          onPair={() => setDoing({ at: 'pair' })}
          onRemove={(phone) => setDoing({ at: 'remove', phone })}
        />
      ) : null}
      {doing.at === 'pair' ? (
        <Invite
          person={person}
          onKey={(key) => setDoing({ at: 'sign', key })}
          onEnd={() => setDoing({ at: 'list' })}
        />
      ) : null}
      {doing.at === 'sign' ? <AddKey person={person} phone={doing.key} onEnd={end} /> : null}
      {doing.at === 'remove' ? <RemoveKey {...props} phone={doing.phone} onEnd={end} /> : null}
    </div>
  );
}

function List(props: {
  person: StaffView;
  phones: readonly PairedPhone[];
  onPair: () => void;
  onRemove: (phone: PairedPhone) => void;
}) {
  const { person, phones, onPair, onRemove } = props;
  return (
    <section class="panel stack">
      <p>
        With a paired phone, {person.name} can witness from another room: the phone reads a code off this
        screen, and answers with a code. Neither needs a network.
      </p>
      {phones.length === 0 ? <p class="muted">No phone is paired.</p> : null}
      <ul class="list">
        {phones.map((phone) => (
          <li key={phone.key} class="row">
            <span>
              <strong>{phone.name}</strong> <span class="muted small">since {dayText(phone.at)}</span>
            </span>
            <Button small label={`Remove ${phone.name}`} onClick={() => onRemove(phone)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <div class="row">
        {person.disabled || !person.hasKey ? null : (
          <Button kind="primary" onClick={onPair}>
            Pair a phone
          </Button>
        )}
        <a class="button" href={href('people')}>
          Back to People
        </a>
      </div>
      <p class="small">
        Is this device itself your own? <a href={href('witness')}>Witness on it</a> what is written on another
        one.
      </p>
    </section>
  );
}

function Invite(props: { person: StaffView; onKey: (key: PhoneKeyMessage) => void; onEnd: () => void }) {
  const { person, onKey, onEnd } = props;
  const now = status.value;
  if (now.state !== 'ready') return null;
  const { ledger, facility } = now;
  const genesis = now.genesis.slice(0, 16);
  const staff = { id: person.id, name: person.name };
  const code = printWitnessCode({ t: 'invitation', ledger, genesis, facility, staff });
  return (
    <section class="panel stack">
      <h2>Pair the phone of {person.name}</h2>
      <p>
        <strong>1.</strong> On the phone, open Countersign, then <strong>Witness</strong> (on its first page:{' '}
        <em>This phone only witnesses</em>), and read this code.
      </p>
      {code.ok ? <QrCode text={code.text} label={`Invitation for the phone of ${person.name}`} /> : null}
      <p class="muted">
        The phone shows the first record as <span class="hash">{shortHash(genesis)}</span>.
      </p>
      <p>
        <strong>2.</strong> The phone answers with a code: hold it before this camera.
      </p>
      <CodeReader
        expects={['key']}
        onCode={(key) => {
          if (key.ledger !== ledger || key.staff !== person.id)
            return 'This phone answers another invitation.';
          onKey(key);
          return null;
        }}
      />
      <div>
        <Button onClick={onEnd}>Cancel</Button>
      </div>
    </section>
  );
}

function AddKey(props: { person: StaffView; phone: PhoneKeyMessage; onEnd: (said: string) => void }) {
  const { person, phone, onEnd } = props;
  const act = useAct();
  return (
    <SignPanel
      title="Let this phone sign for you"
      people={[person]}
      suggested={person.id}
      action="Add the phone"
      nobody=""
      busy={act.busy}
      refusal={act.refusal}
      onSign={async (by, pin) => {
        const body = { staff: { id: person.id, publicKey: phone.publicKey }, name: phone.name };
        const signers = [{ as: 'performer' as const, by, pin }];
        const done = await act.submit({ type: 'staff.key-added', by, body, signers });
        if (done.ok)
          onEnd(`${phone.name} now witnesses for ${person.name}. Recorded as number ${done.value.seq}.`);
      }}
      onCancel={() => onEnd('')}
      cancel="Cancel"
    >
      <p>
        {person.name}, type the PIN that you use on <em>this</em> device. Whoever has {phone.name} and its PIN
        can witness as you from now on.
      </p>
    </SignPanel>
  );
}

function RemoveKey(props: {
  person: StaffView;
  phone: PairedPhone;
  staff: readonly StaffView[];
  onEnd: (said: string) => void;
}) {
  const { person, phone, staff, onEnd } = props;
  const act = useAct();
  const entitled = staff.filter(
    ({ id, role, hasKey, disabled }) =>
      hasKey && !disabled && (id === person.id || role === 'registrant' || role === 'compliance-officer'),
  );
  return (
    <SignPanel
      title={`Remove ${phone.name}`}
      people={entitled}
      suggested={person.id}
      action="Remove the phone"
      nobody="Nobody here may remove it."
      busy={act.busy}
      refusal={act.refusal}
      onSign={async (by, pin) => {
        const body = { staff: { id: person.id }, revokes: phone.key, reason: 'No longer used' };
        const signers = [{ as: 'performer' as const, by, pin }];
        const done = await act.submit({ type: 'staff.key-removed', by, body, signers });
        if (done.ok) onEnd(`${phone.name} signs no more for ${person.name}.`);
      }}
      onCancel={() => onEnd('')}
      cancel="Keep it"
    >
      <p>What it signed until now stays good.</p>
    </SignPanel>
  );
}
