import { describe, expect, it } from 'vitest';
import {
  checkPerson,
  checkPin,
  checkReason,
  dutiesOf,
  inOrder,
  stateOf,
  whoMayAdminister,
  whyNotDisable,
} from '../../../pwa/screens/people/model.ts';
import { STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import type { StaffView } from '../../../shared/protocol/ledger.ts';

const person = (id: string, change: Partial<StaffView> = {}): StaffView => ({
  ...{ id, name: `Person ${id}`, role: 'technician', disabled: false, hasKey: true },
  ...change,
});
const registrant = person('r', { name: 'Dr. Ada Reyes', role: 'registrant' });

describe('a new person', () => {
  const good = { name: 'Sam Ito', role: 'technician', licence: '' } as const;

  it('needs a name that is not taken and a role', () => {
    expect(checkPerson(good, [registrant])).toEqual({});
    expect(checkPerson({ ...good, name: ' ' }, []).name).toBeDefined();
    expect(checkPerson({ ...good, name: 'dr. ada reyes' }, [registrant]).name).toContain('already');
    expect(checkPerson({ ...good, role: '' }, []).role).toBeDefined();
    expect(checkPerson({ ...good, licence: 'x'.repeat(31) }, []).licence).toBeDefined();
  });

  it('may have the name of somebody who has left', () => {
    expect(checkPerson(good, [person('x', { name: 'Sam Ito', disabled: true })])).toEqual({});
  });

  it('types the PIN twice', () => {
    expect(checkPin({ pin: '', again: '' }).pin).toBeDefined();
    expect(checkPin({ pin: '482913', again: '482914' }).again).toContain('not the same');
    expect(checkPin({ pin: '482913', again: '482913' })).toEqual({});
  });
});

describe('who may do what', () => {
  it('offers only those who may sign for it on this device', () => {
    const staff = [registrant, person('t'), person('c', { role: 'compliance-officer', hasKey: false })];
    expect(whoMayAdminister(staff, STRICT_POLICY).map((s) => s.id)).toEqual(['r']);
  });

  it('does not lock the clinic out of its own ledger', () => {
    expect(whyNotDisable(registrant, [registrant, person('t')], STRICT_POLICY)).toContain('only one');
    expect(whyNotDisable(person('t'), [registrant, person('t')], STRICT_POLICY)).toBeUndefined();
    const officer = person('c', { role: 'compliance-officer' });
    expect(whyNotDisable(registrant, [registrant, officer], STRICT_POLICY)).toBeUndefined();
  });

  it('says the duties of a role in words', () => {
    expect(dutiesOf('witness', STRICT_POLICY)).toBe('witnesses');
    expect(dutiesOf('auditor', STRICT_POLICY)).toBe('reads and verifies');
    expect(dutiesOf('technician', STRICT_POLICY)).toBe('draws, gives, wastes and counts; witnesses');
  });

  it('needs a reason to disable', () => {
    expect(checkReason('  ').ok).toBe(false);
    expect(checkReason(' left the practice ')).toEqual({ ok: true, reason: 'left the practice' });
  });
});

it('knows how a person stands now', () => {
  const now = '2026-11-21T18:00:00.000Z';
  const until = '2026-11-21T18:05:00.000Z';
  expect(stateOf(person('a', { lockedUntil: until }), now)).toEqual({ state: 'locked', until });
  expect(stateOf(person('a', { lockedUntil: now }), until).state).toBe('working');
  expect(stateOf(person('a', { hasKey: false }), now).state).toBe('no-key');
  expect(stateOf(person('a', { disabled: true }), now).state).toBe('disabled');
});

it('lists those who work here first', () => {
  const staff = [
    person('b', { name: 'B', disabled: true }),
    person('c', { name: 'C' }),
    person('a', { name: 'A' }),
  ];
  expect(inOrder(staff).map((s) => s.name)).toEqual(['A', 'C', 'B']);
});
