// What a page can do to a frame that stands over it. `attack(name)` begins one; `relent()` ends it and leaves the page
// as it was. Everything here runs in the page's own world, with nothing that a page does not have.
const undo = [];
const host = () =>
  [...document.querySelectorAll('[popover]')].find((one) => /^x-[0-9a-f]{16}$/.test(one.localName));

function rule(css) {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  undo.push(() => style.remove());
}
function put(tag, css) {
  const element = document.createElement(tag);
  element.style.cssText = css;
  document.body.append(element);
  undo.push(() => element.remove());
  return element;
}
function onAndOn(act, every = 10) {
  act();
  const timer = setInterval(act, every);
  undo.push(() => clearInterval(timer));
}
const over = 'position:fixed;inset:0;width:100%;height:100%;margin:0;padding:0;border:0;';
const lay = (css) => {
  const cover = put('div', css);
  cover.popover = 'manual';
  cover.showPopover();
  return cover;
};
/** Out of the top layer, where filters and shapes of the page's root take hold of it. */
const sunk = (css) => {
  onAndOn(() => host()?.matches(':popover-open') && host().hidePopover());
  rule(css);
};

const ATTACKS = {
  'covers all of it with what can hardly be seen': () =>
    lay(`${over}background:#fff;opacity:.02;pointer-events:none`),
  'covers the amounts and leaves the button': () =>
    lay(
      'position:fixed;inset:auto;left:900px;top:300px;width:200px;height:40px;margin:0;pointer-events:none',
    ),
  'keeps raising its own popover': () => {
    const cover = lay(`${over}background:#fff`);
    onAndOn(() => {
      cover.hidePopover();
      cover.showPopover();
    }, 30);
  },
  'fills the screen with something else': async () => {
    const other = put('div', 'background:#fff');
    undo.push(() => document.fullscreenElement && document.exitFullscreen());
    await other.requestFullscreen();
  },
  'shows a picture of the page as it was': () => {
    rule(
      '::view-transition{pointer-events:none} ::view-transition-group(root){animation-duration:300s} ::view-transition-old(root),::view-transition-new(root){animation:none}',
    );
    const transition = document.startViewTransition(() => {});
    undo.push(() => transition.skipTransition());
  },
  'shows a cover in between the looks': () => {
    const cover = lay(`${over}background:#fff;pointer-events:none`);
    const begun = performance.now();
    let covered = begun;
    globalThis.longestBare = 0;
    const draw = () => {
      if (!cover.isConnected) return;
      const now = performance.now();
      // A little longer than the browser's own turn of a tenth of a second, so that it falls into step again and again.
      const bare = (now - begun) % 101 < 50;
      cover.style.visibility = bare ? 'hidden' : 'visible';
      if (bare) globalThis.longestBare = Math.max(globalThis.longestBare, now - covered);
      else covered = now;
      requestAnimationFrame(draw);
    };
    draw();
    undo.push(() => delete globalThis.longestBare);
  },
  'fills the screen with the body': async () => {
    undo.push(() => document.fullscreenElement && document.exitFullscreen());
    await document.body.requestFullscreen();
  },
  'fades the root': () => rule('html{opacity:.4}'),
  'zooms the root': () => rule('html{zoom:.5}'),
  'does not draw the root': () => rule('html{display:none}'),
  'skips what is in the root': () => rule('html{content-visibility:hidden}'),
  'makes the root inert': () => {
    document.documentElement.inert = true;
    undo.push(() => document.documentElement.removeAttribute('inert'));
  },
  'blurs the root': () => sunk('html{filter:blur(4px)}'),
  'cuts the root off': () => sunk('html{clip-path:inset(0 40% 0 0)}'),
  'masks the root': () => sunk('html{mask:linear-gradient(#000 20%,transparent)}'),
  'blends the root': () => sunk('html{mix-blend-mode:difference;background:#fff}'),
  'scales and turns the root': () => sunk('html{scale:.6;rotate:180deg}'),
  'writes on the host without end': () => onAndOn(() => host()?.setAttribute('inert', '')),
  'puts the host elsewhere without end': () =>
    onAndOn(() => host()?.parentNode !== document.body && document.body.moveBefore(host(), null)),
  'takes out whatever it does not know': () =>
    onAndOn(() => {
      for (const one of [...document.querySelectorAll('iframe'), ...document.documentElement.children])
        if (!['head', 'body'].includes(one.localName)) one.remove();
    }, 50),
  'takes the keyboard without end': () => {
    const field = put('input', 'position:fixed;left:0;bottom:0');
    onAndOn(() => field.focus());
  },

  'traps the keyboard in a dialog of its own': () => {
    const dialog = put('div', 'position:fixed;left:0;bottom:0;background:#fff');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    const field = document.createElement('input');
    dialog.append(field);
    const trap = ({ target }) => dialog.contains(target) || field.focus();
    document.addEventListener('focusin', trap);
    undo.push(() => document.removeEventListener('focusin', trap));
    field.focus();
  },

  'takes out a dialog with the form in it': async () => {
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    dialog.showModal();
    while (!dialog.contains(host())) await new Promise(requestAnimationFrame);
    dialog.remove();
  },

  'writes the document anew': () => {
    document.open();
    document.write('<h1>Somebody else</h1>');
    document.close();
  },
  'takes the form into a frame of its own': () => {
    put('iframe', 'position:fixed').contentDocument.body.append(host());
  },
  'loads itself anew': () => location.reload(),

  // What it can try and what changes nothing.
  'sets the base of every address': () => {
    const base = document.createElement('base');
    base.href = 'http://elsewhere.invalid/';
    base.target = '_top';
    document.head.prepend(base);
    undo.push(() => base.remove());
  },
  'waits for Escape itself': () => {
    const watcher = new CloseWatcher();
    undo.push(() => watcher.destroy());
  },
  'moves a picture of the body': () => {
    rule('*::view-transition-group(*){animation-duration:300s!important}');
    const transition = document.body.startViewTransition?.(() => {});
    undo.push(() => transition?.skipTransition());
  },
  'floods the history': () => {
    const { href } = location;
    // The browser takes two hundred in ten seconds, and then none for a while.
    const addresses = Array.from({ length: 150 }, (_, at) => `${href}&at=${at}`);
    onAndOn(() => addresses.length > 0 && history.replaceState(null, '', addresses.pop()), 5);
    undo.push(() => history.replaceState(null, '', href));
  },
  'dresses the host': () => {
    rule(
      'html > *, html > *::before, html > *::after{opacity:.2!important;transform:scale(.3)!important;clip-path:inset(50%)!important;animation:none} *::after{content:"x";position:absolute;inset:0;background:#fff}',
    );
    host().style.cssText = 'display:none!important;opacity:.1!important;left:-500px!important';
    host().animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e6 });
  },
  'makes an element of its own of the host': () => {
    globalThis.taken = [];
    customElements.define(
      host().localName,
      class extends HTMLElement {
        static observedAttributes = ['style', 'popover'];
        constructor() {
          super();
          globalThis.taken.push(String(this.attachInternals().shadowRoot), String(this.shadowRoot));
        }
        attributeChangedCallback() {
          this.style.opacity = '0.1';
        }
      },
    );
    undo.push(() => delete globalThis.taken);
  },
  'hides the popover once': () => host().hidePopover(),
  'puts the host elsewhere once': () => document.body.moveBefore(host(), document.body.firstChild),
  'asks something in a modal dialog': () => {
    const dialog = put('dialog', '');
    dialog.textContent = 'Is that so?';
    dialog.showModal();
    undo.push(async () => {
      dialog.close();
      while (dialog.contains(host())) await new Promise(requestAnimationFrame);
    });
  },
  'presses and types by script': () => {
    const types = ['pointerdown', 'mousedown', 'click', 'keydown', 'keyup', 'submit', 'input'];
    for (const type of types)
      for (const init of [{ bubbles: true, composed: true, key: 'Enter' }]) {
        host().dispatchEvent(new KeyboardEvent(type, init));
        host().dispatchEvent(new MouseEvent(type, init));
      }
    host().click();
  },
  'sends every frame elsewhere': () => {
    for (let at = 0; at < window.length; at += 1) window[at].location.replace('about:blank');
    for (const frame of document.querySelectorAll('iframe')) frame.src = 'about:blank';
    window.open('about:blank', 'Countersign')?.close();
  },
  'says what the form might listen to': () => {
    const kinds = [
      'close',
      'reply',
      'welcome',
      'tamper',
      'enter',
      'call',
      'look',
      'countersign-bridge-hello',
    ];
    for (const kind of kinds)
      for (const target of [window, ...Array.from({ length: window.length }, (_, i) => window[i])])
        target.postMessage({ kind, tamper: 'none', nonce: 'a'.repeat(64) }, '*', [
          new MessageChannel().port1,
        ]);
    document.dispatchEvent(new CustomEvent('countersign'));
  },
};

globalThis.attack = (name) => ATTACKS[name]();
globalThis.relent = async () => {
  for (const step of undo.splice(0).reverse()) await step();
};
