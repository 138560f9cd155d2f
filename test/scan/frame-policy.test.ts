import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundSymbol, Verdict } from '../../shared/codes/sighting.ts';
import {
  FRESH,
  guideBox,
  type PolicyState,
  seeFrame,
  wholeFrameDue,
} from '../../workers/scan/frame-policy.ts';

const TODAY = '2026-11-21';
const GS = '\x1d';
const matrix = (text: string): FoundSymbol => ({ symbology: ']d2', text, linear: false });
const linear = (text: string): FoundSymbol => ({ symbology: ']E0', text, linear: true });

const A = matrix(`010036141456789417271231${'10ABC123'}${GS}21SER0001`);
const A_OTHER_SERIAL = matrix(`010036141456789417271231${'10ABC123'}${GS}21SER0002`);
const A_LINEAR = linear('0361414567894');
const B = matrix('010035939911410310LOT9');
const B_LINEAR = linear('0359399114103');
const LINK: FoundSymbol = { symbology: ']Q1', text: 'https://example.org', linear: false };

function watch(frames: readonly (readonly FoundSymbol[])[]): string[] {
  let state: PolicyState = FRESH;
  return frames.map((symbols) => {
    const seen = seeFrame(state, symbols, TODAY);
    state = seen.state;
    return shown(seen.verdict);
  });
}

function shown(verdict: Verdict): string {
  if (verdict.kind === 'read') return verdict.symbol.text;
  return verdict.kind === 'refused' ? verdict.code : verdict.kind;
}

describe('seeFrame', () => {
  it('believes a matrix code at once', () => {
    expect(watch([[], [A]])).toEqual(['nothing', A.text]);
  });

  it('believes a linear code when a second frame agrees', () => {
    expect(watch([[A_LINEAR], [], [A_LINEAR]])).toEqual(['hold-still', 'nothing', A_LINEAR.text]);
    expect(watch([[A_LINEAR], [B_LINEAR], [A_LINEAR]])).toEqual(['hold-still', 'hold-still', A_LINEAR.text]);
  });

  it('forgets a linear reading that was not repeated soon', () => {
    const gap = Array.from({ length: 8 }, () => []);
    expect(watch([[A_LINEAR], ...gap, [A_LINEAR]]).at(-1)).toBe('hold-still');
  });

  it('refuses two products, and two packages of one', () => {
    expect(watch([[A, B]])).toEqual(['two-products']);
    expect(watch([[A, A_OTHER_SERIAL]])).toEqual(['two-packages']);
    expect(watch([[A, B], [A]])).toEqual(['two-products', A.text]);
  });

  it('waits a frame when a linear reading contradicts a matrix code', () => {
    expect(watch([[A, B_LINEAR], [A]])).toEqual(['hold-still', A.text]);
    expect(
      watch([
        [A, B_LINEAR],
        [A, B_LINEAR],
      ]),
    ).toEqual(['hold-still', 'two-products']);
  });

  it('takes the richest of the symbols on one package', () => {
    expect(watch([[LINK, A_LINEAR, A]])).toEqual([A.text]);
    expect(watch([[LINK]])).toEqual([LINK.text]);
  });

  it('does not read a code again before it has left the view', () => {
    const gone = Array.from({ length: 8 }, () => []);
    expect(watch([[A], [A], [], [A]])).toEqual([A.text, 'nothing', 'nothing', 'nothing']);
    expect(watch([[A], ...gone, [A]]).at(-1)).toBe(A.text);
    expect(watch([[A], [B], [A]])).toEqual([A.text, B.text, A.text]);
  });

  it('passes on a damaged code with what is wrong with it', () => {
    const seen = seeFrame(FRESH, [matrix('17271331')], TODAY);
    expect(seen.verdict).toMatchObject({ kind: 'read', result: { kind: 'bad', code: 'illegal-month' } });
  });

  it('never reads while two products are surely in view, nor a linear code seen once', () => {
    const some = fc.subarray([A, A_LINEAR, B, B_LINEAR, LINK]);
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (frames) => {
        let state: PolicyState = FRESH;
        const before: FoundSymbol[] = [];
        for (const symbols of frames) {
          const { verdict, state: next } = seeFrame(state, symbols, TODAY);
          state = next;
          if (symbols.includes(A) && symbols.includes(B)) expect(shown(verdict)).toBe('two-products');
          if (verdict.kind === 'read') {
            expect(symbols).toContain(verdict.symbol);
            expect(!verdict.symbol.linear || before.includes(verdict.symbol)).toBe(true);
          }
          before.push(...symbols);
        }
      }),
    );
  });
});

describe('guideBox', () => {
  it('is 640x480 in the middle of 1280x720', () => {
    expect(guideBox(1280, 720)).toEqual({ x: 320, y: 120, width: 640, height: 480 });
  });

  it('lies within every frame', () => {
    const side = fc.integer({ min: 1, max: 8000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const box = guideBox(width, height);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        expect(Math.abs(2 * box.x + box.width - width)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives way to the whole frame now and then', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(wholeFrameDue)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});
