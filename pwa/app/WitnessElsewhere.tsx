import { useEffect, useRef, useState } from 'preact/hooks';
import { parseEntry } from '../../shared/domain/entries.ts';
import { TOGETHER_MS } from '../../shared/domain/judge-witness.ts';
import { plainSha256 } from '../../shared/ledger/hash.ts';
import { entryHash } from '../../shared/ledger/statement.ts';
import type { PairedPhone } from '../../shared/protocol/phone.ts';
import { printWitnessCode, type WitnessAnswer } from '../../shared/protocol/witness-code.ts';
import { Button } from '../../shared/ui/Button.tsx';
import type { ElsewhereAsked } from '../../shared/ui/capture/WasteStep.tsx';
import { SelectField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { QrCode } from '../../shared/ui/QrCode.tsx';
import { CodeReader } from './CodeReader.tsx';
import { Loading } from './Loading.tsx';
import { service, status } from './ledger.ts';
import { href } from './router.ts';
import { useQuery } from './use-query.ts';

/** Asks a witness for their signature by a code on this screen, and reads the answer off their phone. */
export function WitnessElsewhere(props: ElsewhereAsked) {
  const phones = useQuery(() => service.pairedPhones());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { witnesses, signed } = props;
  return (
    <section class="stack" aria-label="Witness on their phone">
      <h2 ref={heading} tabIndex={-1}>
        Witness on their phone
      </h2>
      <Together {...props} />
      <Loading of={phones}>
        {(all) => (
          <Ask
            {...props}
            phones={all.filter(({ staff }) => witnesses.includes(staff) && staff !== signed.entry.by)}
          />
        )}
      </Loading>
      <div>
        <Button onClick={props.onBack}>Back to the witness here</Button>
      </div>
    </section>
  );
}

/** Whether the two still sign together; where they do not, what that means by the policy. */
function Together({ signed, names, due, onBack }: ElsewhereAsked) {
  const over = useIsOver(Date.parse(signed.signatures[0]?.at ?? signed.entry.at) + TOGETHER_MS);
  if (!over) {
    return (
      <p class="muted">
        {names.performer} has signed. The witness signs within ten minutes
        {due === 'now' ? ': later it is not taken.' : ', or it counts as late.'}
      </p>
    );
  }
  if (due !== 'now') {
    return (
      <Notice kind="warn">
        More than ten minutes have passed since {names.performer} signed. The record will say so.
      </Notice>
    );
  }
  return (
    <Notice kind="danger" title="Ten minutes are over.">
      <p>The policy wants both to sign together. {names.performer} has to sign again.</p>
      <div>
        <Button onClick={onBack}>Sign again</Button>
      </div>
    </Notice>
  );
}

/** True from a time on (milliseconds since 1970). */
function useIsOver(at: number): boolean {
  const [over, setOver] = useState(() => Date.now() > at);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return over;
}

function Ask(props: ElsewhereAsked & { phones: readonly PairedPhone[] }) {
  const { phones } = props;
  const [chosen, setChosen] = useState(phones.length === 1 ? (phones[0]?.key ?? '') : '');
  const phone = phones.find(({ key }) => key === chosen);
  if (phones.length === 0) {
    return (
      <Notice kind="warn">
        Nobody who may witness this has paired a phone. <a href={href('people')}>Pair one under People</a>, or
        let somebody witness here.
      </Notice>
    );
  }
  return (
    <>
      <SelectField
        label="Whose phone"
        placeholder="Pick a name"
        value={chosen}
        options={phones.map(({ key, staffName, name }) => ({ value: key, label: `${staffName} (${name})` }))}
        onInput={setChosen}
      />
      {phone ? <Exchange key={phone.key} {...props} phone={phone} /> : null}
    </>
  );
}

function Exchange({
  signed,
  names,
  phone,
  onAnswer,
  busy,
  refusal,
}: ElsewhereAsked & { phone: PairedPhone }) {
  const now = status.value;
  const ledger = now.state === 'ready' ? now.ledger : '';
  const entry = parseEntry(signed.entry);
  const code = entry.ok
    ? printWitnessCode({ t: 'request', ledger, by: phone.staff, key: phone.key, entry: entry.entry, names })
    : null;
  if (!entry.ok || !code?.ok) {
    return (
      <Notice kind="warn">
        The note is too long for a code that a camera can read. Shorten it, or let somebody witness here.
      </Notice>
    );
  }
  const take = (answer: WitnessAnswer): string | null => {
    const itsOwn = answer.ledger === ledger && answer.key === phone.key && answer.by === phone.staff;
    // The phone may still show what it answered before.
    if (!itsOwn || answer.entry !== entryHash(plainSha256, entry.entry)) {
      return 'This answer is to another question. Read the code above with the phone first.';
    }
    const { by, key, at, sig } = answer;
    onAnswer({ as: 'witness', by, key, at, sig });
    return null;
  };
  return (
    <>
      <p>
        <strong>1.</strong> {phone.staffName} opens <strong>Witness</strong> on their phone and reads this
        code.
      </p>
      <QrCode text={code.text} label={`Code for the phone of ${phone.staffName}`} />
      <p>
        <strong>2.</strong> They look at what it says, sign with their PIN, and hold the answer before this
        camera.
      </p>
      <CodeReader expects={['answer']} onCode={take} />
      {busy ? <p role="status">Recording…</p> : null}
      {refusal ? <Notice kind="danger">{refusal}</Notice> : null}
    </>
  );
}
