/** `Sid` and the grammar of SID text. formats.md 1 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.js";
import { Sid, scanSid } from "../../src/sid.js";

const parts = fc.record({
  authority: fc.maxSafeNat().map((n) => n % 2 ** 48),
  subs: fc.array(fc.nat({ max: 0xffffffff }), { minLength: 1, maxLength: 15 }),
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ArgumentError) return error.code;
    throw error;
  }
  return "no error";
}

describe("Sid text", () => {
  it.each([
    ["S-1-5-32-544", "S-1-5-32-544"],
    ["s-1-5-18", "S-1-5-18"],
    ["S-01-5-018", "S-1-5-18"],
    ["S-1-0x5-0X12", "S-1-5-18"],
    ["S-1-5-0xfFfFfFfF", "S-1-5-4294967295"],
    ["S-1-5-00000000000000000000012", "S-1-5-12"],
    ["S-1-4294967295-1", "S-1-4294967295-1"],
    ["S-1-4294967296-1", "S-1-0x100000000-1"],
    ["S-1-0x12a05F200-30-40", "S-1-0x12A05F200-30-40"],
    ["S-1-0xFFFFFFFFFFFF-0", "S-1-0xFFFFFFFFFFFF-0"],
    [`S-1-5${"-1".repeat(15)}`, `S-1-5${"-1".repeat(15)}`],
  ])("%s prints as %s", (text, printed) => {
    expect(Sid.parse(text).toString()).toBe(printed);
  });

  it.each([
    "",
    "S",
    "S-",
    "S-1",
    "S-1-",
    "S-1-5",
    "S-1-5-",
    "S--1-5",
    "S-2-5-18",
    "S-0x1-5-18",
    "S-1-5--18",
    "S-1-5-18 ",
    " S-1-5-18",
    "S-1- 5-18",
    "S-1-5-0x",
    "S-1-5-1x",
    "S-1-5-+1",
    "S-1-5-1.0",
    "S-1-5-1e3",
    "S-1-5-\uff11\uff18",
    "\u017f-1-5-18",
    "S\u20101\u20105\u201018",
    "BA",
    "S-1-5-4294967296",
    "S-1-5-0x100000000",
    "S-1-281474976710656-1",
    "S-1-0x1000000000000-1",
    `S-1-5${"-1".repeat(16)}`,
    "S-1-5-18\0",
    "S-11-5-18",
    "S-0-5-18",
    "S-1-5-2D",
  ])("%j is ERR_SID", (text) => {
    expect(codeOf(() => Sid.parse(text))).toBe("ERR_SID");
  });

  it.each([[undefined], [null], [18], [{}], [["S-1-5-18"]], [{ toString: () => "S-1-5-18" }]])(
    "%j is not coerced",
    (value) => {
      expect(codeOf(() => Sid.parse(value as unknown as string))).toBe("ERR_SID");
    },
  );

  it("what prints reads back to an equal SID", () => {
    fc.assert(
      fc.property(parts, ({ authority, subs }) => {
        const sid = Sid.of(authority, subs);
        const back = Sid.parse(sid.toString());
        expect(back.equals(sid)).toBe(true);
        expect(back.toString()).toBe(sid.toString());
      }),
    );
  });

  it("a SID of half a million numbers is refused at the sixteenth", () => {
    const text = `S-1-5${"-1".repeat(500_000)}`;
    expect(scanSid(text, 0)).toEqual({ fault: "syntax", position: 5 + 15 * 2 });
  });

  it("names the argument at fault and quotes no long text", () => {
    const act = () => Sid.parse(`S-1-5-${"x".repeat(100_000)}`, ["token", "user"]);
    expect(act).toThrow(/^token\.user: /);
    expect(act).toThrow(/^.{0,200}$/s);
  });
});

describe("scanSid", () => {
  it("stops before whatever continues no number", () => {
    const scan = scanSid("O:S-1-5-32-544G:", 2);
    expect(scan).toMatchObject({ end: 14 });
    expect("sid" in scan && String(scan.sid)).toBe("S-1-5-32-544");
  });

  it("ends hex before a section letter only when asked", () => {
    const sddl = scanSid("S-1-2-0x2D:", 0, { hexEndsBeforeSection: true });
    expect("sid" in sddl && [String(sddl.sid), sddl.end]).toEqual(["S-1-2-2", 9]);
    const plain = scanSid("S-1-2-0x2D:", 0);
    expect("sid" in plain && [String(plain.sid), plain.end]).toEqual(["S-1-2-45", 10]);
    expect(scanSid("S-1-2-0xD:", 0, { hexEndsBeforeSection: true })).toEqual({ fault: "syntax", position: 8 });
  });

  it("passes blanks after hyphens only when asked", () => {
    const scan = scanSid("S- 1-  5- 18 ", 0, { blanksAfterHyphens: true });
    expect("sid" in scan && [String(scan.sid), scan.end]).toEqual(["S-1-5-18", 12]);
    expect(scanSid("S- 1-5-18", 0)).toEqual({ fault: "syntax", position: 2 });
    expect(scanSid("S-1 -5-18", 0, { blanksAfterHyphens: true })).toEqual({ fault: "syntax", position: 3 });
  });

  it("tells a number out of range from no number", () => {
    expect(scanSid("S-1-5-4294967296", 0)).toEqual({ fault: "range", position: 6 });
    expect(scanSid("S-1-281474976710656", 0)).toEqual({ fault: "range", position: 4 });
    expect(scanSid(`S-1-5-${"9".repeat(1_000_000)}`, 0)).toEqual({ fault: "range", position: 6 });
    expect(scanSid("S-9-5-1", 0)).toEqual({ fault: "syntax", position: 2 });
  });
});

describe("Sid values", () => {
  it("a SID without sub-authorities prints its authority", () => {
    expect(Sid.of(5, []).toString()).toBe("S-1-5");
    expect(Sid.of(5, []).byteLength).toBe(8);
  });

  it("takes 8 bytes and 4 for each sub-authority", () => {
    expect(Sid.parse("S-1-5-32-544").byteLength).toBe(16);
    expect(Sid.parse(`S-1-5${"-1".repeat(15)}`).byteLength).toBe(68);
  });

  it("copies the caller's array and cannot be changed", () => {
    const subs = [32, 544];
    const sid = Sid.of(5, subs);
    subs[1] = 545;
    expect(sid.toString()).toBe("S-1-5-32-544");
    expect(() => (sid.subAuthorities as number[]).push(1)).toThrow(TypeError);
    expect(() => Object.assign(sid, { authority: 1 })).toThrow(TypeError);
  });

  it.each([
    [-1, [1]],
    [2 ** 48, [1]],
    [1.5, [1]],
    [Number.NaN, [1]],
    [5, [-1]],
    [5, [2 ** 32]],
    [5, [0.5]],
    [5, Array(16).fill(1)],
  ])("refuses the parts %j %j", (authority, subs) => {
    expect(codeOf(() => Sid.of(authority, subs as number[]))).toBe("ERR_SID");
  });

  it("equality looks at authority, count and every number", () => {
    const sid = Sid.parse("S-1-5-32-544");
    expect(sid.equals(Sid.parse("S-1-5-0x20-544"))).toBe(true);
    for (const other of ["S-1-5-32-545", "S-1-5-33-544", "S-1-4-32-544", "S-1-5-32", "S-1-5-32-544-0"]) {
      expect(sid.equals(Sid.parse(other))).toBe(false);
      expect(Sid.parse(other).equals(sid)).toBe(false);
    }
  });

  it("knows what lies beneath a domain", () => {
    const domain = Sid.parse("S-1-5-21-1-2-3");
    expect(domain.withRid(512).toString()).toBe("S-1-5-21-1-2-3-512");
    expect(domain.withRid(512).startsWith(domain)).toBe(true);
    expect(domain.startsWith(domain)).toBe(true);
    expect(domain.startsWith(domain.withRid(512))).toBe(false);
    expect(Sid.parse("S-1-5-21-1-2-4-512").startsWith(domain)).toBe(false);
    expect(codeOf(() => Sid.parse(`S-1-5${"-1".repeat(15)}`).withRid(1))).toBe("ERR_SID");
  });

  it("is its text inside JSON", () => {
    expect(JSON.stringify({ user: Sid.parse("s-1-5-18") })).toBe('{"user":"S-1-5-18"}');
  });
});
