import { effect } from '@preact/signals';
import { createElement, render } from 'preact';
import { forgetPins } from '../../shared/ui/pins.ts';
import { access } from './access.ts';
import { LockScreen } from './LockScreen.tsx';
import { status } from './ledger.ts';
import { holdPlace, releasePlace } from './router.ts';

/**
 * While the page is locked, the app is not in the document at all: it is taken out whole, with what was typed into
 * it, and put back when somebody signs in. Nothing that it shows can be read, reached by the keyboard or found.
 */
export function coverWhenLocked(app: HTMLElement): void {
  const cover = document.createElement('div');
  let covered = false;
  let focused: Element | null = null;
  let scrolled = 0;
  // Heard before anything else on the page: a form behind the lock that listens for a scanner must not take a PIN.
  for (const name of ['keydown', 'keyup'] as const) {
    addEventListener(name, (event) => covered && event.stopImmediatePropagation(), true);
  }
  effect(() => {
    const locked = status.value.state === 'ready' && access.value.state === 'locked';
    if (locked === covered) return;
    covered = locked;
    if (locked) {
      focused = document.activeElement;
      scrolled = scrollY;
      holdPlace();
      forgetPins();
      app.replaceWith(cover);
      render(createElement(LockScreen, null), cover);
      return;
    }
    render(null, cover);
    cover.replaceWith(app);
    releasePlace();
    scrollTo(0, scrolled);
    if (focused instanceof HTMLElement && app.contains(focused)) focused.focus({ preventScroll: true });
    focused = null;
  });
}
