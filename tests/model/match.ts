/**
 * Which SIDs a token holds, for which purpose. access-check.md 6.2, 7.2, 8.1.
 *
 * One function per list; what an ACE does with the answer is the walk's business.
 */

import { SE_GROUP_ENABLED, SE_GROUP_USE_FOR_DENY_ONLY } from "../../assembly/shared/token.js";
import type { ModelToken, SidAndAttributes, SidText } from "./types.js";

/** Allow reads a list strictly, deny generously. */
export type Reading = "allow" | "deny";

/** The three passes over a DACL. */
export type Lane = "normal" | "restricting" | "package";

/** All packages, and all restricted packages. */
const ALL_PACKAGES = "S-1-15-2-1";
const ALL_RESTRICTED_PACKAGES = "S-1-15-2-2";

/** The user, or a group whose attributes fit. */
export function holds(token: ModelToken, sid: SidText, reading: Reading): boolean {
  return holdsAsUser(token, sid, reading) || holdsInList(token.groups, sid, reading);
}

/** The user's ENABLED bit is of no matter; a deny-only user still meets deny ACEs. */
function holdsAsUser(token: ModelToken, sid: SidText, reading: Reading): boolean {
  if (token.user.sid !== sid) return false;
  return reading === "deny" || (token.user.attributes & SE_GROUP_USE_FOR_DENY_ONLY) === 0;
}

/** A SID that occurs twice: each entry is tried. An entry with both bits is deny-only. */
export function holdsInList(list: readonly SidAndAttributes[], sid: SidText, reading: Reading): boolean {
  return list.some((entry) => {
    if (entry.sid !== sid) return false;
    const enabled = (entry.attributes & SE_GROUP_ENABLED) !== 0;
    const denyOnly = (entry.attributes & SE_GROUP_USE_FOR_DENY_ONLY) !== 0;
    return reading === "allow" ? enabled && !denyOnly : enabled || denyOnly;
  });
}

/** 7.2: by presence alone. */
export function holdsInRestrictingList(token: ModelToken, sid: SidText): boolean {
  return token.restrictedSids?.includes(sid) ?? false;
}

/** 8.1 */
export function holdsOnPackageSide(token: ModelToken, sid: SidText): boolean {
  if (token.package === null) return false;
  if (sid === token.package.sid || sid === ALL_RESTRICTED_PACKAGES) return true;
  if (sid === ALL_PACKAGES) return !token.package.lowPrivilege;
  return holdsInList(token.package.capabilities, sid, "allow");
}
