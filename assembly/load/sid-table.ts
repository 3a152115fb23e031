/**
 * SID → small integer. Equal SIDs get equal numbers, dense below SID_CAPACITY, until the arena is reset.
 * Knows the bytes of valid SIDs; does not know who holds them.
 */
import { allocate } from "../memory/arena";
import { compareBytes } from "../memory/bytes";
import { hashBytes } from "../memory/hash";
import { SID_CAPACITY, SID_NONE, SID_OWNER_RIGHTS, SID_SYSTEM, placeSid, resetSidRecords, sidBytes, sidSize } from "../memory/sids";

const BUCKETS: u32 = 16384;

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

/** Empties the table; the arena has just been reset. */
export function resetSids(): void {
  overflow = false;
  buckets = allocate(BUCKETS * 4);
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

/** The number of the valid SID at `at`; SID_NONE, and an overflow, when the table is full. */
export function internSid(at: usize): u32 {
  const size = sidSize(at);
  const bucket = buckets + (hashBytes(at, size) & (BUCKETS - 1)) * 4;
  for (let number = load<u32>(bucket); number != 0; ) {
    const known = sidBytes(number);
    if (sidSize(known) == size && compareBytes(known, at, size) == 0) return number;
    number = load<u32>(known - NODE_SID);
  }
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
  return number;
}
