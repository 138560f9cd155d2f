import { href } from '../../app/router.ts';

/** The way to what becomes of patients' names. */
export function PatientNames() {
  return (
    <section class="panel stack tight" aria-labelledby="settings-patients">
      <h2 id="settings-patients">Patient names</h2>
      <p>
        Kept encrypted beside the ledger: erased when their time is over, under another key when somebody
        leaves.
      </p>
      <div>
        <a class="button" href={href('vault')}>
          Keep or erase names
        </a>
      </div>
    </section>
  );
}
