import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Progress } from '../../../shared/ui/Progress.tsx';
import type { Verdict } from '../../../shared/verifier/verdict.ts';
import { type VerifyProgress, verifyPackageFile } from '../../../workers/verify/client.ts';
import { href, place } from '../../app/router.ts';
import { VerdictView } from '../verify/VerdictView.tsx';
import { PHASES } from '../verify/words.ts';
import { type Contents, openContents } from './open-contents.ts';
import { PackageContents } from './PackageContents.tsx';

type Opened =
  | { at: 'nothing'; said?: string }
  | { at: 'checking'; name: string; progress: VerifyProgress; cancel: () => void }
  | { at: 'refused'; name: string; message: string }
  /** The verdict comes first; `contents` follows when it has been read. */
  | { at: 'open'; name: string; verdict: Verdict; contents: Contents | null };

/** Opens a package that anybody may have made: the verdict first, then what is in it, for reading only. */
export function OpenPanel() {
  const { opened, open, close } = useOpened();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const asked = place.value.query.get('open') !== null;
  useEffect(() => {
    if (asked) input.current?.focus();
  }, [asked]);
  return (
    <section class="panel stack" aria-labelledby="export-open">
      <h2 id="export-open">Open a package</h2>
      <p>Checks a package file and shows what is in it. Nothing of it is taken into this ledger.</p>
      {opened.at === 'checking' ? (
        <Progress
          label={`${opened.name}: ${PHASES[opened.progress.phase].toLowerCase()}`}
          done={opened.progress.done}
          of={opened.progress.of}
          onCancel={opened.cancel}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut beside the file field in it
        <div
          class={over ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            const [file] = event.dataTransfer?.files ?? [];
            if (file) void open(file);
          }}
        >
          <label>
            <span>Package file</span>
            <input
              ref={input}
              type="file"
              accept=".zip,application/zip"
              onInput={(event) => {
                const [file] = event.currentTarget.files ?? [];
                event.currentTarget.value = '';
                if (file) void open(file);
              }}
            />
          </label>
          <p class="muted small">or drop it here</p>
        </div>
      )}
      {opened.at === 'nothing' && opened.said ? <Notice>{opened.said}</Notice> : null}
      {opened.at === 'refused' ? (
        <Notice kind="danger" title={`${opened.name} cannot be opened.`}>
          <p>{opened.message}</p>
          <p>Nothing in this ledger was touched.</p>
        </Notice>
      ) : null}
      {opened.at === 'open' ? (
        <>
          <div class="row spread">
            <h3>{opened.name}</h3>
            <Button onClick={close}>Close the package</Button>
          </div>
          <VerdictView
            verdict={opened.verdict}
            linkTo={(seq) => href('export', [], { open: '1', record: String(seq) })}
          />
          {opened.contents ? (
            <PackageContents verdict={opened.verdict} contents={opened.contents} />
          ) : (
            <p class="muted" role="status">
              Reading the records…
            </p>
          )}
        </>
      ) : null}
    </section>
  );
}

function useOpened() {
  const [opened, setOpened] = useState<Opened>({ at: 'nothing' });
  const held = useRef<{ control: AbortController | null; contents: Contents | null }>({
    control: null,
    contents: null,
  });
  const release = () => {
    held.current.control?.abort();
    held.current.contents?.close();
    held.current = { control: null, contents: null };
  };
  useEffect(() => release, []);
  const open = async (file: File) => {
    release();
    const control = new AbortController();
    held.current.control = control;
    const show = (next: Opened) => {
      if (held.current.control === control) setOpened(next);
    };
    const cancel = () => {
      release();
      setOpened({ at: 'nothing', said: 'Cancelled. The package was not checked to the end.' });
    };
    show({ at: 'checking', name: file.name, progress: { phase: 'files', done: 0, of: 0 }, cancel });
    try {
      const answer = await verifyPackageFile(file, {
        signal: control.signal,
        onProgress: (progress) => show({ at: 'checking', name: file.name, progress, cancel }),
      });
      if (answer.kind === 'refused') {
        show({ at: 'refused', name: file.name, message: answer.message });
        return;
      }
      const { verdict } = answer;
      show({ at: 'open', name: file.name, verdict, contents: null });
      const contents = await openContents(file);
      if (held.current.control !== control) {
        contents.close();
        return;
      }
      held.current.contents = contents;
      show({ at: 'open', name: file.name, verdict, contents });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      show({ at: 'refused', name: file.name, message: `It could not be read (${why}).` });
    }
  };
  const close = () => {
    release();
    setOpened({ at: 'nothing' });
  };
  return { opened, open, close };
}
