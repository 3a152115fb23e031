/** Claims of tokens and resource attributes. formats.md 6.3, access-check.md 11.4 */
import { claimStorage } from "../../assembly/load/claims";
import { arenaUsed } from "../../assembly/memory/arena";
import { Value, VALUE_LARGE_NUMBER, ValueRef, ValueSet } from "../../assembly/memory/expressions";
import { failed } from "../../assembly/memory/reader";
import {
  CLAIM_DISABLED,
  CLAIM_TYPE_BOOLEAN,
  CLAIM_TYPE_INT64,
  CLAIM_TYPE_OCTET_STRING,
  CLAIM_TYPE_SID,
  CLAIM_TYPE_STRING,
  CLAIM_TYPE_UINT64,
  CLAIM_VALUE_CASE_SENSITIVE,
} from "../../assembly/shared/claim";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import { freshScene, loaded } from "./expression-scene";

/** The claim just written, which must be sound. */
function claim(): ValueSet {
  const record = loaded();
  assert(record != 0, "a sound claim");
  return changetype<ValueSet>(record);
}

function ref(set: ValueSet, index: u32): ValueRef {
  assert(index < set.count);
  return changetype<ValueRef>(set.values + index * offsetof<ValueRef>());
}

function exact(set: ValueSet, index: u32): Value {
  return changetype<Value>(ref(set, index).exact);
}

/** A claim of one SID, spelt as text of `width` bytes a character. */
function sidText(text: string, width: u32): usize {
  bytes.beginClaim("n", CLAIM_TYPE_SID, 0, 1);
  bytes.value();
  bytes.u32At(text.length * width);
  for (let i = 0; i < text.length; i++) {
    if (width == 1) bytes.u8At(<u32>text.charCodeAt(i));
    else bytes.u16At(<u32>text.charCodeAt(i));
  }
  return loaded();
}

beforeEach(() => {
  freshScene();
});

describe("a claim", () => {
  test("has one record for each value, however it came in", () => {
    bytes.beginClaim("a", CLAIM_TYPE_INT64, 0, 2);
    bytes.numberValue(7);
    bytes.numberValue(<u64>-1);
    const signed = claim();
    bytes.beginClaim("b", CLAIM_TYPE_UINT64, 0, 2);
    bytes.numberValue(7);
    bytes.numberValue(<u64>-1);
    const unsigned = claim();
    expect(unsigned.type).toBe(signed.type);
    expect(ref(signed, 0).exact).toBe(ref(unsigned, 0).exact);
    expect(ref(signed, 1).exact).not.toBe(ref(unsigned, 1).exact, "-1 is not 2^64-1");
    expect(exact(unsigned, 1).size).toBe(VALUE_LARGE_NUMBER);
  });

  test("keeps text as it is and in upper case", () => {
    bytes.beginClaim("a", CLAIM_TYPE_STRING, 0, 2);
    bytes.textValue("straße");
    bytes.textValue("x");
    const lower = claim();
    bytes.beginClaim("A", CLAIM_TYPE_STRING, 0, 1);
    bytes.textValue("STRAßE");
    const upper = claim();
    expect(lower.name).toBe(upper.name, "names have no case");
    expect(ref(lower, 0).folded).toBe(ref(upper, 0).exact, "ß is not SS");
    expect(ref(lower, 0).exact).not.toBe(ref(upper, 0).exact);
    expect(exact(lower, 0).size).toBe(12);
  });

  test("may begin its text at odd places, and let texts overlap", () => {
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 3);
    bytes.u8At(0xee);
    const at = bytes.length();
    bytes.valueAt(at + 4);
    bytes.valueAt(at);
    bytes.valueAt(at + 6);
    bytes.textAt("abc");
    bytes.u16At(0);
    const odd = claim();
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 3);
    bytes.textValue("C");
    bytes.textValue("ABC");
    bytes.textValue("");
    const plain = claim();
    for (let i: u32 = 0; i < 3; i++) expect(ref(odd, i).folded).toBe(ref(plain, i).exact);
  });

  test("is read as a truth value once", () => {
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 2);
    bytes.numberValue(0);
    bytes.numberValue(3);
    expect(claim().truth).toBe(TRUE);
    bytes.beginClaim("n", CLAIM_TYPE_BOOLEAN, 0, 1);
    bytes.numberValue(0);
    expect(claim().truth).toBe(FALSE);
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 1);
    bytes.textValue("");
    expect(claim().truth).toBe(FALSE);
    bytes.beginClaim("n", CLAIM_TYPE_OCTET_STRING, 0, 1);
    bytes.bytesValue("x");
    expect(claim().truth).toBe(UNKNOWN);
  });

  test("has no values when disabled, without values, or with repeated ones", () => {
    bytes.beginClaim("n", CLAIM_TYPE_INT64, CLAIM_DISABLED, 1);
    bytes.numberValue(1);
    expect(claim().count).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 0);
    expect(claim().count).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 2);
    bytes.textValue("foo");
    bytes.textValue("FOO");
    expect(claim().count).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_STRING, CLAIM_VALUE_CASE_SENSITIVE, 2);
    bytes.textValue("foo");
    bytes.textValue("FOO");
    expect(claim().count).toBe(2, "case tells them apart");
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 4);
    for (let i: u32 = 0; i < 4; i++) bytes.numberValue(i == 1 ? 0 : i);
    expect(claim().count).toBe(0, "others behind the repeated one");
  });

  test("may name one value as often as it has room for offsets", () => {
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 100);
    const at = bytes.length();
    for (let i = 0; i < 100; i++) bytes.valueAt(at);
    bytes.u64At(1);
    expect(claim().count).toBe(0);
  });

  test("of type SID holds binary or text, ASCII or UTF-16, with a NUL or without", () => {
    bytes.beginClaim("n", CLAIM_TYPE_SID, 0, 1);
    bytes.sidValue(5, 32);
    const number = exact(claim(), 0).bits;
    const spellings = ["S-1-5-32", "s-01-0x5-0X20", "S-1-05-00032", "S-1-5-32\0"];
    for (let i = 0; i < spellings.length; i++) {
      for (let width: u32 = 1; width <= 2; width++) {
        const record = sidText(spellings[i], width);
        assert(record != 0, spellings[i]);
        expect(exact(changetype<ValueSet>(record), 0).bits).toBe(number);
      }
    }
  });
});

describe("a malformed claim", () => {
  afterEach(() => {
    expect(failed()).toBe(false, "it is no fault of what holds it");
  });

  test("is one of another type or with reserved flags", () => {
    bytes.beginClaim("n", 4, 0, 0);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0x40, 0);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0x80000000, 0);
    expect(loaded()).not.toBe(0, "the high half is free");
  });

  test("is one whose offsets leave it or point into its header", () => {
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 1);
    bytes.valueAt(bytes.length() - 7);
    bytes.u8At(0);
    expect(loaded()).toBe(0, "7 of 8 bytes");
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 1);
    bytes.valueAt(16);
    bytes.u64At(0);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 1);
    bytes.valueAt(0xfffffff8);
    expect(loaded()).toBe(0);
  });

  test("is one with more values than it has room for", () => {
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 1);
    bytes.numberValue(1);
    store<u32>(bytes.start() + 12, 0x40000001);
    expect(loaded()).toBe(0);
  });

  test("is one with an empty name, or text without end", () => {
    bytes.beginClaim("", CLAIM_TYPE_INT64, 0, 0);
    bytes.u32At(0);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 1);
    bytes.value();
    bytes.textAt("endless");
    bytes.u8At(0);
    expect(loaded()).toBe(0);
  });

  test("is one with a boolean above 1, or octets that do not fit", () => {
    bytes.beginClaim("n", CLAIM_TYPE_BOOLEAN, 0, 1);
    bytes.numberValue(2);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_OCTET_STRING, 0, 1);
    bytes.value();
    bytes.u32At(0xffffffff);
    expect(loaded()).toBe(0);
  });

  test("is one whose SID is none, or not as long as it says", () => {
    bytes.beginClaim("n", CLAIM_TYPE_SID, 0, 1);
    bytes.value();
    bytes.u32At(16);
    bytes.sidAt(5, 32);
    bytes.u32At(0);
    expect(loaded()).toBe(0);
    const wrong = [
      "", "S", "S-1", "S-1-5", "S-1-5-", "S-2-5-1", "S-0x1-5-1", "S-1-5-4294967296", "S-1-281474976710656-1", "S-1-5-1x",
      "S-1-5-1\0\0", "BA", "S-1-5-0x", "S-1-0-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
    ];
    for (let i = 0; i < wrong.length; i++) {
      expect(sidText(wrong[i], 1)).toBe(0, wrong[i]);
      expect(sidText(wrong[i], 2)).toBe(0, wrong[i]);
    }
  });

  test("is judged to its end, repeated values or not", () => {
    bytes.beginClaim("n", CLAIM_TYPE_BOOLEAN, 0, 4);
    bytes.numberValue(1);
    bytes.numberValue(1);
    bytes.numberValue(0);
    bytes.numberValue(2);
    expect(loaded()).toBe(0);
    bytes.beginClaim("n", CLAIM_TYPE_BOOLEAN, 0, 3);
    bytes.numberValue(1);
    bytes.numberValue(1);
    bytes.numberValue(2);
    expect(loaded()).toBe(0);
  });
});

describe("claimStorage", () => {
  test("covers distinct short values, distinct overlapping ones, and SIDs", () => {
    let before = arenaUsed();
    bytes.beginClaim("n", CLAIM_TYPE_STRING, CLAIM_VALUE_CASE_SENSITIVE, 2000);
    for (let i: u32 = 0; i < 2000; i++) {
      bytes.value();
      bytes.u16At(0x100 + i);
      bytes.u16At(0);
    }
    expect(claim().count).toBe(2000);
    expect(arenaUsed() - before).toBeLessThanOrEqual(claimStorage(bytes.length()));

    before = arenaUsed();
    bytes.beginClaim("n", CLAIM_TYPE_STRING, 0, 2000);
    const first = bytes.length();
    for (let i: u32 = 0; i < 2000; i++) bytes.valueAt(first + 2 * i);
    for (let i: u32 = 0; i < 2000; i++) bytes.u16At(0x71);
    bytes.u16At(0);
    expect(claim().count).toBe(2000);
    expect(arenaUsed() - before).toBeLessThanOrEqual(claimStorage(bytes.length()));

    before = arenaUsed();
    bytes.beginClaim("n", CLAIM_TYPE_SID, 0, 2000);
    for (let i: u32 = 0; i < 2000; i++) bytes.sidValue(5, i);
    expect(claim().count).toBe(2000);
    expect(arenaUsed() - before).toBeLessThanOrEqual(claimStorage(bytes.length()));
  });

  test("covers the smallest claim, and nothing is taken for less", () => {
    const before = arenaUsed();
    bytes.beginClaim("n", CLAIM_TYPE_INT64, 0, 0);
    expect(claim().count).toBe(0);
    expect(arenaUsed() - before).toBeLessThanOrEqual(claimStorage(bytes.length()));
    const after = arenaUsed();
    bytes.begin();
    bytes.u64At(0);
    expect(loaded()).toBe(0);
    expect(arenaUsed()).toBe(after);
  });
});
