/**
 * Interned SIDs as records: number → bytes. Numbers are dense below SID_CAPACITY until the arena is reset.
 *
 * load/sid-table.ts fills it. Knows the layout of a SID; does not know who holds one, or why a rule names it.
 */
import { SID_HEADER_SIZE } from "../shared/security-descriptor";
import { allocate } from "./arena";

/** Most SIDs between two resets; a token's table has one byte for each. */
export const SID_CAPACITY: u32 = 32768;

/** The number of no SID: nobody holds it. */
export const SID_NONE: u32 = 0;
/** SIDs that rules name have fixed numbers. */
export const SID_OWNER_RIGHTS: u32 = 1;
export const SID_PRINCIPAL_SELF: u32 = 2;
export const SID_ALL_PACKAGES: u32 = 3;
export const SID_ALL_RESTRICTED_PACKAGES: u32 = 4;
export const SID_ADMINISTRATORS: u32 = 5;
export const SID_SYSTEM: u32 = 6;

/** usize per number: address of the SID's bytes. */
let addresses: usize = 0;

/** Makes the table; the arena has just been reset. */
export function resetSidRecords(): void {
  addresses = allocate(SID_CAPACITY * sizeof<usize>());
}

export function placeSid(number: u32, at: usize): void {
  store<usize>(addresses + number * sizeof<usize>(), at);
}

/** Address of the bytes of SID `number`. */
export function sidBytes(number: u32): usize {
  return load<usize>(addresses + number * sizeof<usize>());
}

/** Size of the sound SID at `at`. */
export function sidSize(at: usize): u32 {
  return SID_HEADER_SIZE + 4 * <u32>load<u8>(at + 1);
}

/** Number of sub-authorities of SID `number` when its authority is NT (5), else 0. */
export function ntSubAuthorities(number: u32): u32 {
  const at = sidBytes(number);
  return load<u32>(at + 2) == 0 && load<u16>(at + 6) == 0x0500 ? <u32>load<u8>(at + 1) : 0;
}

/** Sub-authority `index` of SID `number`. */
export function subAuthority(number: u32, index: u32): u32 {
  return load<u32>(sidBytes(number) + SID_HEADER_SIZE + 4 * index);
}

/** Whether the valid SIDs at `a` and `b` are equal. The head of 8 bytes has the count, and so the size. */
export function sameSid(a: usize, b: usize): bool {
  if (load<u64>(a) != load<u64>(b)) return false;
  const last = <usize>sidSize(a) - 8;
  if (load<u64>(a + last) != load<u64>(b + last)) return false;
  for (let i: usize = 8; i < last; i += 8) {
    if (load<u64>(a + i) != load<u64>(b + i)) return false;
  }
  return true;
}
