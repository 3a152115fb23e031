/** Claims as values. formats.md 6.3 */
import { describe, expect, it } from "vitest";
import { type Claim, ClaimFlags, claimOf, claimTypeCode, claimTypeOfCode, isClaimValue } from "../../src/claim.js";
import { ArgumentError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

const dept: Claim = { name: "Dept", type: "string", flags: 0, values: ["R&D"] };

describe("claim types", () => {
  it.each([
    ["int64", 1],
    ["uint64", 2],
    ["string", 3],
    ["sid", 5],
    ["boolean", 6],
    ["octets", 16],
  ] as const)("%s is %i", (type, code) => {
    expect(claimTypeCode(type)).toBe(code);
    expect(claimTypeOfCode(code)).toBe(type);
  });

  it("are these and no others", () => {
    for (const code of [0, 4, 7, 0x11]) expect(claimTypeOfCode(code)).toBeUndefined();
    for (const type of ["", "Int64", "constructor", "__proto__"]) expect(claimTypeCode(type)).toBeUndefined();
  });

  it("each takes its own values", () => {
    const sid = Sid.parse("S-1-5-18");
    const values = [-1n, 1n, "a", sid, true, new Uint8Array(1)];
    const taken = (type: Claim["type"]) => values.filter((value) => isClaimValue(type, value));
    expect(taken("int64")).toEqual([-1n, 1n]);
    expect(taken("uint64")).toEqual([1n]);
    expect(taken("string")).toEqual(["a"]);
    expect(taken("sid")).toEqual([sid]);
    expect(taken("boolean")).toEqual([true]);
    expect(taken("octets")).toEqual([new Uint8Array(1)]);
  });

  it("integers have 64 bits", () => {
    expect(isClaimValue("int64", 2n ** 63n - 1n) && isClaimValue("int64", -(2n ** 63n))).toBe(true);
    expect(isClaimValue("int64", 2n ** 63n) || isClaimValue("int64", -(2n ** 63n) - 1n)).toBe(false);
    expect(isClaimValue("uint64", 2n ** 64n - 1n)).toBe(true);
    expect(isClaimValue("uint64", 2n ** 64n) || isClaimValue("uint64", -1n) || isClaimValue("uint64", 1)).toBe(false);
  });
});

describe("claimOf", () => {
  it("copies, bytes included, and freezes", () => {
    const octets = new Uint8Array([1]);
    const values = [octets];
    const claim = claimOf({ name: "o", type: "octets", flags: 0, values });
    octets[0] = 9;
    values.pop();
    expect(claim).toEqual({ name: "o", type: "octets", flags: 0, values: [new Uint8Array([1])] });
    expect(() => Object.assign(claim, { name: "p" })).toThrow(TypeError);
    expect(() => (claim.values as unknown[]).pop()).toThrow(TypeError);
  });

  it("takes an empty list, and the free half of the flags", () => {
    expect(claimOf({ ...dept, values: [], flags: 0xffff003f }).flags).toBe(0xffff003f);
  });

  it.each<[string, object]>([
    ["name", { name: "" }],
    ["name", { name: "a\0b" }],
    ["name", { name: 1 }],
    ["type", { type: "text" }],
    ["type", { type: "__proto__" }],
    ["flags", { flags: 0x40 }],
    ["flags", { flags: 0x8000 }],
    ["flags", { flags: -1 }],
    ["flags", { flags: 1.5 }],
    ["flags", { flags: 2 ** 32 }],
    ["values", { values: "R&D" }],
    ["values", { values: null }],
    ["values", { values: ["a", 1n] }],
    ["values", { values: ["a\0"] }],
    ["values", { values: new Array(1) }],
  ])("a wrong %s is ERR_CLAIM: %o", (member, change) => {
    let error: unknown;
    try {
      claimOf({ ...dept, ...change } as Claim, ["claims", 3]);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as ArgumentError).code).toBe("ERR_CLAIM");
    expect((error as ArgumentError).path.slice(0, 3)).toEqual(["claims", 3, member]);
  });
});

it("flags have the names of the interchange", () => {
  expect(ClaimFlags).toEqual({
    NON_INHERITABLE: 1,
    CASE_SENSITIVE: 2,
    DENY_ONLY: 4,
    DISABLED_BY_DEFAULT: 8,
    DISABLED: 16,
    MANDATORY: 32,
  });
});
