/** `check` through the interchange: what is asked of the engine, and what is refused, in which order. interchange.md */

import { describe, expect, it } from "vitest";
import { type Asked, ask, askingEngine, codeOf, goodCheck, USER } from "./asking-engine.js";

const GUID = "11111111-2222-3333-4444-ABCDEFABCDEF";

describe("check", () => {
  it("asks the engine and writes its verdict", () => {
    expect(ask(goodCheck)).toEqual({ granted: true, access: 1, status: "STATUS_SUCCESS", privilegesUsed: [] });
    expect(ask({ ...goodCheck, explain: true, audit: true })).toMatchObject({
      explanation: { because: "so" },
      auditEvents: [],
    });
  });

  it("reads every member", () => {
    const seen: Asked = {};
    const request = {
      ...goodCheck,
      descriptor: { base64: "AQAAgAAAAAAAAAAAAAAAAAAAAAA=" },
      context: { domain: "S-1-5-21-7-8-9" },
      desired: "FILE_READ_DATA|DELETE",
      mapping: { read: "0x1", write: 2, execute: "4", all: 7 },
      call: "AccessCheckByType",
      objectTypes: [{ level: 0, guid: GUID }],
      principalSelf: "DA",
      primaryToken: { user: "SY" },
      policies: {
        "S-1-17-1": {
          rules: [
            { appliesTo: "", dacl: "D:", stagedDacl: "D:(A;;GA;;;DA)" },
            { appliesTo: "(@Resource.x==1)", dacl: "D:" },
          ],
        },
      },
      aceGenericRights: "raw",
    };
    expect(ask(request, askingEngine(seen)).error).toBeUndefined();
    const { check } = seen;
    expect(check?.desired).toBe(0x10001);
    expect(check?.mapping).toMatchObject({ read: 1, write: 2, execute: 4, all: 7 });
    expect(check?.objectTypes).toEqual([{ level: 0, guid: GUID.toLowerCase() }]);
    expect(check?.principalSelf?.toString()).toBe("S-1-5-21-7-8-9-512");
    expect(check?.primaryToken?.user.sid.toString()).toBe("S-1-5-18");
    expect(
      check?.policies?.[0].rules.map(({ appliesTo, stagedDacl }) => [appliesTo === null, stagedDacl === null]),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
    expect([check?.aceGenericRights, check?.audit, check?.call]).toEqual(["raw", undefined, "AccessCheckByType"]);
  });

  const types = [{ level: 0, guid: GUID }];
  const rule = { dacl: "D:" };
  const policies = (name: string, rules: unknown): object => ({ ...goodCheck, policies: { [name]: { rules } } });
  it.each<[string, unknown, string]>([
    ["no token", { ...goodCheck, token: undefined }, "ERR_ARGUMENT"],
    ["a token of null", { ...goodCheck, token: null }, "ERR_TOKEN"],
    ["no descriptor", { ...goodCheck, descriptor: undefined }, "ERR_ARGUMENT"],
    ["a descriptor of null", { ...goodCheck, descriptor: null }, "ERR_ARGUMENT"],
    ["a descriptor in two forms", { ...goodCheck, descriptor: { sddl: "D:", hex: "" } }, "ERR_ARGUMENT"],
    ["an empty descriptor object", { ...goodCheck, descriptor: {} }, "ERR_ARGUMENT"],
    ["a form unknown", { ...goodCheck, descriptor: { bytes: "" } }, "ERR_UNKNOWN_MEMBER"],
    ["odd hex", { ...goodCheck, descriptor: { hex: "0" } }, "ERR_ARGUMENT"],
    ["bad base64", { ...goodCheck, descriptor: { base64: "A===" } }, "ERR_ARGUMENT"],
    ["short bytes", { ...goodCheck, descriptor: { hex: "0100" } }, "ERR_DESCRIPTOR"],
    ["bad SDDL", { ...goodCheck, descriptor: { sddl: "X:" } }, "ERR_SDDL_SYNTAX"],
    ["an alias without context", { ...goodCheck, descriptor: "O:DA" }, "ERR_SDDL_ALIAS"],
    ["an alias with context", { ...goodCheck, descriptor: "O:DA", context: { domain: "S-1-5-21-1-2-3" } }, "ok"],
    ["a bad context", { ...goodCheck, context: { domain: "x" } }, "ERR_SID"],
    [
      "a bad context behind the fault it makes",
      { ...goodCheck, descriptor: "O:DA", context: { domain: "x" } },
      "ERR_SID",
    ],
    ["a bad token before a bad context", { ...goodCheck, token: { user: USER, groups: 1 }, context: 5 }, "ERR_TOKEN"],
    ["no desired", { ...goodCheck, desired: undefined }, "ERR_ARGUMENT"],
    ["a bad mask", { ...goodCheck, desired: "FULL" }, "ERR_ARGUMENT"],
    ["a mask beyond 32 bits", { ...goodCheck, desired: 2 ** 32 }, "ERR_ARGUMENT"],
    ["a mask of null", { ...goodCheck, desired: null }, "ERR_ARGUMENT"],
    ["no mapping", { ...goodCheck, mapping: undefined }, "ERR_ARGUMENT"],
    ["an unknown mapping", { ...goodCheck, mapping: "File" }, "ERR_ARGUMENT"],
    ["a mapping without a mask", { ...goodCheck, mapping: { read: 1, write: 1, execute: 1 } }, "ERR_ARGUMENT"],
    [
      "a mapping that holds generic bits",
      { ...goodCheck, mapping: { read: "GR", write: 1, execute: 1, all: 1 } },
      "ERR_ARGUMENT",
    ],
    [
      "a mapping that holds MAXIMUM_ALLOWED",
      { ...goodCheck, mapping: { read: 1, write: 1, execute: 1, all: 0x2000000 } },
      "ERR_ARGUMENT",
    ],
    ["an unknown call", { ...goodCheck, call: "accessCheck" }, "ERR_ARGUMENT"],
    ["object types for another call", { ...goodCheck, objectTypes: types }, "ERR_ARGUMENT"],
    ["no object types, for another call", { ...goodCheck, call: "AccessCheck", objectTypes: [] }, "ERR_ARGUMENT"],
    ["object types where they belong", { ...goodCheck, call: "AccessCheckByType", objectTypes: types }, "ok"],
    ["none where they may be absent", { ...goodCheck, call: "AccessCheckByType" }, "ok"],
    ["none where they are needed", { ...goodCheck, call: "AccessCheckByTypeResultList" }, "ERR_ARGUMENT"],
    [
      "too many object types",
      { ...goodCheck, call: "AccessCheckByType", objectTypes: new Array(1025).fill(types[0]) },
      "ERR_LIMIT",
    ],
    [
      "an object type without level",
      { ...goodCheck, call: "AccessCheckByType", objectTypes: [{ guid: GUID }] },
      "ERR_ARGUMENT",
    ],
    [
      "an object type with braces",
      { ...goodCheck, call: "AccessCheckByType", objectTypes: [{ level: 0, guid: `{${GUID}}` }] },
      "ERR_ARGUMENT",
    ],
    ["previouslyGranted elsewhere", { ...goodCheck, call: "AccessCheck", previouslyGranted: 0 }, "ERR_ARGUMENT"],
    ["previouslyGranted where it belongs", { ...goodCheck, previouslyGranted: "RC" }, "ok"],
    ["a principal that is no SID", { ...goodCheck, principalSelf: 5 }, "ERR_SID"],
    ["a bad primary token", { ...goodCheck, primaryToken: {} }, "ERR_TOKEN"],
    ["a policy of another kind", policies("S-1-5-18", []), "ERR_SID"],
    [
      "a policy under two spellings",
      { ...goodCheck, policies: { "S-1-17-1": { rules: [] }, "s-1-17-1": { rules: [] } } },
      "ERR_ARGUMENT",
    ],
    ["a policy without rules", { ...goodCheck, policies: { "S-1-17-1": {} } }, "ERR_ARGUMENT"],
    ["policies of null", { ...goodCheck, policies: null }, "ERR_ARGUMENT"],
    ["a rule without a DACL", policies("S-1-17-1", [{ appliesTo: "" }]), "ERR_ARGUMENT"],
    ["a rule whose DACL is absent", policies("S-1-17-1", [{ dacl: "O:BA" }]), "ERR_ARGUMENT"],
    ["a rule with a bad condition", policies("S-1-17-1", [{ appliesTo: "(x", dacl: "D:" }]), "ERR_CONDITION"],
    ["too many rules", policies("S-1-17-1", new Array(257).fill(rule)), "ERR_LIMIT"],
    [
      "too many policies",
      {
        ...goodCheck,
        policies: Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`S-1-17-${i}`, { rules: [] }])),
      },
      "ERR_LIMIT",
    ],
    ["an unknown member of a rule", policies("S-1-17-1", [{ dacl: "D:", applies: "" }]), "ERR_UNKNOWN_MEMBER"],
    ["another treatment of generic bits", { ...goodCheck, aceGenericRights: "Raw" }, "ERR_ARGUMENT"],
    ["explain as text", { ...goodCheck, explain: "true" }, "ERR_ARGUMENT"],
    ["an unknown member before any value", { ...goodCheck, token: 5, privileges: [] }, "ERR_UNKNOWN_MEMBER"],
    [
      "an unknown member beyond a limit",
      { ...goodCheck, token: { user: USER, groups: new Array(1025).fill({ sd: "" }) } },
      "ERR_UNKNOWN_MEMBER",
    ],
    [
      "the first member in the order of the document",
      { mapping: 1, desired: {}, descriptor: "X:", token: { user: USER }, op: "check" },
      "ERR_SDDL_SYNTAX",
    ],
  ])("%s", (_what, request, code) => {
    expect(codeOf(request)).toBe(code);
  });

  it("says where: in the line, in the text at fault, or in the bytes", () => {
    const line = JSON.stringify({
      ...goodCheck,
      token: { user: USER, groups: ["WD", { sid: "BA", attributes: "x" }] },
    });
    expect(line.slice(ask(line).error.position)).toMatch(/^"x"/);
    const unknown = JSON.stringify({ ...goodCheck, token: { user: USER, grops: [] } });
    expect(unknown.slice(ask(unknown).error.position)).toMatch(/^"grops"/);
    expect(ask({ ...goodCheck, descriptor: "O:BA X" }).error.position).toBeLessThanOrEqual(6);
    expect(ask({ ...goodCheck, descriptor: { hex: "0100" } }).error).toMatchObject({
      code: "ERR_DESCRIPTOR",
      offset: expect.any(Number),
    });
  });
});
