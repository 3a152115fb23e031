/**
 * SID → small integer. Equal SIDs get equal numbers, dense below SID_CAPACITY, until the arena is reset.
 * Knows the bytes of valid SIDs; does not know who holds them.
 */
import { allocate } from "../memory/arena";
import { hashBytes } from "../memory/hash";
import { SID_CAPACITY, SID_NONE, SID_OWNER_RIGHTS, SID_SYSTEM, placeSid, resetSidRecords, sameSid, sidBytes, sidSize } from "../memory/sids";

const BUCKETS: u32 = 16384;
const SKETCH_BITS: u32 = 15;

/** S-1-3-4, S-1-5-10, S-1-15-2-1, S-1-15-2-2, S-1-5-32-544, S-1-5-18, in the order of their numbers. */
const WELL_KNOWN = memory.data<u8>([
  1, 1, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0,
  1, 1, 0, 0, 0, 0, 0, 5, 10, 0, 0, 0,
  1, 2, 0, 0, 0, 0, 0, 15, 2, 0, 0, 0, 1, 0, 0, 0,
  1, 2, 0, 0, 0, 0, 0, 15, 2, 0, 0, 0, 2, 0, 0, 0,
  1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0,
  1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0,
]);

/** An interned SID: { u32 next number in its bucket, SID bytes }. */
const NODE_SID: usize = 4;

let count: u32 = 0;
/** A SID found no room: what was loaded since means nothing, and nothing is loaded before the next reset. */
let overflow: bool = false;
/** u32 per bucket: first number, 0 = none. */
let buckets: usize = 0;
/** u16 per sketch: the number of the SID that came last with it; 0 when none has it. */
let sketches: usize = 0;

/** Empties the table; the arena has just been reset. */
export function resetSids(): void {
  overflow = false;
  buckets = allocate(BUCKETS * 4);
  sketches = allocate(2 << SKETCH_BITS);
  resetSidRecords();
  count = 1;
  let at = WELL_KNOWN;
  for (let i: u32 = SID_OWNER_RIGHTS; i <= SID_SYSTEM; i++) {
    internSid(at);
    at += sidSize(at);
  }
}

/** Whether a SID found no room since the last reset. */
export function sidsOverflowed(): bool {
  return overflow;
}

/** Bytes of arena that `more` SIDs within `bytes` of input take at most. */
export function sidStorage(more: usize, bytes: usize): usize {
  return bytes + 16 * more;
}

/** The last eight bytes of a SID, stirred: quick, and no secret; who makes them collide gets the slow look-up. */
@inline
export function sketchOf(at: usize, size: u32): u32 {
  const last = at + size - 8;
  return <u32>((load<u64>(last) * 0x9e3779b97f4a7c15) >>> 32);
}

@inline
function sketch(at: usize, size: u32): usize {
  return sketches + ((sketchOf(at, size) >>> (32 - SKETCH_BITS)) << 1);
}

/** The number of the valid SID at `at`; SID_NONE when no value that was loaded names it. */
export function findSid(at: usize): u32 {
  const size = sidSize(at);
  const latest = <u32>load<u16>(sketch(at, size));
  if (latest == SID_NONE || sameSid(sidBytes(latest), at)) return latest;
  return lookUp(at, bucketOf(at, size));
}

function bucketOf(at: usize, size: u32): usize {
  return buckets + (hashBytes(at, size) & (BUCKETS - 1)) * 4;
}

function lookUp(at: usize, bucket: usize): u32 {
  for (let number = load<u32>(bucket); number != 0; number = load<u32>(sidBytes(number) - NODE_SID)) {
    if (sameSid(sidBytes(number), at)) return number;
  }
  return SID_NONE;
}

/** The number of the valid SID at `at`; SID_NONE, and an overflow, when the table is full. */
export function internSid(at: usize): u32 {
  const size = sidSize(at);
  const latest = <u32>load<u16>(sketch(at, size));
  if (latest != SID_NONE && sameSid(sidBytes(latest), at)) return latest;
  const bucket = bucketOf(at, size);
  const known = lookUp(at, bucket);
  if (known != SID_NONE) return known;
  if (count >= SID_CAPACITY) {
    overflow = true;
    return SID_NONE;
  }
  const number = count;
  count += 1;
  const node = allocate(NODE_SID + size);
  store<u32>(node, load<u32>(bucket));
  memory.copy(node + NODE_SID, at, size);
  placeSid(number, node + NODE_SID);
  store<u32>(bucket, number);
  store<u16>(sketch(at, size), <u16>number);
  return number;
}
