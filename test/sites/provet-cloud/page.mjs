import { ANIMALS } from '../day.mjs';
import { dateAs, documentOf, esc } from '../kit/html.mjs';

const PROVET = '4417';
const SCRIPT = '<script type="module" src="/provet-cloud/elements.js"></script>\n';

/** Pages from the server, of elements whose text and fields stand in open shadow roots. */
export function answer({ path, day, treatments, button }) {
  if (path === `/${PROVET}/items`) return items(dateAs('YYYY-MM-DD', day), treatments);
  const number = path.match(/^\/\d+\/consultation\/900(\d{3})$/)?.[1];
  const animal = ANIMALS.find((one) => one.number.endsWith(number ?? '-'));
  return animal ? consultation(animal, button) : null;
}

const consultationOf = ({ number }) => `900${number.slice(-3)}`;
const fact = (label, value) => `<pc-fact label="${esc(label)}" value="${esc(value)}"></pc-fact>`;
const rows = (list) => esc(JSON.stringify(list));

/**
 * The custom button: its address and the name of its parameter are the clinic's own settings, and the system puts the
 * number of the consultation behind that name into the query.
 */
const customButton = (animal, button) =>
  `<a class="tile" target="_blank" rel="noreferrer" href="${esc(button)}?provet_consultation=${consultationOf(animal)}">Countersign</a>`;

const consultation = (animal, button) =>
  documentOf(
    'Consultation',
    `<header class="bar"><b>Consultation ${consultationOf(animal)}</b><nav>${ANIMALS.filter(
      (one) => one !== animal,
    )
      .map(
        (one) =>
          `<a href="/provet-cloud/${PROVET}/consultation/${consultationOf(one)}">Consultation of ${esc(one.name)}</a>`,
      )
      .join('')}</nav></header>
<main>${customButton(animal, button)}
<section aria-label="Client">${fact('Client', animal.owner)}</section>
<section aria-label="Patient">${fact('Patient', animal.name)}${fact('Patient ID', animal.number)}${fact('Species', animal.species)}${fact('Breed', animal.breed)}</section>
<pc-field name="weight" label="Weight (kg)" value="${esc(animal.weight)}"></pc-field>
<pc-table label="Treatment items" heads="${rows(['Item', 'Quantity', 'Route'])}" rows="${rows(animal.medications.map((m) => [m.drug, m.dose, m.route]))}"></pc-table>
<pc-field name="notes" label="Clinical notes" rows="4"></pc-field></main>`,
    SCRIPT,
  );

const items = (day, treatments) =>
  documentOf(
    'Sold items',
    `<main><pc-table label="Sold items" heads="${rows(['Date', 'Client', 'Patient', 'Item', 'Quantity', 'Unit', 'Added by'])}" rows="${rows(
      treatments.map((t) => [day, t.owner, t.patient, t.drug, t.quantity, t.unit, t.by]),
    )}"></pc-table></main>`,
    SCRIPT,
  );
