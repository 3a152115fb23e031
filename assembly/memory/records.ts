/**
 * The compiled records, as @unmanaged structs: the kernel's own; those that cross the boundary are in boundary.ts.
 * Knows layouts; does not know what a SID or an ACE means.
 */
import { allocate } from "./arena";

/** Kinds of handles; every record a handle names begins with its kind and its generation. */
export const KIND_DESCRIPTOR: u32 = 0x44455343;
export const KIND_TOKEN: u32 = 0x544f4b4e;
export const KIND_POLICIES: u32 = 0x504f4c49;

// ---- what a token holds of a SID: one byte per interned SID ----
/** Matches allow ACEs: the user, or an enabled group. access-check.md 6.2 */
export const HOLD_ALLOW: u32 = 0x01;
/** Matches deny ACEs: enabled or deny-only. */
export const HOLD_DENY: u32 = 0x02;
/** In the restricting list, for allow and for deny ACEs (two bits: OWNER RIGHTS differs). */
export const HOLD_RESTRICT_ALLOW: u32 = 0x04;
export const HOLD_RESTRICT_DENY: u32 = 0x08;
/** On the package side. access-check.md 8.1 */
export const HOLD_PACKAGE: u32 = 0x10;
/** In the device groups. */
export const HOLD_DEVICE_ALLOW: u32 = 0x20;
export const HOLD_DEVICE_DENY: u32 = 0x40;
/** Every token "holds" the number of no SID in this way, so that a walk stops behind the last entry by itself. */
export const HOLD_END: u32 = 0x80;
/** What makes the walk stop at an allow ACE, and at a deny ACE. */
export const NEED_ALLOW: u32 = 0x15;
export const NEED_DENY: u32 = 0x0a;

//   0      4            8      12     14     15
//   ├ kind ┼ generation ┤  ACE: ├ mask ┼ sid  ┼ need ┼ flags ┤
/** A DACL (or the audit part of a SACL), compiled. Entries are 8 bytes: u32 mask, u16 sid, u8 need, u8 flags. */
@unmanaged
export class AclRecord {
  count: u32;
  flags: u32;
  /** `count` entries, and one more with SID_NONE and HOLD_END. */
  entries: usize;
  /** u16 per entry: index of the ACE in the ACL as stored; 0 when every entry stands where its ACE does. */
  indexes: usize;
  /** usize per entry: an AceExtra, 0 when the ACE is plain. The array itself is 0 when all are plain. */
  extras: usize;
  /** ACEs left out that an explanation lists: { u16 index, u16 reason }. */
  ignored: usize;
  ignoredCount: u32;
  /** Stored index of the first effective OWNER RIGHTS ACE; NO_ACE without one. access-check.md 5.3 */
  ownerRightsAce: u32;
  /** ACEs as stored; 0 makes the DACL empty. */
  storedCount: u32;
  /** Where equal ones are looked for: the next of the bucket, and the hash. load/acl.ts */
  next: usize;
  hash: u32;
}
export const ACL_HAS_GENERIC: u32 = 0x1;
export const ACL_HAS_OWNER_RIGHTS: u32 = 0x2;
export const ACL_HAS_PRINCIPAL_SELF: u32 = 0x4;

export const ENTRY_SIZE: u32 = 8;
export const ENTRY_MASK: u32 = 0;
export const ENTRY_SID: u32 = 4;
export const ENTRY_NEED: u32 = 6;
export const ENTRY_FLAGS: u32 = 7;
export const ENTRY_DENY: u32 = 0x01;
/** Has an AceExtra: condition, object type or compound server. */
export const ENTRY_EXTRA: u32 = 0x02;
/** Audit entries: SUCCESSFUL_ACCESS (0x40) and FAILED_ACCESS (0x80) as in the ACE. */
export const ENTRY_AUDIT_SUCCESS: u32 = 0x40;
export const ENTRY_AUDIT_FAILURE: u32 = 0x80;

/** Room for `count` entries, and the one behind them that ends a walk. */
export function allocateEntries(count: u32): usize {
  const entries = allocate((count + 1) * ENTRY_SIZE);
  store<u8>(entries + count * ENTRY_SIZE + ENTRY_NEED, <u8>HOLD_END);
  return entries;
}

/** Where the ACE of entry number `entry` stands in its ACL. */
export function storedIndex(acl: AclRecord, entry: u32): u32 {
  return acl.indexes == 0 ? entry : <u32>load<u16>(acl.indexes + entry * 2);
}

/** What an ACE has beyond mask and SID. */
@unmanaged
export class AceExtra {
  /** EXTRA_… */
  flags: u32;
  /** SID number of a compound ACE's server. */
  server: u32;
  /** Program of the condition; 0 with EXTRA_CONDITION means malformed or no expression: UNKNOWN. */
  condition: usize;
  guid0: u64;
  guid1: u64;
}
export const EXTRA_CONDITION: u32 = 0x1;
export const EXTRA_OBJECT_TYPE: u32 = 0x2;
export const EXTRA_COMPOUND: u32 = 0x4;

/** The parts of a SACL that decide. */
@unmanaged
export class SaclRecord {
  /** Mandatory label: stored index (NO_ACE: none), RID, policy bits. */
  labelAce: u32;
  labelRid: u32;
  labelPolicy: u32;
  /** Process trust label: stored index (NO_ACE: none). */
  trustAce: u32;
  trustType: u32;
  trustLevel: u32;
  trustMask: u32;
  /** Scoped policy: SID number, 0 = none. */
  policySid: u32;
  filterCount: u32;
  /** AccessFilterRecord × filterCount. */
  filters: usize;
  resourceCount: u32;
  /** usize per well-formed resource attribute, in order: a claim record (load/claims.ts). */
  resources: usize;
  /** Audit ACEs. */
  audits: AclRecord | null;
}

@unmanaged
export class AccessFilterRecord {
  ace: u32;
  mask: u32;
  /** 0: application data that is no expression, UNKNOWN. */
  condition: usize;
}

/** A security descriptor, compiled. */
@unmanaged
export class DescriptorRecord {
  kind: u32;
  generation: u32;
  /** SID number; 0 = absent. */
  owner: u32;
  group: u32;
  /** null = absent or NULL: everything granted. */
  dacl: AclRecord | null;
  sacl: SaclRecord | null;
  /** 1: its DACL decides alone, and every entry of that is plain. check/plain.ts */
  plain: u32;
}

/** A token, compiled. */
@unmanaged
export class TokenRecord {
  kind: u32;
  generation: u32;
  /** One HOLD_… byte per SID number below SID_CAPACITY. */
  table: usize;
  /** IMAGE_… flags of the token image. */
  flags: u32;
  type: u32;
  level: u32;
  integrity: u32;
  mandatoryPolicy: u32;
  trustType: u32;
  trustLevel: u32;
  /** SID numbers. */
  user: u32;
  userAttributes: u32;
  owner: u32;
  groupCount: u32;
  /** { u32 sid, u32 attributes } × groupCount. */
  groups: usize;
  restrictedCount: u32;
  /** u32 SID number × restrictedCount. */
  restricted: usize;
  privilegeCount: u32;
  /** { u32 low, u32 high, u32 attributes } × privilegeCount. */
  privileges: usize;
  /** USED_… bits of the privileges that are held and enabled. */
  enabled: u32;
  /** What the token itself holds of S-1-3-4 and S-1-5-10, whatever a check put into the table. */
  ownerRightsBits: u32;
  principalSelfBits: u32;
  /** Claim lists: { u32 count, usize claim × count }, 0 = none. */
  userClaims: usize;
  deviceClaims: usize;
  localClaims: usize;
  /** 1: no label, package or level stands between it and a DACL that decides alone. check/plain.ts */
  plain: u32;
}

/** Loaded policies: { kind, generation, count, PolicyRecord × count }. */
@unmanaged
export class PoliciesRecord {
  kind: u32;
  generation: u32;
  count: u32;
  policies: usize;
}

@unmanaged
export class PolicyRecord {
  sid: u32;
  ruleCount: u32;
  /** RuleRecord × ruleCount. */
  rules: usize;
}

@unmanaged
export class RuleRecord {
  /** 0: no condition, always applies. 1: has one. */
  conditional: u32;
  /** Staged DACL given. */
  staged: u32;
  condition: usize;
  dacl: AclRecord | null;
  stagedDacl: AclRecord | null;
}

/** What is asked of filtering. Lists of SIDs are u32 numbers, of privileges { u32 low, u32 high, u32 attributes }. */
@unmanaged
export class FilterRecord {
  flags: u32;
  call: u32;
  callerIsTcb: u32;
  disableCount: u32;
  disable: usize;
  deleteCount: u32;
  deletes: usize;
  restrictCount: u32;
  restrict: usize;
  /** Attributes given with restricting SIDs, ORed. */
  restrictAttributes: u32;
}

/** What filtering leaves of a token. */
@unmanaged
export class FilterOutcome {
  /** IMAGE_… flags that filtering decides. */
  flags: u32;
  userAttributes: u32;
  /** SID number; 0 = none. */
  owner: u32;
  /** u32 per group of the source. */
  groupAttributes: usize;
  restrictedCount: u32;
  restricted: usize;
  privilegeCount: u32;
  privileges: usize;
}
