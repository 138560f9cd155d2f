import { expect, test } from 'vitest';
import { patientsText, startOfDay, whyNotBefore } from '../../../pwa/screens/vault/model.ts';

const plan = {
  ...{ before: '2021-01-01T00:00:00.000Z', latest: '2021-06-01T12:00:00.000Z', years: 5 },
  ...{ patients: 3, staying: 1, drafts: 0 },
};

test('patients are counted in words', () => {
  expect([0, 1, 1204].map(patientsText)).toEqual(['0 patients', '1 patient', '1,204 patients']);
});

test('a day begins where this device is', () => {
  expect(startOfDay('2021-05-31')).toBe(new Date(2021, 4, 31).toISOString());
  for (const text of ['', '31.05.2021', '2021-5-31', '2021-13-40']) expect(startOfDay(text), text).toBeNull();
});

test('what the policy still keeps is not erased', () => {
  expect(whyNotBefore('2021-06-01T12:00:00.000Z', plan)).toBeNull();
  expect(whyNotBefore('2021-06-01T12:00:00.001Z', plan)).toContain('5 years');
  expect(whyNotBefore(null, plan)).toBe('Choose a day.');
});
