/**
 * The generated cases are worth running: they repeat, they survive the way through the library, and they reach every
 * kind of answer.
 */

import { describe, expect, it } from "vitest";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { check } from "../model/access-check.js";
import { descriptorFrom, policyFrom, tokenFrom } from "../model/from-values.js";
import type { ModelAcl, ModelAnswer, ModelRequest } from "../model/types.js";
import { EVERYTHING, request } from "./generator.js";
import { randomFrom } from "./random.js";
import { descriptorTo, policyTo, tokenTo } from "./to-values.js";

const COUNT = 4000;

function requests(seed: number): ModelRequest[] {
  const random = randomFrom(seed);
  return Array.from({ length: COUNT }, () => request(random, EVERYTHING));
}

describe("the generated requests", () => {
  const all = requests(1);

  it("repeat with their seed, and differ with another", () => {
    expect(requests(1)).toEqual(all);
    expect(requests(2)).not.toEqual(all);
  });

  it("come back unchanged from tokens, descriptor bytes and policies of the library", () => {
    for (const each of all) {
      expect(tokenFrom(tokenTo(each.token))).toEqual(each.token);
      const bytes = descriptorTo(each.descriptor).toBytes();
      expect(asRead(descriptorFrom(SecurityDescriptor.fromBytes(bytes)))).toEqual(asRead(each.descriptor));
      for (const policy of each.policies ?? []) expect(policyFrom(policyTo(policy)).sid).toBe(policy.sid);
    }
  });

  it("reach every kind of answer", () => {
    const share = (is: (answer: ModelAnswer, request: ModelRequest) => boolean) =>
      (100 * all.filter((each) => is(check(each), each)).length) / COUNT;
    expect(share((answer) => answer.granted)).toBeGreaterThan(12);
    expect(share((answer) => answer.status === "STATUS_ACCESS_DENIED")).toBeGreaterThan(20);
    expect(share((answer) => answer.status === "STATUS_PRIVILEGE_NOT_HELD")).toBeGreaterThan(0.5);
    expect(share((answer) => answer.status === "STATUS_INVALID_PARAMETER")).toBeGreaterThan(0.1);
    expect(share((answer) => answer.callFailed)).toBeGreaterThan(1);
    expect(share((answer) => answer.privilegesUsed.length > 0)).toBeGreaterThan(1);
    expect(share((answer) => answer.auditEvents.length > 0)).toBeGreaterThan(1);
    expect(share((answer) => answer.staged?.differs === true)).toBeGreaterThan(0.2);
    expect(
      share((answer) => answer.objectTypes?.some((node) => node.access !== answer.access) === true),
    ).toBeGreaterThan(0.5);
    expect(share((answer, each) => answer.granted && each.token.restrictedSids !== null)).toBeGreaterThan(2);
    expect(share((answer, each) => answer.granted && each.token.package !== null)).toBeGreaterThan(0.5);
  });
});

/** What bytes can say: "none" and "malformed" look alike to whoever reads application data. */
function asRead(descriptor: ModelRequest["descriptor"]): ModelRequest["descriptor"] {
  return { ...descriptor, dacl: aclAsRead(descriptor.dacl), sacl: aclAsRead(descriptor.sacl) };
}

function aclAsRead(acl: ModelAcl): ModelAcl {
  if (acl === "absent" || acl === null) return acl;
  return acl.map((ace) =>
    ace.condition === "none" && CONDITIONAL.has(ace.type) ? { ...ace, condition: "malformed" } : ace,
  );
}

const CONDITIONAL: ReadonlySet<number> = new Set([9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x15]);
