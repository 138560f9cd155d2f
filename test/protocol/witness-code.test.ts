import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  printWitnessCode,
  readWitnessCode,
  type WitnessRequest,
} from '../../shared/protocol/witness-code.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const request = (note: string): WitnessRequest => ({
  ...{ t: 'request', ledger: id(1), by: id(2), key: 'A'.repeat(22) },
  entry: {
    ...{ id: id(3), type: 'waste', at: '2026-11-21T18:03:11.482Z', after: 'a'.repeat(64), by: id(4) },
    body: { container: id(5), quantity: '0.5', unit: 'mL', reason: 'left in the syringe', note },
  },
  names: { performer: 'Ana Ruiz', drug: 'Ketamine 100 mg/mL', container: 'K-001' },
});

test('a request comes back as it was printed, or is refused where no camera could read it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]( ?[!-~é漢]){0,200}$/), (note) => {
      const printed = printWitnessCode(request(note));
      if (printed.ok) expect(readWitnessCode(printed.text)).toEqual(request(note));
      else expect(JSON.stringify(request(note)).length).toBeGreaterThan(600);
    }),
  );
  expect(printWitnessCode(request('x'.repeat(500))).ok).toBe(true);
  expect(printWitnessCode(request('漢'.repeat(400)))).toEqual({ ok: false, code: 'too-long' });
});

test('whatever else a camera sees is no request: other text, other members, an entry that is none', () => {
  const printed = printWitnessCode(request('seen'));
  const text = printed.ok ? printed.text : '';
  expect(readWitnessCode(text.slice(5))).toBeNull();
  expect(readWitnessCode(text.replace('"t":"request"', '"t":"request","x":1'))).toBeNull();
  expect(readWitnessCode(text.replace('"quantity":"0.5"', '"quantity":"half"'))).toBeNull();
  expect(readWitnessCode(text.replace('Ana Ruiz', 'Ana \\u202e Ruiz'))).toBeNull();
  fc.assert(
    fc.property(fc.string(), fc.nat(), (junk, at) => {
      readWitnessCode(junk);
      readWitnessCode(text.slice(0, at % text.length) + junk + text.slice(at % text.length));
    }),
  );
});
