/** Lines and answers of the interchange, and every operation but `check`. interchange.md */

import { describe, expect, it } from "vitest";
import { EngineError } from "../../src/errors.js";
import { answer } from "../../src/interchange/answer.js";
import type { InterchangeEngine } from "../../src/interchange/engine-face.js";
import { type Asked, ask, askingEngine, codeOf, goodCheck, USER } from "./asking-engine.js";

describe("a line", () => {
  it("answers with the id as it came, right or wrong", () => {
    expect(answer(`{"id":1.50,${JSON.stringify(goodCheck).slice(1)}`, askingEngine())).toMatch(
      /^\{"id":1\.50,"granted":true/,
    );
    expect(answer('{"id":{"a":[9007199254740993]},"op":"nothing"}', askingEngine())).toMatch(
      /^\{"id":\{"a":\[9007199254740993\]\},"error"/,
    );
    expect(answer('{"id":"x"', askingEngine())).not.toContain('"id"');
  });

  it("is one line", () => {
    expect(answer('{"id":[1,\n2],\n"op":"nothing\\n"}', askingEngine())).not.toMatch(/[\r\n]/);
  });

  it.each([
    ["no JSON", "{", "ERR_JSON"],
    ["nothing", "", "ERR_JSON"],
    ["a key twice", '{"op":"check","op":"check"}', "ERR_DUPLICATE_KEY"],
    ["a key twice and an unknown one", '{"op":"check","op":"check","x":1}', "ERR_DUPLICATE_KEY"],
    ["no object", "[]", "ERR_ARGUMENT"],
    ["deep, and no object", "[".repeat(50_000) + "]".repeat(50_000), "ERR_ARGUMENT"],
    ["null", "null", "ERR_ARGUMENT"],
    ["no op", "{}", "ERR_ARGUMENT"],
    ["a mistyped op", '{"oop":"check"}', "ERR_UNKNOWN_MEMBER"],
    ["an unknown op", '{"op":"Check"}', "ERR_ARGUMENT"],
    ["an op of every object", '{"op":"toString"}', "ERR_ARGUMENT"],
    ["an op in the prototype", '{"__proto__":{"op":"check"}}', "ERR_UNKNOWN_MEMBER"],
    ["an op that is no text", '{"op":1}', "ERR_ARGUMENT"],
    ["another version", '{"sallyport":2,"op":"sddl_to_binary","sddl":"D:"}', "ERR_ARGUMENT"],
  ])("%s", (_what, line, code) => {
    const { error } = ask(line);
    expect(error.code).toBe(code);
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(line.length);
  });

  it("may carry this version", () => {
    expect(codeOf({ sallyport: 1, ...goodCheck })).toBe("ok");
  });

  it("never throws: what breaks in the engine is an answer", () => {
    const broken: InterchangeEngine = {
      ...askingEngine(),
      check: () => {
        throw new EngineError("dead");
      },
    };
    expect(ask(goodCheck, broken).error).toEqual({ code: "ERR_ENGINE", message: "dead" });
    const worse: InterchangeEngine = {
      ...askingEngine(),
      check: () => {
        throw new RangeError("stack");
      },
    };
    expect(ask(goodCheck, worse).error.code).toBe("ERR_ENGINE");
    expect(JSON.parse(answer(undefined as unknown as string, askingEngine())).error.code).toBe("ERR_JSON");
  });
});

describe("filter", () => {
  const request = { op: "filter", token: { user: USER } };

  it("asks the engine and writes the token", () => {
    const seen: Asked = {};
    const full = {
      ...request,
      flags: ["DISABLE_MAX_PRIVILEGE", "WRITE_RESTRICTED"],
      sidsToDisable: ["BA", { sid: "WD", attributes: 7 }, { sid: "WD" }],
      privilegesToDelete: ["SeDebugPrivilege", { luid: "0-40" }],
      restrictedSids: ["RC", { sid: "WD", attributes: 4 }],
      call: "CreateRestrictedToken",
      callerIsTcb: true,
    };
    expect(ask(full, askingEngine(seen))).toMatchObject({
      status: "STATUS_SUCCESS",
      token: { integrity: "Medium", user: { sid: USER, attributes: 0 } },
    });
    expect(seen.filter).toMatchObject({
      flags: 9,
      privilegesToDelete: [{ luid: "0-14" }, { luid: "0-40" }],
      call: "CreateRestrictedToken",
      callerIsTcb: true,
    });
    expect(JSON.parse(JSON.stringify([seen.filter?.sidsToDisable, seen.filter?.restrictedSids]))).toEqual([
      [
        { sid: "S-1-5-32-544", attributes: 0 },
        { sid: "S-1-1-0", attributes: 7 },
        { sid: "S-1-1-0", attributes: 0 },
      ],
      [
        { sid: "S-1-5-12", attributes: 0 },
        { sid: "S-1-1-0", attributes: 4 },
      ],
    ]);
  });

  it("hands on no more of a list than shows that it is too long", () => {
    const seen: Asked = {};
    ask({ ...request, restrictedSids: new Array(9000).fill("WD") }, askingEngine(seen));
    expect(seen.filter?.restrictedSids).toHaveLength(4097);
  });

  it("writes the status alone where there is no token", () => {
    expect(ask({ ...request, flags: 0x10 })).toEqual({ status: "STATUS_INVALID_PARAMETER" });
  });

  it.each<[string, unknown, string]>([
    ["an unknown flag", { ...request, flags: ["LUA"] }, "ERR_ARGUMENT"],
    ["a list of null", { ...request, restrictedSids: null }, "ERR_ARGUMENT"],
    ["a null entry", { ...request, sidsToDisable: [null] }, "ERR_ARGUMENT"],
    ["a malformed SID", { ...request, restrictedSids: ["S-1"] }, "ERR_SID"],
    ["an unknown privilege", { ...request, privilegesToDelete: ["SeGodPrivilege"] }, "ERR_ARGUMENT"],
    ["an unknown call", { ...request, call: "NtFilterToken" }, "ERR_ARGUMENT"],
    ["a mistyped list", { ...request, restrictedSid: ["RC"] }, "ERR_UNKNOWN_MEMBER"],
    [
      "more than the kernel takes, which it refuses itself",
      { ...request, sidsToDisable: new Array(5000).fill("WD") },
      "ok",
    ],
  ])("%s", (_what, value, code) => {
    expect(codeOf(value)).toBe(code);
  });
});

describe("sddl_to_binary, binary_to_sddl", () => {
  it("are each other's inverse on canonical text", () => {
    const context = { domain: "S-1-5-21-1-2-3" };
    const sddl = "O:DAG:SYD:P(A;OICI;FA;;;DA)";
    const { hex } = ask({ op: "sddl_to_binary", sddl, context });
    expect(hex).toMatch(/^01000490/);
    expect(ask({ op: "binary_to_sddl", hex, context })).toEqual({ sddl });
    const base64 = btoa(String.fromCharCode(...hex.match(/../g).map((pair: string) => Number.parseInt(pair, 16))));
    expect(ask({ op: "binary_to_sddl", base64 })).toEqual({
      sddl: "O:S-1-5-21-1-2-3-512G:SYD:P(A;OICI;FA;;;S-1-5-21-1-2-3-512)",
    });
  });

  it.each<[string, unknown, string]>([
    ["no text", { op: "sddl_to_binary" }, "ERR_ARGUMENT"],
    ["text of another type", { op: "sddl_to_binary", sddl: 5 }, "ERR_ARGUMENT"],
    ["no bytes", { op: "binary_to_sddl" }, "ERR_ARGUMENT"],
    ["bytes twice", { op: "binary_to_sddl", hex: "00", base64: "AA==" }, "ERR_ARGUMENT"],
    ["too many bytes", { op: "binary_to_sddl", hex: "00".repeat(0x100001) }, "ERR_LIMIT"],
    ["too many in base64", { op: "binary_to_sddl", base64: "AAAA".repeat(0x60000) }, "ERR_LIMIT"],
  ])("%s", (_what, request, code) => {
    expect(codeOf(request)).toBe(code);
  });
});

describe("condition", () => {
  const request = { op: "condition", condition: "(@User.a == 1)", token: { user: USER } };

  it("asks the engine, for `allow` by default", () => {
    const seen: Asked = {};
    expect(ask(request, askingEngine(seen))).toEqual({ result: "UNKNOWN" });
    expect(seen.condition).toMatchObject({ purpose: "allow", descriptor: undefined });
    expect(
      codeOf({ ...request, condition: undefined, conditionHex: "61727478f902000000610000", purpose: "deny" }),
    ).toBe("ok");
  });

  it.each<[string, unknown, string]>([
    ["no expression", { ...request, condition: undefined }, "ERR_ARGUMENT"],
    ["two expressions", { ...request, conditionHex: "61727478" }, "ERR_ARGUMENT"],
    ["a bad expression", { ...request, condition: "(@User.a ==)" }, "ERR_CONDITION"],
    ["bad bytes", { ...request, condition: undefined, conditionHex: "61727479" }, "ERR_CONDITION"],
    ["bytes that are no hex", { ...request, condition: undefined, conditionHex: "zz" }, "ERR_ARGUMENT"],
    ["an alias without context", { ...request, condition: "(Member_of {SID(DA)})" }, "ERR_SDDL_ALIAS"],
    ["no token", { ...request, token: undefined }, "ERR_ARGUMENT"],
    ["an unknown purpose", { ...request, purpose: "Allow" }, "ERR_ARGUMENT"],
  ])("%s", (_what, value, code) => {
    expect(codeOf(value)).toBe(code);
  });

  it("carries a position or an offset", () => {
    expect(ask({ ...request, condition: "(@User.a ==)" }).error.position).toBeLessThanOrEqual(12);
    expect(ask({ ...request, condition: undefined, conditionHex: "61727479" }).error.offset).toBeLessThanOrEqual(4);
  });
});
