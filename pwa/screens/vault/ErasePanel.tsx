import { useState } from 'preact/hooks';
import type { ErasurePlan } from '../../../shared/protocol/vault.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, dayText, localDay } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ActForm } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { patientsText, startOfDay, whyNotBefore } from './model.ts';

/** Names whose time is over: how many, since when, and the two people who erase them. */
export function ErasePanel() {
  const [day, setDay] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<{ count: number; seq: number } | null>(null);
  const before = day === null ? undefined : (startOfDay(day) ?? undefined);
  const plan = useQuery(() => service.erasable(before), before ?? '');
  return (
    <section class="panel stack" aria-labelledby="vault-erase">
      <h2 id="vault-erase">Erase names after their time</h2>
      {said ? (
        <Notice kind="ok" title={`Erased: ${patientsText(said.count)}.`}>
          <p>
            Recorded as <a href={href('ledger', [String(said.seq)])}>number {said.seq}</a>. The records
            themselves are as they were and still verify.
          </p>
        </Notice>
      ) : null}
      <Loading of={plan}>
        {(value) =>
          open ? (
            <Form
              plan={value}
              day={day ?? localDay(Date.parse(value.before))}
              onDay={setDay}
              onDone={(seq, count) => {
                setOpen(false);
                setSaid({ seq, count });
              }}
              onCancel={() => setOpen(false)}
            />
          ) : (
            <Due
              plan={value}
              onOpen={() => {
                setSaid(null);
                setOpen(true);
              }}
            />
          )
        }
      </Loading>
    </section>
  );
}

function Due({ plan, onOpen }: { plan: ErasurePlan; onOpen: () => void }) {
  const { years, latest, patients, staying, drafts } = plan;
  const day = dayText(localDay(Date.parse(latest)));
  return (
    <>
      <p>
        The policy keeps records for {years} years. Names that no record since {day} needs can be erased:{' '}
        <strong>{patientsText(patients)}</strong>
        {drafts > 0 ? `, and ${drafts} unfinished ${drafts === 1 ? 'capture' : 'captures'}` : ''}.{' '}
        {staying === 1 ? '1 stays' : `${staying.toLocaleString('en')} stay`}.
      </p>
      <div>
        <Button disabled={patients + drafts === 0} onClick={onOpen}>
          Erase names
        </Button>
      </div>
      {patients + drafts === 0 ? <p class="muted small">Nothing is old enough yet.</p> : null}
    </>
  );
}

function Form(props: {
  plan: ErasurePlan;
  day: string;
  onDay: (day: string) => void;
  onDone: (seq: number, count: number) => void;
  onCancel: () => void;
}) {
  const { plan, day, onDay, onDone, onCancel } = props;
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  // Once it is done there is nothing left to count: the receipt says what was signed for.
  const [signed, setSigned] = useState<number | null>(null);
  const { before, drafts } = plan;
  const patients = signed ?? plan.patients;
  const late = whyNotBefore(startOfDay(day), plan);
  const build = () => {
    const text = cleanLine(reason);
    setFault(text === '' ? 'Say why, so that it can be understood later.' : undefined);
    if (text === '' || late !== null) return null;
    setSigned(plan.patients);
    return { type: 'patients.erased' as const, body: { before, patients: plan.patients, reason: text } };
  };
  return (
    <ActForm
      who="Erased by"
      act="patients.erased"
      submitLabel={`Sign and erase ${patientsText(patients)}`}
      danger
      said={`Erased ${patientsText(patients)} whom no record since ${dayText(day)} names`}
      asks={{ type: 'patients.erased', body: { before, patients, reason: cleanLine(reason) || '-' } }}
      build={build}
      dirty={reason !== ''}
      onDone={({ seq }) => onDone(seq, patients)}
      onCancel={onCancel}
    >
      <div class="columns">
        <TextField
          label="Erase what is older than"
          type="date"
          value={day}
          error={late ?? undefined}
          hint={`${dayText(localDay(Date.parse(plan.latest)))} at the latest`}
          onInput={onDay}
        />
        <TextField label="Reason" maxLength={200} value={reason} error={fault} onInput={setReason} />
      </div>
      <Notice kind="warn" quiet title={`${patientsText(patients)} will be erased. This cannot be undone.`}>
        <p>
          Name, owner, address and record number go from this device
          {drafts > 0 ? `, with ${drafts} unfinished ${drafts === 1 ? 'capture' : 'captures'}` : ''}. Whoever
          is named by a newer record stays. Records, amounts and signatures stay and verify as before;
          packages that were exported with names still hold them.
        </p>
      </Notice>
    </ActForm>
  );
}
