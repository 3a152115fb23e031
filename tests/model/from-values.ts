/**
 * Library values into model data: the only file of the model's room that knows the library. Translates, never judges.
 */

import { SYSTEM_ACCESS_FILTER_ACE_TYPE, SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE } from "../../assembly/shared/ace.js";
import type { AccessToken } from "../../src/access-token.js";
import type { Ace } from "../../src/ace.js";
import type { Acl } from "../../src/acl.js";
import { decodeClaim } from "../../src/binary/claim-decode.js";
import { decodeCondition } from "../../src/binary/condition-decode.js";
import type { CentralPolicy } from "../../src/central-policy.js";
import type { Claim } from "../../src/claim.js";
import { Condition, type ConditionLiteral, type ConditionToken } from "../../src/condition.js";
import { type AclState, type DescriptorParts, daclState, saclState } from "../../src/descriptor-parts.js";
import { FormatError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";
import type { SidAndAttributes as SidEntry } from "../../src/token-parts.js";
import type {
  Expression,
  ExpressionToken,
  LiteralToken,
  ModelAce,
  ModelAcl,
  ModelClaim,
  ModelDescriptor,
  ModelPolicy,
  ModelToken,
  SidAndAttributes,
} from "./types.js";

export function descriptorFrom(parts: DescriptorParts): ModelDescriptor {
  return {
    owner: parts.owner?.toString() ?? null,
    group: parts.group?.toString() ?? null,
    dacl: aclFrom(parts.dacl, daclState(parts)),
    sacl: aclFrom(parts.sacl, saclState(parts)),
  };
}

export function tokenFrom(token: AccessToken): ModelToken {
  const { appContainer } = token;
  return {
    user: entryFrom(token.user),
    groups: token.groups.map(entryFrom),
    restrictedSids: token.restrictedSids?.map(String) ?? null,
    writeRestricted: token.writeRestricted,
    privileges: token.privileges.map(({ luid, attributes }) => ({ luid, attributes })),
    integrity: token.integrity,
    mandatoryPolicy: token.mandatoryPolicy,
    owner: token.owner?.toString() ?? null,
    type: token.type,
    impersonationLevel: token.impersonationLevel,
    package:
      appContainer === null
        ? null
        : {
            sid: appContainer.sid.toString(),
            capabilities: appContainer.capabilities.map(entryFrom),
            lowPrivilege: appContainer.lowPrivilege,
          },
    trustLevel: token.trustLevel?.toString() ?? null,
    userClaims: token.userClaims.map(claimFrom),
    deviceClaims: token.deviceClaims.map(claimFrom),
    localClaims: token.localClaims.map(claimFrom),
    deviceGroups: token.deviceGroups.map(entryFrom),
    sandboxInert: token.sandboxInert,
  };
}

export function policyFrom(policy: CentralPolicy): ModelPolicy {
  return {
    sid: policy.sid.toString(),
    rules: policy.rules.map((rule) => ({
      appliesTo: rule.appliesTo === null ? null : expressionFrom(rule.appliesTo),
      dacl: descriptorFrom(rule.dacl).dacl,
      stagedDacl: rule.stagedDacl === null ? undefined : descriptorFrom(rule.stagedDacl).dacl,
    })),
  };
}

export function expressionFrom(condition: Condition): Expression {
  return condition.tokens.map(expressionToken);
}

function aclFrom(acl: Acl | null, state: AclState): ModelAcl {
  if (state === "absent") return "absent";
  return acl === null ? null : acl.aces.map(aceFrom);
}

function aceFrom(ace: Ace): ModelAce {
  return {
    type: ace.type,
    flags: ace.flags,
    mask: ace.mask,
    sid: ace.sid?.toString() ?? null,
    objectType: ace.objectType,
    inheritedObjectType: ace.inheritedObjectType,
    serverSid: ace.compound?.serverSid.toString() ?? null,
    condition: ace.isCallback || ace.type === SYSTEM_ACCESS_FILTER_ACE_TYPE ? conditionOf(ace) : "none",
    claim: ace.type === SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE ? claimOf(ace) : null,
  };
}

function conditionOf(ace: Ace): Expression {
  if (ace.data instanceof Condition) return expressionFrom(ace.data);
  if (!(ace.data instanceof Uint8Array)) return "none";
  const { data } = ace;
  return readable(() => expressionFrom(decodeCondition(data)));
}

function claimOf(ace: Ace): ModelClaim | "malformed" {
  const { data } = ace;
  if (data === null || data instanceof Condition) return "malformed";
  return data instanceof Uint8Array ? readable(() => claimFrom(decodeClaim(data))) : claimFrom(data);
}

function readable<T>(read: () => T): T | "malformed" {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return "malformed";
    throw error;
  }
}

function expressionToken(token: ConditionToken): ExpressionToken {
  switch (token.kind) {
    case "composite":
      return { kind: "composite", members: token.members.map(literalFrom) };
    case "attribute":
    case "operator":
      return token;
    default:
      return literalFrom(token);
  }
}

function literalFrom(literal: ConditionLiteral): LiteralToken {
  switch (literal.kind) {
    case "int":
      return { kind: "int", value: literal.value };
    case "octets":
      return { kind: "octets", value: hex(literal.value) };
    case "sid":
      return { kind: "sid", value: literal.value.toString() };
    default:
      return literal;
  }
}

function claimFrom(claim: Claim): ModelClaim {
  const values = claim.values.map((value) =>
    value instanceof Sid ? value.toString() : value instanceof Uint8Array ? hex(value) : value,
  );
  return { name: claim.name, type: claim.type, flags: claim.flags, values };
}

function entryFrom({ sid, attributes }: SidEntry): SidAndAttributes {
  return { sid: sid.toString(), attributes };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
