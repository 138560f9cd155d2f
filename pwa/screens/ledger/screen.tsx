import { useRef } from 'preact/hooks';
import { place } from '../../app/router.ts';
import { LedgerList, type LedgerMemory } from './LedgerList.tsx';
import { RecordView } from './RecordView.tsx';

/** The list of records, and one record with everything that proves it. */
export function Screen() {
  const memory = useRef<LedgerMemory>({ pages: null, key: '', scrollTop: 0, active: 0 });
  const [record] = place.value.rest;
  return record === undefined ? (
    <LedgerList memory={memory.current} />
  ) : (
    <RecordView key={record} at={record} />
  );
}
