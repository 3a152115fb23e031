/**
 * Model data into library values, and into the members of an interchange request. Translates, never judges.
 */

import * as types from "../../assembly/shared/ace.js";
import { SE_DACL_PRESENT, SE_SACL_PRESENT } from "../../assembly/shared/security-descriptor.js";
import { AccessToken } from "../../src/access-token.js";
import { Ace, type AceData } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import type { CentralPolicy } from "../../src/central-policy.js";
import type { Claim } from "../../src/claim.js";
import { Condition, type ConditionLiteral, type ConditionToken } from "../../src/condition.js";
import { formatLuid, privilegeName } from "../../src/privilege.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";
import type { TokenInput } from "../../src/token-fields.js";
import type {
  Expression,
  ExpressionToken,
  LiteralToken,
  ModelAce,
  ModelAcl,
  ModelClaim,
  ModelDescriptor,
  ModelPolicy,
  ModelPrivilege,
  ModelToken,
} from "../model/types.js";

export function tokenTo(token: ModelToken): AccessToken {
  return AccessToken.create(tokenInput(token));
}

/** The interchange form, which is also what `AccessToken.create` takes. */
export function tokenInput(token: ModelToken): TokenInput {
  return {
    user: token.user,
    groups: token.groups,
    restrictedSids: token.restrictedSids,
    writeRestricted: token.writeRestricted,
    privileges: token.privileges.map(privilegeInput),
    integrity: token.integrity,
    mandatoryPolicy: token.mandatoryPolicy,
    ...(token.owner === null ? {} : { owner: token.owner }),
    type: token.type,
    impersonationLevel: token.impersonationLevel,
    ...(token.package === null ? {} : { appContainer: token.package }),
    ...(token.trustLevel === null ? {} : { trustLevel: token.trustLevel }),
    userClaims: token.userClaims.map(claimInput),
    deviceClaims: token.deviceClaims.map(claimInput),
    localClaims: token.localClaims.map(claimInput),
    deviceGroups: token.deviceGroups,
    sandboxInert: token.sandboxInert,
  };
}

function privilegeInput({ luid, attributes }: ModelPrivilege) {
  const name = privilegeName(luid);
  return name === undefined ? { luid: formatLuid(luid), attributes } : { name, attributes };
}

function claimInput(claim: ModelClaim) {
  return { ...claim, values: claim.values.map((value) => (typeof value === "bigint" ? value.toString() : value)) };
}

export function descriptorTo(descriptor: ModelDescriptor): SecurityDescriptor {
  const { owner, group, dacl, sacl } = descriptor;
  return SecurityDescriptor.of({
    owner: owner === null ? null : Sid.parse(owner),
    group: group === null ? null : Sid.parse(group),
    control: (dacl === "absent" ? 0 : SE_DACL_PRESENT) | (sacl === "absent" ? 0 : SE_SACL_PRESENT),
    dacl: aclTo(dacl),
    sacl: aclTo(sacl),
  });
}

export function policyTo(policy: ModelPolicy): CentralPolicy {
  return {
    sid: Sid.parse(policy.sid),
    rules: policy.rules.map((rule) => ({
      appliesTo: rule.appliesTo === null ? null : (conditionTo(rule.appliesTo) as Condition),
      dacl: ruleDescriptor(rule.dacl),
      stagedDacl: rule.stagedDacl === undefined ? null : ruleDescriptor(rule.stagedDacl),
    })),
  };
}

export function ruleDescriptor(dacl: ModelAcl): SecurityDescriptor {
  return descriptorTo({ owner: null, group: null, dacl, sacl: "absent" });
}

function aclTo(acl: ModelAcl): Acl | null {
  return acl === "absent" || acl === null ? null : Acl.of(acl.map(aceTo));
}

function aceTo(ace: ModelAce): Ace {
  return Ace.create({
    type: ace.type,
    flags: ace.flags,
    mask: ace.mask,
    sid: ace.sid === null ? null : Sid.parse(ace.sid),
    objectType: ace.objectType,
    inheritedObjectType: ace.inheritedObjectType,
    compound: ace.serverSid === null ? null : { type: 1, reserved: 0, serverSid: Sid.parse(ace.serverSid) },
    data: dataOf(ace),
  });
}

function dataOf(ace: ModelAce): AceData {
  if (ace.claim === "malformed") return MALFORMED_CLAIMS[ace.mask % MALFORMED_CLAIMS.length];
  if (ace.claim !== null) return claimTo(ace.claim);
  const callback =
    ace.type >= types.ACCESS_ALLOWED_CALLBACK_ACE_TYPE && ace.type <= types.SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE;
  return callback || ace.type === types.SYSTEM_ACCESS_FILTER_ACE_TYPE ? conditionTo(ace.condition, ace.mask) : null;
}

/** `variant` chooses among the ways to be no expression. */
export function conditionTo(expression: Expression, variant = 0): Condition | Uint8Array {
  if (expression === "malformed") return MALFORMED_CONDITIONS[variant % MALFORMED_CONDITIONS.length];
  if (expression === "none") return NO_CONDITIONS[variant % NO_CONDITIONS.length];
  return Condition.of(expression.map(conditionToken));
}

/** Nothing, too little, "Artx", "xtra". */
const NO_CONDITIONS: readonly Uint8Array[] = ["", "61727400", "41727478", "7874726100000000"].map(bytesOf);

/** An unknown token, a string that ends too early, odd text, padding in the middle, an attribute in a composite. */
const MALFORMED_CONDITIONS: readonly Uint8Array[] = [
  "61727478ee000000",
  "6172747810ff00000061000000000000",
  "61727478f803000000610062",
  "61727478" + "f8020000006100" + "0000" + "f8020000006100" + "a0000000",
  "61727478" + "5007000000" + "f8020000006100",
].map(bytesOf);

/** An unknown type, reserved flags, a name outside. */
const MALFORMED_CLAIMS: readonly Uint8Array[] = [
  "1000000004000000" + "0000000000000000" + "61000000",
  "1000000001000000" + "4000000000000000" + "61000000",
  "ff00000001000000" + "0000000000000000" + "61000000",
].map(bytesOf);

function conditionToken(token: ExpressionToken): ConditionToken {
  switch (token.kind) {
    case "composite":
      return { kind: "composite", members: token.members.map(literalTo) };
    case "attribute":
    case "operator":
      return token;
    default:
      return literalTo(token);
  }
}

function literalTo(literal: LiteralToken): ConditionLiteral {
  switch (literal.kind) {
    case "int":
      return { kind: "int", code: INT64, value: literal.value, sign: literal.value < 0n ? 2 : 3, base: 2 };
    case "octets":
      return { kind: "octets", value: bytesOf(literal.value) };
    case "sid":
      return { kind: "sid", value: Sid.parse(literal.value) };
    default:
      return literal;
  }
}

/** The width that text gives. */
const INT64 = 4;

function claimTo(claim: ModelClaim): Claim {
  return { ...claim, values: claim.values.map((value) => valueTo(claim.type, value)) };
}

function valueTo(type: ModelClaim["type"], value: bigint | string | boolean): Claim["values"][number] {
  if (type === "sid") return Sid.parse(value as string);
  return type === "octets" ? bytesOf(value as string) : value;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
