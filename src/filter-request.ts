/**
 * What is asked of filtering, and its checked form. tokens.md 2; interchange.md, filter
 *
 * Argument rules only; what filtering leaves, the kernel decides.
 */
import { FILTER_CALL_CREATE_RESTRICTED_TOKEN, FILTER_CALL_SE_FILTER_TOKEN } from "../assembly/shared/filter-image.js";
import { DISABLE_MAX_PRIVILEGE, LUA_TOKEN, SANDBOX_INERT, WRITE_RESTRICTED } from "../assembly/shared/token.js";
import { ArgumentError } from "./errors.js";
import { filterFlagNames, readFlagWord } from "./flag-word.js";
import { flagWord, isTaken, leaf, listOf, objectOf, type Path, take } from "./member-shape.js";
import type { Privilege } from "./privilege.js";
import { privilegeShape, readPrivilege } from "./privilege-input.js";
import { readList, readSidEntry, sidEntryShape } from "./sid-input.js";
import type { FlagInput, PrivilegeInput, SidInput } from "./token-fields.js";
import type { SidAndAttributes } from "./token-parts.js";
import type { SidContext } from "./well-known-sids.js";

/** Flags of SeFilterToken and CreateRestrictedToken. */
export const FilterFlags: Readonly<
  Record<"DISABLE_MAX_PRIVILEGE" | "SANDBOX_INERT" | "LUA_TOKEN" | "WRITE_RESTRICTED", number>
> = /* @__PURE__ */ Object.freeze({ DISABLE_MAX_PRIVILEGE, SANDBOX_INERT, LUA_TOKEN, WRITE_RESTRICTED });

/** A SID in a list: text, an alias, a Sid, or one of these with attributes. */
export type FilterSidInput = SidInput | { readonly sid: SidInput; readonly attributes?: FlagInput };

/** Longer lists are not even looked at; what is too long for Windows, the kernel says. */
const LIST_BOUND = 65536;

export interface FilterOptions {
  /** FilterFlags, ORed; or their names. */
  readonly flags?: number | string | readonly string[];
  /** SIDs to turn deny-only; their attributes are ignored. */
  readonly sidsToDisable?: readonly FilterSidInput[];
  /** Privileges to remove, by name or LUID. */
  readonly privilegesToDelete?: readonly PrivilegeInput[];
  /** The restricting list to set, or to intersect the existing one with; attributes other than 0 are refused. */
  readonly restrictedSids?: readonly FilterSidInput[];
  /** Default SeFilterToken. */
  readonly call?: "SeFilterToken" | "CreateRestrictedToken";
  /** The caller is LocalSystem or TrustedInstaller; of no matter to SeFilterToken. */
  readonly callerIsTcb?: boolean;
}

export interface CheckedFilter {
  readonly flags: number;
  readonly call: number;
  readonly callerIsTcb: boolean;
  readonly sidsToDisable: readonly SidAndAttributes[];
  readonly privilegesToDelete: readonly Privilege[];
  readonly restrictedSids: readonly SidAndAttributes[];
}

/** The members of a filter request. */
export const filterShape = /* @__PURE__ */ objectOf({
  flags: flagWord,
  sidsToDisable: /* @__PURE__ */ listOf(sidEntryShape, LIST_BOUND),
  privilegesToDelete: /* @__PURE__ */ listOf(privilegeShape, LIST_BOUND),
  restrictedSids: /* @__PURE__ */ listOf(sidEntryShape, LIST_BOUND),
  call: leaf,
  callerIsTcb: leaf,
});

/**
 * The checked form of `options`, every member read once.
 *
 * @throws ArgumentError ERR_UNKNOWN_MEMBER, ERR_ARGUMENT, ERR_SID, ERR_SDDL_ALIAS
 */
export function checkedFilter(options: FilterOptions, context?: SidContext): CheckedFilter {
  const taken = take(options, filterShape, [], true);
  if (!isTaken(taken)) throw wrong([], "expected filter options");
  const { flags, sidsToDisable, privilegesToDelete, restrictedSids, call, callerIsTcb } = taken;
  const word = flags === undefined ? 0 : readFlagWord(flags, filterFlagNames);
  if (word === null) throw wrong(["flags"], "expected filter flags");
  const sids = (value: unknown, path: Path) =>
    value === undefined
      ? []
      : readList(value, path, "ERR_ARGUMENT", (entry, at) => readSidEntry(entry, at, context, "ERR_ARGUMENT", 0, 0));
  const disable = sids(sidsToDisable, ["sidsToDisable"]);
  const remove =
    privilegesToDelete === undefined
      ? []
      : readList(privilegesToDelete, ["privilegesToDelete"], "ERR_ARGUMENT", (entry, at) =>
          readPrivilege(entry, at, "ERR_ARGUMENT"),
        );
  const restrict = sids(restrictedSids, ["restrictedSids"]);
  if (call !== undefined && call !== "SeFilterToken" && call !== "CreateRestrictedToken") {
    throw wrong(["call"], "expected SeFilterToken or CreateRestrictedToken");
  }
  const create = call === "CreateRestrictedToken";
  if (callerIsTcb !== undefined && typeof callerIsTcb !== "boolean")
    throw wrong(["callerIsTcb"], "expected true or false");
  return {
    flags: word,
    call: create ? FILTER_CALL_CREATE_RESTRICTED_TOKEN : FILTER_CALL_SE_FILTER_TOKEN,
    callerIsTcb: callerIsTcb === true,
    sidsToDisable: disable,
    privilegesToDelete: remove,
    restrictedSids: restrict,
  };
}

function wrong(path: Path, message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
