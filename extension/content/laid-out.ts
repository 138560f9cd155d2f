/** A page that is not drawn, since nobody sees it or since it is held up, is looked at after so many milliseconds. */
const PATIENCE = 800;

/**
 * Acts once, as soon as the browser has laid the page out. At any other time, measuring or showing something makes it do
 * that there and then, which takes long on a large page that keeps changing. Gives what calls it off.
 */
export function whenLaidOut(act: () => void): () => void {
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const now = () => {
    stop();
    act();
  };
  // The browser's own answer about sizes comes between layout and painting, and the first one without any change.
  const observer = new ResizeObserver(now);
  observer.observe(document.documentElement);
  const timer = setTimeout(now, PATIENCE);
  return stop;
}
