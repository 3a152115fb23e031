/**
 * A model request as one line of interchange.md, ready to become a vector. Descriptors go as bytes, so that every ACE survives.
 */

import { Condition } from "../../src/condition.js";
import { isSallyportError } from "../../src/errors.js";
import { formatCondition } from "../../src/sddl/condition-format.js";
import type { SecurityDescriptor } from "../../src/security-descriptor.js";
import type { ModelPolicy, ModelRequest, ModelRule } from "../model/types.js";
import { conditionTo, descriptorTo, ruleDescriptor, tokenInput } from "./to-values.js";

export function interchangeLine(request: ModelRequest, expected: unknown): string {
  return JSON.stringify({ request: interchangeRequest(request), expected });
}

function interchangeRequest(request: ModelRequest): unknown {
  return {
    op: "check",
    token: tokenInput(request.token),
    descriptor: descriptorText(descriptorTo(request.descriptor)),
    desired: request.desired,
    mapping: request.mapping,
    call: request.call,
    ...(request.objectTypes === null ? {} : { objectTypes: request.objectTypes }),
    ...(request.principalSelf === null ? {} : { principalSelf: request.principalSelf }),
    ...(request.previouslyGranted === 0 ? {} : { previouslyGranted: request.previouslyGranted }),
    ...(request.primaryToken === null ? {} : { primaryToken: tokenInput(request.primaryToken) }),
    ...(request.policies === null ? {} : { policies: policiesText(request.policies) }),
    ...(request.aceGenericRights === "mapped" ? {} : { aceGenericRights: request.aceGenericRights }),
    ...(request.audit ? { audit: true } : {}),
  };
}

/** SDDL where it prints and says all, else the bytes. */
function descriptorText(descriptor: SecurityDescriptor): unknown {
  const readable = printed(() => descriptor.toString());
  return readable ?? { hex: hexOf(descriptor.toBytes()) };
}

function policiesText(policies: readonly ModelPolicy[]): unknown {
  return Object.fromEntries(policies.map((policy) => [policy.sid, { rules: policy.rules.map(ruleText) }]));
}

function ruleText(rule: ModelRule): unknown {
  return {
    ...(rule.appliesTo === null ? {} : { appliesTo: conditionText(rule.appliesTo) }),
    dacl: descriptorText(ruleDescriptor(rule.dacl)),
    ...(rule.stagedDacl === undefined ? {} : { stagedDacl: descriptorText(ruleDescriptor(rule.stagedDacl)) }),
  };
}

function conditionText(expression: ModelRule["appliesTo"]): unknown {
  const condition = conditionTo(expression ?? []);
  const text = condition instanceof Condition ? printed(() => formatCondition(condition)) : null;
  return text ?? expression;
}

function printed(print: () => string): string | null {
  try {
    return print();
  } catch (error) {
    if (isSallyportError(error)) return null;
    throw error;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
