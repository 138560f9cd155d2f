import type { PatientOfAct as Patient } from '../../../shared/protocol/vault.ts';
import { session } from '../../app/access.ts';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';

/** For whom an act was, as far as whoever is signed in may see; nothing for an act without a patient. */
export function PatientOfAct({ entryId }: { entryId: string }) {
  const mine = session.value;
  const patient = useQuery(() => service.patientOf(entryId, mine), `${entryId} ${mine}`);
  if (patient.state !== 'ready' || patient.value.state === 'none') return null;
  return (
    <>
      <dt>Patient</dt>
      <dd>{said(patient.value, mine !== null)}</dd>
    </>
  );
}

function said(patient: Patient, signedIn: boolean) {
  switch (patient.state) {
    case 'none':
      return null;
    case 'shown':
      // An answer from before the page was locked says nothing any more.
      return signedIn ? <Details details={patient.details} /> : 'Sign in to see the name.';
    case 'kept':
      return (
        <>
          Kept encrypted. <a href={href('sign-in')}>Sign in</a> to see the name.
        </>
      );
    case 'erased':
      return (
        <>
          Erased after its time, by{' '}
          <a href={href('ledger', [String(patient.record)])}>no. {patient.record}</a>. The commitment in this
          record stands.
        </>
      );
    case 'missing':
      return 'Not on this device. A package that was exported with names may hold it.';
  }
}

function Details({ details }: { details: Extract<Patient, { state: 'shown' }>['details'] }) {
  const { name, species, owner, recordNumber, address, consultation } = details;
  const visit = consultation === undefined ? undefined : `consultation ${consultation}`;
  const rest = [species, owner, recordNumber, address, visit].filter((text) => text !== undefined);
  return (
    <>
      <strong>{name}</strong>
      {rest.length > 0 ? `, ${rest.join(', ')}` : ''}
    </>
  );
}
