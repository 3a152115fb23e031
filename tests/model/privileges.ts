/**
 * Privileges take ACCESS_SYSTEM_SECURITY and WRITE_OWNER out of what is asked. access-check.md 2.
 */

import { ACCESS_SYSTEM_SECURITY, WRITE_OWNER } from "../../assembly/shared/access-mask.js";
import {
  SE_RELABEL_PRIVILEGE,
  SE_SECURITY_PRIVILEGE,
  SE_TAKE_OWNERSHIP_PRIVILEGE,
} from "../../assembly/shared/privilege.js";
import { SE_PRIVILEGE_ENABLED } from "../../assembly/shared/token.js";
import type { ModelToken } from "./types.js";

export interface PrivilegeShare {
  /** The bits of `want` that privileges supply. */
  readonly bits: number;
  /** The names of the privileges that did, in order of use. */
  readonly used: readonly string[];
}

/** 2.1: held and enabled. */
export function holdsEnabled(token: ModelToken, luid: number): boolean {
  return token.privileges.some((held) => held.luid === BigInt(luid) && (held.attributes & SE_PRIVILEGE_ENABLED) !== 0);
}

/** 2.2, 2.3. Only bits asked for by name: MAXIMUM_ALLOWED uses no privilege (1.8). */
export function privilegeShare(token: ModelToken, want: number): PrivilegeShare {
  let bits = 0;
  const used: string[] = [];
  if ((want & ACCESS_SYSTEM_SECURITY) !== 0 && holdsEnabled(token, SE_SECURITY_PRIVILEGE)) {
    bits |= ACCESS_SYSTEM_SECURITY;
    used.push("SeSecurityPrivilege");
  }
  if ((want & WRITE_OWNER) !== 0) {
    const takes = holdsEnabled(token, SE_TAKE_OWNERSHIP_PRIVILEGE);
    const relabels = holdsEnabled(token, SE_RELABEL_PRIVILEGE);
    if (takes || relabels) {
      bits |= WRITE_OWNER;
      used.push(takes ? "SeTakeOwnershipPrivilege" : "SeRelabelPrivilege");
    }
  }
  return { bits: bits >>> 0, used };
}
