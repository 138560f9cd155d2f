/** Snappy's raw format (google/snappy, format_description.txt), far enough to read what a browser has written. */

/** Nothing that a page stores here is larger; random bytes that look like a block may claim anything. */
const LARGEST = 64 * 1024 * 1024;

/** Expands the block that begins here; what stands behind it is left alone. Throws RangeError for bytes that are none. */
export function unsnap(data: Uint8Array): Uint8Array {
  const { value: size, next } = varint(data, 0);
  if (size > LARGEST) throw new RangeError('too large');
  const out = new Uint8Array(size);
  let from = next;
  let to = 0;
  while (to < size) {
    const tag = byteAt(data, from);
    const literal = (tag & 3) === 0;
    const { length, offset, after } = literal ? literalAt(data, from) : copyAt(data, from);
    if (to + length > size) throw new RangeError('more than the block says');
    if (literal) out.set(data.subarray(after, after + length), to);
    else {
      if (offset === 0 || offset > to) throw new RangeError('a copy from before the beginning');
      // A copy may overlap what it writes: byte by byte.
      for (let i = 0; i < length; i += 1) out[to + i] = byteAt(out, to + i - offset);
    }
    from = literal ? after + length : after;
    to += length;
  }
  return out;
}

type Element = { length: number; offset: number; after: number };

function literalAt(data: Uint8Array, at: number): Element {
  const short = byteAt(data, at) >> 2;
  if (short < 60) return { length: short + 1, offset: 0, after: at + 1 };
  const bytes = short - 59;
  return { length: little(data, at + 1, bytes) + 1, offset: 0, after: at + 1 + bytes };
}

function copyAt(data: Uint8Array, at: number): Element {
  const tag = byteAt(data, at);
  if ((tag & 3) === 1) {
    return { length: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | byteAt(data, at + 1), after: at + 2 };
  }
  const bytes = (tag & 3) === 2 ? 2 : 4;
  return { length: (tag >> 2) + 1, offset: little(data, at + 1, bytes), after: at + 1 + bytes };
}

const little = (data: Uint8Array, at: number, bytes: number): number =>
  Array.from({ length: bytes }, (_, i) => byteAt(data, at + i) * 256 ** i).reduce((a, b) => a + b, 0);

/** An integer of LevelDB and Snappy: seven bits a byte, the lowest first. */
export function varint(data: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i += 1) {
    const byte = byteAt(data, at + i);
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return { value, next: at + i + 1 };
  }
  throw new RangeError('no integer');
}

export function byteAt(data: Uint8Array, at: number): number {
  const byte = data[at];
  if (byte === undefined) throw new RangeError('past the end');
  return byte;
}
