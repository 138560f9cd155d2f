import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerCall,
  capturePortOver,
  parseAnswer,
  parseArguments,
  parseCall,
  parseReply,
  parseStanding,
} from '../../shared/protocol/bridge.ts';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import { METHODS } from '../../shared/protocol/capture-schema.ts';
import { parseFromFrame, parseFromPage, parseToFrame } from '../../shared/protocol/overlay.ts';
import { FIELD_LIMITS, plainFields, plainLine } from '../../shared/protocol/page-text.ts';

const ID = '0190a5c1-7a00-7000-8000-000000000001';
const CALL = '00000000-0000-4000-8000-000000000000';
const HASH = 'a'.repeat(64);

const silent = async () => {
  throw new Error('the worker is gone');
};
const head = { size: 3, hash: HASH };
const ledger: CapturePort = {
  status: silent,
  head: async () => head,
  newId: async () => 'not an id',
  check: silent,
  factorsFor: silent,
  sign: silent,
  append: silent,
  receipt: async () => null,
  staff: silent,
  products: silent,
  containers: silent,
  policy: silent,
  recordedOn: silent,
  openWork: silent,
  keepPatient: silent,
  saveDraft: async () => ({ ok: true, value: undefined }),
  drafts: silent,
  dropDraft: async () => undefined,
};

/** Anything that could arrive: JSON, and things near to what is expected. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.anything(),
  fc.record({
    kind: fc.constantFrom('call', 'reply', 'standing', 'enter', 'tamper', 'open-overlay', 'welcome'),
    id: fc.anything(),
  }),
  fc.record({
    kind: fc.constant('call'),
    id: fc.constant(CALL),
    method: fc.string(),
    args: fc.array(fc.anything()),
  }),
);

describe('messages', () => {
  it('nothing that arrives throws, and what passes is exactly of the form', () => {
    fc.assert(
      fc.property(anything, (message) => {
        for (const parse of [
          parseCall,
          parseReply,
          parseStanding,
          parseFromFrame,
          parseFromPage,
          parseToFrame,
        ]) {
          const parsed = parse(message);
          if (parsed !== null)
            expect(Object.keys(parsed).sort()).toEqual(Object.keys(Object(message)).sort());
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('no method takes random arguments or believes a random answer', () => {
    const lax = new Set(['dropDraft', 'receipt', 'check', 'drafts', 'staff', 'products', 'containers']);
    fc.assert(
      fc.property(fc.constantFrom(...METHODS), fc.array(fc.anything(), { minLength: 1 }), (method, args) => {
        const taken = parseArguments(method, args);
        if (method !== 'containers' && method !== 'check') expect(taken).toBeNull();
        if (!lax.has(method)) expect(parseAnswer(method, args).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no member that the form does not have', () => {
    const call = { kind: 'call', id: CALL, method: 'head', args: [] };
    expect(parseCall(call)).not.toBeNull();
    expect(parseCall({ ...call, as: 'registrant' })).toBeNull();
    expect(parseCall({ ...call, method: 'unlock' })).toBeNull();
    expect(parseCall({ ...call, method: 'revealPatients' })).toBeNull();
    expect(parseCall({ ...call, method: '__proto__' })).toBeNull();
  });
});

describe('answering a call', () => {
  const ask = (method: string, args: unknown[]) => {
    const call = parseCall({ kind: 'call', id: CALL, method, args });
    return call ? answerCall(ledger, call) : null;
  };

  it('gives the ledger’s answer', async () => {
    expect(await ask('head', [])).toEqual({ kind: 'reply', id: CALL, ok: true, value: head });
  });
  it('refuses wrong arguments before the ledger sees them', async () => {
    expect(await ask('receipt', ['nonsense'])).toMatchObject({ ok: false, refusal: { code: 'malformed' } });
  });
  it('refuses to pass on an answer that does not fit', async () => {
    expect(await ask('newId', [])).toMatchObject({ ok: false, refusal: { code: 'malformed' } });
  });
  it('says that the ledger is out of reach when its worker fails', async () => {
    expect(await ask('staff', [])).toMatchObject({ ok: false, refusal: { code: 'unreachable' } });
  });
  it('refuses an entry that is larger than a record can be', () => {
    const entry = {
      id: ID,
      type: 'draw',
      at: '2026-11-21T18:03:11.482Z',
      after: HASH,
      by: ID,
      body: 'x'.repeat(40_000),
    };
    expect(parseArguments('sign', [entry, { as: 'performer', by: ID, pin: '1' }])).toBeNull();
    expect(
      parseArguments('sign', [
        { ...entry, body: {} },
        { as: 'performer', by: ID, pin: '1' },
      ]),
    ).not.toBeNull();
  });
});

describe('the port over a wire', () => {
  it('answers the same as the ledger at the other end, also where JSON loses what is undefined', async () => {
    const port = capturePortOver(async (method, args) => {
      const call = parseCall(JSON.parse(JSON.stringify({ kind: 'call', id: CALL, method, args })));
      if (!call) throw new Error('not a call');
      const reply = parseReply(JSON.parse(JSON.stringify(await answerCall(ledger, call))));
      if (!reply) throw new Error('not a reply');
      return reply;
    });
    expect(await port.head()).toEqual(head);
    expect(await port.receipt(ID)).toBeNull();
    expect(await port.dropDraft(ID)).toBeUndefined();
    const draft = {
      entryId: ID,
      type: 'draw',
      startedAt: '2026-11-21T18:03:11.482Z',
      door: 'overlay',
      form: {},
    } as const;
    expect(await port.saveDraft(draft)).toEqual({ ok: true, value: undefined });
    expect(await port.keepPatient({ name: 'Bella' })).toMatchObject({
      ok: false,
      refusal: { code: 'unreachable' },
    });
    await expect(port.staff()).rejects.toMatchObject({
      name: 'PortRefused',
      refusal: { code: 'unreachable' },
    });
  });
});

describe('text of a page', () => {
  it('comes out as one plain line within its limit, and stays as it is a second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 200 }),
        (text, max) => {
          const line = plainLine(text, max);
          if (line === undefined) return;
          expect(line.length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
          expect(plainLine(line, max)).toBe(line);
        },
      ),
    );
  });
  it('is cut and stripped of what cannot be seen', () => {
    expect(plainLine('Be\u0000l\u202ela\n\n<script>', 120)).toBe('Be l la <script>');
    expect(plainFields({ patient: '9'.repeat(100_000), owner: '   ' })).toEqual({
      patient: '9'.repeat(FIELD_LIMITS.patient),
    });
  });
});
