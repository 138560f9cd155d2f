import { useState } from 'preact/hooks';

type Props = { readonly again: boolean; readonly onFile: (file: File) => void };

/** A file field that can also be dropped on. */
export function Chooser({ again, onFile }: Props) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    <section
      class={over ? 'chooser over' : 'chooser'}
      aria-label="Choose a package"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <label for="package">
        {again ? 'Check another package (.zip)' : 'Choose the package (.zip), or drop it here'}
      </label>
      <input
        id="package"
        type="file"
        accept=".zip,application/zip"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </section>
  );
}
