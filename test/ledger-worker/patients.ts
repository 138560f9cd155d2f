import type { PatientDetails, Receipt, Signer } from '../../shared/protocol/ledger.ts';
import type { LedgerCore } from '../../workers/ledger/service.ts';
import { act, value } from './helpers.ts';

/** A draw for a patient who is put into the vault for it. */
export async function drawFor(
  service: LedgerCore,
  { container, by }: { container: string; by: Signer },
  details: PatientDetails,
): Promise<Receipt & { ref: string }> {
  const patient = value(await service.keepPatient(details));
  const body = { container, drawn: '0.1', given: '0.1', leftover: '0', unit: 'mL' as const, patient };
  return { ...(await act(service, 'draw', body, [by])), ref: patient.ref };
}

/** Names that a query finds, once the whole log has been looked into. */
export async function namesFor(service: LedgerCore, query: string, session: string): Promise<string[]> {
  for (;;) {
    const found = value(await service.findPatients(query, session));
    if (found.read >= found.of) return found.patients.map(({ details }) => details.name).sort();
  }
}
