/** Interned values: equal ones are one record. */
import {
  holdBytes,
  internBytes,
  internFolded,
  internNumber,
  internSidValue,
  internUnsigned,
  resetValues,
} from "../../assembly/load/values";
import { arenaUsed } from "../../assembly/memory/arena";
import { VALUE_LARGE_NUMBER, VALUE_NUMBER, VALUE_SID, Value } from "../../assembly/memory/expressions";
import * as bytes from "./expression-bytes";
import { freshKernel } from "./kernel-arena";

/** The copy of a text, as UTF-16 behind `before` bytes. */
function held(text: string, before: u32 = 0): usize {
  bytes.begin();
  for (let i: u32 = 0; i < before; i++) bytes.u8At(0x7f);
  bytes.textAt(text);
  return holdBytes(bytes.start(), bytes.length()) + before;
}

beforeEach(() => {
  freshKernel();
  resetValues();
});

test("equal numbers are one value; signed and unsigned ones below 2^63 too", () => {
  expect(internNumber(7)).toBe(internNumber(7));
  expect(internNumber(7)).toBe(internUnsigned(7));
  expect(internNumber(7)).not.toBe(internNumber(7 + (1 << 32)), "the upper half counts");
  expect(internNumber(u64.MAX_VALUE)).not.toBe(internUnsigned(u64.MAX_VALUE), "-1 is not 2^64-1");
  expect(changetype<Value>(internNumber(7)).size).toBe(VALUE_NUMBER);
  expect(changetype<Value>(internUnsigned(1 << 63)).size).toBe(VALUE_LARGE_NUMBER);
  expect(internUnsigned((1 << 63) - 1)).toBe(internNumber((1 << 63) - 1));
});

test("a SID is no number", () => {
  expect(internSidValue(7)).toBe(internSidValue(7));
  expect(internSidValue(7)).not.toBe(internSidValue(8));
  expect(internSidValue(7)).not.toBe(internNumber(7));
  expect(changetype<Value>(internSidValue(7)).size).toBe(VALUE_SID);
});

test("equal bytes are one value, wherever they stand", () => {
  const first = held("some text, longer than eight bytes");
  const one = internBytes(first, 20);
  const second = held("some text, longer than eight bytes", 3);
  expect(second).not.toBe(first);
  expect(internBytes(second, 20)).toBe(one);
  expect(internBytes(second, 19)).not.toBe(one, "a prefix is another");
  expect(internBytes(second + 2, 20)).not.toBe(one);
  expect(changetype<Value>(one).size).toBe(20);
});

test("empty bytes are a value", () => {
  const at = held("ab");
  expect(internBytes(at, 0)).toBe(internBytes(at + 2, 0));
  expect(changetype<Value>(internBytes(at, 0)).size).toBe(0);
});

test("text in upper case is one value with the upper-case text, at even places and at odd", () => {
  const upper = internBytes(held("ABCÖ"), 8);
  const lower = held("abcö");
  expect(internBytes(lower, 8)).not.toBe(upper);
  expect(internFolded(lower, 8)).toBe(upper);
  expect(internFolded(held("abcö", 1), 8)).toBe(upper);
});

test("folding leaves the held bytes as they are", () => {
  const at = held("abc");
  internFolded(at, 6);
  expect(load<u16>(at)).toBe(0x61);
});

test("folding copies once for each distance", () => {
  const at = held("abcdefgh", 1);
  internFolded(at, 2);
  internFolded(at + 1, 2);
  const used = arenaUsed();
  internFolded(at, 2);
  internFolded(at + 1, 2);
  expect(arenaUsed()).toBe(used);
});

test("what is held is a copy", () => {
  const at = held("abc");
  const value = internBytes(at, 6);
  store<u16>(bytes.start(), 0);
  expect(internBytes(held("abc"), 6)).toBe(value);
});

test("many values of one bucket are told apart", () => {
  const first = internNumber(0);
  for (let i: u64 = 1; i < 30000; i++) internNumber(i);
  expect(internNumber(0)).toBe(first);
  const used = arenaUsed();
  for (let i: u64 = 0; i < 30000; i += 1009) internNumber(i);
  expect(arenaUsed()).toBe(used);
});
