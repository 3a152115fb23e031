/** The order of values: numbers, text, octets, and long ones whose answer is kept. access-check.md 11.6 */
import { orderOf } from "../../assembly/check/value-order";
import { holdBytes, internBytes, internNumber, internUnsigned } from "../../assembly/load/values";
import { Value } from "../../assembly/memory/expressions";
import { begin, length, start, textAt, u64At, u8At } from "./expression-bytes";
import { freshKernel } from "./kernel-arena";

/** In bytes, from here on an answer is kept. */
const LONG: i32 = 256;

beforeEach(() => {
  freshKernel();
});

function written(): Value {
  return changetype<Value>(internBytes(holdBytes(start(), length()), length()));
}

function text(content: string): Value {
  begin();
  textAt(content);
  return written();
}

/** `count` bytes of 1, but for the one at `place`. */
function octets(count: i32, place: i32 = -1, other: u32 = 0): Value {
  begin();
  for (let i = 0; i < count; i++) u8At(i == place ? other : 1);
  return written();
}

/** Long octets in the order of their numbers. */
function numbered(index: i32): Value {
  begin();
  for (let i = 8; i < LONG; i += 8) u64At(0);
  u64At(bswap<u64>(index));
  return written();
}

function signed(bits: i64): Value {
  return changetype<Value>(internNumber(<u64>bits));
}

function unsigned(bits: u64): Value {
  return changetype<Value>(internUnsigned(bits));
}

/** Whether values are told to be in the order of these two numbers. */
function isOrder(told: i32, left: i32, right: i32): bool {
  return left < right ? told < 0 : left > right ? told > 0 : told == 0;
}

/** The first is less than the second, and they are asked again and the other way round. */
function ascends(less: Value, more: Value, isText: bool): void {
  for (let again = 0; again < 3; again++) {
    expect(orderOf(less, more, isText)).toBeLessThan(0);
    expect(orderOf(more, less, isText)).toBeGreaterThan(0);
    expect(orderOf(less, less, isText)).toBe(0);
  }
}

test("numbers without a sign stand above those with one", () => {
  ascends(signed(-1), signed(0), false);
  ascends(signed(i64.MIN_VALUE), signed(i64.MAX_VALUE), false);
  ascends(signed(0x7fffffff), signed(0x80000000), false);
  ascends(signed(-1), unsigned(0x8000000000000000), false);
  ascends(signed(i64.MAX_VALUE), unsigned(0xffffffffffffffff), false);
  ascends(unsigned(0x8000000000000000), unsigned(0xffffffffffffffff), false);
});

describe("contents", () => {
  test("are ordered by the first place where they differ, and a prefix is less", () => {
    for (let count = 1; count <= LONG + 2; count += count < 20 ? 1 : LONG - 20) {
      ascends(octets(count), octets(count + 1), false);
      for (let place = 0; place < count; place += 1 + count / 16) {
        ascends(octets(count, place, 0), octets(count), false);
        ascends(octets(count), octets(count, place, 0xff), false);
        ascends(octets(count, place, 0), octets(count + 1), false);
        ascends(octets(count + 1), octets(count, place, 2), false);
      }
    }
    ascends(octets(0), octets(1), false);
  });

  test("are units of 16 bits in text, and bytes in octets, short or long", () => {
    for (let count = 1; count <= LONG; count += LONG - 1) {
      const rest = "x".repeat(count);
      const less = text(rest + "ÿ" + rest);
      const more = text(rest + "Ā" + rest);
      ascends(less, more, true);
      ascends(more, less, false);
      ascends(less, more, true);
      const high = text(rest + "耀" + rest);
      ascends(more, high, true);
      ascends(text(rest), less, true);
      ascends(text(rest + "Āz"), text(rest + "耀a"), true);
    }
  });
});

describe("a kept answer", () => {
  test("is of these two alone, among many", () => {
    const values = new Array<Value>();
    const rest = "y".repeat(LONG);
    for (let i = 0; i < 200; i++) values.push(text(rest + String.fromCharCode(0x100 + i)));
    let wrong = 0;
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < values.length; i++) {
        for (let k = 0; k < values.length; k++) {
          if (!isOrder(orderOf(values[i], values[k], true), i, k)) wrong += 1;
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("is of these two alone, where others have its place", () => {
    const middle = numbered(4500);
    let wrong = 0;
    for (let i = 0; i < 9000; i++) {
      const other = (i * 2477) % 9000;
      if (!isOrder(orderOf(numbered(other), middle, false), other, 4500)) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  test("is not asked of what lies at the same place after a reset", () => {
    const before = octets(LONG);
    const other = octets(LONG, LONG - 1, 0);
    ascends(other, before, false);
    freshKernel();
    const there = octets(LONG, LONG - 1, 0);
    const after = octets(LONG);
    expect(changetype<usize>(there)).toBe(changetype<usize>(before));
    expect(changetype<usize>(after)).toBe(changetype<usize>(other));
    ascends(there, after, false);
  });

  test("is kept: contents that change behind it change nothing", () => {
    const less = octets(LONG, LONG - 1, 0);
    const more = octets(LONG);
    ascends(less, more, false);
    store<u8>(<usize>less.bits + LONG - 1, 2);
    expect(orderOf(less, more, false)).toBeLessThan(0);
    expect(orderOf(more, less, false)).toBeGreaterThan(0);
  });

  test("has a place of its own, of most pairs", () => {
    const values = new Array<Value>();
    for (let i = 0; i < 64; i++) values.push(octets(LONG, LONG - 1, 100 + i));
    for (let i = 0; i < 64; i++) for (let k = 0; k < i; k++) orderOf(values[k], values[i], false);
    for (let i = 0; i < 64; i++) store<u8>(<usize>values[i].bits + LONG - 1, 100 - i);
    let kept = 0;
    for (let i = 0; i < 64; i++) for (let k = 0; k < i; k++) if (orderOf(values[k], values[i], false) < 0) kept += 1;
    expect(kept).toBeGreaterThan((64 * 63 / 2 / 3) * 2, "of 2,016");
  });

  test("is not kept of short contents", () => {
    const less = octets(LONG - 1, LONG - 2, 0);
    const more = octets(LONG);
    ascends(less, more, false);
    store<u8>(<usize>less.bits + LONG - 2, 2);
    expect(orderOf(less, more, false)).toBeGreaterThan(0);
  });
});
