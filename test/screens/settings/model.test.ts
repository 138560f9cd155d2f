import { describe, expect, it } from 'vitest';
import { bytesInWords, deviceNameOf, readExtensionId, readOut } from '../../../pwa/screens/settings/model.ts';

describe('an extension id', () => {
  const id = 'abcdefghijklmnopabcdefghijklmnop';

  it('is read alone or out of an address', () => {
    expect(readExtensionId(` ${id.toUpperCase()} `, [])).toEqual({ ok: true, id });
    expect(readExtensionId(`chrome-extension://${id}/options.html`, [])).toEqual({ ok: true, id });
  });

  it('is refused with a sentence when it cannot be one or is there already', () => {
    for (const typed of ['', 'zzz', `${id}a`, `https://${id}/`, id.replace('a', 'q')]) {
      expect(readExtensionId(typed, [])).toMatchObject({ ok: false });
    }
    expect(readExtensionId(id, [id])).toMatchObject({ ok: false });
  });
});

it('writes hashes and sizes for people', () => {
  expect(readOut(`0123456789abcdef${'0'.repeat(48)}`)).toBe('0123 4567 89ab cdef');
  expect(bytesInWords(0)).toBe('0 bytes');
  expect(bytesInWords(3_412_000)).toBe('3.4 MB');
  expect(bytesInWords(240_000_000_000)).toBe('240 GB');
});

it('takes the name of the device only where it is one', () => {
  expect(deviceNameOf({ device: { name: 'Treatment room' } })).toBe('Treatment room');
  expect(deviceNameOf({ device: 'x' })).toBeUndefined();
  expect(deviceNameOf({})).toBeUndefined();
});
