import { useRef, useState } from 'preact/hooks';
import type { VerifyProgress } from '../../shared/verifier/ports.ts';
import { Chooser } from './Chooser.tsx';
import { type Checked, checkFile } from './check.ts';
import { Result } from './Result.tsx';

type Stage =
  | { readonly at: 'choose' }
  | { readonly at: 'check'; readonly name: string; readonly progress: VerifyProgress | null }
  | { readonly at: 'done'; readonly name: string; readonly checked: Checked };

/** The page: choose a package, wait, read what was found. */
export function Verifier() {
  const [stage, setStage] = useState<Stage>({ at: 'choose' });
  const cancel = useRef<AbortController | null>(null);
  const check = async (file: File) => {
    const controller = new AbortController();
    cancel.current?.abort();
    cancel.current = controller;
    const { name } = file;
    setStage({ at: 'check', name, progress: null });
    const onProgress = (progress: VerifyProgress) => {
      if (!controller.signal.aborted) setStage({ at: 'check', name, progress });
    };
    const checked = await checkFile(file, onProgress, controller.signal);
    if (cancel.current === controller) setStage({ at: 'done', name, checked });
  };
  return (
    <main>
      <h1>Check a controlled-substance record</h1>
      <Chooser again={stage.at !== 'choose'} onFile={check} />
      {stage.at === 'check' && <Working stage={stage} onCancel={() => cancel.current?.abort()} />}
      {stage.at === 'done' && <Result name={stage.name} checked={stage.checked} />}
      <footer>
        Everything happens in this page: nothing is sent anywhere, and no network is needed. Not legal advice.
      </footer>
    </main>
  );
}

function Working({ stage, onCancel }: { stage: Extract<Stage, { at: 'check' }>; onCancel: () => void }) {
  const { name, progress } = stage;
  return (
    <section aria-label="Progress" class="card">
      <p role="status">
        Checking {name}
        {progress?.phase === 'records' && `: record ${progress.done} of ${progress.of}`}
        {progress?.phase === 'signatures' && ': the last signatures'}
      </p>
      <progress aria-label="Records checked" max={progress?.of || 1} value={progress?.done ?? 0} />
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </section>
  );
}
