/**
 * The compiled records of claims and conditional expressions, as @unmanaged structs. Knows layouts; does not know
 * what an operator means.
 */

//   0      4      8      12     16
//   ├ next ┼ mark ┼ hash ┼ size ┼ bits or bytes ┤
/**
 * An interned value: two values are equal exactly when they are the same record, so that comparing sets needs no
 * sorting. Text is interned as it is, and once more in upper case.
 */
@unmanaged
export class Value {
  /** The next value in its bucket. */
  next: usize;
  /** The address of a set that holds the value, the one looked at last; plus 1 when it holds it as it is, not in upper case. */
  mark: u32;
  hash: u32;
  /** Length in bytes of text and octets; else one of VALUE_…. */
  size: u32;
  /** A number's 64 bits, a SID's number, or the address of the bytes. */
  bits: u64;
}
/** A number below 2^63; `bits` is two's complement. */
export const VALUE_NUMBER: u32 = 0xffffffff;
/** A number from 2^63 on; `bits` is unsigned. */
export const VALUE_LARGE_NUMBER: u32 = 0xfffffffe;
export const VALUE_SID: u32 = 0xfffffffd;
/** Sizes up to here are lengths. */
export const VALUE_MAX_BYTES: u32 = 0x7fffffff;

/** What an operand holds, be it a claim or a literal. */
@unmanaged
export class ValueSet {
  /** CLAIM_TYPE_…, where all integers are CLAIM_TYPE_INT64; or TYPE_NONE, TYPE_MIXED. */
  type: u32;
  /** CLAIM_… of a claim, SET_… of a literal. */
  flags: u32;
  /** 0 in a claim: it counts as missing. */
  count: u32;
  /** ValueRef × count. */
  values: usize;
  /** A claim's name in upper case; 0 in a literal. */
  name: usize;
  /** What a claim is worth as a truth value. access-check.md 11.3 */
  truth: u32;
}
/** An empty composite. */
export const TYPE_NONE: u32 = 0;
/** A composite whose members differ in type. */
export const TYPE_MIXED: u32 = 0xffff;
/** Beside the flags of claims, whose high half is free. */
export const SET_LITERAL: u32 = 0x10000;
export const SET_COMPOSITE: u32 = 0x20000;

/** One value of a set; both the same, except in text. */
@unmanaged
export class ValueRef {
  /** The Value as it is. */
  exact: usize;
  /** The Value in upper case. */
  folded: usize;
}

/** One token of a program. */
@unmanaged
export class Term {
  /** TOKEN_… */
  code: u32;
  /** Literal: its ValueSet. Attribute: the Value of its name in upper case. Operator: 0. */
  operand: usize;
}

/** A conditional expression, compiled. */
@unmanaged
export class Program {
  count: u32;
  /** Term × count. */
  terms: usize;
  /** Index of the token at which the expression fails whatever the token and the resource; NO_FAULT when none. */
  faultAt: u32;
}
export const NO_FAULT: u32 = 0xffffffff;
