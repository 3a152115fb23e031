/**
 * Values of claims and literals, and attribute names, interned: equal ones become one record until the arena is
 * reset. Text is interned in upper case too, so that nothing is folded during a check.
 *
 * A claim's or an expression's bytes are first copied into the arena; all reading happens on the copy, and values
 * point into it. Does not know formats.
 */
import { allocate } from "../memory/arena";
import { compareBytes } from "../memory/bytes";
import { hashBytes, hashWords } from "../memory/hash";
import { Value, VALUE_LARGE_NUMBER, VALUE_NUMBER, VALUE_SID } from "../memory/expressions";
import { upperCase } from "./case-folding";

const BUCKETS: u32 = 16384;

/** usize per bucket: its first Value. */
let buckets: usize = 0;

/** The bytes being loaded, in the arena. */
let held: usize = 0;
let heldSize: usize = 0;
/** The same with all text at even, at odd distances in upper case; 0 until first needed. */
let evenFolded: usize = 0;
let oddFolded: usize = 0;

/** Empties the table; the arena has just been reset. */
export function resetValues(): void {
  buckets = allocate(BUCKETS * sizeof<usize>());
  held = 0;
}

/** Copies `size` bytes at `at`, which lie inside the input; returns the copy. With upper case it takes 3 * (size + 7) bytes. */
export function holdBytes(at: usize, size: usize): usize {
  held = allocate(size);
  heldSize = size;
  evenFolded = 0;
  oddFolded = 0;
  memory.copy(held, at, size);
  return held;
}

export function internNumber(bits: u64): usize {
  return intern(VALUE_NUMBER, bits, hashWords(bits, VALUE_NUMBER));
}

/** A number without sign. */
export function internUnsigned(bits: u64): usize {
  return bits >> 63 == 0 ? internNumber(bits) : intern(VALUE_LARGE_NUMBER, bits, hashWords(bits, VALUE_LARGE_NUMBER));
}

/** A SID by its number. */
export function internSidValue(number: u32): usize {
  return intern(VALUE_SID, <u64>number, hashWords(number, VALUE_SID));
}

/** `size` bytes at `at`, which stay where they are. */
export function internBytes(at: usize, size: u32): usize {
  return intern(size, <u64>at, hashBytes(at, size));
}

/** The upper case of the `size` bytes of text at `at`, which lie in the held bytes. */
export function internFolded(at: usize, size: u32): usize {
  const distance = at - held;
  if ((distance & 1) == 0) {
    if (evenFolded == 0) evenFolded = foldCopy(held, heldSize);
    return internBytes(evenFolded + distance, size);
  }
  if (oddFolded == 0) oddFolded = foldCopy(held + 1, heldSize - 1);
  return internBytes(oddFolded + distance - 1, size);
}

function foldCopy(from: usize, size: usize): usize {
  const copy = allocate(size);
  for (let i: usize = 0; i + 2 <= size; i += 2) {
    store<u16>(copy + i, <u16>upperCase(<u32>load<u16>(from + i)));
  }
  return copy;
}

function intern(size: u32, bits: u64, hash: u32): usize {
  const bucket = buckets + (hash & (BUCKETS - 1)) * sizeof<usize>();
  for (let at = load<usize>(bucket); at != 0; ) {
    const value = changetype<Value>(at);
    if (value.hash == hash && value.size == size && sameBits(value.bits, bits, size)) return at;
    at = value.next;
  }
  const value = changetype<Value>(allocate(offsetof<Value>()));
  value.next = load<usize>(bucket);
  value.hash = hash;
  value.size = size;
  value.bits = bits;
  store<usize>(bucket, changetype<usize>(value));
  return changetype<usize>(value);
}

function sameBits(a: u64, b: u64, size: u32): bool {
  if (size >= VALUE_SID) return a == b;
  return a == b || compareBytes(<usize>a, <usize>b, size) == 0;
}
