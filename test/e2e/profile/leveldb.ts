import { byteAt, unsnap, varint } from './snappy.ts';

/** What stands in the files of a LevelDB, so that it can be searched (google/leveldb, doc/log_format.md and table_format.md). */

const BLOCK = 32 * 1024;
const HEADER = 7;

/** The records of a `.log`, put together again where they were cut at the ends of blocks. */
export function readLog(data: Uint8Array): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const records: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  for (let at = 0; at + HEADER <= data.length; ) {
    const left = BLOCK - (at % BLOCK);
    const type = left < HEADER ? 0 : byteAt(data, at + 6);
    if (type === 0) {
      at += left;
      continue;
    }
    const end = at + HEADER + view.getUint16(at + 4, true);
    if (type === 1 || type === 2) parts = [];
    parts.push(data.subarray(at + HEADER, end));
    if (type === 1 || type === 4) records.push(Buffer.concat(parts));
    at = end;
  }
  return records;
}

const FOOTER = 48;
const MAGIC = '57fb808b247547db';

/** The blocks of a table (`.ldb`), expanded. */
export function readTable(data: Uint8Array): { blocks: Uint8Array[]; compressed: number } {
  if (Buffer.from(data.subarray(-8)).toString('hex') !== MAGIC) throw new Error('This is no table.');
  const footer = data.subarray(-FOOTER);
  const meta = handleAt(footer, 0);
  const index = handleAt(footer, meta.next);
  const handles = [meta, index, ...entriesOf(blockAt(data, index).bytes).map((value) => handleAt(value, 0))];
  const blocks = handles.map((handle) => blockAt(data, handle));
  return {
    blocks: blocks.map(({ bytes }) => bytes),
    compressed: blocks.filter((one) => one.compressed).length,
  };
}

type Handle = { offset: number; size: number; next: number };

function handleAt(data: Uint8Array, at: number): Handle {
  const offset = varint(data, at);
  const size = varint(data, offset.next);
  return { offset: offset.value, size: size.value, next: size.next };
}

/** A block is followed by a byte that says how it is packed: 0 plain, 1 Snappy. */
function blockAt(data: Uint8Array, { offset, size }: Handle): { bytes: Uint8Array; compressed: boolean } {
  const bytes = data.subarray(offset, offset + size);
  const type = byteAt(data, offset + size);
  if (type > 1) throw new Error(`A block is packed in a way that is not known here: ${type}.`);
  return type === 1 ? { bytes: unsnap(bytes), compressed: true } : { bytes, compressed: false };
}

/** The values of a block's entries; behind them stand the restarts, four bytes each, and their number. */
function entriesOf(block: Uint8Array): Uint8Array[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const end = block.length - 4 - 4 * view.getUint32(block.length - 4, true);
  const values: Uint8Array[] = [];
  for (let at = 0; at < end; ) {
    const shared = varint(block, at);
    const own = varint(block, shared.next);
    const size = varint(block, own.next);
    const from = size.next + own.value;
    values.push(block.subarray(from, from + size.value));
    at = from + size.value;
  }
  return values;
}
