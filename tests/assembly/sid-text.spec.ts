/** SIDs written as text inside claims. formats.md 1, 6.3 */
import { sidFromText } from "../../assembly/load/sid-text";
import { beginRead, failed } from "../../assembly/memory/reader";
import { sidSize } from "../../assembly/memory/sids";
import { sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

/** Address of the SID that the text spells in characters of `width` bytes; 0 for none. */
function spelt(text: string, width: u32): usize {
  bytes.begin();
  for (let i = 0; i < text.length; i++) {
    if (width == 1) bytes.u8At(<u32>text.charCodeAt(i));
    else bytes.u16At(<u32>text.charCodeAt(i));
  }
  beginRead(bytes.start());
  const at = sidFromText(bytes.start(), bytes.length());
  expect(failed()).toBe(false, "no fault, whatever it is");
  return at;
}

/** Whether the text spells the SID `expected`, in both widths. */
function spells(text: string, expected: string): bool {
  for (let width: u32 = 1; width <= 2; width++) {
    const at = spelt(text, width);
    if (at == 0) return false;
    bytes.begin();
    sid(expected);
    if (sidSize(at) != bytes.length() || memory.compare(at, bytes.start(), bytes.length()) != 0) return false;
  }
  return true;
}

function isNone(text: string): bool {
  return spelt(text, 1) == 0 && spelt(text, 2) == 0;
}

describe("a SID in text", () => {
  test("is S-1-, an authority and 1 to 15 numbers", () => {
    expect(spells("S-1-5-18", "S-1-5-18")).toBe(true);
    expect(spells("S-1-5-21-1-2-3-512", "S-1-5-21-1-2-3-512")).toBe(true);
    expect(spells("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15")).toBe(true);
    expect(isNone("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16")).toBe(true);
    expect(isNone("S-1-5")).toBe(true);
  });

  test("has a big-endian authority of 48 bits", () => {
    const at = spelt("S-1-0xABCDEF012345-1", 1);
    expect(load<u8>(at + 2)).toBe(0xab);
    expect(load<u8>(at + 7)).toBe(0x45);
    expect(isNone("S-1-0x1000000000000-1")).toBe(true);
    expect(isNone("S-1-18446744073709551616-1")).toBe(true, "2^64 does not wrap to 0");
  });

  test("has numbers of 32 bits", () => {
    expect(spells("S-1-5-4294967295", "S-1-5-4294967295")).toBe(true);
    expect(isNone("S-1-5-4294967296")).toBe(true);
    expect(isNone("S-1-5-18446744073709551616")).toBe(true);
  });

  test("may begin with a small s, and write numbers in hex; leading zeros are decimal", () => {
    expect(spells("s-1-5-18", "S-1-5-18")).toBe(true);
    expect(spells("S-1-0x5-0X1f", "S-1-5-31")).toBe(true);
    expect(spells("S-01-005-010", "S-1-5-10")).toBe(true);
    expect(isNone("S-0x1-5-18")).toBe(true, "not the revision");
    expect(isNone("S-2-5-18")).toBe(true);
  });

  test("may end with one NUL, and with nothing else", () => {
    expect(spells("S-1-5-18\0", "S-1-5-18")).toBe(true);
    expect(isNone("S-1-5-18\0\0")).toBe(true);
    expect(isNone("S-1-5-18 ")).toBe(true);
    expect(isNone("S-1-5-18-")).toBe(true);
    expect(isNone("S-1-5-\0")).toBe(true);
  });

  test("is no alias, no blank, no sign, no bare prefix", () => {
    expect(isNone("")).toBe(true);
    expect(isNone("S")).toBe(true);
    expect(isNone("BA")).toBe(true);
    expect(isNone(" S-1-5-18")).toBe(true);
    expect(isNone("S-1-5--1")).toBe(true);
    expect(isNone("S-1-5-+1")).toBe(true);
    expect(isNone("S-1-5-0x")).toBe(true);
    expect(isNone("S-1-5-1a")).toBe(true);
    expect(isNone("S:1-5-18")).toBe(true);
    expect(isNone("S:-5-18")).toBe(true);
    expect(isNone("T-1-5-18")).toBe(true);
  });

  test("is UTF-16 in whole units, and only where every upper byte is 0", () => {
    spelt("S-1-5-18", 2);
    expect(sidFromText(bytes.start(), 15)).toBe(0, "half a unit");
    expect(failed()).toBe(false);
    store<u8>(bytes.start() + 5, 1);
    expect(sidFromText(bytes.start(), 16)).toBe(0, "U+012D is no digit");
  });

  test("is at most 256 characters long", () => {
    expect(spells("S-1-5-" + "0".repeat(248) + "18", "S-1-5-18")).toBe(true);
    expect(isNone("S-1-5-" + "0".repeat(249) + "18")).toBe(true);
  });
});
