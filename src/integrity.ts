/** Names of the integrity levels. tokens.md 1.4. Other RIDs are levels too; levels compare as numbers. */

import {
  SECURITY_MANDATORY_HIGH_RID,
  SECURITY_MANDATORY_LOW_RID,
  SECURITY_MANDATORY_MEDIUM_PLUS_RID,
  SECURITY_MANDATORY_MEDIUM_RID,
  SECURITY_MANDATORY_PROTECTED_PROCESS_RID,
  SECURITY_MANDATORY_SYSTEM_RID,
  SECURITY_MANDATORY_UNTRUSTED_RID,
} from "../assembly/shared/token.js";

/** RID of each named level. */
export const integrityByName: Readonly<Record<string, number>> = /* @__PURE__ */ Object.freeze({
  Untrusted: SECURITY_MANDATORY_UNTRUSTED_RID,
  Low: SECURITY_MANDATORY_LOW_RID,
  Medium: SECURITY_MANDATORY_MEDIUM_RID,
  MediumPlus: SECURITY_MANDATORY_MEDIUM_PLUS_RID,
  High: SECURITY_MANDATORY_HIGH_RID,
  System: SECURITY_MANDATORY_SYSTEM_RID,
  Protected: SECURITY_MANDATORY_PROTECTED_PROCESS_RID,
});

const nameByRid: ReadonlyMap<number, string> = /* @__PURE__ */ new Map(
  Object.entries(integrityByName).map(([name, rid]) => [rid, name]),
);

/** The level's name where it has one. */
export function integrityName(rid: number): string | undefined {
  return nameByRid.get(rid);
}
