/**
 * Writes claims and conditional expressions as bytes into the input area, for the specs. formats.md 6.1, 6.3
 *
 * Writes what it is told, sound or not. Does not load.
 */
import { CLAIM_COUNT, CLAIM_FLAGS, CLAIM_NAME, CLAIM_TYPE, CLAIM_VALUES } from "../../assembly/shared/claim";
import {
  BASE_DECIMAL,
  CONDITION_SIGNATURE,
  SIGN_NONE,
  TOKEN_COMPOSITE,
  TOKEN_INT64,
  TOKEN_OCTETS,
  TOKEN_SID,
  TOKEN_UNICODE,
} from "../../assembly/shared/condition";
import { inputStart } from "./kernel-arena";

let cursor: usize = 0;
let nextOffset: usize = 0;
let compositeAt: usize = 0;

export function start(): usize {
  return inputStart();
}

/** Bytes written so far. */
export function length(): u32 {
  return <u32>(cursor - start());
}

export function begin(): void {
  cursor = start();
}

export function u8At(value: u32): void {
  store<u8>(cursor, <u8>value);
  cursor += 1;
}

export function u16At(value: u32): void {
  store<u16>(cursor, <u16>value);
  cursor += 2;
}

export function u32At(value: u32): void {
  store<u32>(cursor, value);
  cursor += 4;
}

export function u64At(value: u64): void {
  store<u64>(cursor, value);
  cursor += 8;
}

/** UTF-16 without NUL. */
export function textAt(text: string): void {
  for (let i = 0; i < text.length; i++) u16At(<u32>text.charCodeAt(i));
}

/** S-1-<authority>-<sub>. */
export function sidAt(authority: u32, sub: u32): void {
  u32At(0x0101);
  u16At(0);
  u8At(authority >> 8);
  u8At(authority);
  u32At(sub);
}

// ---- claims ----

/** Header and name of a claim of `count` values. */
export function beginClaim(name: string, type: u32, flags: u32, count: u32): void {
  begin();
  store<u32>(cursor + CLAIM_NAME, CLAIM_VALUES + 4 * count);
  store<u32>(cursor + CLAIM_TYPE, type);
  store<u32>(cursor + CLAIM_FLAGS, flags);
  store<u32>(cursor + CLAIM_COUNT, count);
  nextOffset = cursor + CLAIM_VALUES;
  cursor += CLAIM_VALUES + 4 * count;
  textAt(name);
  u16At(0);
}

/** The next value begins here. */
export function value(): void {
  valueAt(length());
}

/** The next value begins at `offset`. */
export function valueAt(offset: u32): void {
  store<u32>(nextOffset, offset);
  nextOffset += 4;
}

export function numberValue(number: u64): void {
  value();
  u64At(number);
}

export function textValue(text: string): void {
  value();
  textAt(text);
  u16At(0);
}

export function sidValue(authority: u32, sub: u32): void {
  value();
  u32At(12);
  sidAt(authority, sub);
}

/** A value of one ASCII character per byte, with its length: octets, or a SID as text. */
export function bytesValue(text: string): void {
  value();
  u32At(text.length);
  for (let i = 0; i < text.length; i++) u8At(<u32>text.charCodeAt(i));
}

// ---- expressions ----

export function beginExpression(): void {
  begin();
  u32At(CONDITION_SIGNATURE);
}

/** Zeros up to a multiple of four. */
export function pad(): void {
  while ((length() & 3) != 0) u8At(0);
}

/** An operator. */
export function op(code: u32): void {
  u8At(code);
}

/** An attribute: TOKEN_…_ATTRIBUTE. */
export function attribute(scope: u32, name: string): void {
  u8At(scope);
  u32At(name.length * 2);
  textAt(name);
}

export function integer(number: i64): void {
  sizedInteger(TOKEN_INT64, number);
}

export function sizedInteger(code: u32, number: i64): void {
  u8At(code);
  u64At(<u64>number);
  u8At(SIGN_NONE);
  u8At(BASE_DECIMAL);
}

export function text(literal: string): void {
  u8At(TOKEN_UNICODE);
  u32At(literal.length * 2);
  textAt(literal);
}

/** One ASCII character per byte. */
export function octets(literal: string): void {
  u8At(TOKEN_OCTETS);
  u32At(literal.length);
  for (let i = 0; i < literal.length; i++) u8At(<u32>literal.charCodeAt(i));
}

export function sid(authority: u32, sub: u32): void {
  u8At(TOKEN_SID);
  u32At(12);
  sidAt(authority, sub);
}

export function beginComposite(): void {
  u8At(TOKEN_COMPOSITE);
  compositeAt = cursor;
  u32At(0);
}

export function endComposite(): void {
  store<u32>(compositeAt, <u32>(cursor - compositeAt - 4));
}
