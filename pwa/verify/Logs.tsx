import { useState } from 'preact/hooks';
import type { LogRow } from '../../shared/verifier/log-rows.ts';
import { shown as fit } from '../../shared/verifier/shown.ts';
import type { OnHand, Summary } from '../../shared/verifier/verdict.ts';
import { TYPE_NAMES } from '../screens/ledger/names.ts';
import { type ContainerLog, groupRows } from './group-rows.ts';

/** The logs a drug and a container, as an inspector reads them. */
export function Logs({ summary, rows }: { summary: Summary; rows: readonly LogRow[] }) {
  const drugs = groupRows(rows);
  if (drugs.length === 0) return null;
  return (
    <section class="card" aria-labelledby="logs">
      <h2 id="logs">Logs by drug and container</h2>
      {summary.onHand.length > 0 && <Stock onHand={summary.onHand} />}
      {summary.logs.some(({ from }) => from > 0) && (
        <p class="hint">
          This package is a part of the log, without the acts before it: balances and what is on hand are not
          known in it.
        </p>
      )}
      {drugs.map(({ drug, containers }) => (
        <section key={drug}>
          <h3>{drug === '' ? 'Drug not named in this part' : fit(drug)}</h3>
          {containers.map((log) => (
            <Container key={log.id} log={log} />
          ))}
        </section>
      ))}
    </section>
  );
}

function Stock({ onHand }: { onHand: readonly OnHand[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section class="wide" aria-label="On hand" tabIndex={0}>
      <table>
        <caption>On hand by the book, in open containers</caption>
        <thead>
          <tr>
            <th scope="col">Drug</th>
            <th scope="col">Schedule</th>
            <th scope="col" class="number">
              Containers
            </th>
            <th scope="col" class="number">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {onHand.map(({ product, name, strength, schedule, containers, total, unit }) => (
            <tr key={product}>
              <th scope="row">{strength === undefined ? name : `${name} ${strength}`}</th>
              <td>C-{schedule}</td>
              <td class="number">{containers}</td>
              <td class="number">
                {total} {unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const FIRST_ROWS = 200;

function Container({ log }: { log: ContainerLog }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(FIRST_ROWS);
  const { number, lot, expires, balance, unit, rows } = log;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {number === ''
          ? 'Container received before this part'
          : fit(`${number}, lot ${lot}, expires ${expires}`)}
        {balance !== '' && `: ${balance} ${unit}`}
      </summary>
      {open && <Rows label={fit(`Log of ${number}`)} rows={rows.slice(0, shown)} />}
      {open && rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + 5 * FIRST_ROWS)}>
          Show more of {rows.length} acts
        </button>
      )}
    </details>
  );
}

const COLUMNS = ['Date (UTC)', 'Act', 'Quantity', 'Balance', 'By', 'Witness', 'Patient', 'Note', 'Record'];

function Rows({ label, rows }: { label: string; rows: readonly LogRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section class="wide" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.seq} ${row.container}`}>
              <td>{row.at.slice(0, 16).replace('T', ' ')}</td>
              <td>{TYPE_NAMES[row.act]}</td>
              <td class="number">{row.quantity === '' ? '' : `${row.quantity} ${row.unit}`}</td>
              <td class="number">{row.balance === '' ? '' : `${row.balance} ${row.unit}`}</td>
              <td>{fit(row.by)}</td>
              <td>{fit(row.witness)}</td>
              <td class="code">{row.patient.slice(-12)}</td>
              <td class="note-cell">{fit(row.note)}</td>
              <td class="code">
                {row.seq} {row.hash.slice(0, 8)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
