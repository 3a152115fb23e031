/**
 * An ACL: sound or refused, then its access (or audit) ACEs compiled to 8-byte entries. [MS-DTYP] 2.4.5
 *
 * DACLs that compile alike share one record. Inherit-only ACEs are dropped here: they mean nothing at check time
 * (access-check.md 6.1). Order is the caller's; nothing is sorted. Does not know desired access or verdicts.
 */
import { allocate, arenaTop, releaseArena } from "../memory/arena";
import { compareBytes } from "../memory/bytes";
import { hashBytes } from "../memory/hash";
import { failAt, failed, fits, readU16, readU8 } from "../memory/reader";
import {
  ACL_HAS_GENERIC,
  ACL_HAS_OWNER_RIGHTS,
  ACL_HAS_PRINCIPAL_SELF,
  AceExtra,
  AclRecord,
  ENTRY_AUDIT_FAILURE,
  ENTRY_AUDIT_SUCCESS,
  ENTRY_DENY,
  ENTRY_EXTRA,
  ENTRY_FLAGS,
  ENTRY_MASK,
  ENTRY_NEED,
  ENTRY_SID,
  ENTRY_SIZE,
  EXTRA_COMPOUND,
  EXTRA_CONDITION,
  EXTRA_OBJECT_TYPE,
  NEED_ALLOW,
  NEED_DENY,
  allocateEntries,
  HOLD_DENY,
} from "../memory/records";
import { SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF } from "../memory/sids";
import { NO_ACE, SKIP_UNKNOWN_TYPE, SKIP_WRONG_ACL } from "../shared/abi";
import { GENERIC_BITS } from "../shared/access-mask";
import {
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
  ACE_COMPOUND_SIDS,
  ACE_OBJECT_GUIDS,
  ACL_HEADER_SIZE,
  ACL_REVISION,
  ACL_REVISION_DS,
} from "../shared/ace";
import {
  aceData,
  aceFlags,
  aceMask,
  aceSid,
  aceSize,
  aceType,
  hasObjectType,
  isAllow,
  isAudit,
  isCallback,
  isDeny,
  isInheritOnly,
  isKnown,
  isObject,
  readAce,
} from "./ace";
import { loadCondition } from "./condition";
import { internSid } from "./sid-table";

const BUCKETS: u32 = 4096;

let buckets: usize = 0;

/** Forgets the shared ACLs; the arena has just been reset. */
export function resetAcls(): void {
  buckets = allocate(BUCKETS * 4);
}

/** Arena bytes that the entries of ACLs within `bytes` of input take at most, SIDs and conditions apart. */
export function aclStorage(bytes: usize): usize {
  return 6 * bytes + 520;
}

/** Size of the sound ACL at `at` in a descriptor that ends at `end`; 0 and a fault when it is none. */
export function readAcl(at: usize, end: usize): u32 {
  if (!fits(at, end, ACL_HEADER_SIZE)) return 0;
  const revision = readU8(at, end);
  if (revision < ACL_REVISION || revision > ACL_REVISION_DS) failAt(at);
  const size = readU16(at + 2, end);
  if (size < ACL_HEADER_SIZE || (size & 3) != 0 || <usize>size > end - at) failAt(at + 2);
  if (failed()) return 0;
  const count = readU16(at + 4, end);
  const aclEnd = at + size;
  let ace = at + ACL_HEADER_SIZE;
  for (let i: u32 = 0; i < count && !failed(); i++) ace += readAce(ace, aclEnd, revision);
  return failed() ? 0 : size;
}

/** The record of the DACL at `at`, shared with every equal one; 0 and a fault when it is not sound. */
export function loadDacl(at: usize, end: usize): usize {
  if (readAcl(at, end) == 0) return 0;
  const mark = arenaTop();
  const fresh = changetype<AclRecord>(compile(at, false));
  // What entries have beyond 8 bytes is not compared.
  if (fresh.extras != 0) return changetype<usize>(fresh);
  fresh.hash = hashBytes(fresh.entries, fresh.count * ENTRY_SIZE);
  const bucket = buckets + (fresh.hash & (BUCKETS - 1)) * 4;
  for (let at = <usize>load<u32>(bucket); at != 0; ) {
    const known = changetype<AclRecord>(at);
    if (alike(known, fresh)) {
      // It names no SID that the known one does not: nothing but its own record was allocated since.
      releaseArena(mark);
      return at;
    }
    at = known.next;
  }
  fresh.next = load<u32>(bucket);
  store<u32>(bucket, <u32>changetype<usize>(fresh));
  return changetype<usize>(fresh);
}

/** Whether two plain lists have the same entries of the same ACEs, and ignore the same. */
function alike(a: AclRecord, b: AclRecord): bool {
  if (a.hash != b.hash || a.count != b.count || a.storedCount != b.storedCount || a.ignoredCount != b.ignoredCount) return false;
  if ((a.indexes == 0) != (b.indexes == 0)) return false;
  return (
    compareBytes(a.entries, b.entries, a.count * ENTRY_SIZE) == 0 &&
    (a.indexes == 0 || compareBytes(a.indexes, b.indexes, a.count * 2) == 0) &&
    compareBytes(a.ignored, b.ignored, a.ignoredCount * 4) == 0
  );
}

/** The audit ACEs of the sound SACL at `at`. */
export function loadAudits(at: usize): usize {
  return compile(at, true);
}

/** Compiles the ACEs of a sound ACL that decide access, or those that audit. */
function compile(at: usize, audit: bool): usize {
  const stored = <u32>load<u16>(at + 4);
  let kept: u32 = 0;
  let special: u32 = 0;
  let ignored: u32 = 0;
  let ace = at + ACL_HEADER_SIZE;
  for (let i: u32 = 0; i < stored; i++) {
    if (!isInheritOnly(ace)) {
      if (acts(ace, audit)) {
        kept += 1;
        if (isSpecial(ace)) special += 1;
      } else {
        ignored += 1;
      }
    }
    ace += aceSize(ace);
  }
  const record = changetype<AclRecord>(allocate(offsetof<AclRecord>()));
  record.count = kept;
  record.storedCount = stored;
  record.ownerRightsAce = NO_ACE;
  record.entries = allocateEntries(kept);
  record.indexes = kept == stored ? 0 : allocate(kept * 2);
  record.extras = special != 0 ? allocate(kept * sizeof<usize>()) : 0;
  record.ignored = audit ? 0 : allocate(ignored * 4);
  let entry: u32 = 0;
  ace = at + ACL_HEADER_SIZE;
  for (let i: u32 = 0; i < stored; i++) {
    if (!isInheritOnly(ace)) {
      if (acts(ace, audit)) {
        compileAce(record, entry, i, ace, audit);
        entry += 1;
      } else if (!audit) {
        const slot = record.ignored + record.ignoredCount * 4;
        store<u16>(slot, <u16>i);
        store<u16>(slot + 2, <u16>(isKnown(aceType(ace)) ? SKIP_WRONG_ACL : SKIP_UNKNOWN_TYPE));
        record.ignoredCount += 1;
      }
    }
    ace += aceSize(ace);
  }
  return changetype<usize>(record);
}

function acts(ace: usize, audit: bool): bool {
  const type = aceType(ace);
  return audit ? isAudit(type) : isAllow(type) || isDeny(type);
}

/** Has a condition, an object type or a second SID. */
function isSpecial(ace: usize): bool {
  const type = aceType(ace);
  return isCallback(type) || type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE || (isObject(type) && hasObjectType(ace));
}

function compileAce(record: AclRecord, entry: u32, index: u32, ace: usize, audit: bool): void {
  const at = record.entries + entry * ENTRY_SIZE;
  const mask = aceMask(ace);
  const sid = internSid(aceSid(ace));
  const deny = isDeny(aceType(ace));
  let flags = deny ? ENTRY_DENY : 0;
  if (audit) flags |= aceFlags(ace) & (ENTRY_AUDIT_SUCCESS | ENTRY_AUDIT_FAILURE);
  if (isSpecial(ace)) {
    flags |= ENTRY_EXTRA;
    store<usize>(record.extras + entry * sizeof<usize>(), compileExtra(ace));
  }
  store<u32>(at + ENTRY_MASK, mask);
  store<u16>(at + ENTRY_SID, <u16>sid);
  store<u8>(at + ENTRY_NEED, <u8>(audit ? HOLD_DENY : deny ? NEED_DENY : NEED_ALLOW));
  store<u8>(at + ENTRY_FLAGS, <u8>flags);
  if (record.indexes != 0) store<u16>(record.indexes + entry * 2, <u16>index);
  if ((mask & GENERIC_BITS) != 0) record.flags |= ACL_HAS_GENERIC;
  if (sid == SID_PRINCIPAL_SELF) record.flags |= ACL_HAS_PRINCIPAL_SELF;
  if (sid == SID_OWNER_RIGHTS) {
    record.flags |= ACL_HAS_OWNER_RIGHTS;
    if (record.ownerRightsAce == NO_ACE) record.ownerRightsAce = index;
  }
}

function compileExtra(ace: usize): usize {
  const extra = changetype<AceExtra>(allocate(offsetof<AceExtra>()));
  const type = aceType(ace);
  if (isObject(type) && hasObjectType(ace)) {
    extra.flags |= EXTRA_OBJECT_TYPE;
    extra.guid0 = load<u64>(ace + ACE_OBJECT_GUIDS);
    extra.guid1 = load<u64>(ace + ACE_OBJECT_GUIDS + 8);
  }
  if (type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE) {
    extra.flags |= EXTRA_COMPOUND;
    extra.server = internSid(ace + ACE_COMPOUND_SIDS);
  }
  if (isCallback(type)) {
    const data = aceData(ace);
    extra.flags |= EXTRA_CONDITION;
    extra.condition = loadCondition(data, <u32>(ace + aceSize(ace) - data));
  }
  return changetype<usize>(extra);
}
