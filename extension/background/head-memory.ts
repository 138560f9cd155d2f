import * as v from 'valibot';
import { rememberedHead } from '../../shared/protocol/capture-schema.ts';
import type { LedgerStatus, RememberedHead } from '../../shared/protocol/ledger.ts';
import type { HeadAlarm } from '../../shared/protocol/overlay.ts';

export const parseRemembered = (stored: unknown): RememberedHead | null =>
  v.is(rememberedHead, stored) ? stored : null;

/**
 * The second memory of how long the ledger was (record-format.md: heads leave the computer). A ledger that comes back
 * shorter, empty or as another one is an alarm, and what was remembered stays remembered until a person says otherwise.
 */
export function judgeHead(
  remembered: RememberedHead | null,
  status: LedgerStatus,
): { remember: RememberedHead | null; alarm: HeadAlarm | null } {
  if (status.state === 'vanished' || (status.state === 'empty' && remembered !== null)) {
    const lost = remembered ?? (status.state === 'vanished' ? status.remembered : null);
    const found = status.state === 'vanished' ? status.found : null;
    if (lost && found) return { remember: remembered, alarm: { alarm: 'shorter', remembered: lost, found } };
    return { remember: remembered, alarm: lost && { alarm: 'gone', remembered: lost } };
  }
  if (status.state !== 'ready') return { remember: remembered, alarm: null };
  const found = { ledger: status.ledger, ...status.head };
  if (remembered === null) return { remember: found, alarm: null };
  if (found.ledger !== remembered.ledger) {
    return { remember: remembered, alarm: { alarm: 'other-ledger', remembered, found } };
  }
  const cut = found.size < remembered.size;
  const rewritten = found.size === remembered.size && found.hash !== remembered.hash;
  if (cut || rewritten) {
    return { remember: remembered, alarm: { alarm: 'shorter', remembered, found: status.head } };
  }
  return { remember: found, alarm: null };
}
