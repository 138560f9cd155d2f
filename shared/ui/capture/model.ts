import type { SaidDrug } from '../../domain/drugs/name.ts';
import type { Body } from '../../domain/entries.ts';
import { compare, readTypedQuantity, subtract } from '../../domain/quantity.ts';
import type { PatientReference } from '../../domain/schema.ts';
import type { PatientDetails } from '../../protocol/ledger.ts';
import type { ContainerView } from '../../protocol/views.ts';
import { cleanLine } from '../format.ts';
import { matchDrug } from './drug-match.ts';

/** What is typed into the capture form, as text: this is also what a draft keeps. */
export type CaptureValues = {
  container: string;
  drawn: string;
  /** Empty means all of what was drawn. */
  given: string;
  patient: string;
  species: string;
  owner: string;
  recordNumber: string;
  /** The system's own number of the visit that it was given in. */
  consultation: string;
  note: string;
  performer: string;
  expiredReason: string;
  /** When it happened (UTC), where that is not when it is recorded. */
  at: string;
  /** What a page said of drug and dose. Kept with a draft, for whoever finishes it; it goes into no record. */
  saidDrug: string;
  saidDose: string;
};
export type CaptureField = keyof CaptureValues;
export type CaptureErrors = { [K in CaptureField | 'pin']?: string | undefined };

/** What a link brought into the form, and what people call the system that made it. */
export type CameWith = { label: string; consultation: string };

export const BLANK_VALUES: CaptureValues = {
  container: '',
  drawn: '',
  given: '',
  patient: '',
  species: '',
  owner: '',
  recordNumber: '',
  consultation: '',
  note: '',
  performer: '',
  expiredReason: '',
  at: '',
  saidDrug: '',
  saidDose: '',
};

const FIELDS: readonly string[] = Object.keys(BLANK_VALUES);
const isCaptureField = (name: string): name is CaptureField => FIELDS.includes(name);

/** The values of a draft. Members that the form does not have are left behind. */
export function valuesOf(form: Record<string, string>): CaptureValues {
  const values = { ...BLANK_VALUES };
  for (const [name, value] of Object.entries(form)) if (isCaptureField(name)) values[name] = value;
  return values;
}

/** What the page said of the drug, where the form was filled from one. */
export const saidOf = ({ saidDrug, saidDose }: CaptureValues): SaidDrug => ({
  ...(saidDrug === '' ? {} : { drug: saidDrug }),
  ...(saidDose === '' ? {} : { dose: saidDose }),
});

/** The values that a form starts with; where they have no vial yet, the one open vial that is what the page said, if there is one. */
export function resumed(
  form: Partial<CaptureValues> | Record<string, string>,
  containers: readonly ContainerView[],
): CaptureValues {
  const values = valuesOf(form);
  if (values.container !== '') return values;
  const match = matchDrug(containers, saidOf(values));
  return match.kind === 'vial' ? { ...values, container: match.vial.id } : values;
}

/** What stays in the syringe: drawn less given. Null while the two do not make sense yet. */
export function leftoverOf(values: CaptureValues): string | null {
  const drawn = readTypedQuantity(values.drawn);
  if (!drawn.ok) return null;
  if (values.given.trim() === '') return '0';
  const given = readTypedQuantity(values.given, { allowZero: true });
  if (!given.ok || compare(given.quantity, drawn.quantity) > 0) return null;
  return subtract(drawn.quantity, given.quantity);
}

/** Who was treated and in which consultation, or null when nothing was typed. */
export function patientOf(values: CaptureValues): PatientDetails | null {
  const recordNumber = cleanLine(values.recordNumber);
  const owner = cleanLine(values.owner);
  const species = cleanLine(values.species);
  const consultation = cleanLine(values.consultation);
  const name = namedIn(values) || (consultation && `Consultation ${consultation}`);
  if (name === '') return null;
  return {
    name,
    ...(species === '' ? {} : { species }),
    ...(owner === '' ? {} : { owner }),
    ...(recordNumber === '' ? {} : { recordNumber }),
    ...(consultation === '' ? {} : { consultation }),
  };
}

/** What names a patient. A consultation does not: that it was somebody's says not whose. */
const namedIn = ({ patient, recordNumber }: CaptureValues): string =>
  cleanLine(patient) || cleanLine(recordNumber);

type Amounts = Pick<Body<'draw'>, 'drawn' | 'given' | 'leftover'>;
export type ReadCapture = { ok: true; amounts: Amounts } | { ok: false; errors: CaptureErrors };

/** Reads the whole form. Every fault is a sentence for its own field; nothing typed is changed. */
export function readCapture(values: CaptureValues, container: ContainerView | undefined): ReadCapture {
  const errors: CaptureErrors = { ...containerFaults(values, container) };
  const drawn = readTypedQuantity(values.drawn);
  if (!drawn.ok) errors.drawn = drawn.message;
  const given = values.given.trim() === '' ? drawn : readTypedQuantity(values.given, { allowZero: true });
  if (!given.ok && values.given.trim() !== '') errors.given = given.message;
  if (drawn.ok && given.ok && compare(given.quantity, drawn.quantity) > 0) {
    errors.given = 'More was given than was drawn. Check both amounts.';
  }
  const needsPatient = given.ok && given.quantity !== '0';
  if (needsPatient && namedIn(values) === '' && cleanLine(values.note) === '') {
    errors.patient = 'Say who it was given to. When there is no patient, say why in the note.';
  }
  if (values.performer === '') errors.performer = 'Pick who drew it.';
  if (Object.keys(errors).length > 0 || !drawn.ok || !given.ok) return { ok: false, errors };
  const leftover = subtract(drawn.quantity, given.quantity);
  return { ok: true, amounts: { drawn: drawn.quantity, given: given.quantity, leftover } };
}

function containerFaults(values: CaptureValues, container: ContainerView | undefined): CaptureErrors {
  if (!container) return { container: 'Scan the vial, or pick it from the list.' };
  if (container.closedAt !== undefined) {
    return { container: `Container ${container.number} was closed. Pick another one.` };
  }
  if (container.expired && cleanLine(values.expiredReason) === '') {
    return { expiredReason: 'This vial is past its date. Pick another one, or say why it was used.' };
  }
  if (container.onHold && cleanLine(values.expiredReason) === '') {
    return { expiredReason: 'This vial is set aside. Pick another one, or say why it was used.' };
  }
  return {};
}

/** The body of the draw, ready to be signed. */
export function drawBody(input: {
  values: CaptureValues;
  amounts: Amounts;
  container: ContainerView;
  patient: PatientReference | null;
  source: { door: 'pwa' | 'overlay'; site?: string };
}): Body<'draw'> {
  const { values, amounts, container, patient, source } = input;
  const note = cleanLine(values.note);
  const reason = cleanLine(values.expiredReason);
  const warnings = [
    ...(container.expired ? (['expired'] as const) : []),
    ...(container.onHold ? (['on-hold'] as const) : []),
  ];
  return {
    container: container.id,
    ...amounts,
    unit: container.unit,
    source,
    ...(patient === null ? {} : { patient }),
    ...(note === '' ? {} : { note }),
    ...(warnings.length === 0 ? {} : { acknowledged: warnings.map((warning) => ({ warning, reason })) }),
  };
}
