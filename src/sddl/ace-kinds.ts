/**
 * The ACE kinds of SDDL: spelling, type number, place and extra part, in one table. formats.md 5, 7
 *
 * Does not parse or print.
 */
import {
  ACCESS_ALLOWED_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ACCESS_DENIED_OBJECT_ACE_TYPE,
  CONTAINER_INHERIT_ACE,
  CRITICAL_ACE_FLAG,
  FAILED_ACCESS_ACE_FLAG,
  INHERIT_ONLY_ACE,
  INHERITED_ACE,
  NO_PROPAGATE_INHERIT_ACE,
  OBJECT_INHERIT_ACE,
  SUCCESSFUL_ACCESS_ACE_FLAG,
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_ALARM_ACE_TYPE,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  SYSTEM_AUDIT_OBJECT_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE,
  TRUST_PROTECTED_FILTER_ACE_FLAG,
} from "../../assembly/shared/ace.js";
import { lowerOf, PAIRS, pairIndex, pairOf, SEMICOLON } from "./characters.js";
import type { Scanner } from "./scanner.js";

/** Which ACL a kind may stand in when read. Printing does not ask. */
export type AclKind = "dacl" | "sacl";
/** What follows the SID. */
export type AceExtra = "none" | "condition" | "claim";

export interface AceKind {
  readonly spelling: string;
  readonly type: number;
  readonly place: AclKind;
  readonly extra: AceExtra;
  /** The kind that an object kind without any GUID becomes; null for kinds without GUIDs. */
  readonly plain: AceKind | null;
}

function kind(
  spelling: string,
  type: number,
  place: AclKind,
  extra: AceExtra = "none",
  plain: AceKind | null = null,
): AceKind {
  return { spelling, type, place, extra, plain };
}

const A = /* @__PURE__ */ kind("A", ACCESS_ALLOWED_ACE_TYPE, "dacl");
const D = /* @__PURE__ */ kind("D", ACCESS_DENIED_ACE_TYPE, "dacl");
const AU = /* @__PURE__ */ kind("AU", SYSTEM_AUDIT_ACE_TYPE, "sacl");
const AL = /* @__PURE__ */ kind("AL", SYSTEM_ALARM_ACE_TYPE, "sacl");
const XA = /* @__PURE__ */ kind("XA", ACCESS_ALLOWED_CALLBACK_ACE_TYPE, "dacl", "condition");

export const aceKinds: readonly AceKind[] = [
  A,
  D,
  AU,
  AL,
  kind("OA", ACCESS_ALLOWED_OBJECT_ACE_TYPE, "dacl", "none", A),
  kind("OD", ACCESS_DENIED_OBJECT_ACE_TYPE, "dacl", "none", D),
  kind("OU", SYSTEM_AUDIT_OBJECT_ACE_TYPE, "sacl", "none", AU),
  kind("OL", SYSTEM_ALARM_OBJECT_ACE_TYPE, "sacl", "none", AL),
  XA,
  kind("XD", ACCESS_DENIED_CALLBACK_ACE_TYPE, "dacl", "condition"),
  kind("ZA", ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE, "dacl", "condition", XA),
  kind("XU", SYSTEM_AUDIT_CALLBACK_ACE_TYPE, "sacl", "condition"),
  kind("ML", SYSTEM_MANDATORY_LABEL_ACE_TYPE, "sacl"),
  kind("RA", SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE, "sacl", "claim"),
  kind("SP", SYSTEM_SCOPED_POLICY_ID_ACE_TYPE, "sacl"),
  kind("TL", SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE, "sacl"),
  kind("FL", SYSTEM_ACCESS_FILTER_ACE_TYPE, "sacl", "condition"),
];

const kindOfType: ReadonlyMap<number, AceKind> = /* @__PURE__ */ new Map(aceKinds.map((entry) => [entry.type, entry]));

/** The kind that prints this ACE type, or undefined when SDDL has no spelling for it. */
export function aceKindOfType(type: number): AceKind | undefined {
  return kindOfType.get(type);
}

const letterPairs: readonly (AceKind | undefined)[] = /* @__PURE__ */ pairTable(
  aceKinds.filter((entry) => entry.spelling.length === 2).map((entry) => [entry.spelling, entry]),
);

function pairTable<T>(entries: readonly (readonly [string, T])[]): readonly (T | undefined)[] {
  const table = new Array<T | undefined>(PAIRS).fill(undefined);
  for (const [word, value] of entries) table[pairOf(word)] = value;
  return table;
}

const LOWER_A = 0x61;
const LOWER_D = 0x64;

/** type = "A" / "D" / "AU" … in either case, up to and past its semicolon. */
export function parseAceKind(s: Scanner): AceKind {
  const first = s.peek();
  const pair = pairIndex(first, s.peekAt(1));
  const double = pair < 0 ? undefined : letterPairs[pair];
  const letter = lowerOf(first);
  const single = letter === LOWER_A ? A : letter === LOWER_D ? D : undefined;
  // A pair of letters that is no type is not its first letter with something behind it.
  const found = pair < 0 ? single : double;
  if (found === undefined) return s.fail("ERR_SDDL_SYNTAX", s.at, "an ACE type");
  const { length } = found.spelling;
  if (s.peekAt(length) !== SEMICOLON) s.fail("ERR_SDDL_SYNTAX", s.at + length, "a semicolon behind the ACE type");
  s.take("ace-type", length);
  s.take("punctuation", 1);
  return found;
}

/** In the order they are printed. TP is the bit of SA, on access filters only. */
export const aceFlagWords: readonly (readonly [string, number])[] = [
  ["OI", OBJECT_INHERIT_ACE],
  ["CI", CONTAINER_INHERIT_ACE],
  ["NP", NO_PROPAGATE_INHERIT_ACE],
  ["IO", INHERIT_ONLY_ACE],
  ["ID", INHERITED_ACE],
  ["CR", CRITICAL_ACE_FLAG],
  ["SA", SUCCESSFUL_ACCESS_ACE_FLAG],
  ["FA", FAILED_ACCESS_ACE_FLAG],
  ["TP", TRUST_PROTECTED_FILTER_ACE_FLAG],
];

const plainFlags = aceFlagWords.filter(([word]) => word !== "TP");
const filterFlags = aceFlagWords.filter(([word]) => word !== "SA");
const plainFlagPairs = /* @__PURE__ */ pairTable(plainFlags);
const filterFlagPairs = /* @__PURE__ */ pairTable(filterFlags);

/**
 * flags = *( OI CI NP IO ID CR SA FA TP ), up to the semicolon, which stays unread
 *
 *   D:(A; OI CI;FA;;;WD)     blanks before each flag, or alone; none after one
 */
export function parseAceFlags(s: Scanner, type: number): number {
  const table = type === SYSTEM_ACCESS_FILTER_ACE_TYPE ? filterFlagPairs : plainFlagPairs;
  const { text } = s;
  let flags = 0;
  s.skipBlanks();
  while (text.charCodeAt(s.at) !== SEMICOLON) {
    s.skipBlanks();
    const pair = pairIndex(text.charCodeAt(s.at), text.charCodeAt(s.at + 1));
    const flag = pair < 0 ? undefined : table[pair];
    if (flag === undefined) s.fail("ERR_SDDL_SYNTAX", s.at, "an ACE flag");
    flags |= flag;
    s.take("ace-flag", 2);
  }
  return flags;
}

/** Every flag word of the byte. */
export function formatAceFlags(flags: number, type: number): string {
  if (flags === 0) return "";
  let text = "";
  for (const [word, bit] of type === SYSTEM_ACCESS_FILTER_ACE_TYPE ? filterFlags : plainFlags) {
    if ((flags & bit) !== 0) text += word;
  }
  return text;
}
