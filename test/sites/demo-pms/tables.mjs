/** The server-rendered variant: plain pages, tables, one form a page. */
import { roundsBody } from './rounds.mjs';

const esc = (text) =>
  String(text).replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c],
  );

const frame = (title, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)} - Millbrook Practice Manager</title>
<link rel="stylesheet" href="/pms.css">
</head>
<body>
<header class="bar"><a class="brand" href="/">Millbrook <span>Practice Manager</span></a>
<nav><a href="/tables/">Patients</a><a href="/tables/rounds">Treatments</a><a href="/spa/">Whiteboard</a></nav><span class="who">Treatment room 2</span></header>
<main>${body}</main>
</body>
</html>`;

export const startPage = () =>
  frame(
    'Start',
    `<h1>Millbrook Practice Manager</h1>
<p class="lead">A made-up practice-management system, for trying Countersign on. Nobody here is real.</p>
<div class="tiles">
<a class="tile" href="/tables/"><b>Classic</b><span>Server-rendered pages and tables</span></a>
<a class="tile" href="/spa/"><b>Whiteboard</b><span>A single-page app that redraws itself</span></a>
</div>`,
  );

/** Today's treatments, or those of the day that the address names. */
export const roundsPage = (day) =>
  frame(
    'Treatments',
    roundsBody(/^\d{4}-\d\d-\d\d$/.test(day) ? day : new Date().toISOString().slice(0, 10)),
  );

export const notFoundPage = () => frame('Not found', '<h1>Not found</h1><p><a href="/">Start page</a></p>');

export const listPage = (patients) =>
  frame(
    'Patients',
    `<h1>Patients today</h1>
<table class="grid" id="patient-list"><thead><tr><th>Number</th><th>Patient</th><th>Species</th><th>Owner</th><th>Treatments</th></tr></thead>
<tbody>${patients
      .map(
        (
          p,
        ) => `<tr><td><a href="/tables/patient/${esc(p.number)}">${esc(p.number)}</a></td><td>${esc(p.name)}</td>
<td>${esc(p.species)}</td><td>${esc(p.owner)}</td><td class="n">${p.treatments.length}</td></tr>`,
      )
      .join('')}</tbody></table>`,
  );

const treatmentsOf = (p) => `<h2>Treatments</h2>
<table class="grid" id="treatments"><thead><tr><th>Time</th><th>Treatment</th><th>Drug</th><th>Dose</th><th>By</th></tr></thead>
<tbody>${p.treatments
  .map(
    (t) =>
      `<tr><td class="n">${esc(t.time)}</td><td>${esc(t.what)}</td><td>${esc(t.drug)}</td><td>${esc(t.dose)}</td><td>${esc(t.by)}</td></tr>`,
  )
  .join('')}</tbody></table>`;

const patientBody = (p, treatments = treatmentsOf(p)) =>
  `<div class="head"><h1>${esc(p.name)}</h1><span class="tag">${esc(p.species)}</span>${p.alert ? `<span class="tag alert">${esc(p.alert)}</span>` : ''}</div>
<table class="facts" id="patient-facts" data-patient="${esc(p.number)}">
<tr><th scope="row">Number</th><td>${esc(p.number)}</td><th scope="row">Species</th><td>${esc(p.species)}</td></tr>
<tr><th scope="row">Patient</th><td>${esc(p.name)}</td><th scope="row">Breed</th><td>${esc(p.breed)}</td></tr>
<tr><th scope="row">Owner</th><td>${esc(p.owner)}</td><th scope="row">Weight</th><td>${esc(p.weight)}</td></tr>
<tr><th scope="row">Address</th><td>${esc(p.address)}</td><th scope="row">Born</th><td>${esc(p.born)}</td></tr>
</table>
${treatments}
<h2>Note</h2>
<form method="post" id="note-form"><textarea name="note" id="note" rows="4" aria-label="Note"></textarea>
<button>Save note</button></form>`;

export const patientPage = (p) => frame(p.name, patientBody(p));

/** The treatments by themselves, as a page that another one frames. */
export const treatmentsPage = (p) => frame(`Treatments of ${p.name}`, treatmentsOf(p));

/** The same page with its treatments in a frame that comes from another address. */
export const framedPage = (p, from) =>
  frame(
    p.name,
    patientBody(
      p,
      `<iframe name="sheet" title="Treatments" width="100%" height="320" src="${esc(from)}/tables/treatments/${esc(p.number)}"></iframe>`,
    ),
  );

/** Two patients side by side, as systems with panels show them: each panel is made as if it were alone on the page. */
export const splitPage = (p, q) =>
  frame(
    `${p.name} and ${q.name}`,
    `<div class="split"><section>${patientBody(p)}</section><section>${patientBody(q)}</section></div>`,
  );

/** The same page with a question before it that has to be answered first: all else is inert. */
export const dialogPage = (p) =>
  patientPage(p).replace(
    '</main>',
    `</main><dialog id="reminder"><h2>Vaccination due</h2><p>Ask the owner.</p>
<form method="dialog"><button>Later</button></form></dialog>
<script>document.getElementById('reminder').showModal()</script>`,
  );
