import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { LEDGER_CODES } from '../../shared/ledger/errors.ts';
import { KEY_ENTRY_TYPES } from '../../shared/ledger/keys.ts';
import { SIGNER_ROLES } from '../../shared/ledger/record.ts';
import { workedExample } from './example.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../shared/ledger/README.md'), 'utf8');

/** The text of each block that has its name above it: `<!-- example: NAME -->`. */
const blocks = new Map(
  [...readme.matchAll(/<!-- example: (.+) -->\n+```\w*\n([\s\S]*?)\n```/g)].map(([, name, text]) => [
    name,
    text,
  ]),
);
const example = await workedExample();

test('the README shows every block of the worked example, and no other', () => {
  expect([...blocks.keys()].sort()).toEqual([...example.keys()].sort());
});

test.each([...example])('the README’s %s is what the code makes', (name, text) => {
  expect(blocks.get(name)).toBe(text);
});

test('the README’s second factor holds, by another implementation and the text alone', () => {
  const block = (name: string) => JSON.parse(blocks.get(name) ?? '');
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
  const [credential, assertion] = [block('credential'), block('assertion')];
  const authenticator = Buffer.from(assertion.authenticator, 'base64url');
  const client = Buffer.from(assertion.client, 'base64url');
  expect(authenticator.subarray(0, 32)).toEqual(sha256(credential.rp));
  expect(JSON.parse(client.toString())).toMatchObject({
    type: 'webauthn.get',
    challenge: sha256(blocks.get('first statement of record 2') ?? '').toString('base64url'),
  });
  const point = Buffer.from(credential.publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
  const message = Buffer.concat([authenticator, sha256(client)]);
  const sig = Buffer.from(assertion.sig, 'base64url');
  expect(verify('sha256', message, { key, format: 'jwk', dsaEncoding: 'der' }, sig)).toBe(true);
});

test('the README names every code, role and key entry', () => {
  for (const word of [...LEDGER_CODES, ...SIGNER_ROLES, ...KEY_ENTRY_TYPES])
    expect(readme).toContain(`\`${word}\``);
});
