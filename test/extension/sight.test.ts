import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { STEADY, sightOf } from '../../extension/overlay/guard.ts';
import type { Tamper } from '../../shared/protocol/overlay.ts';

/** A frame that the browser looks at, and a clock that is turned by hand. */
function frame() {
  const seen = signal<boolean | null>(null);
  const tamper = signal<Tamper>('none');
  let looked = 0;
  let due: { at: number; act: () => void }[] = [];
  let time = 0;
  const wait = (act: () => void, milliseconds: number) => {
    const one = { at: time + milliseconds, act };
    due.push(one);
    return () => {
      due = due.filter((other) => other !== one);
    };
  };
  const sight = sightOf({ seen, looks: () => looked }, tamper, wait);
  const look = (plain: boolean, times = 1) => {
    looked += times;
    seen.value = plain;
  };
  const pass = (milliseconds: number) => {
    time += milliseconds;
    for (const { at, act } of due.filter((one) => one.at <= time)) {
      due = due.filter((one) => one.at > time || one.at !== at);
      act();
    }
  };
  return { sight, tamper, look, pass };
}

describe('plain sight', () => {
  it('takes a while and many looks, not one or the other', () => {
    const { sight, look, pass } = frame();
    look(true);
    pass(STEADY);
    expect(sight.value).toBe('settling');
    look(true, 8);
    pass(STEADY);
    expect(sight.value).toBe('none');
    const quick = frame();
    quick.look(true, 20);
    expect(quick.sight.value).toBe('settling');
  });

  it('begins anew after a cover, and ends at once with one', () => {
    const { sight, tamper, look, pass } = frame();
    look(true);
    look(true, 8);
    pass(STEADY);
    expect(sight.value).toBe('none');
    look(false);
    expect(sight.value).toBe('unseen');
    look(true);
    pass(STEADY);
    expect(sight.value).toBe('unseen');
    look(true, 8);
    pass(STEADY);
    expect(sight.value).toBe('none');
    tamper.value = 'covered';
    expect(sight.value).toBe('covered');
  });
});
