/** Claims of resource attributes as bytes: both ways, and every refusal at its offset. formats.md 6.3 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeClaim } from "../../src/binary/claim-decode.js";
import { claimSize, encodeClaim } from "../../src/binary/claim-encode.js";
import { bytesFromHex, bytesToHex } from "../../src/binary/text-encoding.js";
import type { Claim, ClaimValue } from "../../src/claim.js";
import { ArgumentError, FormatError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

const hex = (text: string): Uint8Array => bytesFromHex(text.replaceAll(" ", ""));

function refusal(action: () => unknown): { code: string; offset?: number } {
  try {
    action();
  } catch (error) {
    expect(error instanceof FormatError || error instanceof ArgumentError).toBe(true);
    return error as FormatError;
  }
  throw new Error("was not refused");
}

/** A claim of one value: header, one offset, the name "n", the value at 24. */
const claim = (
  type: string,
  value: string,
  { name = "14000000", flags = "00000000", at = "18000000" } = {},
): Uint8Array => hex(`${name} ${type} 0000 ${flags} 01000000 ${at} 6e000000 ${value}`);
const onlyValue = (type: string, value: string): ClaimValue => decodeClaim(claim(type, value)).values[0];

const text = fc.string({
  unit: fc.integer({ min: 1, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 6,
});
const valuesOfType = {
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  string: text,
  sid: fc.array(fc.nat(0xffffffff), { maxLength: 15 }).map((subs) => Sid.of(5, subs)),
  boolean: fc.boolean(),
  octets: fc.uint8Array({ maxLength: 9 }),
};
const anyClaim: fc.Arbitrary<Claim> = fc
  .constantFrom(...(Object.keys(valuesOfType) as (keyof typeof valuesOfType)[]))
  .chain((type) =>
    fc.record({
      name: text.filter((name) => name !== ""),
      type: fc.constant(type),
      flags: fc.nat(0xffffffff).map((flags) => (flags & 0xffff003f) >>> 0),
      values: fc.array(valuesOfType[type] as fc.Arbitrary<ClaimValue>, { maxLength: 8 }),
    }),
  );

describe("a claim in bytes", () => {
  it("reads back as it was written, with or without padding", () => {
    fc.assert(
      fc.property(anyClaim, fc.nat(3), (given, padding) => {
        const bytes = encodeClaim(given);
        expect(bytes).toHaveLength(claimSize(given));
        const padded = new Uint8Array(bytes.length + padding);
        padded.set(bytes);
        expect(decodeClaim(padded)).toEqual(given);
      }),
    );
  });

  it("is packed as Windows packs it: header, offsets, name, values, nothing aligned", () => {
    const octets: Claim = { name: "ab", type: "octets", flags: 3, values: [hex("77"), hex("0102")] };
    const wanted = "18000000 1000 0000 03000000 02000000 1e000000 23000000 6100 6200 0000 01000000 77 02000000 0102";
    expect(bytesToHex(encodeClaim(octets))).toBe(wanted.replaceAll(" ", ""));
  });

  it("takes a SID in binary, and S-1-… text in ASCII or UTF-16, with or without NUL", () => {
    const everyone = Sid.parse("S-1-1-0");
    for (const value of [
      "0c000000 010100000000000100000000",
      "07000000 532d312d312d30",
      "08000000 532d312d312d3000",
      "0e000000 53002d0031002d0031002d003000",
      "10000000 53002d0031002d0031002d0030000000",
    ]) {
      expect(onlyValue("0500", value)).toEqual(everyone);
    }
  });

  it("takes no values at all, values that share a place, and ignores the reserved field", () => {
    expect(decodeClaim(hex("10000000 0100 ffff 00000000 00000000 6e000000"))).toEqual({
      name: "n",
      type: "int64",
      flags: 0,
      values: [],
    });
    const shared = hex("18000000 0100 0000 00000000 02000000 1c000000 1c000000 6e000000 0100000000000000");
    expect(decodeClaim(shared).values).toEqual([1n, 1n]);
  });

  it("reads integers by their type, and text at odd places", () => {
    expect(onlyValue("0100", "ffffffffffffffff")).toBe(-1n);
    expect(onlyValue("0200", "ffffffffffffffff")).toBe(2n ** 64n - 1n);
    expect(decodeClaim(claim("0300", "00 6100 00d8 0000", { at: "19000000" })).values).toEqual(["a\ud800"]);
  });

  it.each([
    ["fewer than 16 bytes", hex("10000000 0100 0000 00000000 000000"), 0],
    ["type 4", claim("0400", "0000000000000000"), 4],
    ["reserved flags", claim("0100", "0000000000000000", { flags: "40000000" }), 8],
    ["a count beyond the data", hex("10000000 0100 0000 00000000 02000000 6e000000"), 12],
    ["a count whose size wraps", hex("10000000 0100 0000 00000000 00000040 6e000000"), 12],
    ["a name inside the header", claim("0100", "0000000000000000", { name: "13000000" }), 0],
    ["a name beyond the data", claim("0100", "0000000000000000", { name: "20000000" }), 0],
    ["a name offset that wraps", claim("0100", "0000000000000000", { name: "f0ffffff" }), 0],
    ["an empty name", claim("0100", "0000000000000000", { name: "16000000" }), 0],
    ["a value inside the header", claim("0100", "0000000000000000", { at: "13000000" }), 16],
    ["a value beyond the data", claim("0100", "0000000000000000", { at: "19000000" }), 16],
    ["text without end", claim("0300", "6100 6200"), 24],
    ["a boolean of 2", claim("0600", "0200000000000000"), 24],
    ["a boolean with a high bit", claim("0600", "0000000000000001"), 24],
    ["octets beyond the data", claim("1000", "05000000 00000000"), 24],
    ["octets of negative length", claim("1000", "ffffffff"), 24],
    ["a length cut short", claim("1000", "000000"), 16],
    ["an empty SID", claim("0500", "00000000"), 24],
    ["a SID shorter than its length", claim("0500", "10000000 01010000000000010000000000000000"), 24],
    ["a SID that is neither", claim("0500", "04000000 4241 4241"), 24],
    ["an alias as a SID", claim("0500", "02000000 5744"), 24],
    ["a SID of 16 subauthorities", claim("0500", "08000000 0110000000000005"), 29],
  ])("is refused for %s", (_, bytes, offset) => {
    expect(refusal(() => decodeClaim(bytes))).toMatchObject({ code: "ERR_CLAIM", offset });
    expect(refusal(() => decodeClaim(bytes, 500))).toMatchObject({ code: "ERR_CLAIM", offset: offset + 500 });
  });

  it("has at most 2,000 values, and a size that an ACE can hold", () => {
    const numbers = (count: number): Claim => ({
      name: "n",
      type: "boolean",
      flags: 0,
      values: Array.from({ length: count }, () => true),
    });
    expect(decodeClaim(encodeClaim(numbers(2000))).values).toHaveLength(2000);
    expect(refusal(() => encodeClaim(numbers(2001))).code).toBe("ERR_LIMIT");
    const many = new Uint8Array(16 + 4 * 2001);
    new DataView(many.buffer).setUint16(4, 1, true);
    new DataView(many.buffer).setUint32(12, 2001, true);
    expect(refusal(() => decodeClaim(many))).toMatchObject({ code: "ERR_LIMIT", offset: 12 });
    expect(refusal(() => encodeClaim({ name: "n", type: "string", flags: 0, values: ["x".repeat(33000)] })).code).toBe(
      "ERR_LIMIT",
    );
    expect(refusal(() => decodeClaim(new Uint8Array(65536))).code).toBe("ERR_LIMIT");
  });

  it("is not written when it could not be read", () => {
    const base = { name: "n", type: "string", flags: 0, values: [] } as const;
    for (const wrong of [
      { ...base, name: "" },
      { ...base, name: "a\0" },
      { ...base, flags: 0x40 },
      { ...base, values: ["\0"] },
      { ...base, values: [1n] },
    ]) {
      expect(refusal(() => encodeClaim(wrong)).code).toBe("ERR_CLAIM");
    }
  });

  it("is read in linear time when thousands of values overlap", () => {
    const count = 1999;
    const header = 16 + 4 * count;
    for (const type of [3, 0x10]) {
      const bytes = new Uint8Array(65000).fill(0x41);
      const view = new DataView(bytes.buffer);
      for (const [i, value] of [header, type, 0, count].entries()) view.setUint32(4 * i, value, true);
      bytes.set([0x6e, 0, 0, 0], header);
      for (let i = 0; i < count; i++) {
        const at = header + 4 + 4 * i;
        view.setUint32(16 + 4 * i, at, true);
        if (type === 0x10) view.setUint32(at, bytes.length - at - 4, true);
      }
      bytes.fill(0, bytes.length - 2);
      const start = performance.now();
      expect(decodeClaim(bytes).values).toHaveLength(count);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it("throws nothing but FormatError, with an offset inside, when any byte is changed", () => {
    fc.assert(
      fc.property(
        anyClaim,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (given, changes) => {
          const bytes = encodeClaim(given);
          for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 40)] = value;
          try {
            const read = decodeClaim(bytes);
            if (claimSize(read) < 65532) expect(decodeClaim(encodeClaim(read))).toEqual(read);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            expect((error as FormatError).offset).toBeLessThan(bytes.length);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
