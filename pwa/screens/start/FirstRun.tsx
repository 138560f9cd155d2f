import { useState } from 'preact/hooks';
import { DEMO_PIN } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Progress } from '../../../shared/ui/Progress.tsx';
import { refreshStatus, service } from '../../app/ledger.ts';
import { go, href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { ClinicForm } from './ClinicForm.tsx';

/** An empty store: a clinic's own ledger, or the demo clinic to look around in. */
export function FirstRun() {
  const [own, setOwn] = useState(false);
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const [error, setError] = useState<string | null>(null);

  const tryDemo = async () => {
    setProgress({ done: 0, of: 0 });
    setError(null);
    const outcome = await service.createDemo((done, of) => setProgress({ done, of }));
    if (!outcome.ok) {
      setProgress(null);
      setError(outcome.refusal.message);
      return;
    }
    go('today');
    await refreshStatus();
  };

  if (own) return <ClinicForm onBack={() => setOwn(false)} />;
  return (
    <>
      <ScreenHead title="A controlled-substance record that proves itself" />
      <p class="lead">
        Draw, waste with a witness, count blind, hand over. The ledger stays in this browser on this computer;
        nothing is sent anywhere.
      </p>
      {error ? <Notice kind="danger">{error}</Notice> : null}
      {progress ? (
        <div class="panel">
          <Progress
            label="Making the demo clinic, with real signatures"
            done={progress.done}
            of={progress.of}
          />
        </div>
      ) : (
        <div class="start-choices">
          <section class="panel stack">
            <h2>Start your clinic's ledger</h2>
            <p>For the registrant: the facility, its DEA number, and a PIN of your own. Two minutes.</p>
            <Button kind="primary" wide onClick={() => setOwn(true)}>
              Start a ledger
            </Button>
          </section>
          <section class="panel stack">
            <h2>Try the demo clinic</h2>
            <p>
              Sixty made-up days: six people, a dozen vials, open work. Everybody's PIN is{' '}
              <strong class="amount">{DEMO_PIN}</strong>. It is marked as a demo for ever.
            </p>
            <Button wide onClick={() => void tryDemo()}>
              Try the demo clinic
            </Button>
          </section>
          <section class="panel stack">
            <h2>This phone only witnesses</h2>
            <p>
              For a phone of your own: it reads what it is asked off the clinic's screen, and holds no ledger.
            </p>
            <a class="button" href={href('witness')}>
              Witness on this phone
            </a>
          </section>
        </div>
      )}
    </>
  );
}
