/** Resource attributes in text, both ways. formats.md 7.1, 7.2 */
import { describe, expect, it } from "vitest";
import type { Claim } from "../../src/claim.js";
import { SddlError } from "../../src/errors.js";
import { formatClaim, parseClaim } from "../../src/sddl/claim-text.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { Sid } from "../../src/sid.js";

function refusal(text: string): [code: string, position: number] {
  try {
    parseClaim(text);
  } catch (error) {
    if (error instanceof SddlError) return [error.code, error.position];
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe("claims in text", () => {
  it.each([
    ['("n",TI,0)', '("n",TI,0x0)'],
    [' ( "n" , ti , 0x3F , +1 , -0x10 , 017 , 0xffffffffffffffff ) ', '("n",TI,0x3f,1,-16,15,-1)'],
    ['("n",TU,4294901760,18446744073709551615,0)', '("n",TU,0xffff0000,18446744073709551615,0)'],
    ['("n",TS,02,"",")(A;;GA;;;WD)")', '("n",TS,0x2,"",")(A;;GA;;;WD)")'],
    ['("n",TD,0,ba, S-1-5-7 )', '("n",TD,0x0,BA,AN)'],
    ['("n",TX,0,0077,#ABC,#,0#)', '("n",TX,0x0,0077,0abc,#,00)'],
    ['("n",TB,0,1,0,0x1)', '("n",TB,0x0,1,0,1)'],
    ['("R%0026D,ü",TI,0,1)', '("R%0026D%002c%00fc",TI,0x0,1)'],
  ])("%j prints as %j", (text, expected) => {
    expect(formatClaim(parseClaim(text))).toBe(expected);
    expect(formatClaim(parseClaim(expected))).toBe(expected);
  });

  it.each([
    ["", 0],
    ["()", 1],
    ['("")', 2],
    ['("n")', 4],
    ['("n",TI)', 7],
    ['("n",TQ,0,1)', 5],
    ['("n",T\u017f,0,"x")', 5],
    ['("a b",TI,0,1)', 3],
    ['("n%0041",TI,0,1)', 3],
    ['("n",TI,0x40,1)', 8],
    ['("n",TI,-1,1)', 8],
    ['("n",TI,4294967296,1)', 8],
    ['("n",TI,0,"x")', 10],
    ['("n",TI,0,9223372036854775808)', 10],
    ['("n",TU,0,-1)', 10],
    ['("n",TU,0,18446744073709551616)', 10],
    ['("n",TS,0,1)', 10],
    ['("n",TB,0,2)', 10],
    ['("n",TX,0,)', 10],
    ['("n",TX,0,xy)', 10],
    ['("n",TD,0,XY)', 10],
    ['("n ",TI,0,1)', 3],
    ['("n",TD,0,S-1-5-4294967296)', 16],
    ['("n",TI,0,1', 11],
    ['("n",TI,0,1))', 12],
  ])("refuses %j at %i", (text, position) => {
    expect(refusal(text)).toEqual(["ERR_CLAIM", position]);
  });

  it("needs the context for its aliases", () => {
    expect(refusal('("n",TD,0,DA)')).toEqual(["ERR_SDDL_ALIAS", 10]);
  });

  it("takes 2,000 values and no more", () => {
    const claim = (count: number) => `("n",TX,0${",#".repeat(count)})`;
    expect(parseClaim(claim(2000)).values).toHaveLength(2000);
    expect(refusal(claim(2001))[0]).toBe("ERR_LIMIT");
  });

  it("is measured before it is built", () => {
    expect(refusal(`("n",TX,0,${"0".repeat(200000)})`)[0]).toBe("ERR_LIMIT");
    expect(refusal(`("${"n".repeat(40000)}",TI,0)`)[0]).toBe("ERR_LIMIT");
    // Header 8, SID 12, then 16 + 4 + "n" and NUL 4 + length 4, padded: 65,524 bytes are the largest ACE of an ACL.
    const fits = 65524 - 20 - 28;
    expect(parseDescriptor(`S:(RA;;;;;WD;("n",TX,0,${"00".repeat(fits)}))`).sacl?.aces).toHaveLength(1);
    expect(() => parseDescriptor(`S:(RA;;;;;WD;("n",TX,0,${"00".repeat(fits + 1)}))`)).toThrow(
      expect.objectContaining({ code: "ERR_LIMIT" }),
    );
  });

  it.each<[string, Claim]>([
    ["an empty name", { name: "", type: "int64", flags: 0, values: [] }],
    ["reserved flags", { name: "n", type: "int64", flags: 0x8000, values: [] }],
    ["a quote", { name: "n", type: "string", flags: 0, values: ['"'] }],
    ["half a surrogate pair", { name: "n", type: "string", flags: 0, values: ["\udc00"] }],
    ["a value of another type", { name: "n", type: "string", flags: 0, values: [Sid.parse("S-1-1-0")] }],
  ])("does not print %s", (_, claim) => {
    expect(() => formatClaim(claim)).toThrow(expect.objectContaining({ code: "ERR_CLAIM", offset: 0 }));
  });
});
