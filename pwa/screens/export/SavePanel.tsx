import { useEffect, useRef, useState } from 'preact/hooks';
import type { Disclosure } from '../../../shared/protocol/ledger.ts';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Progress } from '../../../shared/ui/Progress.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { ExportForm } from './ExportForm.tsx';
import { KeepPanel } from './KeepPanel.tsx';
import { type Made, type MakeStep, makePackage } from './make.ts';
import { EMPTY_FORM, type Wanted } from './model.ts';

type Ready = Extract<Made, { ok: true }>;
type Asked = Extract<Wanted, { ok: true }>;
type Step =
  | { at: 'form'; message?: string }
  | { at: 'proof'; wanted: Asked }
  | { at: 'making'; step: MakeStep; cancel: () => void }
  | { at: 'ready'; made: Ready; discloser: string | null };

/** Makes a package, reads it back, and hands it over. */
export function SavePanel() {
  const [form, setForm] = useState(EMPTY_FORM);
  const [step, setStep] = useState<Step>({ at: 'form' });
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);
  useUnsaved(step.at === 'making' || step.at === 'ready');
  const size = status.value.state === 'ready' ? status.value.head.size : 0;

  const make = async (wanted: Asked, disclosed?: { by: string; disclosures: readonly Disclosure[] }) => {
    const abort = new AbortController();
    control.current = abort;
    const cancel = () => abort.abort();
    const show = (now: MakeStep) => {
      if (!abort.signal.aborted) setStep({ at: 'making', step: now, cancel });
    };
    show({ label: 'Writing the package', done: 0, of: 0 });
    try {
      const made = await makePackage(wanted, disclosed?.disclosures, { signal: abort.signal, onStep: show });
      setStep(
        made.ok
          ? { at: 'ready', made, discloser: disclosed?.by ?? null }
          : { at: 'form', message: made.message },
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setStep({ at: 'form', message: abort.signal.aborted ? 'Cancelled. Nothing was saved.' : why });
    }
  };
  return (
    <section class="panel stack" aria-labelledby="export-save">
      <h2 id="export-save">Save a package</h2>
      {step.at === 'form' ? (
        <>
          <p>
            A package is one zip file that proves itself: an inspector opens the verify.html inside it, on
            their own computer, with no network, and sees whether anything was changed.
          </p>
          {step.message ? <Notice kind="warn">{step.message}</Notice> : null}
          <ExportForm
            form={form}
            size={size}
            onInput={setForm}
            onSubmit={(wanted) => (form.disclosed ? setStep({ at: 'proof', wanted }) : void make(wanted))}
          />
        </>
      ) : null}
      {step.at === 'proof' ? (
        <DiscloseStep
          reason={cleanLine(form.reason)}
          onProven={(by, disclosures) => void make(step.wanted, { by, disclosures })}
          onBack={() => setStep({ at: 'form' })}
        />
      ) : null}
      {step.at === 'making' ? <Progress {...step.step} onCancel={step.cancel} /> : null}
      {step.at === 'ready' ? (
        <KeepPanel
          made={step.made}
          discloser={step.discloser}
          reason={cleanLine(form.reason)}
          onEnd={() => {
            setForm(EMPTY_FORM);
            setStep({ at: 'form' });
          }}
        />
      ) : null}
    </section>
  );
}

/** Names of patients and owners come out of the vault only for somebody who has just proved who they are. */
function DiscloseStep(props: {
  reason: string;
  onProven: (by: string, disclosures: readonly Disclosure[]) => void;
  onBack: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const who = useQuery(async () => ({ staff: await service.staff(), policy: await service.policy() }));
  const prove = async (by: string, pin: string) => {
    setBusy(true);
    const session = await service.unlock(by, pin);
    const all = session.ok ? await service.discloseAll(session.value.session) : session;
    if (session.ok) await service.endSession(session.value.session);
    setBusy(false);
    setRefusal(all.ok ? null : all.refusal);
    if (all.ok) props.onProven(by, all.value);
  };
  return (
    <Loading of={who}>
      {({ staff, policy }) => (
        <SignPanel
          title="Disclose patients and owners"
          people={maySignFor('exported', staff, policy)}
          action="Disclose and make the package"
          nobody="Nobody on this device may disclose."
          busy={busy}
          refusal={refusal}
          onSign={(by, pin) => void prove(by, pin)}
          onCancel={props.onBack}
        >
          <p>
            The package will hold names and addresses that can be read by whoever gets the file. Reason that
            is kept in the ledger: {props.reason}. Sign for it once the package is made; then it can be saved.
          </p>
        </SignPanel>
      )}
    </Loading>
  );
}
