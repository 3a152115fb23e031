/**
 * Flag words as the interchange writes them: a number, `"0x7"`, decimal digits, names joined by `|`, or a list of names.
 * [interchange.md, Numbers and names]
 *
 * Knows the names of attribute and flag bits. Does not know what the bits do, nor access masks (access-mask.ts).
 */

import {
  DISABLE_MAX_PRIVILEGE,
  LUA_TOKEN,
  SANDBOX_INERT,
  SE_GROUP_ENABLED,
  SE_GROUP_ENABLED_BY_DEFAULT,
  SE_GROUP_INTEGRITY,
  SE_GROUP_INTEGRITY_ENABLED,
  SE_GROUP_LOGON_ID,
  SE_GROUP_MANDATORY,
  SE_GROUP_OWNER,
  SE_GROUP_RESOURCE,
  SE_GROUP_USE_FOR_DENY_ONLY,
  TOKEN_MANDATORY_POLICY_NEW_PROCESS_MIN,
  TOKEN_MANDATORY_POLICY_NO_WRITE_UP,
  WRITE_RESTRICTED,
} from "../assembly/shared/token.js";
import { ClaimFlags } from "./claim.js";
import { PrivilegeAttributes } from "./privilege.js";

export type FlagNames = Readonly<Record<string, number>>;

/** Attributes of a SID in a token. tokens.md 1.2 */
export const groupAttributeNames: FlagNames = /* @__PURE__ */ Object.freeze({
  MANDATORY: SE_GROUP_MANDATORY,
  ENABLED_BY_DEFAULT: SE_GROUP_ENABLED_BY_DEFAULT,
  ENABLED: SE_GROUP_ENABLED,
  OWNER: SE_GROUP_OWNER,
  USE_FOR_DENY_ONLY: SE_GROUP_USE_FOR_DENY_ONLY,
  INTEGRITY: SE_GROUP_INTEGRITY,
  INTEGRITY_ENABLED: SE_GROUP_INTEGRITY_ENABLED,
  RESOURCE: SE_GROUP_RESOURCE,
  LOGON_ID: SE_GROUP_LOGON_ID,
});

/** tokens.md 1.3 */
export const privilegeAttributeNames: FlagNames = PrivilegeAttributes;

/** tokens.md 1.4 */
export const mandatoryPolicyNames: FlagNames = /* @__PURE__ */ Object.freeze({
  NO_WRITE_UP: TOKEN_MANDATORY_POLICY_NO_WRITE_UP,
  NEW_PROCESS_MIN: TOKEN_MANDATORY_POLICY_NEW_PROCESS_MIN,
});

/** formats.md 6.3; DENY_ONLY and USE_FOR_DENY_ONLY are one bit. */
export const claimFlagNames: FlagNames = /* @__PURE__ */ Object.freeze({
  ...ClaimFlags,
  USE_FOR_DENY_ONLY: ClaimFlags.DENY_ONLY,
});

/** tokens.md 2.4–2.6 */
export const filterFlagNames: FlagNames = /* @__PURE__ */ Object.freeze({
  DISABLE_MAX_PRIVILEGE,
  SANDBOX_INERT,
  LUA_TOKEN,
  WRITE_RESTRICTED,
});

/** A whole number 0…4294967295, else null. */
export function readU32(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff ? value >>> 0 : null;
}

/** The word `value` writes, 0…4294967295; null when it writes none. Names are matched exactly. */
export function readFlagWord(value: unknown, names: FlagNames): number | null {
  if (typeof value === "string") return /^[0-9]/.test(value) ? readDigits(value) : orNames(value.split("|", 65), names);
  return Array.isArray(value) ? orNames(value, names) : readU32(value);
}

function readDigits(text: string): number | null {
  return /^(0x[0-9A-Fa-f]{1,8}|[0-9]{1,10})$/.test(text) ? readU32(Number(text)) : null;
}

function orNames(list: readonly unknown[], names: FlagNames): number | null {
  let word = 0;
  for (const name of list) {
    if (typeof name !== "string" || !Object.hasOwn(names, name)) return null;
    word |= names[name];
  }
  return word >>> 0;
}
