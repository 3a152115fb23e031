/** Conditional expressions as bytes: both ways, and every refusal at its offset. formats.md 6.1 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCondition } from "../../src/binary/condition-decode.js";
import { encodeCondition } from "../../src/binary/condition-encode.js";
import { bytesFromHex, bytesToHex } from "../../src/binary/text-encoding.js";
import { Condition, type ConditionLiteral, type ConditionToken, conditionOperators } from "../../src/condition.js";
import { FormatError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

const everyone = Sid.parse("S-1-1-0");
const ARTX = "61727478";
const ONE = "04 0100000000000000 03 02";
const SID_WD = "51 0c000000 010100000000000100000000";

const hex = (text: string): Uint8Array => bytesFromHex(text.replaceAll(" ", ""));
const decode = (text: string): readonly ConditionToken[] => decodeCondition(hex(ARTX + text)).tokens;

function refusal(action: () => unknown): FormatError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error("was not refused");
}

const text = fc.string({
  unit: fc.integer({ min: 1, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 6,
});
const sid = fc.array(fc.nat(0xffffffff), { maxLength: 15 }).map((subs) => Sid.of(5, subs));
const integer = fc.constantFrom(1, 2, 3, 4).chain((code) =>
  fc.record({
    kind: fc.constant("int" as const),
    code: fc.constant(code as 1 | 2 | 3 | 4),
    value: fc.bigInt({ min: -(2n ** BigInt(2 ** (code + 2) - 1)), max: 2n ** BigInt(2 ** (code + 2) - 1) - 1n }),
    sign: fc.constantFrom(1 as const, 2 as const, 3 as const),
    base: fc.constantFrom(1 as const, 2 as const, 3 as const),
  }),
);
const literal: fc.Arbitrary<ConditionLiteral> = fc.oneof(
  integer,
  text.map((value) => ({ kind: "string" as const, value })),
  fc.uint8Array({ maxLength: 8 }).map((value) => ({ kind: "octets" as const, value })),
  sid.map((value) => ({ kind: "sid" as const, value })),
);
const token: fc.Arbitrary<ConditionToken> = fc.oneof(
  literal,
  fc.array(literal, { maxLength: 4 }).map((members) => ({ kind: "composite" as const, members })),
  fc.record({
    kind: fc.constant("attribute" as const),
    scope: fc.constantFrom("local" as const, "user" as const, "resource" as const, "device" as const),
    name: text.filter((name) => name !== ""),
  }),
  fc.constantFrom(...conditionOperators).map(({ code }) => ({ kind: "operator" as const, code })),
);

describe("a condition in bytes", () => {
  it("reads back as it was written, whatever its tokens", () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const bytes = encodeCondition(Condition.of(tokens));
        expect(bytes.length % 4).toBe(0);
        expect(decodeCondition(bytes).tokens).toEqual(Condition.of(tokens).tokens);
      }),
    );
  });

  it("has the layout of [MS-DTYP] 2.4.4.17", () => {
    const condition = Condition.of([
      { kind: "attribute", scope: "user", name: "a" },
      {
        kind: "composite",
        members: [
          { kind: "int", code: 4, value: -1n, sign: 2, base: 2 },
          { kind: "octets", value: hex("abcd") },
        ],
      },
      { kind: "operator", code: 0x88 },
    ]);
    const wanted = `${ARTX} f9 02000000 6100 50 12000000 04 ffffffffffffffff 02 02 18 02000000 abcd 88 00`.replaceAll(
      " ",
      "",
    );
    expect(bytesToHex(encodeCondition(condition))).toBe(wanted);
  });

  it("keeps lone surrogates as they are", () => {
    expect(decode("10 04000000 00d8 6100")).toEqual([{ kind: "string", value: "\ud800a" }]);
  });

  it("may be empty, and may end with up to three zero bytes", () => {
    expect(decode("")).toEqual([]);
    for (const padding of ["", "00", "0000", "000000"]) expect(decode(`a2${padding}`)).toHaveLength(1);
  });

  it.each([
    ["no signature", "41525458", 0],
    ["half a signature", "617274", 0],
    ["nothing at all", "", 0],
    ["four bytes of padding", `${ARTX} 00000000`, 4],
    ["padding in the middle", `${ARTX} a2 00 a2 00`, 6],
    ["an unknown token", `${ARTX} 05`, 4],
    ["the byte before the operators", `${ARTX} 7f`, 4],
    ["the byte behind the comparisons", `${ARTX} 94`, 4],
    ["the byte behind the logic", `${ARTX} a3`, 4],
    ["the byte behind the attributes", `${ARTX} fc`, 4],
    ["an integer cut short", `${ARTX} 04 0100000000000000 03`, 4],
    ["an integer beyond its width", `${ARTX} 01 8000000000000000 03 02`, 5],
    ["an integer below its width", `${ARTX} 02 ff7fffffffffffff 03 02`, 5],
    ["a sign of 0", `${ARTX} 04 0100000000000000 00 02`, 13],
    ["a sign of 4", `${ARTX} 04 0100000000000000 04 02`, 13],
    ["a base of 4", `${ARTX} 04 0100000000000000 03 04`, 14],
    ["a length cut short", `${ARTX} 10 000000`, 4],
    ["a length beyond the data", `${ARTX} 10 03000000 6100`, 5],
    ["a length that wraps", `${ARTX} 10 ffffffff 6100`, 5],
    ["text of odd length", `${ARTX} 10 03000000 610062`, 5],
    ["NUL in text", `${ARTX} 10 04000000 61000000`, 11],
    ["an attribute without a name", `${ARTX} fa 00000000`, 5],
    ["a NUL in a name", `${ARTX} f8 02000000 0000`, 9],
    ["a SID shorter than its length", `${ARTX} 51 10000000 01010000000000010000000000000000`, 5],
    ["a SID cut short", `${ARTX} 51 08000000 0101000000000001`, 10],
    ["a SID of no bytes", `${ARTX} 51 00000000`, 5],
    ["a SID of revision 2", `${ARTX} 51 0c000000 020100000000000100000000`, 9],
    ["a list in a list", `${ARTX} 50 05000000 50 00000000`, 9],
    ["an operator in a list", `${ARTX} 50 01000000 a2`, 9],
    ["an attribute in a list", `${ARTX} 50 07000000 f8 02000000 6100`, 9],
    ["padding in a list", `${ARTX} 50 01000000 00`, 9],
    ["a member that leaves its list", `${ARTX} 50 06000000 10 02000000 6100`, 10],
  ])("is refused for %s", (_, bytes, offset) => {
    expect(refusal(() => decodeCondition(hex(bytes)))).toMatchObject({ code: "ERR_CONDITION", offset });
    expect(refusal(() => decodeCondition(hex(bytes), 1000))).toMatchObject({
      code: "ERR_CONDITION",
      offset: offset + 1000,
    });
  });

  it("counts tokens and members up to 4,096", () => {
    expect(decode("a2".repeat(4096))).toHaveLength(4096);
    expect(refusal(() => decode("a2".repeat(4097)))).toMatchObject({ code: "ERR_LIMIT", offset: 4 + 4096 });
    const list = (count: number): string =>
      `50 ${bytesToHex(new Uint8Array(new Uint32Array([11 * count]).buffer))} ${ONE.repeat(count)}`;
    expect(decode(list(4096))[0]).toMatchObject({ kind: "composite" });
    expect(refusal(() => decode(list(4097)))).toMatchObject({ code: "ERR_LIMIT", offset: 9 + 11 * 4096 });
  });

  it("is refused when no ACE could hold it", () => {
    expect(refusal(() => decodeCondition(new Uint8Array(65536)))).toMatchObject({ code: "ERR_LIMIT" });
    const long = Condition.of([{ kind: "string", value: "x".repeat(32768) }]);
    expect(refusal(() => encodeCondition(long))).toMatchObject({ code: "ERR_LIMIT" });
  });

  it("is not written when it could not be read", () => {
    const unreadable: ConditionToken[] = [
      { kind: "string", value: "a\0b" },
      { kind: "attribute", scope: "local", name: "" },
      { kind: "operator", code: 0x42 },
      { kind: "int", code: 1, value: 128n, sign: 3, base: 2 },
      { kind: "int", code: 4, value: 2n ** 63n, sign: 3, base: 2 },
    ];
    for (const each of unreadable) {
      expect(refusal(() => encodeCondition(Condition.of([each]))).code).toBe("ERR_CONDITION");
    }
    const many = Condition.of(Array.from({ length: 4097 }, () => ({ kind: "operator", code: 0xa2 }) as const));
    expect(refusal(() => encodeCondition(many)).code).toBe("ERR_LIMIT");
  });

  it("throws nothing but FormatError, with an offset inside, on any bytes, and rewrites what it accepts unchanged", () => {
    const pieces = fc.constantFrom(
      ONE,
      SID_WD,
      "10 02000000 6100",
      "fa 02000000 6100",
      "50 0b000000",
      "86",
      "a0",
      "00",
      "ff",
      "18 01000000 07",
      "51 00000000",
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof({ weight: 6, arbitrary: pieces }, { weight: 1, arbitrary: fc.constantFrom("01", "50", "7fffffff") }),
          { maxLength: 10 },
        ),
        (parts) => {
          const bytes = hex(ARTX + parts.join(""));
          let condition: Condition;
          try {
            condition = decodeCondition(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            expect((error as FormatError).offset).toBeLessThan(bytes.length);
            return;
          }
          const again = encodeCondition(condition);
          const end = again.findLastIndex((byte) => byte !== 0) + 1;
          expect(bytesToHex(again.subarray(0, end))).toBe(bytesToHex(bytes.subarray(0, end)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("shares a SID with no one who could change it", () => {
    expect(decode(SID_WD)).toEqual([{ kind: "sid", value: everyone }]);
  });
});
