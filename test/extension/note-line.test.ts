import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTE_LIMIT, noteLine, PLACEHOLDERS, readTemplate } from '../../extension/overlay/note-line.ts';
import type { Receipt } from '../../shared/protocol/ledger.ts';
import { plainLine } from '../../shared/protocol/page-text.ts';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';

const receipt: Receipt = {
  ...{ entryId: 'e', seq: 12, hash: '0123456789abcdef'.repeat(4), flags: [] },
  recorded: '2026-03-05T09:40:00.000Z',
};
const drawn: ActFacts = {
  ...{ drug: 'Ketamine 100 mg/mL', container: 'K-01', unit: 'mL', amount: '0.35', patient: 'Bella' },
  at: '2026-03-05T09:40:00.000Z',
};
const wasted: ActFacts = { ...drawn, waste: '0.15', witness: 'Tova' };

describe('a clinic’s line for the note', () => {
  it('is its template with what was done', () => {
    const template = '{drug} {amount} {unit} from {container} for {patient}, CS {record}';
    expect(noteLine(template, drawn, [receipt])).toBe(
      'Ketamine 100 mg/mL 0.35 mL from K-01 for Bella, CS no. 12 0123 4567 89ab cdef',
    );
  });

  it('leaves out what stands in brackets where a value of it is missing', () => {
    const template = '{amount} {unit}[, wasted {waste}, seen by {witness}]. {record}';
    expect(noteLine(template, drawn, [receipt])).toBe('0.35 mL. no. 12 0123 4567 89ab cdef');
    expect(noteLine(template, wasted, [receipt])).toBe(
      '0.35 mL, wasted 0.15 mL, seen by Tova. no. 12 0123 4567 89ab cdef',
    );
  });

  it('is the standard one where there is none, or nothing would be left of it', () => {
    for (const template of ['', '[{waste}]', '{nobody}']) {
      expect(noteLine(template, drawn, [receipt])).toMatch(/^Countersign no\. 12 · 0123 4567 89ab cdef · /);
    }
  });

  it.each([
    ['{dose}', '{dose} is not known'],
    ['{drug', 'A brace stands alone'],
    ['drug}', 'A brace stands alone'],
    ['[a [b]]', 'cannot stand in another'],
    ['[a', 'is not closed'],
    ['a]', 'was not opened'],
    ['x'.repeat(301), 'longer than 300'],
    ['   ', 'is empty'],
    ['a\u202eb', 'no plain text'],
  ])('is refused with a reason: %s', (template, why) => {
    const read = readTemplate(template);
    expect(read.ok ? '' : read.message).toContain(why);
  });

  it('is one plain line within its length, whatever is in the template and the facts', () => {
    const bit = fc.constantFrom(
      ...PLACEHOLDERS.map((name) => `{${name}}`),
      '[',
      ']',
      '{',
      '}',
      ' ',
      'a',
      '\n',
      '<b>',
      '\u200b',
    );
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), text, text, (bits, patient, drug) => {
        const line = noteLine(bits.join(''), { ...wasted, patient, drug }, [receipt]);
        expect(line.length).toBeLessThanOrEqual(NOTE_LIMIT);
        expect(line).not.toBe('');
        expect(plainLine(line, NOTE_LIMIT)).toBe(line);
      }),
    );
  });
});
