/**
 * An object under a central access policy, and the policy, for the specs: written piece by piece. Does not judge.
 */
import { loadPolicies } from "../../assembly/load/policies";
import { SYSTEM_SCOPED_POLICY_ID_ACE_TYPE } from "../../assembly/shared/ace";
import { asking, loadedObject, object } from "./access-scene";
import { GROUP, USER, allow, beginDacl, beginSacl, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as policies from "./policy-bytes";

export const POLICY: string = "S-1-17-1";
export const POLICY_ID: u32 = SYSTEM_SCOPED_POLICY_ID_ACE_TYPE;

/** Begins an object that names the policy and has a DACL, to be filled in. */
export function governed(owner: string = GROUP): void {
  object(owner);
  beginSacl();
  plainAce(POLICY_ID, 0, POLICY);
  beginDacl();
}

/** Begins the policy, once the object is written. */
export function beginPolicy(name: string = POLICY): void {
  loadedObject();
  policies.beginPolicies();
  policies.policy(name);
}

/** Puts the policy just written into the request. */
export function endPolicy(): void {
  const record = loadPolicies(bytes.start(), policies.endPolicies(), 1);
  assert(record != 0, "a sound policy");
  asking().policies = <u32>record;
}

/** A rule that applies always and allows the user this. */
export function ruleAllowing(mask: u32): void {
  policies.always();
  policies.beginRule();
  allow(mask, USER);
  policies.endRule();
  policies.unstaged();
}

/** The same with a staged DACL that allows the user `staged`. */
export function ruleStaging(mask: u32, staged: u32): void {
  policies.always();
  policies.beginRule();
  allow(mask, USER);
  policies.endRule();
  policies.beginRule();
  allow(staged, USER);
  policies.endRule();
}
