/**
 * SeFilterToken and CreateRestrictedToken: what a token becomes. tokens.md 2
 *
 * Works out only what filtering can change; the source is never changed. Does not know bytes, descriptors or verdicts.
 */
import { allocate } from "../memory/arena";
import { FilterOutcome, FilterRecord, TokenRecord } from "../memory/records";
import { SID_CAPACITY, SID_NONE, ntSubAuthorities, subAuthority } from "../memory/sids";
import { FILTER_CALL_SE_FILTER_TOKEN } from "../shared/filter-image";
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS } from "../shared/ntstatus";
import {
  SE_BACKUP_PRIVILEGE,
  SE_CHANGE_NOTIFY_PRIVILEGE,
  SE_CREATE_TOKEN_PRIVILEGE,
  SE_DEBUG_PRIVILEGE,
  SE_IMPERSONATE_PRIVILEGE,
  SE_INCREASE_WORKING_SET_PRIVILEGE,
  SE_RELABEL_PRIVILEGE,
  SE_RESTORE_PRIVILEGE,
  SE_SHUTDOWN_PRIVILEGE,
  SE_TAKE_OWNERSHIP_PRIVILEGE,
  SE_TCB_PRIVILEGE,
  SE_TIME_ZONE_PRIVILEGE,
  SE_UNDOCK_PRIVILEGE,
} from "../shared/privilege";
import {
  DISABLE_MAX_PRIVILEGE,
  FILTER_FLAGS_VALID_MASK,
  FILTER_LIST_MAX,
  LUA_TOKEN,
  SANDBOX_INERT,
  SE_GROUP_ENABLED,
  SE_GROUP_ENABLED_BY_DEFAULT,
  SE_GROUP_INTEGRITY,
  SE_GROUP_USE_FOR_DENY_ONLY,
  WRITE_RESTRICTED,
} from "../shared/token";
import {
  IMAGE_PRIVILEGE_SIZE,
  IMAGE_RESTRICTED,
  IMAGE_SANDBOX_INERT,
  IMAGE_WRITE_RESTRICTED,
} from "../shared/token-image";

/** One byte per SID number: whether the list at hand names it. All 0 between calls. */
let marks: usize = 0;

/** Makes the table of marks; the arena has just been reset. */
export function resetFilter(): void {
  marks = allocate(SID_CAPACITY);
}

/** Fills `outcome` with what `filter` makes of `token`; on any other status than STATUS_SUCCESS there is no token. */
export function filterToken(token: TokenRecord, filter: FilterRecord, outcome: FilterOutcome): u32 {
  // 2.1, 4
  if ((filter.flags & ~FILTER_FLAGS_VALID_MASK) != 0) return STATUS_INVALID_PARAMETER;
  const longest = max(filter.disableCount, max(filter.deleteCount, filter.restrictCount));
  if (longest > FILTER_LIST_MAX) return STATUS_INVALID_PARAMETER;
  // 2.1, 3
  if (filter.restrictAttributes != 0) return STATUS_INVALID_PARAMETER;

  mark(filter.disable, filter.disableCount, 1);
  outcome.userAttributes = isMarked(token.user) ? denyOnly(token.userAttributes) : token.userAttributes;
  const elevated = filterGroups(token, filter, outcome);
  mark(filter.disable, filter.disableCount, 0);
  outcome.flags = sandboxFlag(token, filter) | filterRestricting(token, filter, outcome);
  filterPrivileges(token, filter, outcome, elevated);
  return STATUS_SUCCESS;
}

/** 2.3: all other bits stay. */
function denyOnly(attributes: u32): u32 {
  return (attributes & ~(SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT)) | SE_GROUP_USE_FOR_DENY_ONLY;
}

/** The groups' new attributes, and the owner's SID; whether LUA_TOKEN met an elevated group. 2.2, 2.3, 2.5 */
function filterGroups(token: TokenRecord, filter: FilterRecord, outcome: FilterOutcome): bool {
  const lua = (filter.flags & LUA_TOKEN) != 0;
  let elevated = false;
  outcome.owner = token.owner;
  outcome.groupAttributes = allocate(token.groupCount * 4);
  for (let i: u32 = 0; i < token.groupCount; i++) {
    const sid = load<u32>(token.groups + i * 8);
    let attributes = load<u32>(token.groups + i * 8 + 4);
    const isLuaTarget = lua && isElevated(sid);
    if (isLuaTarget) elevated = true;
    // The label stays effective. 2.3
    if ((isLuaTarget || isMarked(sid)) && (attributes & SE_GROUP_INTEGRITY) == 0) {
      // An owner that has just become deny-only owns no more. 2.2
      const wasDenyOnly = (attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0;
      if (!wasDenyOnly && sid == token.owner && sid != SID_NONE) outcome.owner = token.user;
      attributes = denyOnly(attributes);
    }
    store<u32>(outcome.groupAttributes + i * 4, attributes);
  }
  return elevated;
}

/** CreateRestrictedToken ignores SANDBOX_INERT unless the caller is trusted. 2.5 */
function sandboxFlag(token: TokenRecord, filter: FilterRecord): u32 {
  const heard = filter.call == FILTER_CALL_SE_FILTER_TOKEN || filter.callerIsTcb != 0;
  return (filter.flags & SANDBOX_INERT) != 0 && heard ? IMAGE_SANDBOX_INERT : token.flags & IMAGE_SANDBOX_INERT;
}

/** The table of 2.6: an existing list is only ever shortened, and full restriction never loosened. */
function filterRestricting(token: TokenRecord, filter: FilterRecord, outcome: FilterOutcome): u32 {
  const write = (filter.flags & WRITE_RESTRICTED) != 0;
  const given = filter.restrictCount;
  if ((token.flags & IMAGE_RESTRICTED) == 0) {
    outcome.restricted = filter.restrict;
    outcome.restrictedCount = given;
    if (given == 0 && !write) return 0;
    return IMAGE_RESTRICTED | (write ? IMAGE_WRITE_RESTRICTED : 0);
  }
  const wasWrite = (token.flags & IMAGE_WRITE_RESTRICTED) != 0;
  if (given == 0) {
    outcome.restricted = token.restricted;
    outcome.restrictedCount = token.restrictedCount;
    return IMAGE_RESTRICTED | (wasWrite ? IMAGE_WRITE_RESTRICTED : 0);
  }
  // In the order of the existing list, each SID once; an empty intersection restricts to nothing.
  mark(filter.restrict, given, 1);
  outcome.restricted = allocate(token.restrictedCount * 4);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < token.restrictedCount; i++) {
    const sid = load<u32>(token.restricted + i * 4);
    if (!isMarked(sid)) continue;
    store<u8>(marks + sid, 0);
    store<u32>(outcome.restricted + kept * 4, sid);
    kept += 1;
  }
  mark(filter.restrict, given, 0);
  outcome.restrictedCount = kept;
  return IMAGE_RESTRICTED | (wasWrite && write ? IMAGE_WRITE_RESTRICTED : 0);
}

function filterPrivileges(token: TokenRecord, filter: FilterRecord, outcome: FilterOutcome, elevated: bool): void {
  outcome.privileges = allocate(token.privilegeCount * IMAGE_PRIVILEGE_SIZE);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < token.privilegeCount; i++) {
    const at = token.privileges + i * IMAGE_PRIVILEGE_SIZE;
    const luid = load<u64>(at);
    if (isRemoved(luid, filter)) continue;
    if ((filter.flags & LUA_TOKEN) != 0 && !survivesLua(luid, elevated)) continue;
    memory.copy(outcome.privileges + kept * IMAGE_PRIVILEGE_SIZE, at, IMAGE_PRIVILEGE_SIZE);
    kept += 1;
  }
  outcome.privilegeCount = kept;
}

/** Removed, not disabled. DISABLE_MAX_PRIVILEGE leaves SeChangeNotifyPrivilege and ignores the list. 2.4 */
function isRemoved(luid: u64, filter: FilterRecord): bool {
  if ((filter.flags & DISABLE_MAX_PRIVILEGE) != 0) return luid != SE_CHANGE_NOTIFY_PRIVILEGE;
  for (let i: u32 = 0; i < filter.deleteCount; i++) {
    if (load<u64>(filter.deletes + i * IMAGE_PRIVILEGE_SIZE) == luid) return true;
  }
  return false;
}

/** 2.5: with an elevated group five privileges remain, without one eight go. */
function survivesLua(luid: u64, elevated: bool): bool {
  if (elevated) {
    return (
      luid == SE_CHANGE_NOTIFY_PRIVILEGE ||
      luid == SE_SHUTDOWN_PRIVILEGE ||
      luid == SE_UNDOCK_PRIVILEGE ||
      luid == SE_INCREASE_WORKING_SET_PRIVILEGE ||
      luid == SE_TIME_ZONE_PRIVILEGE
    );
  }
  return !(
    luid == SE_CREATE_TOKEN_PRIVILEGE ||
    luid == SE_TCB_PRIVILEGE ||
    luid == SE_TAKE_OWNERSHIP_PRIVILEGE ||
    luid == SE_BACKUP_PRIVILEGE ||
    luid == SE_RESTORE_PRIVILEGE ||
    luid == SE_DEBUG_PRIVILEGE ||
    luid == SE_IMPERSONATE_PRIVILEGE ||
    luid == SE_RELABEL_PRIVILEGE
  );
}

/** S-1-5-21-a-b-c-{512 516 517 518 519 520}, S-1-5-32-{544 547 548 549 550 551 553 554 556 569}. 2.5 */
function isElevated(sid: u32): bool {
  const count = ntSubAuthorities(sid);
  if (count == 5 && subAuthority(sid, 0) == 21) {
    const rid = subAuthority(sid, 4);
    return rid == 512 || (rid >= 516 && rid <= 520);
  }
  if (count != 2 || subAuthority(sid, 0) != 32) return false;
  const rid = subAuthority(sid, 1);
  return rid == 544 || (rid >= 547 && rid <= 551) || rid == 553 || rid == 554 || rid == 556 || rid == 569;
}

function mark(sids: usize, count: u32, value: u32): void {
  for (let i: u32 = 0; i < count; i++) store<u8>(marks + load<u32>(sids + i * 4), <u8>value);
}

function isMarked(sid: u32): bool {
  return load<u8>(marks + sid) != 0;
}
