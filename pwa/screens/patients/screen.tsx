import './patients.css';
import { useState } from 'preact/hooks';
import type { FoundPatient, FoundPatients, PatientAct } from '../../../shared/protocol/vault.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { session } from '../../app/access.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { SignIn } from '../../app/SignIn.tsx';
import { whenText } from '../ledger/names.ts';
import { useSearch } from './use-search.ts';

/** Acts of one patient that are shown before somebody asks for all of them. */
const SHOWN = 5;

/** Finding a patient, and what was given to them. Names are decrypted for whoever is signed in, and for nobody else. */
export function Screen() {
  const signedIn = session.value;
  return (
    <>
      <ScreenHead title="Patients">
        <a class="button" href={href('vault')}>
          Keep or erase names
        </a>
      </ScreenHead>
      {signedIn === null ? <SignInFirst /> : <Finder session={signedIn} />}
    </>
  );
}

function SignInFirst() {
  return (
    <section class="panel stack narrow" aria-labelledby="patients-sign-in">
      <h2 id="patients-sign-in">Sign in to see names</h2>
      <p>
        The ledger itself names no patient. Names and owners are kept encrypted on this device, and shown to
        whoever signs in, until the page locks.
      </p>
      <SignIn action="Sign in" />
    </section>
  );
}

function Finder(props: { session: string }) {
  const [text, setText] = useState('');
  const { found, refusal } = useSearch(text, props.session);
  return (
    <div class="stack">
      <TextField
        label="Find"
        type="search"
        placeholder="Patient, owner or record number"
        hint="The beginning of a word is enough; accents and capitals do not matter"
        value={text}
        onInput={setText}
      />
      {refusal ? <Notice kind="danger">{refusal.message}</Notice> : null}
      {found ? <Results found={found} /> : null}
      {!found && !refusal ? (
        <EmptyState what="Type a name, an owner, a record number or a consultation. Each patient leads to the acts and containers." />
      ) : null}
    </div>
  );
}

function Results({ found }: { found: FoundPatients }) {
  const { patients, total, read, of, damaged } = found;
  const looking = read < of;
  return (
    <>
      <p class="muted" role="status">
        {total === 1 ? '1 patient' : `${total.toLocaleString('en')} patients`}
        {patients.length < total ? `, the ${patients.length} seen last are shown` : ''}
        {looking
          ? ` so far: ${read.toLocaleString('en')} of ${of.toLocaleString('en')} draws looked through…`
          : ''}
      </p>
      {damaged > 0 ? (
        <Notice kind="warn" quiet>
          {damaged === 1 ? '1 name' : `${damaged} names`} on this device cannot be read any more.
        </Notice>
      ) : null}
      {total === 0 && !looking ? (
        <EmptyState what="Nobody is called that. Try fewer letters, the owner, or the record number." />
      ) : null}
      <ul class="patients">
        {patients.map((patient) => (
          <Patient key={patient.acts[0]?.entryId} patient={patient} />
        ))}
      </ul>
    </>
  );
}

function Patient({ patient: { details, acts } }: { patient: FoundPatient }) {
  const [all, setAll] = useState(false);
  const shown = all ? acts : acts.slice(0, SHOWN);
  const rest = [details.species, details.owner, details.recordNumber].filter((text) => text !== undefined);
  return (
    <li class="panel stack tight">
      <h2>
        {details.name} <span class="muted patient-rest">{rest.join(', ')}</span>
      </h2>
      <ul class="list" aria-label={`Acts for ${details.name}, newest first`}>
        {shown.map((act) => (
          <Act key={act.entryId} act={act} />
        ))}
      </ul>
      {shown.length < acts.length ? (
        <div>
          <Button small onClick={() => setAll(true)}>
            Show all {acts.length} acts
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function Act({ act }: { act: PatientAct }) {
  return (
    <li class="patient-act">
      <a href={href('ledger', [String(act.seq)])}>
        <Amount quantity={act.given} unit={act.unit} /> {act.product}
      </a>
      <span class="muted small">
        {whenText(act.at)}, {act.byName}
      </span>
      <a href={href('vials', [act.container])} aria-label={`Container ${act.number}`}>
        {act.number}
      </a>
      {act.reversed ? <span class="badge warn">reversed</span> : null}
    </li>
  );
}
