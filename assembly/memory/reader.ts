/**
 * The only file that reads untrusted bytes. Knows lengths and little-endian integers and the shape of a SID;
 * does not know what a SID or an ACE means.
 *
 * Every read names the end of what it may touch. The first overrun is remembered with its place; from then on all
 * reads yield 0 and `failed()` stays true until `beginRead`. Sizes are compared by subtraction from the end.
 */
import { SID_HEADER_SIZE, SID_MAX_SUB_AUTHORITIES, SID_REVISION } from "../shared/security-descriptor";

let origin: usize = 0;
let fault: bool = false;
let faultOffset: u32 = 0;

/** Starts on bytes whose first one is at `start`: offsets of faults count from there. */
export function beginRead(start: usize): void {
  origin = start;
  fault = false;
  faultOffset = 0;
}

export function failed(): bool {
  return fault;
}

/** Offset of the first fault. */
export function failedOffset(): u32 {
  return faultOffset;
}

/** Remembers the first fault; later ones do not move it. */
export function failAt(at: usize): void {
  if (fault) return;
  fault = true;
  faultOffset = <u32>(at - origin);
}

/** Whether `size` bytes lie between `at` and `end`; else a fault at `at`. */
export function fits(at: usize, end: usize, size: usize): bool {
  if (fault) return false;
  if (at > end || end - at < size) {
    failAt(at);
    return false;
  }
  return true;
}

export function readU8(at: usize, end: usize): u32 {
  return fits(at, end, 1) ? <u32>load<u8>(at) : 0;
}

export function readU16(at: usize, end: usize): u32 {
  return fits(at, end, 2) ? <u32>load<u16>(at) : 0;
}

export function readU32(at: usize, end: usize): u32 {
  return fits(at, end, 4) ? load<u32>(at) : 0;
}

export function readU64(at: usize, end: usize): u64 {
  return fits(at, end, 8) ? load<u64>(at) : 0;
}

/** Size of the valid SID at `at`; 0 and a fault when there is none. [MS-DTYP] 2.4.2.2 */
export function readSidSize(at: usize, end: usize): u32 {
  if (!fits(at, end, SID_HEADER_SIZE)) return 0;
  const count = <u32>load<u8>(at + 1);
  if (<u32>load<u8>(at) != SID_REVISION || count > SID_MAX_SUB_AUTHORITIES) {
    failAt(at);
    return 0;
  }
  const size = SID_HEADER_SIZE + 4 * count;
  return fits(at, end, size) ? size : 0;
}

/** Runs a trial read: a fault inside it is forgotten by `endTrial`, which tells whether there was one. */
export function endTrial(): bool {
  const was = fault;
  fault = false;
  return was;
}
