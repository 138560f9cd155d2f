import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../workers/ledger/gate/refusals.ts';

const named = (name: string, inner?: Error) => Object.assign(new Error('x'), { name, inner });

describe('what a failed write means for the person', () => {
  it('is a disk without room where the browser has cut a transaction off, not another tab', () => {
    const cutOff = named('AbortError', named('UnknownError'));
    expect(refusalOf(cutOff, 'before')).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('no room left'),
    });
    expect(refusalOf(named('AbortError'), 'before').code).toBe('busy');
    expect(refusalOf(named('AbortError', named('QuotaExceededError')), 'commit').code).toBe('quota');
  });
});
