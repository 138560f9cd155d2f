import { PEOPLE } from '../day.mjs';
import { dateAs, documentOf, esc } from '../kit/html.mjs';

/** Frames inside of frames, each page from the server: the window, its tabs as frames, the visit's forms inside one. */
export function answer({ path, params, day, treatments }) {
  const person = PEOPLE.find(({ number }) => number === params.get('pid')) ?? PEOPLE[0];
  if (path === '/main') return windowOf(person, day);
  if (path === '/demographics') return demographics(person);
  if (path === '/encounter')
    return documentOf('Encounter', frame('forms', `/openemr/forms?pid=${person.number}`));
  if (path === '/forms') return forms(person);
  if (path === '/report') return documentOf('Report', frame('list', `/openemr/dispensed?day=${day}`));
  if (path === '/dispensed') return dispensed(dateAs('YYYY-MM-DD', day), treatments);
  return null;
}

const frame = (name, src) =>
  `<div class="frameDisplay"><iframe name="${name}" title="${name}" src="${esc(src)}"></iframe></div>`;

const windowOf = (person, day) =>
  documentOf(
    'Main window',
    `<header class="bar"><nav>${PEOPLE.map(
      ({ name, number }) => `<a href="/openemr/main?pid=${esc(number)}">${esc(name)}</a>`,
    ).join('')}</nav>
<a class="ptName" href="#"><span>${esc(person.name)}</span> <span class="text-muted">(<span>${esc(person.number)}</span>)</span></a></header>
${frame('pat', `/openemr/demographics?pid=${person.number}`)}
${frame('enc', `/openemr/encounter?pid=${person.number}`)}
${frame('rep', `/openemr/report?day=${day}`)}`,
  );

const demographics = ({ name, number }) =>
  documentOf(
    'Dashboard',
    `<main><h2>Medical Record Dashboard</h2>
<table class="facts" aria-label="Demographics">
<tr><td class="label">Name:</td><td class="text">${esc(name)}</td></tr>
<tr><td class="label">External ID:</td><td class="text">${esc(number)}</td></tr>
</table></main>`,
  );

const cells = (texts) => `<tr>${texts.map((text) => `<td>${esc(text)}</td>`).join('')}</tr>`;
const heads = (texts) => `<thead><tr>${texts.map((text) => `<th>${esc(text)}</th>`).join('')}</tr></thead>`;

const forms = ({ number, weight, medications }) =>
  documentOf(
    'Forms',
    `<main><h3>Vitals</h3>
<table class="facts" aria-label="Vitals"><tr><td class="label">Weight:</td><td class="text">${esc(weight)} kg</td></tr></table>
<h3>Drugs</h3>
<table class="grid" aria-label="Dispensed">${heads(['Drug', 'Quantity', 'Route'])}
<tbody>${medications.map((m) => cells([m.drug, m.dose, m.route])).join('')}</tbody></table>
<form method="post" action="/openemr/forms?pid=${esc(number)}"><p><label for="plan">Plan</label>
<textarea id="plan" name="plan" rows="4"></textarea></p><button>Save</button></form></main>`,
  );

const dispensed = (day, treatments) =>
  documentOf(
    'Drugs dispensed',
    `<main><table class="grid" aria-label="Drugs dispensed">
${heads(['Date', 'ID', 'Patient', 'Drug', 'Qty', 'Units', 'User'])}
<tbody>${treatments
      .map((t) => cells([day, t.number, t.patient, t.drug, t.quantity, t.unit, t.by]))
      .join('')}</tbody></table></main>`,
  );
