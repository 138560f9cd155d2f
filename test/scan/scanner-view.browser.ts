import axe from 'axe-core';
import { h, render } from 'preact';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ScanResult } from '../../shared/codes/scan-result.ts';
import '../../shared/ui/tokens.css';
import '../../shared/ui/ui.css';
import { CameraError } from '../../shared/ui/scan/camera.ts';
import { type ScanAnswer, ScannerView, type ScannerViewProps } from '../../shared/ui/scan/ScannerView.tsx';
import { createScanClient } from '../../workers/scan/client.ts';
import { createFrameScanner } from '../../workers/scan/frame-scanner.ts';
import { type MadeUpCamera, madeUpCamera } from './made-up-camera.ts';
import { type Placed, VIAL_A, VIAL_B } from './symbols.ts';

const client = createScanClient();
afterAll(() => client.close());

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement('main');
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

const label = (text: string, x = 640, bcid = 'gs1datamatrix'): Placed => ({
  bcid,
  text,
  module: 6,
  x,
  y: 360,
});

interface Shown {
  readonly heard: (readonly [ScanResult, string])[];
  readonly status: () => string;
  readonly button: (name: string) => HTMLButtonElement;
  readonly field: () => HTMLInputElement;
}

function show(camera: MadeUpCamera, more: Partial<ScannerViewProps> = {}, answer?: ScanAnswer): Shown {
  const heard: [ScanResult, string][] = [];
  const onScan = (result: ScanResult, source: string): ScanAnswer => {
    heard.push([result, source]);
    return answer ?? (result.kind === 'bad' ? { taken: false, message: result.message } : { taken: true });
  };
  const scanner = createFrameScanner(client, () => '2026-11-21');
  const props = { openCamera: camera.open, scanner, today: () => '2026-11-21', onScan, ...more };
  render(h(ScannerView, props), root);
  const must = <T extends Element>(element: T | null | undefined): T => {
    if (!element) throw new Error(`not there in: ${root.textContent}`);
    return element;
  };
  return {
    heard,
    status: () => must(root.querySelector('[role=status]')).textContent ?? '',
    button: (name) => must([...root.querySelectorAll('button')].find((b) => b.textContent === name)),
    field: () => must(root.querySelector('form input')),
  };
}

async function type(view: Shown, text: string): Promise<void> {
  view.field().value = text;
  view.field().dispatchEvent(new InputEvent('input', { bubbles: true }));
  view.button('Use this code').click();
  await vi.waitFor(() => expect(view.heard.length).toBeGreaterThan(0));
}

describe('ScannerView with the camera', () => {
  it('reads a vial, says what it read, and frees the camera', async () => {
    const camera = madeUpCamera();
    const view = show(camera);
    view.button('Start camera').click();
    await vi.waitFor(() => expect(view.status()).toMatch(/Hold the code/));
    expect(view.heard).toEqual([]);
    camera.show([label(VIAL_A)]);
    await vi.waitFor(() => expect(view.heard).toHaveLength(1), 10_000);
    expect(view.heard[0]).toMatchObject([{ kind: 'gs1', gtin: '00361414567894', lot: 'ABC123' }, 'camera']);
    await vi.waitFor(() => expect(camera.openNow()).toBe(0));
    expect(view.status()).toBe(
      'Read: product 00361414567894, lot ABC123, serial SER0001, expires 2027-12-31.',
    );
    view.button('Start camera');
  });

  it('reads a UPC only when two frames agree', async () => {
    const camera = madeUpCamera();
    camera.show([{ ...label('361414567894', 640, 'upca'), module: 4 }]);
    const view = show(camera, { autoStart: true });
    await vi.waitFor(() => expect(view.heard).toHaveLength(1), 10_000);
    expect(view.heard[0]).toMatchObject([{ kind: 'gtin', gtin: '00361414567894' }, 'camera']);
  });

  it('refuses two products in view, and reads on when one is gone', async () => {
    const camera = madeUpCamera();
    camera.show([label(VIAL_A, 560), label(VIAL_B, 860)]);
    const view = show(camera, { autoStart: true });
    await vi.waitFor(
      () => expect(view.status()).toMatch(/Two different products are in view\. Cover/),
      10_000,
    );
    expect(view.heard).toEqual([]);
    camera.show([label(VIAL_B)]);
    await vi.waitFor(
      () => expect(view.heard).toMatchObject([[{ gtin: '00359399114103' }, 'camera']]),
      10_000,
    );
  });

  it('stays on in a count, and does not read the same vial twice', async () => {
    const camera = madeUpCamera();
    camera.show([label(VIAL_A)]);
    const view = show(camera, { autoStart: true, continuous: true });
    await vi.waitFor(() => expect(view.heard).toHaveLength(1), 10_000);
    camera.show([label(VIAL_B)]);
    await vi.waitFor(() => expect(view.heard).toHaveLength(2), 10_000);
    expect(camera.openNow()).toBe(1);
    view.button('Stop camera').click();
    await vi.waitFor(() => expect(camera.openNow()).toBe(0));
  });

  it('says what is wrong with a code and puts it where it can be corrected', async () => {
    const camera = madeUpCamera();
    camera.show([label(`${'(01)00361414567894'}(10)ABC12317271231(21)SER0001`)]);
    const view = show(camera, { autoStart: true });
    await vi.waitFor(() => expect(view.status()).toMatch(/run together with the expiry date/), 10_000);
    expect(view.field().value).toBe(']d2010036141456789410ABC12317271231\u241d21SER0001');
    expect(camera.openNow()).toBe(1);
  });

  it('shows the light only where there is one', async () => {
    const camera = madeUpCamera({ torch: true });
    const view = show(camera);
    expect(root.textContent).not.toContain('Light');
    view.button('Start camera').click();
    await vi.waitFor(() => view.button('Light on'));
    view.button('Light on').click();
    await vi.waitFor(() => view.button('Light off'));
    expect(camera.light).toEqual([true]);
  });

  it('says why there is no picture, and goes on without', async () => {
    const view = show(madeUpCamera({ refuse: new CameraError('not-allowed') }), { autoStart: true });
    await vi.waitFor(() => expect(view.status()).toMatch(/not allowed for this page.*or type the code/));
    await type(view, '361414567894');
    expect(view.heard).toMatchObject([[{ kind: 'gtin' }, 'typed']]);
  });

  it('says so when the camera is unplugged', async () => {
    const camera = madeUpCamera();
    const view = show(camera, { autoStart: true });
    await vi.waitFor(() => expect(view.status()).toMatch(/Hold the code/));
    camera.unplug();
    await vi.waitFor(() => expect(view.status()).toMatch(/unplugged/));
    expect(camera.openNow()).toBe(0);
  });

  it('frees the camera when the screen is left', async () => {
    const camera = madeUpCamera();
    const view = show(camera, { autoStart: true });
    await vi.waitFor(() => expect(view.status()).toMatch(/Hold the code/));
    render(null, root);
    await vi.waitFor(() => expect(camera.openNow()).toBe(0));
  });
});

/** Where a refusal stands: once, or a screen reader says it twice. */
const refusals = () =>
  [...root.querySelectorAll('.scan-danger, .error')]
    .map((one) => one.textContent)
    .filter((text) => text !== '');

describe('ScannerView without the camera', () => {
  it('keeps what was typed when it is refused, with the reason', async () => {
    const view = show(madeUpCamera());
    await type(view, '361414567895');
    expect(view.field().value).toBe('361414567895');
    await vi.waitFor(() => expect(view.field().getAttribute('aria-invalid')).toBe('true'));
    expect(refusals()).toHaveLength(1);
    expect(refusals()[0]).toMatch(/check digit .* would have to be 4/);
  });

  it('keeps what was typed when the screen refuses it', async () => {
    const view = show(madeUpCamera(), {}, { taken: false, message: 'That vial is closed. Pick another.' });
    await type(view, 'SAFE-12');
    await vi.waitFor(() => expect(refusals()).toEqual(['That vial is closed. Pick another.']));
    expect(view.field().value).toBe('SAFE-12');
    // At the field and announced; the status line goes back to what to do next.
    expect(view.status()).toMatch(/^Scan with the camera/);
    expect(root.querySelector('[role="alert"]')?.textContent).toBe('That vial is closed. Pick another.');
  });

  it('hears a USB scanner, whose text does not stay in the field that has the focus', async () => {
    const inputs: string[] = [];
    const view = show(madeUpCamera());
    const field = view.field();
    field.focus();
    field.value = 'my own';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.addEventListener('input', () => inputs.push(field.value));
    for (const key of [...'0100361414567894', 'F8', ...'10AB', 'Enter']) {
      const down = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      // A made-up event types nothing, so the browser's part is played here.
      if (field.dispatchEvent(down) && key.length === 1) field.value += key;
    }
    expect(view.heard).toMatchObject([[{ kind: 'gs1', gtin: '00361414567894', lot: 'AB' }, 'scanner']]);
    expect(field.value).toBe('my own');
    expect(inputs).toEqual(['my own']);
  });

  it('hears real keys, whose Enter sends no form', async () => {
    let ms = 0;
    const at = () => {
      ms += 5;
      return ms;
    };
    const view = show(madeUpCamera(), { wedgeClock: { at, later: () => () => {} } });
    view.field().focus();
    await userEvent.keyboard('0100361414567894{F8}10AB{Enter}');
    expect(view.heard).toMatchObject([[{ gtin: '00361414567894', lot: 'AB' }, 'scanner']]);
    expect(view.field().value).toBe('');
  });

  it('loses no key of a code to a page that was busy after the first one', async () => {
    let ms = 0;
    let run = () => {};
    const at = () => {
      ms += 5;
      return ms;
    };
    const later = (job: () => void) => {
      run = job;
      return () => {
        run = () => {};
      };
    };
    const view = show(madeUpCamera(), { wedgeClock: { at, later } });
    view.field().focus();
    await userEvent.keyboard('0');
    // The page hears the next key so late that it has taken the silence for the end; the keys' own times say otherwise.
    run();
    await userEvent.keyboard('100361414567894{F8}10AB{Enter}');
    expect(view.heard).toMatchObject([[{ gtin: '00361414567894', lot: 'AB' }, 'scanner']]);
    expect(view.field().value).toBe('');
  });

  it('hears no PIN, however fast it is typed', async () => {
    const view = show(madeUpCamera(), { wedgeClock: { at: () => 0, later: () => () => {} } });
    const pin = document.createElement('input');
    pin.type = 'password';
    root.append(pin);
    pin.focus();
    await userEvent.keyboard('24681012{Enter}');
    expect(pin.value).toBe('24681012');
    expect(view.heard).toEqual([]);
    expect(root.textContent).not.toContain('2468');
  });

  it('leaves real keys of a person in the field, whose Enter sends the form', async () => {
    let ms = 0;
    const at = () => {
      ms += 90;
      return ms;
    };
    const view = show(madeUpCamera(), { wedgeClock: { at, later: () => () => {} } });
    view.field().focus();
    await userEvent.keyboard('361414567894');
    expect(view.field().value).toBe('361414567894');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(view.heard).toMatchObject([[{ kind: 'gtin' }, 'typed']]));
  });

  it('does not trust letters that came with Caps Lock on', async () => {
    const view = show(madeUpCamera());
    for (const key of [...'safe-12', 'Enter']) {
      const init = { key, bubbles: true, cancelable: true, modifierCapsLock: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', init));
    }
    await vi.waitFor(() => expect(view.status()).toMatch(/Caps Lock is on.*scan again/));
    expect(view.heard).toEqual([]);
  });

  it('has nothing that axe objects to', async () => {
    const camera = madeUpCamera({ torch: true });
    const view = show(camera, { autoStart: true });
    await vi.waitFor(() => view.button('Light on'));
    const found = await axe.run(root);
    expect(found.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([]);
  });

  it('gives a text expander its words back before the next key of a person', async () => {
    let ms = 0;
    const at = () => ms;
    const view = show(madeUpCamera(), { wedgeClock: { at, later: () => () => {} } });
    const field = view.field();
    field.focus();
    await userEvent.keyboard('kind regards');
    expect(field.value).toBe('kind');
    ms = 150;
    await userEvent.keyboard('!');
    expect(field.value).toBe('kind regards!');
  });

  it('gives a text expander its words back', async () => {
    let run = () => {};
    const later = (job: () => void) => {
      run = job;
      return () => {
        run = () => {};
      };
    };
    const view = show(madeUpCamera(), { wedgeClock: { at: () => 0, later } });
    const field = view.field();
    field.focus();
    for (const key of 'kind regards') {
      const down = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      if (field.dispatchEvent(down)) field.value += key;
    }
    expect(field.value).toBe('kind');
    run();
    expect(field.value).toBe('kind regards');
    expect(view.heard).toEqual([]);
  });
});
