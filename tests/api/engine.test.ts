/** The engine's face: check, checkMany, filterToken, evaluateCondition; what it answers and what it refuses to read. */

import { describe, expect, it } from "vitest";
import { ArgumentError, Engine, EngineError, parseCondition, SecurityDescriptor } from "../../src/index.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import {
  ASS,
  ask,
  FILE_ALL,
  MAX,
  OTHER,
  PACKAGE,
  READ,
  RESTRICTED_CODE,
  restricted,
  sd,
  thrownBy,
  token,
  USER,
  WO,
  WRITE,
} from "./questions.js";

const engine = new Engine();
const A = "10000000-0000-4000-8000-000000000001";
const B = "20000000-0000-4000-8000-000000000002";

describe("making an engine", () => {
  it.each([0, -1, (4 << 20) - 1, (1 << 30) + 1, 4.5 * 2 ** 20 + 0.5, Number.NaN, "4194304", null])(
    "maximumMemory %s is ERR_ARGUMENT",
    (maximumMemory) => {
      const error = thrownBy(() => new Engine({ maximumMemory: maximumMemory as number }));
      expect(error).toBeInstanceOf(ArgumentError);
      expect(error).toMatchObject({ code: "ERR_ARGUMENT", path: ["maximumMemory"] });
    },
  );

  it.each([4 << 20, 256 << 20, 1 << 30])("maximumMemory %s is taken", (maximumMemory) => {
    expect(new Engine({ maximumMemory }).check(ask("D:(A;;FA;;;WD)", READ)).granted).toBe(true);
  });

  it("from a module compiled elsewhere", () => {
    expect(Engine.from(compileKernel(), { seed: 3 }).check(ask("D:(A;;FA;;;WD)", READ)).granted).toBe(true);
  });

  it("a module that is not the kernel is an EngineError", () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(() => Engine.from(empty)).toThrow(EngineError);
  });
});

describe("check", () => {
  it("answers granted mask, status and privileges, and nothing that was not asked for", () => {
    expect(engine.check(ask("D:(A;;FA;;;WD)", "FR"))).toEqual({
      granted: true,
      access: 0x120089,
      status: "STATUS_SUCCESS",
      privilegesUsed: [],
    });
    expect(engine.check(ask("D:(A;;FR;;;WD)", "FW"))).toEqual({
      granted: false,
      access: 0,
      status: "STATUS_ACCESS_DENIED",
      privilegesUsed: [],
    });
  });

  it("answers nothing that a caller could change for another", () => {
    const asked = [
      ask("D:(A;;FA;;;WD)", 1),
      ask("D:(A;;FA;;;WD)", 2),
      ask("D:", 1),
      { ...ask("D:", 1), audit: true },
      ask("D:", ASS, { token: token({ privileges: ["SeSecurityPrivilege"] }) }),
    ];
    const first = asked.map((request) => engine.check(request));
    // Now resident, and asked the short way.
    const again = asked.map((request) => engine.check(request));
    expect(again).toEqual(first);
    expect(first.map(({ access }) => access)).toEqual([1, 2, 0, 0, ASS]);
    for (const verdict of [...first, ...again]) {
      expect([verdict, verdict.privilegesUsed].every(Object.isFrozen)).toBe(true);
    }
    expect(engine.check(asked[0])).toBe(engine.check(asked[0]));
    expect(engine.check(asked[2])).toBe(again[2]);
    const list = [{ level: 0, guid: A }];
    const whole = engine.check({
      ...ask("D:", 1, { token: token({ type: "impersonation" }) }),
      call: "AccessCheckByTypeResultList",
      objectTypes: list,
      audit: true,
    });
    expect(whole).toMatchObject({ objectTypes: [{ level: 0 }], auditEvents: [] });
    expect([whole, whole.objectTypes, whole.objectTypes?.[0], whole.auditEvents].every(Object.isFrozen)).toBe(true);
    const failed = engine.check({ ...ask("D:", 1), call: "AccessCheck" });
    expect([failed.callFailed, Object.isFrozen(failed)]).toEqual([true, true]);
  });

  it("masks are unsigned", () => {
    const mapping = { read: 1, write: 2, execute: 4, all: 0xf01ff };
    const { access } = engine.check(ask("D:(A;;0x80000001;;;WD)", 0x80000001, { mapping, aceGenericRights: "raw" }));
    expect(access).toBe(1);
    expect(engine.check(ask("D:(A;;0xfc000001;;;WD)", MAX, { aceGenericRights: "raw" })).access).toBe(0xfc000001);
  });

  it("names the privileges that were used, in order", () => {
    const held = token({ privileges: ["SeTakeOwnershipPrivilege", "SeSecurityPrivilege", "SeRelabelPrivilege"] });
    const { privilegesUsed } = engine.check(ask("D:", (ASS | WO) >>> 0, { token: held }));
    expect(privilegesUsed).toEqual(["SeSecurityPrivilege", "SeTakeOwnershipPrivilege"]);
    const relabel = token({ privileges: ["SeRelabelPrivilege"] });
    expect(engine.check(ask("D:", WO, { token: relabel })).privilegesUsed).toEqual(["SeRelabelPrivilege"]);
  });

  it("the restricting list is the second door", () => {
    const door = sd(`D:(A;;FA;;;${USER})(A;;FR;;;RC)`);
    expect(engine.check(ask(door, WRITE)).granted).toBe(true);
    expect(engine.check(ask(door, WRITE, { token: restricted(RESTRICTED_CODE) })).granted).toBe(false);
    expect(engine.check(ask(door, READ, { token: restricted(RESTRICTED_CODE) })).granted).toBe(true);
  });

  it("a failed call says so", () => {
    const verdict = engine.check(ask("D:(A;;FA;;;WD)", READ, { call: "AccessCheck" }));
    expect(verdict).toMatchObject({
      granted: false,
      access: 0,
      status: "STATUS_NO_IMPERSONATION_TOKEN",
      callFailed: true,
    });
    const anonymous = token({ type: "impersonation", impersonationLevel: "Identification" });
    const failed = engine.check(ask("D:(A;;FA;;;WD)", READ, { token: anonymous }));
    expect(failed.status).toBe("STATUS_BAD_IMPERSONATION_LEVEL");
  });

  it("a result list has a verdict for every node, in the order given", () => {
    const impersonating = token({ type: "impersonation" });
    const { objectTypes, granted, access } = engine.check(
      ask(`D:(OA;;0x1;${B};;WD)`, READ, {
        token: impersonating,
        call: "AccessCheckByTypeResultList",
        objectTypes: [
          { level: 0, guid: A.toUpperCase() },
          { level: 1, guid: B },
          { level: 1, guid: "30000000-0000-4000-8000-000000000003" },
        ],
      }),
    );
    expect({ granted, access }).toEqual({ granted: false, access: 0 });
    expect(objectTypes).toEqual([
      { level: 0, guid: A, status: "STATUS_ACCESS_DENIED", access: 0 },
      { level: 1, guid: B, status: "STATUS_SUCCESS", access: 1 },
      { level: 1, guid: "30000000-0000-4000-8000-000000000003", status: "STATUS_ACCESS_DENIED", access: 0 },
    ]);
  });

  it("audit events are given when asked for", () => {
    const audited = sd("D:(A;;FR;;;WD)S:(AU;SA;FR;;;WD)(AU;FA;FW;;;WD)");
    expect(engine.check(ask(audited, READ, { audit: true })).auditEvents).toEqual([
      { kind: "success", ace: 0, access: 1, node: 0 },
    ]);
    expect(engine.check(ask(audited, WRITE, { audit: true })).auditEvents).toEqual([
      { kind: "failure", ace: 1, access: 2, node: 0 },
    ]);
    expect(engine.check(ask("D:(A;;FR;;;WD)", READ, { audit: true })).auditEvents).toEqual([]);
    expect(engine.check(ask(audited, READ)).auditEvents).toBeUndefined();
  });

  it("a staged policy that answers otherwise is told, and changes nothing", () => {
    const policies = [
      {
        sid: SecurityDescriptor.parse("O:S-1-17-1").owner as never,
        rules: [{ appliesTo: null, dacl: sd("D:(A;;FA;;;WD)", ""), stagedDacl: sd("D:(A;;FR;;;WD)", "") }],
      },
    ];
    const scoped = sd("D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)");
    const verdict = engine.check(ask(scoped, WRITE, { policies }));
    expect(verdict).toMatchObject({
      granted: true,
      access: 2,
      staged: { granted: false, status: "STATUS_ACCESS_DENIED", access: 0 },
    });
    expect(engine.check(ask(scoped, READ, { policies })).staged).toBeUndefined();
  });
});

describe("checkMany", () => {
  it("gives a mask for each descriptor, 0 where denied", () => {
    const { descriptor: _one, ...options } = ask("D:", "FR");
    const descriptors = [sd("D:(A;;FA;;;WD)"), sd("D:(A;;FW;;;WD)"), sd("")];
    expect([...engine.checkMany({ ...options, descriptors })]).toEqual([0x120089, 0, 0x120089]);
    expect(engine.checkMany({ ...options, descriptors: [] })).toHaveLength(0);
  });

  it("is 0 at the partly granted root of a result list too", () => {
    const { descriptor: _one, ...options } = ask("D:", READ | WRITE, {
      token: token({ type: "impersonation" }),
      call: "AccessCheckByTypeResultList",
      objectTypes: [{ level: 0, guid: A }],
    });
    const half = sd("D:(A;;0x1;;;WD)");
    expect(engine.check({ ...options, descriptor: half })).toMatchObject({ granted: false, access: 1 });
    expect([...engine.checkMany({ ...options, descriptors: [half] })]).toEqual([0]);
  });

  it("names the descriptor that is none", () => {
    const { descriptor, ...options } = ask("D:", READ);
    const error = thrownBy(() => engine.checkMany({ ...options, descriptors: [descriptor, {} as never] }));
    expect(error).toMatchObject({ code: "ERR_ARGUMENT", path: ["descriptors", 1] });
    expect(thrownBy(() => engine.checkMany({ ...options, descriptors: "D:" as never }))).toMatchObject({
      path: ["descriptors"],
    });
  });

  it("does not pass over holes in the list", () => {
    const { descriptor, ...options } = ask("D:", READ);
    const sparse = [descriptor];
    sparse[2] = descriptor;
    expect(thrownBy(() => engine.checkMany({ ...options, descriptors: sparse }))).toMatchObject({
      path: ["descriptors", 1],
    });
  });
});

describe("filterToken", () => {
  it("makes a restricted token and leaves the source alone", () => {
    const source = token({ groups: ["S-1-1-0", "S-1-5-32-544"], privileges: ["SeDebugPrivilege"] });
    const before = JSON.stringify(source);
    const made = engine.filterToken(source, {
      flags: ["DISABLE_MAX_PRIVILEGE"],
      sidsToDisable: ["BA"],
      restrictedSids: ["RC", OTHER],
    });
    expect(made.restrictedSids?.map(String)).toEqual([RESTRICTED_CODE, OTHER]);
    expect(made.groups[1].attributes).toBe(0x11);
    expect(made.privileges).toEqual([]);
    expect([made.isRestricted, made.isWriteRestricted, made.hasRestrictions]).toEqual([true, false, true]);
    expect(JSON.stringify(source)).toBe(before);
    expect([source.isRestricted, source.hasRestrictions]).toEqual([false, false]);
  });

  it("a status is an answer of tryFilterToken and an error of filterToken", () => {
    const options = { flags: 0x10 };
    expect(engine.tryFilterToken(token(), options)).toEqual({ status: "STATUS_INVALID_PARAMETER", token: null });
    expect(thrownBy(() => engine.filterToken(token(), options))).toMatchObject({ code: "ERR_ARGUMENT" });
  });

  it("wants a token", () => {
    expect(thrownBy(() => engine.tryFilterToken({} as never))).toMatchObject({ code: "ERR_ARGUMENT", path: ["token"] });
  });
});

describe("evaluateCondition", () => {
  const claims = token({ userClaims: [{ name: "Dept", type: "string", values: ["R&D"] }] });
  it.each([
    ['(@User.Dept == "r&d")', "TRUE"],
    ['(@User.Dept == "x")', "FALSE"],
    ['(@User.Nothing == "x")', "UNKNOWN"],
  ])("%s is %s", (text, truth) => {
    expect(engine.evaluateCondition({ condition: parseCondition(text), token: claims })).toBe(truth);
  });

  it("takes @Resource from the descriptor", () => {
    const descriptor = sd('S:(RA;;;;;WD;("Level",TI,0,7))');
    const condition = parseCondition("(@Resource.Level == 7)");
    expect(engine.evaluateCondition({ condition, token: claims, descriptor })).toBe("TRUE");
    expect(engine.evaluateCondition({ condition, token: claims })).toBe("UNKNOWN");
  });

  it("reads groups by its purpose", () => {
    const denyOnly = token({ groups: [{ sid: "BA", attributes: ["USE_FOR_DENY_ONLY"] }] });
    const condition = parseCondition("(Member_of {SID(BA)})");
    expect(engine.evaluateCondition({ condition, token: denyOnly })).toBe("FALSE");
    expect(engine.evaluateCondition({ condition, token: denyOnly, purpose: "deny" })).toBe("TRUE");
    expect(engine.evaluateCondition({ condition, token: denyOnly, purpose: "audit" })).toBe("TRUE");
  });

  it("names the argument that is wrong", () => {
    const condition = parseCondition("(a == 1)");
    expect(thrownBy(() => engine.evaluateCondition({ condition: "(a)" as never, token: claims }))).toMatchObject({
      path: ["condition"],
    });
    expect(thrownBy(() => engine.evaluateCondition({ condition, token: {} as never }))).toMatchObject({
      path: ["token"],
    });
    expect(thrownBy(() => engine.evaluateCondition({ condition, token: claims, purpose: "x" as never }))).toMatchObject(
      { path: ["purpose"] },
    );
    expect(
      thrownBy(() => engine.evaluateCondition({ condition, token: claims, descriptor: "D:" as never })),
    ).toMatchObject({ path: ["descriptor"] });
  });
});

describe("an AppContainer", () => {
  it("needs both sides", () => {
    const boxed = token({ appContainer: { sid: PACKAGE } });
    expect(engine.check(ask("D:(A;;FA;;;WD)", READ, { token: boxed })).granted).toBe(false);
    expect(engine.check(ask("D:(A;;FA;;;WD)(A;;FR;;;AC)", READ, { token: boxed })).granted).toBe(true);
    expect(engine.check(ask("D:(A;;FA;;;AC)", FILE_ALL, { token: boxed })).granted).toBe(false);
  });
});
