/** `Condition` as a value, and the operator table. formats.md 6.1 */
import { describe, expect, it } from "vitest";
import {
  attributeScopes,
  Condition,
  type ConditionToken,
  conditionOperators,
  operatorOfCode,
  operatorOfSpelling,
  scopeOfCode,
} from "../../src/condition.js";

describe("Condition", () => {
  it("is not changed by what the caller does later", () => {
    const octets = new Uint8Array([1, 2]);
    const member: ConditionToken = { kind: "octets", value: octets };
    const tokens: ConditionToken[] = [
      { kind: "attribute", scope: "user", name: "a" },
      member,
      { kind: "composite", members: [member] },
      { kind: "operator", code: 0x80 },
    ];
    const condition = Condition.of(tokens);
    octets[0] = 9;
    tokens.pop();
    Object.assign(tokens[0], { name: "b" });
    expect(condition.tokens).toEqual([
      { kind: "attribute", scope: "user", name: "a" },
      { kind: "octets", value: new Uint8Array([1, 2]) },
      { kind: "composite", members: [{ kind: "octets", value: new Uint8Array([1, 2]) }] },
      { kind: "operator", code: 0x80 },
    ]);
  });

  it("is frozen, tokens and lists too", () => {
    const { tokens } = Condition.of([{ kind: "composite", members: [{ kind: "string", value: "a" }] }]);
    expect(() => (tokens as ConditionToken[]).pop()).toThrow(TypeError);
    expect(() => Object.assign(tokens[0], { members: [] })).toThrow(TypeError);
    expect(() => (tokens[0] as unknown as { members: unknown[] }).members.pop()).toThrow(TypeError);
  });
});

describe("operators", () => {
  it.each([
    [0x80, "==", 2],
    [0x81, "!=", 2],
    [0x82, "<", 2],
    [0x83, "<=", 2],
    [0x84, ">", 2],
    [0x85, ">=", 2],
    [0x86, "Contains", 2],
    [0x87, "Exists", 1],
    [0x88, "Any_of", 2],
    [0x89, "Member_of", 1],
    [0x8a, "Device_Member_of", 1],
    [0x8b, "Member_of_any", 1],
    [0x8c, "Device_Member_of_any", 1],
    [0x8d, "Not_Exists", 1],
    [0x8e, "Not_Contains", 2],
    [0x8f, "Not_Any_of", 2],
    [0x90, "Not_Member_of", 1],
    [0x91, "Not_Device_Member_of", 1],
    [0x92, "Not_Member_of_any", 1],
    [0x93, "Not_Device_Member_of_any", 1],
    [0xa0, "&&", 2],
    [0xa1, "||", 2],
    [0xa2, "!", 1],
  ])("0x%x is %s, of %i operands", (code, spelling, operands) => {
    expect(operatorOfCode(code)).toMatchObject({ code, spelling, operands });
    expect(operatorOfSpelling(spelling.toUpperCase())).toBe(operatorOfCode(code));
    expect(operatorOfSpelling(spelling)).toBe(operatorOfCode(code));
  });

  it("are these and no others", () => {
    expect(conditionOperators.length).toBe(23);
    for (const word of [
      "",
      "=",
      "Like",
      "Not_Not_Exists",
      "Exi\u017fts",
      "Any_of ",
      "constructor",
      "x".repeat(1_000_000),
    ]) {
      expect(operatorOfSpelling(word)).toBeUndefined();
    }
    for (const code of [0, 0x50, 0x7f, 0x94, 0x9f, 0xa3, 0xf8]) expect(operatorOfCode(code)).toBeUndefined();
  });

  it("fall into kinds by what they ask of their operands", () => {
    const codes = (kind: string) =>
      conditionOperators.filter((entry) => entry.kind === kind).map((entry) => entry.code);
    expect(codes("relational")).toEqual([0x80, 0x81, 0x82, 0x83, 0x84, 0x85]);
    expect(codes("set")).toEqual([0x86, 0x88, 0x8e, 0x8f]);
    expect(codes("exists")).toEqual([0x87, 0x8d]);
    expect(codes("membership")).toEqual([0x89, 0x8a, 0x8b, 0x8c, 0x90, 0x91, 0x92, 0x93]);
    expect(codes("logical")).toEqual([0xa0, 0xa1, 0xa2]);
  });
});

describe("attribute scopes", () => {
  it.each([
    ["local", 0xf8, ""],
    ["user", 0xf9, "@USER."],
    ["resource", 0xfa, "@RESOURCE."],
    ["device", 0xfb, "@DEVICE."],
  ] as const)("%s is 0x%x", (scope, code, prefix) => {
    expect(attributeScopes[scope]).toEqual({ code, prefix });
    expect(scopeOfCode(code)).toBe(scope);
  });

  it("no other code is a scope", () => {
    for (const code of [0, 0x80, 0xf7, 0xfc]) expect(scopeOfCode(code)).toBeUndefined();
  });
});
