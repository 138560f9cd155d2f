import type { SaidPatient } from '../../../shared/domain/reconcile/types.ts';
import { type Bytes, toBase64Url, utf8 } from '../../../shared/ledger/bytes.ts';
import type { PatientTags } from '../store/rows.ts';

/**
 * Whether two patients are the same, without reading either. Beside a patient in the vault stand two tags: an HMAC of the
 * record number and one of the name, under a key that this device alone has. Nothing of them goes into the log, into an
 * export or out of the worker; they answer only whether somebody that the asker names was treated.
 *
 * A tag is weaker than the vault: whoever has both the tags and the device's key can try every record number there is,
 * without a PIN. So they are of no use to a script that reads the rows, are short, and are taken away when the month that is
 * reconciled is over. A hash in the entry itself would have been there for ever and for everybody.
 */

/** How long a tag is kept, in milliseconds: the month that is reconciled, and the time to do it in. */
export const TAGS_KEPT_MS = 45 * 86_400_000;
/** Twelve bytes: two patients of a practice never share them, and nothing more is known by them. */
const LENGTH = 12;

type Tagger = (patient: SaidPatient) => Promise<PatientTags>;

/** A maker of tags under the device's own key; the key that is derived never leaves this closure. */
export async function taggerOf(mixKey: CryptoKey): Promise<Tagger> {
  const derived = await crypto.subtle.sign('HMAC', mixKey, utf8('countersign patient tags 1'));
  const key = await crypto.subtle.importKey('raw', derived, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  new Uint8Array(derived).fill(0);
  const tag = async (kind: string, text: string | undefined): Promise<string | undefined> => {
    const plain = normal(text);
    if (plain === '') return undefined;
    const mac: Bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(`${kind} ${plain}`)));
    return toBase64Url(mac.slice(0, LENGTH));
  };
  return async ({ name, recordNumber }) => {
    const [byNumber, byName] = await Promise.all([tag('number', recordNumber), tag('name', name)]);
    return {
      ...(byNumber === undefined ? {} : { number: byNumber }),
      ...(byName === undefined ? {} : { name: byName }),
    };
  };
}

/** Letters and digits only: pages write a number with a `#` or spaces, and a name in whatever case. */
const normal = (text: string | undefined): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether these are one patient, and by what. Two numbers that differ are two patients, whatever they are called. */
export function sameTags(a: PatientTags, b: PatientTags): 'number' | 'name' | null {
  if (a.number !== undefined && b.number !== undefined) return a.number === b.number ? 'number' : null;
  return a.name !== undefined && a.name === b.name ? 'name' : null;
}
