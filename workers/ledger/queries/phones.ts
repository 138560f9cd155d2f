import { isActive } from '../../../shared/domain/access.ts';
import { fromBase64Url } from '../../../shared/ledger/bytes.ts';
import { keyFor } from '../../../shared/ledger/keys.ts';
import { keyId } from '../../../shared/ledger/record.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { PairedPhone } from '../../../shared/protocol/phone.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import { nameOf } from './words.ts';

/** The phones with which people of this ledger may witness now, in the order in which they were paired. */
export async function pairedPhones({ db, projection, sha, now }: Context): Promise<PairedPhone[]> {
  const { state, registry } = await projection.catchUp();
  const rows = await db.records
    .where('[type+seq]')
    .between(['staff.key-added', 0], ['staff.key-added', Number.MAX_SAFE_INTEGER])
    .toArray();
  return rows.flatMap((row): PairedPhone[] => {
    const entry = readStored(row)?.fold.entry;
    if (entry?.type !== 'staff.key-added') return [];
    const { staff, name } = entry.body;
    const member = state.staff[staff.id];
    const key = keyId(sha, fromBase64Url(staff.publicKey));
    const good = keyFor(registry, staff.id, key, state.seq + 1, 'further').ok;
    if (!member || !good || !isActive(member, formatTime(now()))) return [];
    return [{ key, staff: staff.id, staffName: nameOf(state, staff.id), name, at: entry.at }];
  });
}
