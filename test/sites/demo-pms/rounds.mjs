/** A day's treatments on one page, as a practice checks them in the evening: forty of controlled drugs, and others. */

const DRUGS = [
  ['Ketamine 100 mg/mL', ['0.41', '0.37', '0.62', '0.83']],
  ['Butorphanol 2 mg/mL', ['0.33', '0.47', '0.21', '0.68']],
  ['Midazolam 5 mg/mL', ['0.43', '0.29', '0.17', '0.92']],
  ['Alfaxalone 10 mg/mL', ['0.71', '0.57', '1.13', '0.88']],
];
const NAMES = [
  'Juniper',
  'Bella',
  'Mr. Biscuit',
  'Zoë',
  'Pickle',
  'Bramble',
  'Sorrel',
  'Fig',
  'Otter',
  'Sable',
];
const BY = 'Juno Pikesample';
const two = (n) => String(n).padStart(2, '0');

/** The forty, in the order of the clock. The thirteenth is in a strength that the demo clinic does not stock. */
export const ROUNDS = Array.from({ length: 40 }, (_, i) => {
  const [drug, amounts] = DRUGS[i % DRUGS.length];
  const minutes = 8 * 60 + i * 13;
  return {
    ...{ time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, number: `P-${20_100 + i}`, by: BY },
    patient: NAMES[(i * 7) % NAMES.length],
    drug: i === 12 ? 'Ketamine 50 mg/mL' : drug,
    quantity: `${amounts[Math.floor(i / DRUGS.length) % amounts.length]} mL`,
  };
});
const OTHERS = [
  'Carprofen 50 mg/mL',
  'Maropitant 10 mg/mL',
  'Cefazolin 100 mg/mL',
  'Nail trim',
  'Exam, recheck',
];

const esc = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The page's body. `day` stands in every row, as a report over days has it. */
export function roundsBody(day) {
  const rows = ROUNDS.flatMap((one, i) =>
    i % 8 === 4 ? [one, { ...one, drug: OTHERS[Math.floor(i / 8)], quantity: '1' }] : [one],
  );
  const cells = (one) =>
    [`${day} ${one.time}`, one.number, one.patient, one.drug, one.quantity, one.by]
      .map((text) => `<td>${esc(text)}</td>`)
      .join('');
  return `<h1>Treatments of ${esc(day)}</h1>
<table class="grid" id="rounds" aria-label="Treatments of the day"><thead><tr><th>Date/Time</th><th>Patient #</th><th>Patient</th><th>Item</th><th>Qty</th><th>Given by</th></tr></thead>
<tbody>${rows.map((one) => `<tr>${cells(one)}</tr>`).join('\n')}</tbody></table>
<h2>Note</h2><form method="post"><textarea name="note" aria-label="Note" rows="3"></textarea><button>Save note</button></form>`;
}
