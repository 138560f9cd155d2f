import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readSite } from '../../extension/options/address.ts';
import { ownSite } from '../../extension/options/own-address.ts';
import { siteAt } from '../../extension/sites/choose.ts';
import { readable, SHIPPED, untried } from '../../extension/sites/index.ts';
import { isUntried } from '../../extension/sites/kept.ts';
import { type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';

const shipped = (id: string): SiteDefinition => {
  const found = SHIPPED.find((site) => site.id === id);
  if (!found) throw new Error(`No ${id}`);
  return found;
};
const made = (id: string, typed: string): SiteDefinition => {
  const own = ownSite(shipped(id), typed, SHIPPED);
  if (!own.ok) throw new Error(own.message);
  return own.site;
};
const refusal = (typed: string, id = 'openvpm'): string => {
  const own = ownSite(shipped(id), typed, SHIPPED);
  return own.ok ? '' : own.message;
};

describe('the definitions of self-hosted systems', () => {
  const selfHosted = SHIPPED.filter((site) => site.selfHosted);

  it('are those that came along with nothing but this computer’s address', () => {
    expect(selfHosted.map(({ id }) => id).sort()).toEqual(['hospitalrun', 'openemr', 'openvpm']);
    for (const { match, frames } of selfHosted) {
      expect(frames).toBeUndefined();
      for (const { origin } of match) expect(origin).toMatch(/^https?:\/\/(localhost|127\.0\.0\.1):\*$/);
    }
  });

  it('leave the hosted ones out, whose star stands for the clinic’s own name', () => {
    const hosted = SHIPPED.filter(({ match }) => match.some(({ origin }) => origin.includes('*.')));
    expect(hosted.length).toBeGreaterThan(3);
    expect(hosted.filter((site) => site.selfHosted)).toEqual([]);
  });
});

describe('a definition at a clinic’s own address', () => {
  it('reads the same at that address, and is a site as the schema has it', () => {
    const own = made('openvpm', ' HTTPS://VPM.Example.com/ ');
    expect(v.is(siteDefinition, own)).toBe(true);
    expect(own).toMatchObject({ id: 'openvpm-at-vpm-example-com', label: 'OpenVPM at vpm.example.com' });
    expect(own.match).toEqual([{ origin: 'https://vpm.example.com', path: '/patients/*' }]);
    expect(own.fields).toEqual(shipped('openvpm').fields);
    expect(siteAt([own], new URL('https://vpm.example.com/patients/12'))).toBe(own);
  });

  it('stays untried, so that any page’s ways are tried beside its own and nothing found is no alarm', () => {
    const own = made('openemr', 'https://emr.example.com');
    expect(untried(own)).toBe(true);
    expect(isUntried({ own: [own], off: [] }, own.id)).toBe(true);
    expect(Object.keys(readable(own).fields)).toContain('species');
    const { selfHosted: _, ...pointedAt } = own;
    expect(untried(pointedAt)).toBe(false);
  });

  it('takes a patient’s page for the system, with the folder that it stands in', () => {
    const paths = (id: string, typed: string) => made(id, typed).match.map(({ path }) => path);
    expect(paths('openvpm', 'https://x.example.com/patients/12')).toEqual(['/patients/*']);
    expect(paths('openvpm', 'https://x.example.com/vpm/patients/12?tab=1')).toEqual(['/vpm/patients/*']);
    const emr = made('openemr', 'emr.example.com');
    for (const page of ['/interface/main/tabs/main.php', '/openemr/interface/main/tabs/main.php'])
      expect(siteAt([emr], new URL(`https://emr.example.com${page}`))).toBe(emr);
  });

  it('may be unencrypted on this computer alone, at a port of its own', () => {
    expect(made('hospitalrun', 'http://localhost:3000').match[0]?.origin).toBe('http://localhost:3000');
    expect(made('hospitalrun', 'https://10.0.0.7:8443').match[0]?.origin).toBe('https://10.0.0.7:8443');
  });

  it.each([
    ['', 'Type the address'],
    ['our server', 'is not an address'],
    ['https://', 'is not an address'],
    ['https://*.example.com', 'is not an address'],
    ['ftp://vpm.example.com', 'begins with https://'],
    ['javascript://vpm.example.com/%0aalert(1)', 'begins with https://'],
    ['http://vpm.example.com', 'not encrypted'],
    ['http://192.168.1.5', 'not encrypted'],
    ['https://anna:secret@vpm.example.com', 'in front of the @'],
    ['https://vpm', 'not the whole name'],
    ['https://[::1]', 'not the whole name'],
    ['https://vpm.example.com./', 'not the whole name'],
    ['https://vpm.example.com/login', 'Type https://vpm.example.com alone'],
  ])('is refused in words for %j', (typed, words) => {
    expect(refusal(typed)).toContain(words);
  });

  it('is made once for an address, and has an id of its own for each', () => {
    const first = made('openvpm', 'https://a.example.com');
    const again = ownSite(shipped('openvpm'), 'https://a.example.com', [first, ...SHIPPED]);
    expect(again.ok ? '' : again.message).toContain('“OpenVPM at a.example.com” reads the pages at');
    const long = `https://${'a'.repeat(60)}.example.com`;
    const one = made('openvpm', long);
    const two = ownSite(shipped('openvpm'), `${long}:8443`, [one, ...SHIPPED]);
    expect(two.ok && two.site.id).not.toBe(one.id);
  });
});

describe('an address that Countersign may look at', () => {
  it('is refused where it is of another kind, or says who is there', () => {
    expect(readSite('pms.example.com')).toEqual({ ok: true, pattern: 'https://pms.example.com/*' });
    expect(readSite('ftp://pms.example.com').ok).toBe(false);
    expect(readSite('https://anna:secret@pms.example.com').ok).toBe(false);
  });
});
