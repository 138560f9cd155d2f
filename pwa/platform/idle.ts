/** What counts as somebody being there. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Watches whether somebody is at this page. `onIdle` is called once, `idleMs` after the last sign of them here or the
 * last `wake`; a computer that slept through that time says so when it wakes. `onActive` is called with the first sign
 * and then at most ten times in that time. `stop` ends the watch.
 */
export function watchIdle(
  idleMs: number,
  on: { idle: () => void; active: () => void },
): { wake: () => void; stop: () => void } {
  let last = Date.now();
  let told = 0;
  let timer = setTimeout(look, idleMs);

  function look(): void {
    const left = last + idleMs - Date.now();
    if (left > 0) {
      timer = setTimeout(look, left);
      return;
    }
    stop();
    on.idle();
  }
  function wake(): void {
    last = Date.now();
  }
  function sign(): void {
    // After a sleep the first touch comes before the timer: the time was over all the same.
    if (Date.now() - last >= idleMs) return look();
    wake();
    if (last - told < idleMs / 10) return;
    told = last;
    on.active();
  }
  function stop(): void {
    clearTimeout(timer);
    for (const name of SIGNS) removeEventListener(name, sign, true);
    document.removeEventListener('visibilitychange', seen);
  }
  function seen(): void {
    if (document.visibilityState === 'visible' && Date.now() - last >= idleMs) look();
  }

  for (const name of SIGNS) addEventListener(name, sign, { capture: true, passive: true });
  document.addEventListener('visibilitychange', seen);
  return { wake, stop };
}
