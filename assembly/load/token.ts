/**
 * Token image → a compiled token: one byte per interned SID says how the token holds it. tokens.md 1
 *
 * Does not know desired access, descriptors or verdicts.
 */
import { allocate } from "../memory/arena";
import { beginRead, failAt, failed, fits, readSidSize, readU32 } from "../memory/reader";
import {
  HOLD_ALLOW,
  HOLD_DENY,
  HOLD_END,
  HOLD_DEVICE_ALLOW,
  HOLD_DEVICE_DENY,
  HOLD_PACKAGE,
  HOLD_RESTRICT_ALLOW,
  HOLD_RESTRICT_DENY,
  KIND_TOKEN,
  TokenRecord,
} from "../memory/records";
import {
  SID_ALL_PACKAGES,
  SID_ALL_RESTRICTED_PACKAGES,
  SID_CAPACITY,
  SID_NONE,
  SID_OWNER_RIGHTS,
  SID_PRINCIPAL_SELF,
} from "../memory/sids";
import { USED_RELABEL, USED_SECURITY, USED_TAKE_OWNERSHIP } from "../shared/abi";
import { SE_RELABEL_PRIVILEGE, SE_SECURITY_PRIVILEGE, SE_TAKE_OWNERSHIP_PRIVILEGE } from "../shared/privilege";
import { CLAIMS_MAX, SE_GROUP_ENABLED, SE_GROUP_USE_FOR_DENY_ONLY, SE_PRIVILEGE_ENABLED } from "../shared/token";
import {
  IMAGE_APP_CONTAINER,
  IMAGE_CAPABILITY_COUNT,
  IMAGE_DEVICE_CLAIM_COUNT,
  IMAGE_DEVICE_GROUP_COUNT,
  IMAGE_FLAGS,
  IMAGE_FLAGS_VALID_MASK,
  IMAGE_GROUP_COUNT,
  IMAGE_HAS_OWNER,
  IMAGE_HEADER_SIZE,
  IMAGE_IMPERSONATION_LEVEL,
  IMAGE_INTEGRITY,
  IMAGE_LOCAL_CLAIM_COUNT,
  IMAGE_LOW_PRIVILEGE,
  IMAGE_MAGIC,
  IMAGE_MANDATORY_POLICY,
  IMAGE_PRIVILEGE_COUNT,
  IMAGE_PRIVILEGE_SIZE,
  IMAGE_RESTRICTED_COUNT,
  IMAGE_SIGNATURE,
  IMAGE_SIZE,
  IMAGE_TOKEN_TYPE,
  IMAGE_TRUST_LEVEL,
  IMAGE_TRUST_TYPE,
  IMAGE_USER_CLAIM_COUNT,
} from "../shared/token-image";
import { claimStorage, loadClaim } from "./claims";
import { internSid, sidStorage } from "./sid-table";

/** Where the next part of the image begins. */
let cursor: usize = 0;
let imageEnd: usize = 0;
/** The attributes of the entry read last. */
let attributes: u32 = 0;

/** Arena bytes that a token image of `length` bytes takes at most. */
export function tokenStorage(length: usize): usize {
  return <usize>SID_CAPACITY + 3 * length + sidStorage(length / 8 + 8, length) + claimStorage(length) + 1024;
}

/** The record of the token image at `at`; 0 and a fault when the bytes are none. */
export function loadToken(at: usize, length: u32, generation: u32): usize {
  beginRead(at);
  imageEnd = at + length;
  if (!fits(at, imageEnd, IMAGE_HEADER_SIZE)) return 0;
  if (readU32(at + IMAGE_SIGNATURE, imageEnd) != IMAGE_MAGIC) failAt(at + IMAGE_SIGNATURE);
  if (readU32(at + IMAGE_SIZE, imageEnd) != length || (length & 3) != 0) failAt(at + IMAGE_SIZE);
  const flags = readU32(at + IMAGE_FLAGS, imageEnd);
  if ((flags & ~IMAGE_FLAGS_VALID_MASK) != 0) failAt(at + IMAGE_FLAGS);
  if (failed()) return 0;
  cursor = at + IMAGE_HEADER_SIZE;

  const token = changetype<TokenRecord>(allocate(offsetof<TokenRecord>()));
  token.table = allocate(SID_CAPACITY);
  store<u8>(token.table + SID_NONE, <u8>HOLD_END);
  token.flags = flags;
  token.type = readU32(at + IMAGE_TOKEN_TYPE, imageEnd);
  token.level = readU32(at + IMAGE_IMPERSONATION_LEVEL, imageEnd);
  token.integrity = readU32(at + IMAGE_INTEGRITY, imageEnd);
  token.mandatoryPolicy = readU32(at + IMAGE_MANDATORY_POLICY, imageEnd);
  token.trustType = readU32(at + IMAGE_TRUST_TYPE, imageEnd);
  token.trustLevel = readU32(at + IMAGE_TRUST_LEVEL, imageEnd);

  token.user = readEntry();
  token.userAttributes = attributes;
  // The user counts unless deny-only; its ENABLED bit is of no matter. access-check.md 6.2
  hold(token, token.user, (attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0 ? HOLD_DENY : HOLD_ALLOW | HOLD_DENY);
  if ((flags & IMAGE_HAS_OWNER) != 0) token.owner = readEntry();
  loadGroups(token, readCount(at + IMAGE_GROUP_COUNT, 12));
  loadRestricted(token, readCount(at + IMAGE_RESTRICTED_COUNT, 12));
  loadPrivileges(token, readCount(at + IMAGE_PRIVILEGE_COUNT, IMAGE_PRIVILEGE_SIZE));
  if ((flags & IMAGE_APP_CONTAINER) != 0) {
    hold(token, readEntry(), HOLD_PACKAGE);
    hold(token, SID_ALL_RESTRICTED_PACKAGES, HOLD_PACKAGE);
    if ((flags & IMAGE_LOW_PRIVILEGE) == 0) hold(token, SID_ALL_PACKAGES, HOLD_PACKAGE);
  }
  const capabilities = readCount(at + IMAGE_CAPABILITY_COUNT, 12);
  for (let i: u32 = 0; i < capabilities && !failed(); i++) {
    const sid = readEntry();
    if (enabled(attributes)) hold(token, sid, HOLD_PACKAGE);
  }
  const devices = readCount(at + IMAGE_DEVICE_GROUP_COUNT, 12);
  for (let i: u32 = 0; i < devices && !failed(); i++) {
    const sid = readEntry();
    hold(token, sid, (enabled(attributes) ? HOLD_DEVICE_ALLOW : 0) | (denies(attributes) ? HOLD_DEVICE_DENY : 0));
  }
  token.userClaims = loadClaims(at + IMAGE_USER_CLAIM_COUNT);
  token.deviceClaims = loadClaims(at + IMAGE_DEVICE_CLAIM_COUNT);
  token.localClaims = loadClaims(at + IMAGE_LOCAL_CLAIM_COUNT);
  if (cursor != imageEnd) failAt(cursor);
  if (failed()) return 0;

  token.ownerRightsBits = load<u8>(token.table + SID_OWNER_RIGHTS);
  token.principalSelfBits = load<u8>(token.table + SID_PRINCIPAL_SELF);
  token.generation = generation;
  token.kind = KIND_TOKEN;
  return changetype<usize>(token);
}

/** Allow ACEs need ENABLED without USE_FOR_DENY_ONLY. access-check.md 6.2 */
function enabled(bits: u32): bool {
  return (bits & (SE_GROUP_ENABLED | SE_GROUP_USE_FOR_DENY_ONLY)) == SE_GROUP_ENABLED;
}

/** Deny ACEs need one of the two. */
function denies(bits: u32): bool {
  return (bits & (SE_GROUP_ENABLED | SE_GROUP_USE_FOR_DENY_ONLY)) != 0;
}

/** A SID that stands twice: each entry is tried, so what they hold adds up. */
function hold(token: TokenRecord, sid: u32, bits: u32): void {
  if (failed()) return;
  const at = token.table + sid;
  store<u8>(at, <u8>(<u32>load<u8>(at) | bits));
}

/** A count whose entries take at least `least` bytes each; a lying one is a fault. */
function readCount(at: usize, least: u32): u32 {
  const count = readU32(at, imageEnd);
  if (count > <u32>(imageEnd - cursor) / least) {
    failAt(at);
    return 0;
  }
  return count;
}

/** Reads { attributes, SID } and returns the SID's number. */
function readEntry(): u32 {
  attributes = readU32(cursor, imageEnd);
  const size = readSidSize(cursor + 4, imageEnd);
  if (failed()) return 0;
  const sid = internSid(cursor + 4);
  cursor += 4 + size;
  return sid;
}

function loadGroups(token: TokenRecord, count: u32): void {
  token.groupCount = count;
  token.groups = allocate(count * 8);
  for (let i: u32 = 0; i < count && !failed(); i++) {
    const sid = readEntry();
    store<u32>(token.groups + i * 8, sid);
    store<u32>(token.groups + i * 8 + 4, attributes);
    hold(token, sid, (enabled(attributes) ? HOLD_ALLOW : 0) | (denies(attributes) ? HOLD_DENY : 0));
  }
}

/** Restricting SIDs count whatever their attributes. access-check.md 7.2 */
function loadRestricted(token: TokenRecord, count: u32): void {
  token.restrictedCount = count;
  token.restricted = allocate(count * 4);
  for (let i: u32 = 0; i < count && !failed(); i++) {
    const sid = readEntry();
    store<u32>(token.restricted + i * 4, sid);
    hold(token, sid, HOLD_RESTRICT_ALLOW | HOLD_RESTRICT_DENY);
  }
}

function loadPrivileges(token: TokenRecord, count: u32): void {
  token.privilegeCount = count;
  token.privileges = allocate(count * IMAGE_PRIVILEGE_SIZE);
  for (let i: u32 = 0; i < count && !failed(); i++) {
    if (!fits(cursor, imageEnd, IMAGE_PRIVILEGE_SIZE)) return;
    const low = readU32(cursor, imageEnd);
    const high = readU32(cursor + 4, imageEnd);
    const bits = readU32(cursor + 8, imageEnd);
    memory.copy(token.privileges + i * IMAGE_PRIVILEGE_SIZE, cursor, IMAGE_PRIVILEGE_SIZE);
    // Only held and enabled ones count. access-check.md 2.1
    if (high == 0 && (bits & SE_PRIVILEGE_ENABLED) != 0) {
      if (low == SE_SECURITY_PRIVILEGE) token.enabled |= USED_SECURITY;
      if (low == SE_TAKE_OWNERSHIP_PRIVILEGE) token.enabled |= USED_TAKE_OWNERSHIP;
      if (low == SE_RELABEL_PRIVILEGE) token.enabled |= USED_RELABEL;
    }
    cursor += IMAGE_PRIVILEGE_SIZE;
  }
}

/** { u32 count, usize claim × count }; 0 when there are none. */
function loadClaims(countAt: usize): usize {
  const count = readCount(countAt, 4);
  if (count > CLAIMS_MAX) failAt(countAt);
  if (count == 0 || failed()) return 0;
  const list = allocate(4 + count * sizeof<usize>());
  store<u32>(list, count);
  for (let i: u32 = 0; i < count && !failed(); i++) {
    const size = readU32(cursor, imageEnd);
    if (size > <u32>(imageEnd - cursor)) failAt(cursor);
    const padded = (size + 3) & ~3;
    if (!fits(cursor + 4, imageEnd, padded)) return 0;
    const claim = loadClaim(cursor + 4, cursor + 4 + size);
    // Ours wrote this image: a claim that does not load is a fault of the image.
    if (claim == 0) failAt(cursor);
    store<usize>(list + 4 + i * sizeof<usize>(), claim);
    cursor += 4 + padded;
  }
  return list;
}
