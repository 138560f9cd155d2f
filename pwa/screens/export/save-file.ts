import { saveFile } from '../../platform/files.ts';

/**
 * `saved`: the browser has written it where the person chose. `downloading`: handed to the browser's downloads,
 * which do not say how it ended. `dismissed`: the person closed the question.
 */
export type Saving =
  | { kind: 'saved' }
  | { kind: 'downloading' }
  | { kind: 'dismissed' }
  | { kind: 'failed'; message: string };

type Writable = { write(data: Blob): Promise<void>; close(): Promise<void> };
type Picker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<{ createWritable(): Promise<Writable> }>;

const hasPicker = (host: object): host is { showSaveFilePicker: Picker } =>
  'showSaveFilePicker' in host && typeof host.showSaveFilePicker === 'function';

/** Saves a package where the person says, by the File System Access API where there is one. Only in answer to a press. */
export async function savePackage(name: string, content: Blob): Promise<Saving> {
  if (!hasPicker(window)) {
    saveFile(name, content);
    return { kind: 'downloading' };
  }
  try {
    const file = await window.showSaveFilePicker({
      suggestedName: name,
      types: [{ description: 'Countersign package', accept: { 'application/zip': ['.zip'] } }],
    });
    const writable = await file.createWritable();
    await writable.write(content);
    await writable.close();
    return { kind: 'saved' };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return { kind: 'dismissed' };
    return {
      kind: 'failed',
      message: `The file could not be written (${error instanceof Error ? error.message : String(error)}). Choose another place and save again.`,
    };
  }
}
