/** Claims of a token: every fault inside a claim list is ERR_CLAIM. tokens.md 1.1 */

import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { ArgumentError } from "../../src/errors.js";
import type { TokenInput } from "../../src/token-fields.js";

function codeOf(userClaims: unknown): string {
  try {
    AccessToken.create({ user: "SY", userClaims } as unknown as TokenInput);
  } catch (error) {
    if (error instanceof ArgumentError) return error.code;
    throw error;
  }
  return "ok";
}

const claim = (fields: object): unknown => [{ name: "a", type: "int64", values: ["1"], ...fields }];
const named = (...names: string[]): unknown => names.map((name) => ({ name, type: "int64", values: ["1"] }));
const text = (values: string[], flags: unknown = 0): unknown => claim({ type: "string", values, flags });

describe("a claim list", () => {
  const cases: [string, unknown, string][] = [
    ["well formed", claim({}), "ok"],
    ["no array", { a: 1 }, "ERR_CLAIM"],
    ["a null entry", [null], "ERR_CLAIM"],
    ["an unknown member", claim({ value: 1 }), "ERR_UNKNOWN_MEMBER"],
    ["no name", [{ type: "int64", values: ["1"] }], "ERR_CLAIM"],
    ["an empty name", named(""), "ERR_CLAIM"],
    ["NUL in a name", named("a\0b"), "ERR_CLAIM"],
    ["half a pair in a name", named("a\ud800"), "ERR_CLAIM"],
    ["a whole pair in a name", named("a\ud83d\ude00"), "ok"],
    ["a name of every object", named("__proto__", "constructor"), "ok"],
    ["an unknown type", claim({ type: "float" }), "ERR_CLAIM"],
    ["a type of every object", claim({ type: "toString" }), "ERR_CLAIM"],
    ["no values", claim({ values: [] }), "ERR_CLAIM"],
    ["values that are no list", claim({ values: "1" }), "ERR_CLAIM"],
    ["beyond int64", claim({ values: ["9223372036854775808"] }), "ERR_CLAIM"],
    ["the least int64", claim({ values: ["-9223372036854775808"] }), "ok"],
    ["beyond uint64", claim({ type: "uint64", values: ["-1"] }), "ERR_CLAIM"],
    ["the largest uint64", claim({ type: "uint64", values: ["18446744073709551615"] }), "ok"],
    ["an unsafe number", claim({ values: [2 ** 53] }), "ERR_CLAIM"],
    ["a fraction", claim({ values: [1.5] }), "ERR_CLAIM"],
    ["hexadecimal", claim({ values: ["0x10"] }), "ERR_CLAIM"],
    ["an empty number", claim({ values: [""] }), "ERR_CLAIM"],
    ["text for a boolean", claim({ type: "boolean", values: ["true"] }), "ERR_CLAIM"],
    ["a number for a boolean", claim({ type: "boolean", values: [1] }), "ERR_CLAIM"],
    ["odd digits", claim({ type: "octets", values: ["abc"] }), "ERR_CLAIM"],
    ["NUL in text", text(["a\0"]), "ERR_CLAIM"],
    ["half a pair in text", text(["\udc00"]), "ERR_CLAIM"],
    ["no SID", claim({ type: "sid", values: ["S-1"] }), "ERR_CLAIM"],
    ["a number for a SID", claim({ type: "sid", values: [5] }), "ERR_CLAIM"],
    ["an alias without its context", claim({ type: "sid", values: ["DA"] }), "ERR_CLAIM"],
    ["reserved flags", claim({ flags: 0x40 }), "ERR_CLAIM"],
    ["free flags", claim({ flags: 0x10000 }), "ok"],
    ["an unknown flag name", claim({ flags: ["SECRET"] }), "ERR_CLAIM"],
    ["an integer twice", claim({ values: ["1", 1] }), "ERR_CLAIM"],
    ["an integer twice, one with zeros", claim({ values: ["1", "01"] }), "ERR_CLAIM"],
    ["octets twice", claim({ type: "octets", values: ["aB", "Ab"] }), "ERR_CLAIM"],
    ["a SID twice", claim({ type: "sid", values: ["BA", "S-1-5-32-544"] }), "ERR_CLAIM"],
    ["text twice but for case", text(["é", "É"]), "ERR_CLAIM"],
    ["text twice but for case, where case counts", text(["é", "É"], ["CASE_SENSITIVE"]), "ok"],
    ["text twice where case counts", text(["é", "é"], 2), "ERR_CLAIM"],
    ["a pair that Unicode 5.1 does not know", text(["ⳬ", "Ⳬ"]), "ok"],
    ["two names but for case", named("Title", "TITLE"), "ERR_CLAIM"],
    ["two names but for case beyond ASCII", named("ԛ", "Ԛ"), "ERR_CLAIM"],
    ["2,001 values", claim({ values: Array.from({ length: 2001 }, (_, i) => i) }), "ERR_LIMIT"],
    ["1,025 claims", named(...Array.from({ length: 1025 }, (_, i) => `c${i}`)), "ERR_LIMIT"],
  ];
  it.each(cases)("%s", (_what, claims, expected) => {
    expect(codeOf(claims)).toBe(expected);
  });

  it("takes the largest lists, in no quadratic time", () => {
    const values = Array.from({ length: 2000 }, (_, i) => `v${i}`);
    const claims = Array.from({ length: 1024 }, (_, i) => ({
      name: `c${i}`,
      type: "string",
      values: i < 50 ? values : ["x"],
    }));
    const start = performance.now();
    expect(codeOf(claims)).toBe("ok");
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
