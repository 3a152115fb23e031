/**
 * SeFilterToken, NtFilterToken, CreateRestrictedToken: what is left of a token. tokens.md 2.
 *
 * Answers the token it leaves, as far as filtering can change it; the source is never changed.
 */

import * as privileges from "../../assembly/shared/privilege.js";
import { SE_CHANGE_NOTIFY_PRIVILEGE } from "../../assembly/shared/privilege.js";
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
} from "../../assembly/shared/token.js";
import { sidNumbers } from "./question.js";
import type { ModelPrivilege, ModelToken, SidAndAttributes, SidText } from "./types.js";

export interface FilterRequest {
  readonly token: ModelToken;
  readonly flags: number;
  readonly sidsToDisable: readonly SidText[];
  readonly privilegesToDelete: readonly bigint[];
  readonly restrictedSids: readonly SidAndAttributes[];
  readonly call: "SeFilterToken" | "CreateRestrictedToken";
  readonly callerIsTcb: boolean;
}

export type FilterAnswer =
  | { readonly status: "STATUS_SUCCESS"; readonly token: ModelToken }
  | { readonly status: "STATUS_INVALID_PARAMETER"; readonly token: null };

export function filter(request: FilterRequest): FilterAnswer {
  if (isInvalid(request)) return { status: "STATUS_INVALID_PARAMETER", token: null };
  const { token, flags, sidsToDisable } = request;
  const lua = (flags & LUA_TOKEN) !== 0;

  const user = sidsToDisable.includes(token.user.sid) ? denyOnly(token.user) : token.user;
  const groups = token.groups.map((group) => {
    const chosen = sidsToDisable.includes(group.sid) || (lua && isElevated(group.sid));
    return chosen && (group.attributes & SE_GROUP_INTEGRITY) === 0 ? denyOnly(group) : group;
  });
  const filtered: ModelToken = {
    ...token,
    user,
    groups,
    privileges: remainingPrivileges(request),
    sandboxInert: token.sandboxInert || setsSandboxInert(request),
    owner: lostAsGroup(token, groups) ? token.user.sid : token.owner,
    ...restrictions(request),
  };
  return { status: "STATUS_SUCCESS", token: filtered };
}

/** 2.1 */
function isInvalid(request: FilterRequest): boolean {
  const lists = [request.sidsToDisable, request.privilegesToDelete, request.restrictedSids];
  return (
    request.restrictedSids.some((entry) => entry.attributes !== 0) ||
    lists.some((list) => list.length > FILTER_LIST_MAX) ||
    (request.flags & ~FILTER_FLAGS_VALID_MASK) !== 0
  );
}

/** 2.3 */
function denyOnly(entry: SidAndAttributes): SidAndAttributes {
  const kept = entry.attributes & ~(SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT);
  return { sid: entry.sid, attributes: (kept | SE_GROUP_USE_FOR_DENY_ONLY) >>> 0 };
}

/** 2.2, owner: a group that has just become deny-only owns nothing any more. */
function lostAsGroup(before: ModelToken, after: readonly SidAndAttributes[]): boolean {
  return before.groups.some((group, index) => {
    const was = (group.attributes & SE_GROUP_USE_FOR_DENY_ONLY) !== 0;
    const is = (after[index].attributes & SE_GROUP_USE_FOR_DENY_ONLY) !== 0;
    return group.sid === before.owner && !was && is;
  });
}

/** 2.4, and the privilege half of LUA_TOKEN in 2.5. */
function remainingPrivileges({ token, flags, privilegesToDelete }: FilterRequest): readonly ModelPrivilege[] {
  const left = token.privileges.filter((held) =>
    (flags & DISABLE_MAX_PRIVILEGE) !== 0
      ? held.luid === BigInt(SE_CHANGE_NOTIFY_PRIVILEGE)
      : !privilegesToDelete.includes(held.luid),
  );
  if ((flags & LUA_TOKEN) === 0) return left;
  return token.groups.some((group) => isElevated(group.sid))
    ? left.filter((held) => LUA_KEEPS.has(held.luid))
    : left.filter((held) => !LUA_REMOVES.has(held.luid));
}

const LUA_KEEPS: ReadonlySet<bigint> = new Set(
  [
    privileges.SE_CHANGE_NOTIFY_PRIVILEGE,
    privileges.SE_SHUTDOWN_PRIVILEGE,
    privileges.SE_UNDOCK_PRIVILEGE,
    privileges.SE_INCREASE_WORKING_SET_PRIVILEGE,
    privileges.SE_TIME_ZONE_PRIVILEGE,
  ].map(BigInt),
);

const LUA_REMOVES: ReadonlySet<bigint> = new Set(
  [
    privileges.SE_CREATE_TOKEN_PRIVILEGE,
    privileges.SE_TCB_PRIVILEGE,
    privileges.SE_TAKE_OWNERSHIP_PRIVILEGE,
    privileges.SE_BACKUP_PRIVILEGE,
    privileges.SE_RESTORE_PRIVILEGE,
    privileges.SE_DEBUG_PRIVILEGE,
    privileges.SE_IMPERSONATE_PRIVILEGE,
    privileges.SE_RELABEL_PRIVILEGE,
  ].map(BigInt),
);

const ELEVATED_DOMAIN_RIDS: ReadonlySet<number> = new Set([512, 516, 517, 518, 519, 520]);
const ELEVATED_BUILTIN_RIDS: ReadonlySet<number> = new Set([544, 547, 548, 549, 550, 551, 553, 554, 556, 569]);

/** S-1-5-21-a-b-c-{…} and S-1-5-32-{…} of 2.5 */
function isElevated(sid: SidText): boolean {
  const numbers = sidNumbers(sid);
  if (numbers[0] !== 5) return false;
  if (numbers[1] === 21) return numbers.length === 6 && ELEVATED_DOMAIN_RIDS.has(numbers[5]);
  return numbers[1] === 32 && numbers.length === 3 && ELEVATED_BUILTIN_RIDS.has(numbers[2]);
}

/** 2.5 */
function setsSandboxInert({ flags, call, callerIsTcb }: FilterRequest): boolean {
  return (flags & SANDBOX_INERT) !== 0 && (call === "SeFilterToken" || callerIsTcb);
}

/** 2.6, the table row by row. */
function restrictions({
  token,
  flags,
  restrictedSids,
}: FilterRequest): Pick<ModelToken, "restrictedSids" | "writeRestricted"> {
  const given = restrictedSids.map((entry) => entry.sid);
  const asksForWrites = (flags & WRITE_RESTRICTED) !== 0;
  if (token.restrictedSids === null) {
    if (given.length > 0) return { restrictedSids: given, writeRestricted: asksForWrites };
    return asksForWrites
      ? { restrictedSids: [], writeRestricted: true }
      : { restrictedSids: null, writeRestricted: false };
  }
  if (given.length === 0) return { restrictedSids: token.restrictedSids, writeRestricted: token.writeRestricted };
  const both = token.restrictedSids.filter((sid) => given.includes(sid));
  return { restrictedSids: [...new Set(both)], writeRestricted: token.writeRestricted && asksForWrites };
}
