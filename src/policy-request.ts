/**
 * Central access policies as a request carries them, checked and copied at the door. access-check.md 9
 *
 * Argument rules only; when a rule applies, the kernel decides.
 */
import { POLICIES_MAX, POLICY_RULES_MAX } from "../assembly/shared/policy-image.js";
import type { CentralPolicy, PolicyRule } from "./central-policy.js";
import { Condition } from "./condition.js";
import { ArgumentError } from "./errors.js";
import { SecurityDescriptor } from "./security-descriptor.js";
import { Sid } from "./sid.js";

type Path = readonly (string | number)[];

/**
 * A copy of `policies` in which every member is what it says.
 *
 * @throws ArgumentError ERR_ARGUMENT, ERR_SID, ERR_LIMIT naming the member at fault
 */
export function checkedPolicies(policies: readonly CentralPolicy[]): readonly CentralPolicy[] {
  const seen = new Set<string>();
  return listOf(policies, POLICIES_MAX, ["policies"], (policy: CentralPolicy, path) => {
    if (typeof policy !== "object" || policy === null) throw wrong(path, "expected { sid, rules }");
    const { sid, rules } = policy;
    if (!Sid.is(sid) || !isPolicySid(sid)) {
      throw new ArgumentError("ERR_SID", [...path, "sid"], "expected the Sid of a policy, S-1-17-…");
    }
    if (seen.has(sid.toString())) throw wrong([...path, "sid"], "this policy stands twice");
    seen.add(sid.toString());
    return { sid, rules: listOf(rules, POLICY_RULES_MAX, [...path, "rules"], checkedRule) };
  });
}

/** S-1-17-… */
export function isPolicySid(sid: Sid): boolean {
  return sid.authority === 17 && sid.subAuthorities.length > 0;
}

function checkedRule(rule: PolicyRule, path: Path): PolicyRule {
  if (typeof rule !== "object" || rule === null) throw wrong(path, "expected { appliesTo, dacl, stagedDacl }");
  const { appliesTo = null, dacl, stagedDacl = null } = rule;
  if (appliesTo !== null && !Condition.is(appliesTo)) {
    throw wrong([...path, "appliesTo"], "expected a Condition or null");
  }
  return {
    appliesTo,
    dacl: checkedDacl(dacl, [...path, "dacl"]),
    stagedDacl: stagedDacl === null ? null : checkedDacl(stagedDacl, [...path, "stagedDacl"]),
  };
}

/** A rule without a DACL would grant everything: it is a slip, not a wish. */
export function checkedDacl(descriptor: unknown, path: Path): SecurityDescriptor {
  if (!SecurityDescriptor.is(descriptor)) throw wrong(path, "expected a SecurityDescriptor");
  if (descriptor.daclState === "absent") throw wrong(path, "expected a DACL, `D:…`");
  return descriptor;
}

/** Each element read once, by its index: holes are elements, and nobody's own `map` is called. */
export function listOf<T, R>(
  list: readonly T[],
  limit: number,
  path: Path,
  read: (entry: T, path: Path) => R,
): readonly R[] {
  if (!Array.isArray(list)) throw wrong(path, "expected a list");
  const { length } = list;
  if (length > limit) throw new ArgumentError("ERR_LIMIT", path, `at most ${limit}, found ${length}`);
  const copy: R[] = [];
  for (let i = 0; i < length; i++) copy.push(read(list[i], [...path, i]));
  return Object.freeze(copy);
}

function wrong(path: Path, message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
