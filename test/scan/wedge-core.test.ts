import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FAST_MS,
  fallSilent,
  IDLE,
  pressKey,
  type WedgeAction,
  type WedgeKey,
} from '../../shared/ui/scan/wedge-core.ts';

const GS = '\x1d';

type Press = Partial<WedgeKey> & { readonly gap?: number };

function press(keys: readonly Press[]) {
  let state = IDLE;
  let at = 1000;
  const actions: WedgeAction[] = [];
  for (const { gap = 5, ...key } of keys) {
    at += gap;
    const whole = { key: '', code: '', ctrl: false, alt: false, repeat: false, up: false, at, ...key };
    const step = pressKey(state, whole);
    state = step.state;
    actions.push(step.action);
  }
  return { state, actions, last: actions.at(-1) };
}

const typing = (text: string, gap = 5): Press[] => [...text].map((key) => ({ key, gap }));
const ENTER: Press = { key: 'Enter' };
const scanned = (text: string, symbology = '') => ({ kind: 'scan', scan: { text, symbology } });

describe('a scanner', () => {
  it('is heard when its burst ends with Enter or Tab', () => {
    expect(press([...typing('361414567894'), ENTER]).last).toEqual(scanned('361414567894'));
    expect(press([...typing('SAFE-12'), { key: 'Tab' }]).last).toEqual(scanned('SAFE-12'));
    expect(press([...typing('SAFE-12'), { key: 'm', ctrl: true }]).last).toEqual(scanned('SAFE-12'));
  });

  it('has its first keys let through and the others swallowed', () => {
    const kinds = press([...typing('361414'), ENTER]).actions.map((a) => a.kind);
    expect(kinds).toEqual(['begin', 'pass', 'pass', 'pass', 'swallow', 'swallow', 'scan']);
  });

  it.each([
    ['the character', [{ key: GS }]],
    [
      'Ctrl+]',
      [
        { key: 'Control', ctrl: true },
        { key: ']', code: 'BracketRight', ctrl: true },
      ],
    ],
    ['Ctrl+] on another layout', [{ key: '+', code: 'BracketRight', ctrl: true }]],
    ['F8', [{ key: 'F8' }]],
    [
      'Alt+029',
      [
        { key: 'Alt', alt: true },
        { code: 'Numpad0', key: '0', alt: true },
        { code: 'Numpad2', key: '2', alt: true },
        { code: 'Numpad9', key: '9', alt: true },
        { key: 'Alt', up: true },
      ],
    ],
    ['{GS}', typing('{GS}')],
    ['<GS>', typing('<GS>')],
    ['^]', typing('^]')],
  ] as const)('may send a separator as %s', (_, separator) => {
    const keys = [...typing('10ABC123'), ...separator, ...typing('21SER0001'), ENTER];
    expect(press(keys).last).toEqual(scanned(`10ABC123${GS}21SER0001`));
  });

  it('may send every character as Alt and a number', () => {
    const keys = [...`10A${GS}21B`].flatMap((character): Press[] => [
      { key: 'Alt', alt: true },
      ...[...String(character.charCodeAt(0)).padStart(4, '0')].map((digit) => ({
        key: digit,
        code: `Numpad${digit}`,
        alt: true,
      })),
      { key: 'Alt', up: true },
    ]);
    expect(press([...keys, ENTER]).last).toEqual(scanned(`10A${GS}21B`));
  });

  it('may tell the symbology', () => {
    expect(press([...typing(']d20100361414567894'), ENTER]).last).toEqual(scanned('0100361414567894', ']d2'));
    // ] is AltGr+9 on many keyboards.
    const altGr = [{ key: ']', ctrl: true, alt: true }, ...typing('E0361414567894'), ENTER];
    expect(press(altGr).last).toEqual(scanned('361414567894', ']E0'));
  });

  it('may use Shift on the way', () => {
    const keys = [...typing('ab').flatMap((k) => [{ key: 'Shift' }, k]), ...typing('cd12'), ENTER];
    expect(press(keys).last).toEqual(scanned('abcd12'));
  });

  it('need not send Enter when what it typed cannot be a word', () => {
    expect(fallSilent(press(typing('361414567894')).state)).toEqual(scanned('361414567894'));
    expect(fallSilent(press(typing(']C1ABCDEFGH')).state)).toEqual(scanned('ABCDEFGH', ']C1'));
  });

  it('is heard whatever it sends at whatever scanner speed', () => {
    const text = fc.stringMatching(/^[0-9A-Za-z%&'()*+,./:;=?_-]{4,60}$/);
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: 0, max: FAST_MS }), { minLength: 60, maxLength: 60 }),
        (code, gaps) => {
          const keys = typing(code).map((key, i) => ({ ...key, gap: gaps[i] ?? 0 }));
          expect(press([...keys, ENTER]).last).toEqual(scanned(code));
        },
      ),
    );
  });
});

describe('a person', () => {
  it('is never taken for a scanner, and loses no key', () => {
    const text = fc.string({ minLength: 1, maxLength: 60 });
    const gaps = fc.array(fc.integer({ min: FAST_MS + 1, max: 400 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(text, gaps, (words, pauses) => {
        const keys = typing(words).map((key, i) => ({ ...key, gap: pauses[i] ?? 400 }));
        const { actions, state } = press([...keys, { ...ENTER, gap: 200 }]);
        expect(actions.filter((a) => a.kind === 'swallow' || a.kind === 'scan')).toEqual([]);
        expect(fallSilent(state)).toBeUndefined();
      }),
    );
  });

  it('may roll over two or three keys', () => {
    const keys = [...typing('the', 20), ...typing(' ca', 120), ...typing('t', 20), { ...ENTER, gap: 30 }];
    expect(press(keys).actions.map((a) => a.kind)).not.toContain('scan');
  });

  it('may hold a key down', () => {
    const keys = typing('aaaaaaaaaaaa', 30).map((key, i) => ({ ...key, repeat: i > 0 }));
    expect(press([...keys, ENTER]).actions.map((a) => a.kind)).not.toContain('swallow');
  });

  it('is given back what a text expander typed', () => {
    expect(fallSilent(press(typing('kind regards')).state)).toEqual({
      kind: 'give-back',
      text: 'kind regards',
    });
    expect(fallSilent(press(typing('abcd')).state)).toBeUndefined();
  });

  it('may use shortcuts', () => {
    for (const key of ['c', 'v', 'z', 'a']) {
      expect(press([{ key, ctrl: true }]).last).toEqual({ kind: 'pass' });
    }
  });
});
