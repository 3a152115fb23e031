/**
 * Relational and set operators over interned values. access-check.md 11.6, 11.7
 *
 * Equal values are one record, so that sets are compared by marking; every operator takes time linear in its values.
 * Operand kinds, composites of mixed types and `Any_of` with a single literal were judged by the loader. Does not
 * know names, tokens or where a value came from.
 */
import { compareBytes } from "../memory/bytes";
import { SET_COMPOSITE, SET_LITERAL, TYPE_NONE, Value, VALUE_LARGE_NUMBER, ValueRef, ValueSet } from "../memory/expressions";
import {
  CLAIM_TYPE_BOOLEAN,
  CLAIM_TYPE_INT64,
  CLAIM_TYPE_OCTET_STRING,
  CLAIM_TYPE_SID,
  CLAIM_TYPE_STRING,
  CLAIM_VALUE_CASE_SENSITIVE,
} from "../shared/claim";
import {
  FALSE,
  TOKEN_ANY_OF,
  TOKEN_CONTAINS,
  TOKEN_EQUAL,
  TOKEN_GREATER,
  TOKEN_GREATER_OR_EQUAL,
  TOKEN_LESS,
  TOKEN_LESS_OR_EQUAL,
  TOKEN_NOT_ANY_OF,
  TOKEN_NOT_CONTAINS,
  TOKEN_NOT_EQUAL,
  TRUE,
  UNKNOWN,
} from "../shared/condition";

/** Beyond the truth values: the whole expression fails. */
export const FAILURE: u32 = 3;

/** `left code right`, in the order of checks of 11.6. 0 = a missing attribute. */
export function compare(code: u32, leftAt: usize, rightAt: usize): u32 {
  if (rightAt != 0 && (code == TOKEN_CONTAINS || code == TOKEN_NOT_CONTAINS) && changetype<ValueSet>(rightAt).count == 0) {
    return code == TOKEN_CONTAINS ? FALSE : TRUE;
  }
  if (leftAt == 0 || rightAt == 0) return UNKNOWN;
  const left = changetype<ValueSet>(leftAt);
  const right = changetype<ValueSet>(rightAt);
  const isOrdering = code >= TOKEN_LESS && code <= TOKEN_GREATER_OR_EQUAL;
  if (!typesAgree(left, right, code == TOKEN_EQUAL || code == TOKEN_NOT_EQUAL)) return FAILURE;
  const exact = ((left.flags | right.flags) & CLAIM_VALUE_CASE_SENSITIVE) != 0;
  if (isOrdering) return isSingle(left) && isSingle(right) && isOrdered(left.type) ? order(code, left, right, exact) : FAILURE;
  if (code == TOKEN_EQUAL) return isSame(left, right, exact) ? TRUE : FALSE;
  if (code == TOKEN_NOT_EQUAL) return isSame(left, right, exact) ? FALSE : TRUE;
  if (code == TOKEN_CONTAINS) return contains(left, right, exact) ? TRUE : FALSE;
  if (code == TOKEN_NOT_CONTAINS) return contains(left, right, exact) ? FALSE : TRUE;
  if (code == TOKEN_ANY_OF) return meets(left, right, exact) ? TRUE : FALSE;
  if (code == TOKEN_NOT_ANY_OF) return meets(left, right, exact) ? FALSE : TRUE;
  return FAILURE;
}

/** One type; or nothing on the right. Booleans: for equality only, and there with literals of 0 and 1 as well. */
function typesAgree(left: ValueSet, right: ValueSet, isEquality: bool): bool {
  if (right.type == TYPE_NONE) return true;
  if (left.type != CLAIM_TYPE_BOOLEAN) return left.type == right.type;
  if (!isEquality) return false;
  if (right.type == CLAIM_TYPE_BOOLEAN) return true;
  return right.type == CLAIM_TYPE_INT64 && (right.flags & SET_LITERAL) != 0 && areBits(right);
}

/** Whether all values are 0 or 1, which as records are the same as FALSE and TRUE. */
function areBits(set: ValueSet): bool {
  for (let i: u32 = 0; i < set.count; i++) {
    if (valueAt(set, i, true).bits > 1) return false;
  }
  return true;
}

function isSingle(set: ValueSet): bool {
  return set.count == 1 && (set.flags & SET_COMPOSITE) == 0;
}

/** Types whose values have an order. */
function isOrdered(type: u32): bool {
  return type == CLAIM_TYPE_INT64 || type == CLAIM_TYPE_STRING || type == CLAIM_TYPE_OCTET_STRING;
}

function valueAt(set: ValueSet, index: u32, exact: bool): Value {
  const ref = changetype<ValueRef>(set.values + index * offsetof<ValueRef>());
  return changetype<Value>(exact ? ref.exact : ref.folded);
}

function markAll(set: ValueSet, exact: bool, mark: u32): void {
  for (let i: u32 = 0; i < set.count; i++) valueAt(set, i, exact).mark = mark;
}

/** As many values on both sides, and the same ones. A claim's values differ from each other; a literal's may repeat. */
function isSame(left: ValueSet, right: ValueSet, exact: bool): bool {
  if (left.count != right.count || left.count == 0) return false;
  markAll(left, exact, 1);
  let same = true;
  for (let i: u32 = 0; i < right.count && same; i++) {
    const value = valueAt(right, i, exact);
    same = value.mark == 1;
    // Met: a second one finds no partner.
    if (same) value.mark = 2;
  }
  markAll(left, exact, 0);
  return same;
}

/** Every value on the right is on the left. */
function contains(left: ValueSet, right: ValueSet, exact: bool): bool {
  markAll(left, exact, 1);
  let all = true;
  for (let i: u32 = 0; i < right.count && all; i++) all = valueAt(right, i, exact).mark != 0;
  markAll(left, exact, 0);
  return all;
}

/** Some value is on both sides. */
function meets(left: ValueSet, right: ValueSet, exact: bool): bool {
  markAll(left, exact, 1);
  let some = false;
  for (let i: u32 = 0; i < right.count && !some; i++) some = valueAt(right, i, exact).mark != 0;
  markAll(left, exact, 0);
  return some;
}

function order(code: u32, left: ValueSet, right: ValueSet, exact: bool): u32 {
  const a = valueAt(left, 0, exact);
  const b = valueAt(right, 0, exact);
  let sign: i32 = 0;
  if (changetype<usize>(a) != changetype<usize>(b)) {
    if (left.type == CLAIM_TYPE_INT64) sign = orderNumbers(a, b);
    else sign = left.type == CLAIM_TYPE_STRING ? orderText(a, b) : orderOctets(a, b);
  }
  if (code == TOKEN_LESS) return sign < 0 ? TRUE : FALSE;
  if (code == TOKEN_LESS_OR_EQUAL) return sign <= 0 ? TRUE : FALSE;
  if (code == TOKEN_GREATER) return sign > 0 ? TRUE : FALSE;
  return sign >= 0 ? TRUE : FALSE;
}

function orderNumbers(a: Value, b: Value): i32 {
  if (a.size != b.size) return a.size == VALUE_LARGE_NUMBER ? 1 : -1;
  return <i64>a.bits < <i64>b.bits ? -1 : 1;
}

/** By UTF-16 unit; a prefix is smaller. Both are in the same case. */
function orderText(a: Value, b: Value): i32 {
  const shared = min(a.size, b.size);
  for (let i: u32 = 0; i < shared; i += 2) {
    const difference = <i32>load<u16>(<usize>a.bits + i) - <i32>load<u16>(<usize>b.bits + i);
    if (difference != 0) return difference;
  }
  return a.size < b.size ? -1 : 1;
}

function orderOctets(a: Value, b: Value): i32 {
  const difference = compareBytes(<usize>a.bits, <usize>b.bits, min(a.size, b.size));
  if (difference != 0) return difference;
  return a.size < b.size ? -1 : 1;
}
