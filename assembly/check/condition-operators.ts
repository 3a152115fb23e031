/**
 * Relational and set operators over interned values. access-check.md 11.6, 11.7
 *
 * Equal values are one record, so that sets are compared by marking; every operator takes time linear in its values.
 * Operand kinds, composites of mixed types and `Any_of` with a single literal were judged by the loader. Does not
 * know names, tokens or where a value came from.
 */
import { SET_COMPOSITE, SET_LITERAL, TYPE_NONE, Value, ValueRef, ValueSet } from "../memory/expressions";
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
import { orderOf } from "./value-order";

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
  if (code == TOKEN_CONTAINS) return hasAny(left, right, exact, false) ? FALSE : TRUE;
  if (code == TOKEN_NOT_CONTAINS) return hasAny(left, right, exact, false) ? TRUE : FALSE;
  if (code == TOKEN_ANY_OF) return hasAny(left, right, exact, true) ? TRUE : FALSE;
  if (code == TOKEN_NOT_ANY_OF) return hasAny(left, right, exact, true) ? FALSE : TRUE;
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

/** As many values on both sides, and the same ones. A claim's values differ from each other; a literal's may repeat. */
function isSame(left: ValueSet, right: ValueSet, exact: bool): bool {
  return left.count == right.count && !hasAny(right, left, exact, false);
}

/**
 * Whether some value of `set` is one of `other`, or, when `among` is false, whether some is not. Marks the values of
 * `other` with its address: such a mark stays true until the arena is reset, so that nothing is ever wiped.
 */
function hasAny(other: ValueSet, set: ValueSet, exact: bool, among: bool): bool {
  const field = exact ? offsetof<ValueRef>("exact") : offsetof<ValueRef>("folded");
  const mark = <u32>changetype<usize>(other) | u32(exact);
  let ref = other.values + field;
  for (let end = ref + other.count * offsetof<ValueRef>(); ref < end; ref += offsetof<ValueRef>()) {
    changetype<Value>(load<usize>(ref)).mark = mark;
  }
  ref = set.values + field;
  for (let end = ref + set.count * offsetof<ValueRef>(); ref < end; ref += offsetof<ValueRef>()) {
    if ((changetype<Value>(load<usize>(ref)).mark == mark) == among) return true;
  }
  return false;
}

function order(code: u32, left: ValueSet, right: ValueSet, exact: bool): u32 {
  const sign = orderOf(valueAt(left, 0, exact), valueAt(right, 0, exact), left.type == CLAIM_TYPE_STRING);
  if (code == TOKEN_LESS) return sign < 0 ? TRUE : FALSE;
  if (code == TOKEN_LESS_OR_EQUAL) return sign <= 0 ? TRUE : FALSE;
  if (code == TOKEN_GREATER) return sign > 0 ? TRUE : FALSE;
  return sign >= 0 ? TRUE : FALSE;
}
