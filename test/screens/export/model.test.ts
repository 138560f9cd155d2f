import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_FORM,
  exportedBody,
  firstAtOrAfter,
  packageName,
  readExport,
} from '../../../pwa/screens/export/model.ts';

describe('what to export', () => {
  it('is the whole log unless a part is asked for', () => {
    expect(readExport(EMPTY_FORM, 812)).toEqual({ ok: true, part: 'seq', range: { from: 0, to: 812 } });
  });

  it('takes record numbers as they are shown, both included', () => {
    const form = { ...EMPTY_FORM, part: 'seq', fromSeq: '10', toSeq: '19' } as const;
    expect(readExport(form, 812)).toEqual({ ok: true, part: 'seq', range: { from: 10, to: 20 } });
    expect(readExport({ ...form, toSeq: '812' }, 812)).toMatchObject({ ok: false, field: 'toSeq' });
    expect(readExport({ ...form, fromSeq: 'x' }, 812)).toMatchObject({ ok: false, field: 'fromSeq' });
    expect(readExport({ ...form, fromSeq: '20' }, 812)).toMatchObject({ ok: false, field: 'toSeq' });
  });

  it('needs both days, in order', () => {
    const form = { ...EMPTY_FORM, part: 'dates', fromDate: '2026-01-01', toDate: '2026-03-31' } as const;
    expect(readExport(form, 9)).toMatchObject({ ok: true, part: 'dates' });
    expect(readExport({ ...form, toDate: '2025-12-31' }, 9)).toMatchObject({ ok: false, field: 'toDate' });
    expect(readExport({ ...form, fromDate: '' }, 9)).toMatchObject({ ok: false, field: 'fromDate' });
  });

  it('needs a reason to name patients', () => {
    expect(readExport({ ...EMPTY_FORM, disclosed: true }, 9)).toMatchObject({ ok: false, field: 'reason' });
    expect(readExport({ ...EMPTY_FORM, disclosed: true, reason: 'DEA inspection' }, 9).ok).toBe(true);
  });
});

it('finds the first record of a day by halves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 60 }), fc.nat(60), async (days, wanted) => {
      const times = days.sort((a, b) => a - b).map((d) => new Date(d * 86_400_000).toISOString());
      const time = new Date(wanted * 86_400_000).toISOString();
      let reads = 0;
      const found = await firstAtOrAfter(time, times.length, (seq) => {
        reads += 1;
        return Promise.resolve(times[seq] ?? '');
      });
      expect(found).toBe(times.filter((t) => t < time).length);
      expect(reads).toBeLessThanOrEqual(Math.ceil(Math.log2(times.length + 1)) + 1);
    }),
  );
});

it('gives the file a name that says what is in it', () => {
  const of = { made: '2026-11-21T18:00:00.000Z', range: { from: 0, to: 812 } };
  expect(packageName({ ...of, facility: "River's Edge Vet Clínic", disclosed: false, demo: false })).toBe(
    'countersign-river-s-edge-vet-cli-nic-2026-11-21-0-811.zip',
  );
  expect(packageName({ ...of, facility: '…', disclosed: true, demo: true })).toBe(
    'countersign-2026-11-21-0-811-demo-with-patients.zip',
  );
});

it('keeps the reason in the entry only when there is one', () => {
  const log = { from: 1, to: 3, size: 9, root: 'r' };
  const body = { ...log, disclosed: false };
  expect(exportedBody(log, { disclosed: false, reason: ' ' })).toEqual(body);
  expect(exportedBody(log, { disclosed: false, reason: ' inspection ' })).toEqual({
    ...{ ...body, reason: 'inspection' },
  });
});
