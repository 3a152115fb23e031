/** What `check` takes for a request, and how it says what is wrong with one. interchange.md "check" */

import { describe, expect, it } from "vitest";
import { parseMask } from "../../src/access-mask.js";
import { type AccessOptions, checkedDescriptor, checkedRequest as checkedWith } from "../../src/access-request.js";
import { AccessToken, ArgumentError, Engine, GenericMapping, isSallyportError, Sid } from "../../src/index.js";
import { ask, OTHER, READ, sd, thrownBy, token, USER, WRITE } from "./questions.js";

const good = ask("D:(A;;FA;;;WD)", READ);
const node = { level: 0, guid: "10000000-0000-4000-8000-000000000001" };
const engine = new Engine();

const checkedRequest = (options: AccessOptions) => checkedWith(options, parseMask);

describe("a checked request", () => {
  it("has defaults for what was left out", () => {
    expect(checkedRequest(good)).toEqual({
      token: good.token,
      desired: 1,
      mapping: GenericMapping.of("file"),
      call: 0,
      objectTypes: [],
      principalSelf: null,
      previouslyGranted: 0,
      primaryToken: null,
      policies: null,
      raw: false,
    });
  });

  it("has masks as numbers, SIDs as Sids, GUIDs in lower case", () => {
    const checked = checkedRequest({
      ...good,
      desired: "FILE_READ_DATA|DELETE",
      mapping: { read: 1, write: 2, execute: 4, all: 7 },
      call: "AccessCheckByType",
      objectTypes: [{ level: 0, guid: "ABCDEF00-0000-4000-8000-00000000000A" }],
      principalSelf: "BA",
      aceGenericRights: "raw",
    });
    expect(checked.desired).toBe(0x10001);
    expect(checked.mapping.all).toBe(7);
    expect(String(checked.principalSelf)).toBe("S-1-5-32-544");
    expect(checked.objectTypes[0].guid).toBe("abcdef00-0000-4000-8000-00000000000a");
    expect([checked.call, checked.raw]).toEqual([2, true]);
    expect(
      checkedRequest({ ...good, principalSelf: Sid.parse(OTHER), previouslyGranted: "0x10" }).previouslyGranted,
    ).toBe(16);
  });

  it("takes 1,024 nodes and no more", () => {
    const list = Array.from({ length: 1025 }, (_, level) => ({ ...node, level: level === 0 ? 0 : 1 }));
    const byType = { ...good, call: "AccessCheckByType" } as const;
    expect(checkedRequest({ ...byType, objectTypes: list.slice(1) }).objectTypes).toHaveLength(1024);
    expect(thrownBy(() => checkedRequest({ ...byType, objectTypes: list }))).toMatchObject({
      code: "ERR_LIMIT",
      path: ["objectTypes"],
    });
  });
});

describe("wrong members are named", () => {
  const byType = { call: "AccessCheckByType" };
  it.each<[string, Record<string, unknown>, string, (string | number)[]]>([
    ["no token", { token: undefined }, "ERR_ARGUMENT", ["token"]],
    ["a token's input", { token: { user: USER } }, "ERR_ARGUMENT", ["token"]],
    [
      "a token's look-alike",
      { token: Object.create(AccessToken.prototype) && { isRestricted: false } },
      "ERR_ARGUMENT",
      ["token"],
    ],
    ["no mask", { desired: undefined }, "ERR_ARGUMENT", ["desired"]],
    ["a negative mask", { desired: -1 }, "ERR_ARGUMENT", ["desired"]],
    ["half a mask", { desired: 0.5 }, "ERR_ARGUMENT", ["desired"]],
    ["33 bits", { desired: 0x100000000 }, "ERR_ARGUMENT", ["desired"]],
    ["a mask that is none", { desired: "0x1g" }, "ERR_ARGUMENT", ["desired"]],
    ["a mask in an object", { desired: { valueOf: () => 1 } }, "ERR_ARGUMENT", ["desired"]],
    ["an unknown mapping", { mapping: "fille" }, "ERR_ARGUMENT", ["mapping"]],
    [
      "a mapping with generic bits",
      { mapping: { read: 0x80000000, write: 0, execute: 0, all: 0 } },
      "ERR_ARGUMENT",
      ["mapping", "read"],
    ],
    [
      "a mapping with MAXIMUM_ALLOWED",
      { mapping: { read: 0, write: 0, execute: 0, all: 0x02000000 } },
      "ERR_ARGUMENT",
      ["mapping", "all"],
    ],
    ["a call in other letters", { call: "accessCheck" }, "ERR_ARGUMENT", ["call"]],
    ["a call that everything has", { call: "toString" }, "ERR_ARGUMENT", ["call"]],
    ["a list for SeAccessCheck", { objectTypes: [node] }, "ERR_ARGUMENT", ["objectTypes"]],
    ["a list for AccessCheck", { call: "AccessCheck", objectTypes: [] }, "ERR_ARGUMENT", ["objectTypes"]],
    ["a result list without list", { call: "AccessCheckByTypeResultList" }, "ERR_ARGUMENT", ["objectTypes"]],
    ["a list that is none", { ...byType, objectTypes: node }, "ERR_ARGUMENT", ["objectTypes"]],
    ["a node that is none", { ...byType, objectTypes: [node, null] }, "ERR_ARGUMENT", ["objectTypes", 1]],
    [
      "a level that is none",
      { ...byType, objectTypes: [{ ...node, level: "0" }] },
      "ERR_ARGUMENT",
      ["objectTypes", 0, "level"],
    ],
    [
      "a level below 0",
      { ...byType, objectTypes: [{ ...node, level: -1 }] },
      "ERR_ARGUMENT",
      ["objectTypes", 0, "level"],
    ],
    [
      "a GUID that is none",
      { ...byType, objectTypes: [{ ...node, guid: "x" }] },
      "ERR_ARGUMENT",
      ["objectTypes", 0, "guid"],
    ],
    [
      "a GUID that is no text",
      { ...byType, objectTypes: [{ ...node, guid: 1 }] },
      "ERR_ARGUMENT",
      ["objectTypes", 0, "guid"],
    ],
    ["a self that is none", { principalSelf: "somebody" }, "ERR_SID", ["principalSelf"]],
    ["a self that is no text", { principalSelf: 18 }, "ERR_SID", ["principalSelf"]],
    [
      "previouslyGranted elsewhere",
      { call: "AccessCheck", previouslyGranted: 0 },
      "ERR_ARGUMENT",
      ["previouslyGranted"],
    ],
    ["previouslyGranted that is no mask", { previouslyGranted: "x" }, "ERR_ARGUMENT", ["previouslyGranted"]],
    ["a primary token's input", { primaryToken: { user: USER } }, "ERR_ARGUMENT", ["primaryToken"]],
    ["policies by name", { policies: {} }, "ERR_ARGUMENT", ["policies"]],
    ["other generic rights", { aceGenericRights: "none" }, "ERR_ARGUMENT", ["aceGenericRights"]],
  ])("%s", (_what, changes, code, path) => {
    const error = thrownBy(() => checkedRequest({ ...good, ...changes } as never));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code, path });
  });

  it.each([undefined, null, 1, "request"])("%s is no request", (request) => {
    expect(thrownBy(() => checkedRequest(request as never))).toMatchObject({ code: "ERR_ARGUMENT", path: [] });
  });

  it.each([undefined, null, "D:", {}])("%s is no descriptor", (descriptor) => {
    expect(thrownBy(() => checkedDescriptor(descriptor, ["descriptor"]))).toMatchObject({
      code: "ERR_ARGUMENT",
      path: ["descriptor"],
    });
  });
});

describe("null is not absent", () => {
  const members = [
    "call",
    "objectTypes",
    "principalSelf",
    "previouslyGranted",
    "primaryToken",
    "policies",
    "aceGenericRights",
  ];
  it.each(members)("%s: null is refused, whether the engine has met the values or not", (member) => {
    const request = { ...ask("D:(A;;FA;;;WD)", READ), [member]: null };
    const before = thrownBy(() => engine.check(request as never));
    expect(engine.check({ ...request, [member]: undefined }).granted).toBe(true);
    const after = thrownBy(() => engine.check(request as never));
    expect(isSallyportError(before), String(before)).toBe(true);
    expect({ code: after.code, path: after.path }).toEqual({ code: before.code, path: before.path });
  });
});

describe("a mistyped member", () => {
  it("is refused, whether the engine has met the values or not", () => {
    const request = ask("D:(A;;FA;;;WD)", READ);
    const mistyped = { ...request, principleSelf: OTHER };
    const wrong = { code: "ERR_UNKNOWN_MEMBER", path: ["principleSelf"] };
    expect(thrownBy(() => engine.check(mistyped))).toMatchObject(wrong);
    expect(engine.check(request).granted).toBe(true);
    expect(thrownBy(() => engine.check(mistyped))).toMatchObject(wrong);
    expect(thrownBy(() => engine.explain(mistyped))).toMatchObject(wrong);
  });
});

describe("policies are judged before they are used", () => {
  const sid = Sid.parse("S-1-17-1");
  const dacl = sd("D:(A;;FA;;;WD)", "");
  const scoped = sd("D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)");
  it.each<[string, unknown]>([
    ["null", null],
    ["no SID", { rules: [] }],
    ["a SID as text", { sid: "S-1-17-1", rules: [] }],
    ["no rules", { sid }],
    ["a rule that is none", { sid, rules: [null] }],
    ["a rule without DACL", { sid, rules: [{ appliesTo: null, stagedDacl: null }] }],
    ["a DACL as text", { sid, rules: [{ appliesTo: null, dacl: "D:", stagedDacl: null }] }],
    ["a condition as text", { sid, rules: [{ appliesTo: "(a)", dacl, stagedDacl: null }] }],
  ])("%s", (_what, policy) => {
    const error = thrownBy(() => engine.check(ask(scoped, READ, { policies: [policy as never] })));
    expect(isSallyportError(error), String(error)).toBe(true);
    expect(error.code).toMatch(/^ERR_(ARGUMENT|SID|CONDITION)$/);
    expect(engine.check(good).granted).toBe(true);
  });
});

describe("hostile requests", () => {
  it("a getter that throws is our error, with theirs as its cause", () => {
    const cause = new Error("mine");
    for (const member of ["token", "descriptor", "desired", "mapping", "call"]) {
      const request = Object.defineProperty({ ...good }, member, {
        get() {
          throw cause;
        },
      });
      const error = thrownBy(() => engine.check(request));
      expect(isSallyportError(error), `${member}: ${error}`).toBe(true);
      expect(error.cause).toBe(cause);
    }
    expect(engine.check(good).granted).toBe(true);
  });

  it("a proxy that throws is our error", () => {
    const proxy = new Proxy(
      {},
      {
        get: () => {
          throw new Error("mine");
        },
      },
    );
    expect(isSallyportError(thrownBy(() => engine.check(proxy as never)))).toBe(true);
    const list = new Proxy([node], {
      get: () => {
        throw new Error("mine");
      },
    });
    const error = thrownBy(() => engine.check({ ...good, call: "AccessCheckByType", objectTypes: list }));
    expect(isSallyportError(error), String(error)).toBe(true);
  });

  it("every member is read once, so one that changes cannot deceive", () => {
    const reads: string[] = [];
    const twoFaced = {
      get token() {
        reads.push("token");
        return good.token;
      },
      get descriptor() {
        reads.push("descriptor");
        return reads.filter((name) => name === "descriptor").length > 1 ? sd("D:(A;;FA;;;WD)") : sd("D:");
      },
      get desired() {
        reads.push("desired");
        return reads.filter((name) => name === "desired").length > 1 ? 0 : WRITE;
      },
      get mapping() {
        reads.push("mapping");
        return "file" as const;
      },
      get audit() {
        reads.push("audit");
        return false;
      },
    };
    expect(engine.check(twoFaced).granted).toBe(false);
    expect(reads.toSorted()).toEqual(["audit", "descriptor", "desired", "mapping", "token"]);
    reads.length = 0;
    expect(engine.explain(twoFaced).verdict.granted).toBe(false);
    expect(reads.toSorted()).toEqual(["audit", "descriptor", "desired", "mapping", "token"]);
  });

  it("a node list with holes is refused", () => {
    const holes = [node];
    holes[2] = { ...node, level: 1, guid: "20000000-0000-4000-8000-000000000002" };
    const request = { ...good, call: "AccessCheckByType", objectTypes: holes } as const;
    expect(thrownBy(() => engine.check(request))).toMatchObject({ code: "ERR_ARGUMENT", path: ["objectTypes", 1] });
  });

  it("a list that grows while it is read stays within the limit", () => {
    let asked = 0;
    const growing = new Proxy([node], {
      get: (list, name, self) =>
        name === "length"
          ? asked++ === 0
            ? 1
            : 5000
          : name in list
            ? Reflect.get(list, name, self)
            : { ...node, level: 1 },
      has: () => true,
    });
    const impersonating = token({ type: "impersonation" });
    const outcome = (): unknown =>
      engine.check({ ...good, token: impersonating, call: "AccessCheckByType", objectTypes: growing }).status;
    try {
      expect(["STATUS_SUCCESS", "STATUS_INVALID_PARAMETER"]).toContain(outcome());
    } catch (error) {
      expect(isSallyportError(error), String(error)).toBe(true);
    }
    expect(engine.check(good).granted).toBe(true);
  });

  it("changing a list after the answer changes nothing", () => {
    const objectTypes = [{ ...node }];
    const request = {
      ...good,
      token: token({ type: "impersonation" }),
      call: "AccessCheckByTypeResultList",
      objectTypes,
    } as const;
    const verdict = engine.check(request);
    objectTypes[0].guid = "x";
    expect(verdict.objectTypes).toEqual([{ ...node, status: "STATUS_SUCCESS", access: 1 }]);
  });
});
