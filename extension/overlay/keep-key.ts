/**
 * Alt+Shift+D in the form does what the browser's shortcut of the same keys does, for browsers that have not given it to
 * the extension. Gives back what ends it.
 */
export function onKeepDraft(keep: () => void): () => void {
  const stop = new AbortController();
  document.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted || event.repeat || !event.altKey || !event.shiftKey || event.code !== 'KeyD')
        return;
      event.preventDefault();
      keep();
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}
