import { describe, expect, it } from 'vitest';
import {
  bytesInWords,
  deviceNameOf,
  policyRows,
  readExtensionId,
  readOut,
} from '../../../pwa/screens/settings/model.ts';
import { FEDERAL_MINIMUM_POLICY, STRICT_POLICY } from '../../../shared/domain/policy.ts';

describe('the policy in words', () => {
  it('says who witnesses what, and by when', () => {
    const rows = policyRows(STRICT_POLICY);
    expect(rows.find((r) => r.rule.startsWith('Wasting'))?.says).toContain('24 hours');
    expect(rows.find((r) => r.rule.startsWith('Resolving'))?.says).toContain('in the same record');
  });

  it('says that no witness is due, and where that is written', () => {
    const waste = policyRows(FEDERAL_MINIMUM_POLICY).find((r) => r.rule === 'Wasting');
    expect(waste?.says).toBe('needs no witness');
    expect(waste?.citation).toContain('21 CFR 1304.21(e)');
  });

  it('writes days, seconds and minutes as people do', () => {
    const of = (rule: string) => policyRows(STRICT_POLICY).find((r) => r.rule === rule)?.says;
    expect(of('Everything is counted')).toBe('every 30 days');
    expect(of('A PIN is asked for again')).toBe('after 2 minutes without an act');
  });
});

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
