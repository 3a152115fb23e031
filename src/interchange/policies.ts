/**
 * The `policies` and `objectTypes` of a check request. interchange.md "check", access-check.md 1.10, 9
 *
 * Reads their form and limits. Does not know when a rule applies, nor which trees the kernel refuses.
 */

import { OBJECT_TYPES_MAX } from "../../assembly/shared/abi.js";
import { POLICIES_MAX, POLICY_RULES_MAX } from "../../assembly/shared/policy-image.js";
import type { ObjectTypeNode } from "../access-request.js";
import type { CentralPolicy, PolicyRule } from "../central-policy.js";
import { canonicalGuid } from "../guid.js";
import { isTaken, type Path } from "../member-shape.js";
import { checkedDacl, isPolicySid } from "../policy-request.js";
import { parseCondition } from "../sddl/condition-parse.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import { kindOf, readSid } from "../sid-input.js";
import type { SidContext } from "../well-known-sids.js";
import { argumentError, readText, within } from "./read.js";

/** @throws ArgumentError ERR_ARGUMENT, ERR_LIMIT */
export function readObjectTypes(value: unknown, path: Path): readonly ObjectTypeNode[] {
  return readEntries(value, path, OBJECT_TYPES_MAX, (entry, at) => {
    if (!isTaken(entry)) throw argumentError(at, `expected { level, guid }, found ${kindOf(entry)}`);
    const { level } = entry;
    if (typeof level !== "number" || level >>> 0 !== level) {
      throw argumentError([...at, "level"], "expected a whole number");
    }
    const guid = canonicalGuid(entry.guid);
    if (guid === undefined) throw argumentError([...at, "guid"], "expected a GUID, 8-4-4-4-12 hexadecimal digits");
    return { level: level >>> 0, guid };
  });
}

/** @throws ArgumentError ERR_ARGUMENT, ERR_SID, ERR_SDDL_ALIAS, ERR_LIMIT; SddlError for conditions and DACLs */
export function readPolicies(value: unknown, path: Path, context: SidContext | undefined): readonly CentralPolicy[] {
  if (!isTaken(value)) throw argumentError(path, `expected policies by their SID, found ${kindOf(value)}`);
  const names = Object.keys(value);
  if (names.length > POLICIES_MAX) {
    throw argumentError(path, `${names.length} policies, at most ${POLICIES_MAX} are allowed`, "ERR_LIMIT");
  }
  const seen = new Set<string>();
  return names.map((name) => {
    const at = [...path, name];
    const sid = readSid(name, at, context);
    if (!isPolicySid(sid)) throw argumentError(at, "expected the SID of a policy, S-1-17-…", "ERR_SID");
    if (seen.has(sid.toString())) throw argumentError(at, "this policy stands twice");
    seen.add(sid.toString());
    const policy = value[name];
    if (!isTaken(policy) || policy.rules === undefined) throw argumentError(at, "expected { rules }");
    return {
      sid,
      rules: readEntries(policy.rules, [...at, "rules"], POLICY_RULES_MAX, (rule, where) =>
        readRule(rule, where, context),
      ),
    };
  });
}

function readRule(value: unknown, path: Path, context: SidContext | undefined): PolicyRule {
  if (!isTaken(value)) throw argumentError(path, `expected { appliesTo, dacl, stagedDacl }, found ${kindOf(value)}`);
  const { appliesTo, dacl, stagedDacl } = value;
  const condition = appliesTo === undefined ? "" : readText(appliesTo, [...path, "appliesTo"]);
  const applies = condition === "" ? null : within([...path, "appliesTo"], () => parseCondition(condition, context));
  if (dacl === undefined) throw argumentError(path, "`dacl` is missing");
  return {
    appliesTo: applies,
    dacl: readDacl(dacl, [...path, "dacl"], context),
    stagedDacl: stagedDacl === undefined ? null : readDacl(stagedDacl, [...path, "stagedDacl"], context),
  };
}

function readDacl(value: unknown, path: Path, context: SidContext | undefined): SecurityDescriptor {
  const text = readText(value, path);
  return checkedDacl(
    within(path, () => SecurityDescriptor.parse(text, { context })),
    path,
  );
}

/** A list's entries; `limit` is looked at before the first. */
export function readEntries<T>(
  value: unknown,
  path: Path,
  limit: number,
  read: (entry: unknown, path: Path) => T,
): readonly T[] {
  if (!Array.isArray(value)) throw argumentError(path, `expected an array, found ${kindOf(value)}`);
  if (value.length > limit)
    throw argumentError(path, `${value.length} entries, at most ${limit} are allowed`, "ERR_LIMIT");
  return value.map((entry, index) => read(entry, [...path, index]));
}
