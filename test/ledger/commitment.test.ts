import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../shared/ledger/bytes.ts';
import {
  checkCommitment,
  formatDisclosure,
  makeCommitment,
  parseDisclosure,
  patientReference,
} from '../../shared/ledger/commitment.ts';
import { jcs } from '../reference/jcs.ts';
import { codeOf } from './codes.ts';
import { bytesOf, idOf, sha } from './fixture.ts';

const salt = toBase64Url(bytesOf('salt'));
const details = { species: 'dog', name: 'Biscuit', owner: { name: 'R. Okafor' } };
const disclosure = { ref: idOf('patient'), salt, details };
const patient = { ref: disclosure.ref, commitment: makeCommitment(sha, disclosure) };

describe('a patient commitment', () => {
  test('is SHA-256 of the canonical salt and details', () => {
    expect(patient.commitment).toBe(createHash('sha256').update(jcs({ salt, details })).digest('hex'));
  });

  test('opens with exactly what was committed to', () => {
    checkCommitment(sha, patient, disclosure);
    checkCommitment(sha, patient, parseDisclosure(formatDisclosure(disclosure)));
    const others = [
      { ...disclosure, ref: idOf('another') },
      { ...disclosure, salt: toBase64Url(bytesOf('another salt')) },
      { ...disclosure, details: { ...details, name: 'Biscuits' } },
      { ...disclosure, salt: toBase64Url(bytesOf('salt', 31)) },
      { ...disclosure, salt: `${'A'.repeat(43)}A` },
    ];
    for (const other of others) expect(codeOf(() => checkCommitment(sha, patient, other))).toBe('commitment');
  });

  test('is read from a body, if it is there', () => {
    expect(patientReference({ patient })).toEqual(patient);
    expect(patientReference({ quantity: '1' })).toBe(undefined);
    for (const bad of [null, {}, { ...patient, ref: 'x' }, { ...patient, commitment: 'x' }]) {
      expect(codeOf(() => patientReference({ patient: bad }))).toBe('commitment');
    }
  });
});

describe('a disclosure', () => {
  test('is one canonical line of three members', () => {
    const line = formatDisclosure(disclosure);
    expect(parseDisclosure(line)).toEqual(disclosure);
    expect(codeOf(() => parseDisclosure(`${line} `))).toBe('canonical');
    for (const bad of [
      '',
      '[]',
      '{}',
      line.replace('"ref"', '"rex"'),
      `${line.slice(0, -1)},"x":1}`,
      'null',
    ]) {
      expect(['parse', 'canonical']).toContain(codeOf(() => parseDisclosure(bad)));
    }
    expect(codeOf(() => parseDisclosure(line.replace(salt, 'AAAA')))).toBe('commitment');
  });
});
