/**
 * A descriptor that passes by: of bytes that are surely sound and plain, the entries whose SIDs the token could hold.
 *
 * Nothing is kept and no SID is interned, so a dump of any length leaves no trace. Not being sure is no refusal: the
 * descriptor then goes the whole way through descriptor.ts, which alone judges bytes. Does not know desired access.
 */
import { allocate, reserve } from "../memory/arena";
import {
  ACL_HAS_GENERIC,
  AclRecord,
  DescriptorRecord,
  ENTRY_DENY,
  ENTRY_FLAGS,
  ENTRY_MASK,
  ENTRY_NEED,
  ENTRY_SID,
  ENTRY_SIZE,
  HOLD_END,
  NEED_ALLOW,
  NEED_DENY,
  TokenRecord,
} from "../memory/records";
import { SID_NONE, SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF, sidBytes, sidSize } from "../memory/sids";
import { GENERIC_BITS } from "../shared/access-mask";
import {
  ACCESS_DENIED_ACE_TYPE,
  ACE_FLAGS,
  ACE_MASK,
  ACE_SID,
  ACE_SIZE,
  ACL_HEADER_SIZE,
  ACL_MAX_SIZE,
  ACL_REVISION,
  ACL_REVISION_DS,
  INHERIT_ONLY_ACE,
} from "../shared/ace";
import {
  SD_CONTROL,
  SD_DACL,
  SD_GROUP,
  SD_HEADER_SIZE,
  SD_OWNER,
  SD_REVISION,
  SD_SACL,
  SECURITY_DESCRIPTOR_REVISION,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
  SID_HEADER_SIZE,
  SID_MAX_SUB_AUTHORITIES,
  SID_REVISION,
} from "../shared/security-descriptor";
import { findSid, sketchOf } from "./sid-table";

/** An ACE with the shortest SID. */
const ACE_SIZE_MIN: u32 = ACE_SID + SID_HEADER_SIZE;
/** Type bits that neither ACCESS_ALLOWED_ACE_TYPE nor ACCESS_DENIED_ACE_TYPE has. */
const NOT_PLAIN_TYPE: u32 = 0xff & ~ACCESS_DENIED_ACE_TYPE;
/** Revision and count of a SID, but for the bits that a count of at most 15 may have. */
const SID_SHAPE: u32 = 0xffff & ~(SID_MAX_SUB_AUTHORITIES << 8);
const ENTRIES_MAX: u32 = ACL_MAX_SIZE / ACE_SIZE_MIN + 1;

/** A byte per sketch: whether a SID of the token has it. */
const FILTER_BITS: u32 = 12;
const FILTER_SIZE: u32 = 1 << FILTER_BITS;
const filter = memory.data(1 << 12);
const list = changetype<AclRecord>(memory.data(offsetof<AclRecord>(), 8));
const record = changetype<DescriptorRecord>(memory.data(offsetof<DescriptorRecord>(), 8));
/** ENTRIES_MAX entries; 0 until the first scan. */
let entries: usize = 0;

/** Forgets the entries; the arena has just been reset. */
export function resetScan(): void {
  entries = 0;
}

/** Makes room; false when there is none. */
export function prepareScan(): bool {
  if (entries != 0) return true;
  if (!reserve(ENTRIES_MAX * ENTRY_SIZE)) return false;
  entries = allocate(ENTRIES_MAX * ENTRY_SIZE);
  list.entries = entries;
  record.dacl = list;
  return true;
}

/** Ready for the SIDs of `token`, the only ones that a scan takes notice of; false when there is no room prepared. */
export function beginScan(token: TokenRecord): bool {
  if (entries == 0) return false;
  memory.fill(filter, 0, FILTER_SIZE);
  notice(token.user);
  for (let i: u32 = 0; i < token.groupCount; i++) notice(load<u32>(token.groups + i * 8));
  for (let i: u32 = 0; i < token.restrictedCount; i++) notice(load<u32>(token.restricted + i * 4));
  notice(SID_OWNER_RIGHTS);
  notice(SID_PRINCIPAL_SELF);
  return true;
}

function notice(sid: u32): void {
  const at = sidBytes(sid);
  store<u8>(filter + (sketchOf(at, sidSize(at)) >>> (32 - FILTER_BITS)), 1);
}

/** The number of a SID that may be noticed; SID_NONE for any other. */
@inline
function numberOf(at: usize, size: u32): u32 {
  return load<u8>(filter + (sketchOf(at, size) >>> (32 - FILTER_BITS))) != 0 ? findSid(at) : SID_NONE;
}

/** The record of the descriptor of `length` bytes at `at`, good until the next one; 0: it takes the whole way. */
export function scanDescriptor(at: usize, length: u32): usize {
  if (length < SD_HEADER_SIZE || <u32>load<u8>(at + SD_REVISION) != SECURITY_DESCRIPTOR_REVISION) return 0;
  const control = <u32>load<u16>(at + SD_CONTROL);
  if ((control & (SE_SELF_RELATIVE | SE_DACL_PRESENT)) != (SE_SELF_RELATIVE | SE_DACL_PRESENT)) return 0;
  if ((control & SE_SACL_PRESENT) != 0 && load<u32>(at + SD_SACL) != 0) return 0;
  const owner = load<u32>(at + SD_OWNER);
  const group = load<u32>(at + SD_GROUP);
  const dacl = load<u32>(at + SD_DACL);
  if (!isSid(at, owner, length) || !isSid(at, group, length)) return 0;
  if (dacl < SD_HEADER_SIZE || (dacl & 3) != 0 || dacl > length || length - dacl < ACL_HEADER_SIZE) return 0;
  if (!scanDacl(at + dacl, length - dacl)) return 0;
  record.owner = owner == 0 ? SID_NONE : numberOf(at + owner, SID_HEADER_SIZE + 4 * <u32>load<u8>(at + owner + 1));
  return changetype<usize>(record);
}

/** Whether a part is absent, or surely a SID within the `length` bytes at `at`. */
@inline
function isSid(at: usize, offset: u32, length: u32): bool {
  if (offset == 0) return true;
  if (offset < SD_HEADER_SIZE || (offset & 3) != 0 || offset > length || length - offset < SID_HEADER_SIZE) return false;
  const count = <u32>load<u8>(at + offset + 1);
  if (<u32>load<u8>(at + offset) != SID_REVISION || count > SID_MAX_SUB_AUTHORITIES) return false;
  return length - offset >= SID_HEADER_SIZE + 4 * count;
}

/** Fills the list from an ACL of plain allow and deny ACEs without slack; false for any other. */
function scanDacl(at: usize, room: u32): bool {
  const revision = <u32>load<u8>(at);
  const size = <u32>load<u16>(at + 2);
  if (revision < ACL_REVISION || revision > ACL_REVISION_DS) return false;
  if (size < ACL_HEADER_SIZE || (size & 3) != 0 || size > room) return false;
  const end = at + size;
  let ace = at + ACL_HEADER_SIZE;
  let entry = entries;
  let bits: u32 = 0;
  for (let left = <u32>load<u16>(at + 4); left != 0; left--) {
    // Fewer bytes than these may be left: SCAN_SLACK lies behind the last.
    const header = load<u32>(ace);
    const aceSize = header >>> (ACE_SIZE * 8);
    const sid = load<u32>(ace + ACE_SID);
    const count = (sid >>> 8) & SID_MAX_SUB_AUTHORITIES;
    // All bits of this are 0 for an allow or deny ACE that its SID fills, and at most 15 sub-authorities.
    const strange = (header & NOT_PLAIN_TYPE) | ((sid & SID_SHAPE) ^ SID_REVISION) | (aceSize ^ (ACE_SIZE_MIN + 4 * count));
    if (strange != 0 || aceSize > <u32>(end - ace)) return false;
    if ((header & (INHERIT_ONLY_ACE << (ACE_FLAGS * 8))) == 0) {
      // An ACE for somebody else is as good as none.
      const number = numberOf(ace + ACE_SID, aceSize - ACE_SID);
      if (number != SID_NONE) {
        if (number == SID_OWNER_RIGHTS || number == SID_PRINCIPAL_SELF) return false;
        const mask = load<u32>(ace + ACE_MASK);
        bits |= mask;
        store<u32>(entry + ENTRY_MASK, mask);
        store<u16>(entry + ENTRY_SID, <u16>number);
        const deny = (header & ACCESS_DENIED_ACE_TYPE) != 0;
        store<u8>(entry + ENTRY_NEED, <u8>(deny ? NEED_DENY : NEED_ALLOW));
        store<u8>(entry + ENTRY_FLAGS, <u8>(deny ? ENTRY_DENY : 0));
        entry += ENTRY_SIZE;
      }
    }
    ace += aceSize;
  }
  store<u64>(entry, <u64>HOLD_END << (ENTRY_NEED * 8));
  list.count = <u32>(entry - entries) / ENTRY_SIZE;
  list.flags = (bits & GENERIC_BITS) != 0 ? ACL_HAS_GENERIC : 0;
  return true;
}
