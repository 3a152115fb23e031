/**
 * Which of two interned values is smaller. access-check.md 11.6
 *
 * Long text that differs late is compared once, not in every pass and every ACE. Knows values; does not know sets,
 * operators or where a value came from.
 */
import { arenaGeneration } from "../memory/arena";
import { commonBytes } from "../memory/bytes";
import { Value, VALUE_LARGE_NUMBER, VALUE_MAX_BYTES } from "../memory/expressions";

/** Shorter contents are compared again and again. */
const LONG: u32 = 256;

/** Places of two words: the address of one value; and of the other, with 1 (less) or 3 (more) in its low bits, as text 5 or 7. */
const answers = memory.data(0x10000, 8);
const PLACE_BITS: u32 = 13;
/** The generation of the arena that the addresses belong to. */
let answersOf: u32 = 0;

/** Negative, 0 or positive. Both are numbers, or texts of the same case, or octets: `isText` tells which of these two. */
export function orderOf(left: Value, right: Value, isText: bool): i32 {
  const a = changetype<usize>(left);
  const b = changetype<usize>(right);
  if (a == b) return 0;
  if (left.size > VALUE_MAX_BYTES) return orderNumbers(left, right);
  if (min(left.size, right.size) < LONG) return orderContents(left, right, isText);
  if (answersOf != arenaGeneration()) {
    memory.fill(answers, 0, 8 << PLACE_BITS);
    answersOf = arenaGeneration();
  }
  const place = answers + ((((<u32>a >> 3) * 0x9e3779b1) ^ ((<u32>b >> 3) * 0x85ebca77)) >>> (32 - PLACE_BITS)) * 8;
  // Text and octets of the same bytes are one value, and order otherwise.
  const unsigned = <u32>b + (isText ? 6 : 2);
  const known = <i32>(load<u32>(place, 4) - unsigned);
  if (load<u32>(place) == <u32>a && (known == 1 || known == -1)) return known;
  const sign = orderContents(left, right, isText) < 0 ? -1 : 1;
  store<u32>(place, <u32>a);
  store<u32>(place, unsigned + sign, 4);
  return sign;
}

function orderNumbers(a: Value, b: Value): i32 {
  if (a.size != b.size) return a.size == VALUE_LARGE_NUMBER ? 1 : -1;
  return <i64>a.bits < <i64>b.bits ? -1 : 1;
}

/** By UTF-16 unit, or by byte; a prefix is smaller. */
function orderContents(a: Value, b: Value, isText: bool): i32 {
  const shared = min(a.size, b.size);
  const common = commonBytes(<usize>a.bits, <usize>b.bits, shared);
  if (common == shared) return a.size < b.size ? -1 : 1;
  const left = <usize>a.bits + common;
  const right = <usize>b.bits + common;
  if (!isText) return <i32>load<u8>(left) - <i32>load<u8>(right);
  const half = common & 1;
  return <i32>load<u16>(left - half) - <i32>load<u16>(right - half);
}
