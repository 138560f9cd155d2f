import { describe, expect, it } from 'vitest';
import {
  checkPerson,
  checkPin,
  checkReason,
  dueWords,
  dutiesOf,
  endAfter,
  inOrder,
  NOBODY,
  rolesToAsk,
  stateOf,
  whoMay,
  whoMayAdminister,
  whyNotDisable,
} from '../../../pwa/screens/people/model.ts';
import {
  changesOf,
  checkParticulars,
  deaRemark,
  idleChoices,
  keptOf,
  NO_PARTICULARS,
  particularsOf,
} from '../../../pwa/screens/people/particulars.ts';
import { STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';

const person = (id: string, change: Partial<StaffView> = {}): StaffView => ({
  ...{ id, name: `Person ${id}`, role: 'technician', disabled: false, hasKey: true },
  ...change,
});
const registrant = person('r', { name: 'Dr. Ada Reyes', role: 'registrant' });

const TODAY = '2026-11-21';
const viewOf = (change: Partial<PersonView> = {}): PersonView => ({
  ...{ id: 'p', name: 'Sam Ito', role: 'technician', disabled: false, hasKey: true },
  ...{ elevations: [], factors: [], due: [] },
  ...change,
});

describe('a new person', () => {
  const good = { ...NOBODY, name: 'Sam Ito', role: 'technician' as const };

  it('needs a name that is not taken and a role', () => {
    expect(checkPerson(good, [registrant], TODAY)).toEqual({});
    expect(checkPerson({ ...good, name: ' ' }, [], TODAY).name).toBeDefined();
    expect(checkPerson({ ...good, name: 'dr. ada reyes' }, [registrant], TODAY).name).toContain('already');
    expect(checkPerson({ ...good, role: '' }, [], TODAY).role).toBeDefined();
    expect(checkPerson({ ...good, licence: 'x'.repeat(31) }, [], TODAY).licence).toBeDefined();
  });

  it('may have the name of somebody who has left', () => {
    const gone = person('x', { name: 'Sam Ito', disabled: true });
    expect(checkPerson(good, [gone], TODAY)).toEqual({});
  });

  it('types the PIN twice', () => {
    expect(checkPin({ pin: '', again: '' }).pin).toBeDefined();
    expect(checkPin({ pin: '482913', again: '482914' }).again).toContain('not the same');
    expect(checkPin({ pin: '482913', again: '482913' })).toEqual({});
  });
});

describe('what is kept of a person', () => {
  const typed = { ...NO_PARTICULARS, licence: ' CVT 7 ', screened: '2026-01-02', idleSeconds: '30' };

  it('takes a DEA number only where the role has one, and only a right one', () => {
    const dea = { ...typed, deaNumber: 'ar 1234563' };
    expect(keptOf(dea, 'technician')).toEqual({ licence: 'CVT 7', screened: '2026-01-02', idleSeconds: 30 });
    expect(keptOf(dea, 'veterinarian').deaNumber).toBe('AR1234563');
    expect(checkParticulars(dea, 'veterinarian', TODAY)).toEqual({});
    const wrong = { ...typed, deaNumber: 'AR1234564' };
    expect(checkParticulars(wrong, 'veterinarian', TODAY).deaNumber).toContain('check digit');
    expect(checkParticulars(wrong, 'technician', TODAY)).toEqual({});
    expect(deaRemark('AR1234563', 'Dr. Ada Reyes')).toBeNull();
    expect(deaRemark('AR1234563', 'Sam Ito')).toContain('second letter');
  });

  it('takes no day that is still to come, and none that is none', () => {
    expect(checkParticulars({ ...typed, trained: '2026-11-22' }, '', TODAY).trained).toContain('to come');
    expect(checkParticulars({ ...typed, trained: TODAY }, '', TODAY)).toEqual({});
    expect(checkParticulars({ ...typed, screened: '2026-13-01' }, '', TODAY).screened).toBeDefined();
  });

  it('knows what was changed', () => {
    const before = viewOf({ licence: 'CVT 7', trained: '2025-01-01' });
    const now = { ...particularsOf(before), name: 'Sam Ito', role: 'technician' as const };
    expect(changesOf(before, now)).toBeNull();
    expect(changesOf(before, { ...now, trained: TODAY, name: ' Sam  Ito ' })).toEqual({ trained: TODAY });
    expect(changesOf(before, { ...now, role: 'lead-technician', idleSeconds: '60' })).toEqual({
      ...{ role: 'lead-technician', idleSeconds: 60 },
    });
  });

  it('offers idle times that are shorter than the policy’s, and the policy’s own', () => {
    expect(idleChoices(120, '').map(({ value }) => value)).toEqual(['', '15', '30', '60']);
    expect(idleChoices(120, '30').map(({ value }) => value)).toEqual(['3600', '15', '30', '60']);
    expect(idleChoices(120, '45').map(({ value }) => value)).toContain('45');
  });

  it('says what is due', () => {
    const due = [{ kind: 'training' as const, last: null }, { kind: 'screening' as const }];
    expect(dueWords(viewOf({ due }))).toEqual(['training not recorded', 'screening not recorded']);
    expect(dueWords(viewOf({ due: [{ kind: 'training', last: '2025-01-01' }] }))).toEqual(['training due']);
  });
});

describe('who may do what', () => {
  it('counts what somebody is for a while', () => {
    const more = person('t', { elevatedTo: ['lead-technician'] });
    expect(whoMay('container.received', [more, person('u')], STRICT_POLICY)).toEqual([more]);
    expect(rolesToAsk(more).map(({ value }) => value)).not.toContain('technician');
    expect(rolesToAsk(person('a', { role: 'auditor' }))).toEqual([]);
  });

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
  expect(stateOf(person('v', { until }), now)).toEqual({ state: 'visiting', until });
  expect(stateOf(person('v', { until: now, disabled: true }), until).state).toBe('gone');
  expect(stateOf(person('v', { until, disabled: true }), now).state).toBe('disabled');
  expect(endAfter('8', Date.parse(now))).toBe('2026-11-22T02:00:00.000Z');
});

it('lists those who work here first', () => {
  const staff = [
    person('b', { name: 'B', disabled: true }),
    person('c', { name: 'C' }),
    person('a', { name: 'A' }),
  ];
  expect(inOrder(staff).map((s) => s.name)).toEqual(['A', 'C', 'B']);
});
