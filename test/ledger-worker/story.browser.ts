import { afterEach, expect, test } from 'vitest';
import { act, draft, freshService, signed, stock, value } from './helpers.ts';

const made: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of made.splice(0)) await one.remove();
});
async function service() {
  const one = await freshService();
  made.push(one);
  return one;
}

test('from an empty store to a resolved discrepancy', async () => {
  const { service: ledger } = await service();
  expect(await ledger.open(null)).toEqual({ state: 'empty' });
  const { registrant, technician, container } = await stock(ledger);
  expect(await ledger.status()).toMatchObject({
    state: 'ready',
    demo: false,
    facility: 'Test Animal Hospital',
  });

  const patient = value(await ledger.keepPatient({ name: 'Biscuit', owner: 'A. Nobody' }));
  const drawn = await act(
    ledger,
    'draw',
    { container, drawn: '0.65', given: '0.5', leftover: '0.15', unit: 'mL', patient },
    [technician],
  );
  expect((await ledger.today()).work.map((item) => item.kind)).toContain('leftover');
  await act(
    ledger,
    'waste',
    { container, quantity: '0.15', unit: 'mL', draw: drawn.entryId, reason: 'not needed' },
    [technician, { ...registrant, as: 'witness' }],
  );
  const [vial] = await ledger.containers({});
  expect(vial).toMatchObject({ balance: '9.35', leftovers: [] });

  const sheet = await ledger.countSheet();
  expect(Object.keys(sheet[0] ?? {}).sort()).toEqual(
    ['expires', 'form', 'id', 'lot', 'number', 'product', 'schedule', 'strength', 'unit'].sort(),
  );
  const session = await ledger.newId();
  const counted = await act(
    ledger,
    'count',
    { session, kind: 'spot', lines: [{ container, counted: '9.2', unit: 'mL', method: 'measured' }] },
    [technician],
  );
  const result = await ledger.countResult(counted.entryId);
  expect(result?.lines).toMatchObject([
    { expected: '9.35', counted: '9.2', difference: '-0.15', agrees: false },
  ]);

  const discrepancy = await ledger.newId();
  await act(
    ledger,
    'discrepancy.opened',
    {
      ...{ discrepancy, container, count: counted.entryId, expected: '9.35', counted: '9.2' },
      ...{ difference: '-0.15', unit: 'mL' },
    },
    [technician],
  );
  await act(ledger, 'discrepancy.noted', { discrepancy, note: 'Looked for it.' }, [technician]);
  // The policy wants the registrant told, and a signature is how it is seen that they know.
  const untold = async () => (await ledger.discrepancies())[0]?.untold;
  const { name } = (await ledger.staff()).find(({ id }) => id === registrant.by) ?? {};
  expect(await untold()).toEqual([{ role: 'registrant', names: [name] }]);
  await act(ledger, 'discrepancy.noted', { discrepancy, note: 'I know.' }, [registrant]);
  expect(await untold()).toEqual([]);
  await act(
    ledger,
    'discrepancy.resolved',
    { discrepancy, container, cause: 'spill', note: 'Spilled.', adjustment: '-0.15', unit: 'mL' },
    [registrant, { ...technician, as: 'witness' }],
  );
  const [view] = await ledger.discrepancies();
  expect(view).toMatchObject({
    notes: [{ note: 'Looked for it.' }, { note: 'I know.' }],
    resolved: { cause: 'spill' },
  });
  const life = await ledger.life(container);
  expect(life?.container.balance).toBe('9.2');
  expect(life?.events.map((e) => e.balance)).toEqual(['10', '9.35', '9.35', '9.35', '9.35', '9.2']);
  expect(life?.events[1]?.summary).toBe('Drew 0.65 mL Ketamine K-01, gave 0.5 mL, 0.15 mL left over');

  const detail = await ledger.record(drawn.entryId);
  expect(detail?.signatures.every((s) => s.valid)).toBe(true);
  expect(detail?.referrers).toMatchObject([{ type: 'waste' }]);
  const seen = value(await ledger.revealPatients([patient.ref], technician.session));
  expect(seen[patient.ref]).toEqual({ name: 'Biscuit', owner: 'A. Nobody' });
});

test('the same entry twice is the same receipt, another one under its id is refused', async () => {
  const { service: ledger } = await service();
  const { technician, container } = await stock(ledger);
  const entry = await draft(ledger, technician.by, 'container.opened', { container });
  const signatures = await signed(ledger, entry, [technician]);
  const first = value(await ledger.append({ entry, signatures }));
  expect(value(await ledger.append({ entry, signatures }))).toEqual(first);
  const other = { ...entry, at: new Date(Date.now() - 1000).toISOString() };
  const refused = await ledger.append({
    entry: other,
    signatures: await signed(ledger, other, [technician]),
  });
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'duplicate-id' } });
});

test('a signature over another entry, and a head that the log does not hold, are refused', async () => {
  const { service: ledger } = await service();
  const { technician, container } = await stock(ledger);
  const entry = await draft(ledger, technician.by, 'container.opened', { container });
  const other = { ...entry, id: await ledger.newId() };
  const outcome = await ledger.append({
    entry: other,
    signatures: await signed(ledger, entry, [technician]),
  });
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'signature' } });
  const stale = { ...entry, after: 'f'.repeat(64) };
  const late = await ledger.append({ entry: stale, signatures: await signed(ledger, stale, [technician]) });
  expect(late).toMatchObject({ ok: false, refusal: { code: 'stale' } });
});
