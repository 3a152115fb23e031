/**
 * Words for ACEs, SIDs and control bits, as the tables show them. [MS-DTYP] 2.4.4, 2.4.6
 *
 * Knows values of the library. Does not know terminals.
 */
import {
  type Ace,
  AceFlags,
  Acl,
  aliasOfSid,
  describeMask,
  formatMask,
  type MappingName,
  nameOfSid,
  objectTypes,
  SecurityDescriptor,
  Sid,
  type SidContext,
} from "../index.js";

/** By type number. "if" stands for a condition. */
const typeWords: readonly string[] = [
  ...["allow", "deny", "audit", "alarm", "allow compound"],
  ...["allow object", "deny object", "audit object", "alarm object"],
  ...["allow if", "deny if", "allow object if", "deny object if"],
  ...["audit if", "alarm if", "audit object if", "alarm object if"],
  ...["label", "attribute", "policy", "trust label", "access filter"],
];
const LABEL = typeWords.indexOf("label");
const POLICY_NAMES: readonly string[] = ["NO_WRITE_UP", "NO_READ_UP", "NO_EXECUTE_UP"];

const flagLetters: readonly (readonly [bit: number, letters: string])[] = [
  [AceFlags.OBJECT_INHERIT_ACE, "OI"],
  [AceFlags.CONTAINER_INHERIT_ACE, "CI"],
  [AceFlags.NO_PROPAGATE_INHERIT_ACE, "NP"],
  [AceFlags.INHERIT_ONLY_ACE, "IO"],
  [AceFlags.INHERITED_ACE, "ID"],
  [AceFlags.CRITICAL_ACE_FLAG, "CR"],
  [AceFlags.SUCCESSFUL_ACCESS_ACE_FLAG, "SA"],
  [AceFlags.FAILED_ACCESS_ACE_FLAG, "FA"],
];

/** Names of the 16 control bits, lowest first. */
export const controlNames: readonly string[] = [
  ...["SE_OWNER_DEFAULTED", "SE_GROUP_DEFAULTED", "SE_DACL_PRESENT", "SE_DACL_DEFAULTED"],
  ...["SE_SACL_PRESENT", "SE_SACL_DEFAULTED", "SE_DACL_TRUSTED", "SE_SERVER_SECURITY"],
  ...["SE_DACL_AUTO_INHERIT_REQ", "SE_SACL_AUTO_INHERIT_REQ", "SE_DACL_AUTO_INHERITED", "SE_SACL_AUTO_INHERITED"],
  ...["SE_DACL_PROTECTED", "SE_SACL_PROTECTED", "SE_RM_CONTROL_VALID", "SE_SELF_RELATIVE"],
];

/** Names of the bits that are set. */
export function controlWords(control: number): readonly string[] {
  return controlNames.filter((_, bit) => (control & (1 << bit)) !== 0);
}

/** "allow", "deny if", "type 0x17" */
export function typeWord(type: number): string {
  return typeWords[type] ?? `type 0x${type.toString(16)}`;
}

/** "OI CI ID" */
export function flagWords(flags: number): string {
  return flagLetters.flatMap(([bit, letters]) => ((flags & bit) === 0 ? [] : [letters])).join(" ");
}

/**
 * A mask by the names that say most: `FILE_ALL_ACCESS`, `FILE_GENERIC_READ | FILE_GENERIC_EXECUTE | DELETE`, and single
 * rights for what is left.
 */
export function maskName(mask: number, mapping: MappingName | null): string {
  const whole = describeMask(mask, mapping);
  if (mapping === null || !whole.includes(" | ")) return whole;
  const { read, write, execute } = objectTypes[mapping].mapping;
  const names = new Set<string>();
  let left = mask;
  for (const part of [read, write, execute]) {
    const name = describeMask(part, mapping);
    if ((mask & part) >>> 0 !== part || name.includes(" | ")) continue;
    names.add(name);
    left = (left & ~part) >>> 0;
  }
  return [...names, ...(left === 0 ? [] : [formatMask(left, mapping)])].join(" | ");
}

/** What the mask of an ACE means: rights, or the policy of a label. */
export function maskWords(ace: Pick<Ace, "type" | "mask">, mapping: MappingName | null): string {
  if (ace.type !== LABEL) return ace.mask === 0 ? "" : maskName(ace.mask, mapping);
  const named = POLICY_NAMES.filter((_, bit) => (ace.mask & (1 << bit)) !== 0);
  const rest = (ace.mask & ~7) >>> 0;
  return [...named, ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])].join(" | ");
}

/** The name where there is one, else the SID. */
export function nameOrSid(sid: Sid): string {
  return nameOfSid(sid) ?? sid.toString();
}

/** "BUILTIN\Users (S-1-5-32-545)", or the SID alone. */
export function who(sid: Sid | string): string {
  const value = typeof sid === "string" ? Sid.parse(sid) : sid;
  const name = nameOfSid(value);
  return name === undefined ? value.toString() : `${name} (${value})`;
}

/** "S-1-5-32-545 (BU)" */
export function sidAndAlias(sid: Sid, context: SidContext | undefined): string {
  const alias = aliasOfSid(sid, context);
  return alias === undefined ? sid.toString() : `${sid} (${alias})`;
}

/** SDDL of one ACE, "(A;;FA;;;BA)"; null where it has none. */
export function aceText(ace: Ace, acl: "dacl" | "sacl", context?: SidContext): string | null {
  try {
    return SecurityDescriptor.of({ [acl]: Acl.of([ace], 4) })
      .toString(context)
      .slice(2);
  } catch {
    return null;
  }
}

/** The seventh field of an ACE's SDDL: its condition or attribute; null without one. */
export function lastField(sddl: string | null): string | null {
  return sddl === null ? null : (/^\((?:[^;]*;){6}([\s\S]*)\)$/.exec(sddl)?.[1] ?? null);
}
