/**
 * Integers, strings and octets as conditions and claims write them. formats.md 7.1
 *
 * Both grammars share these rules; the caller says which code a fault gets. Does not know tokens.
 */
import {
  BASE_DECIMAL,
  BASE_HEXADECIMAL,
  BASE_OCTAL,
  SIGN_MINUS,
  SIGN_NONE,
  SIGN_PLUS,
} from "../../assembly/shared/condition.js";
import { type ErrorCode, FormatError } from "../errors.js";
import { isWellFormed } from "./attribute-name.js";
import {
  DIGIT_0,
  HYPHEN,
  hexValue,
  isDigit,
  isHighSurrogate,
  isLowSurrogate,
  LOWER_X,
  lowerOf,
  NUMBER_SIGN,
  PLUS,
  QUOTE,
} from "./characters.js";
import type { Scanner } from "./scanner.js";

/** An integer with the way it was written. */
export interface IntegerText {
  /** With its sign; up to 22 digits, unchecked. */
  readonly value: bigint;
  readonly sign: 1 | 2 | 3;
  readonly base: 1 | 2 | 3;
}

/** Longest run of digits, without leading zeros, that can stand for 64 bits. */
const MOST_DIGITS = { 16: 16, 10: 20, 8: 22 } as const;

/** Whether an integer can begin with `unit`. */
export function isIntegerStart(unit: number): boolean {
  return isDigit(unit) || unit === PLUS || unit === HYPHEN;
}

/** integer = ["+" / "-"] ("0x" 1*HEX / "0" 1*OCT / 1*DIGIT). `position` of a fault is its first unit. */
export function parseInteger(s: Scanner, code: ErrorCode): IntegerText {
  const start = s.at;
  const first = s.peek();
  const sign = first === PLUS ? SIGN_PLUS : first === HYPHEN ? SIGN_MINUS : SIGN_NONE;
  if (sign !== SIGN_NONE) s.at++;
  let base: 16 | 10 | 8 = 10;
  if (s.peek() === DIGIT_0) {
    if (lowerOf(s.peekAt(1)) === LOWER_X) base = 16;
    else if (isDigit(s.peekAt(1))) base = 8;
  }
  if (base === 16) s.at += 2;
  const digits = s.at;
  while (s.peek() === DIGIT_0) s.at++;
  const significant = s.at;
  for (;;) {
    const digit = hexValue(s.peek());
    if (digit < 0 || digit >= base) break;
    s.at++;
    if (s.at - significant > MOST_DIGITS[base]) s.fail(code, start, "an integer of 64 bits");
  }
  if (s.at === digits) s.fail(code, s.at, "an integer");
  const text = s.text.slice(significant, s.at);
  const magnitude = text === "" ? 0n : BigInt(base === 16 ? `0x${text}` : base === 8 ? `0o${text}` : text);
  return {
    value: sign === SIGN_MINUS ? -magnitude : magnitude,
    sign: sign as 1 | 2 | 3,
    base: (base === 16 ? BASE_HEXADECIMAL : base === 8 ? BASE_OCTAL : BASE_DECIMAL) as 1 | 2 | 3,
  };
}

/** Reads an integer of 64 signed bits; a bare hexadecimal number may use all 64. formats.md 7.1 */
export function parseInt64(s: Scanner, code: ErrorCode): IntegerText {
  const start = s.at;
  const integer = parseInteger(s, code);
  const { value, sign, base } = integer;
  s.mark("integer", start);
  if (BigInt.asIntN(64, value) === value) return integer;
  if (sign === SIGN_NONE && base === BASE_HEXADECIMAL) return { value: BigInt.asIntN(64, value), sign, base };
  return s.fail(code, start, "an integer of 64 bits");
}

/**
 * string = DQUOTE *CHAR DQUOTE, without escapes, NUL or half surrogate pairs. Text of more than `room` bytes is
 * ERR_LIMIT, where it grows too long.
 */
export function parseString(s: Scanner, code: ErrorCode, room: number): string {
  s.expectPart(QUOTE, code);
  const { text, at: start } = s;
  const last = start + (room >> 1);
  let at = start;
  for (; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) break;
    if (at >= text.length || unit === 0) s.fail(code, at, "a string and its closing quote");
    if (at >= last) s.fail("ERR_LIMIT", at, "a string that fits its ACL");
    if (isLowSurrogate(unit) || (isHighSurrogate(unit) && !isLowSurrogate(text.charCodeAt(++at)))) {
      s.fail(code, Math.min(at, text.length), "a whole character");
    }
  }
  s.at = at + 1;
  s.mark("string", start - 1);
  return text.slice(start, at);
}

/**
 * The digits of octets: hexadecimal, `#` counts as 0, an odd count gets a leading 0. More than `room` bytes are
 * ERR_LIMIT, where they grow too many and before anything is allocated.
 *
 *   (x == ##1#2#3##)     01 02 03 00; the first # only says what follows
 */
export function parseOctetDigits(s: Scanner, room: number): Uint8Array {
  const { text, at: start } = s;
  const last = start + 2 * room;
  let end = start;
  for (; isOctetDigit(text.charCodeAt(end)); end++) {
    if (end >= last) s.fail("ERR_LIMIT", end, "octets that fit their ACL");
  }
  const count = end - start;
  const octets = new Uint8Array((count + 1) >> 1);
  let nibble = count & 1;
  for (let i = start; i < end; i++, nibble++) {
    const unit = text.charCodeAt(i);
    const digit = unit === NUMBER_SIGN ? 0 : hexValue(unit);
    octets[nibble >> 1] |= (nibble & 1) === 0 ? digit << 4 : digit;
  }
  s.at = end;
  return octets;
}

function isOctetDigit(unit: number): boolean {
  return unit === NUMBER_SIGN || hexValue(unit) >= 0;
}

/**
 * The text of an integer as it was written. A bare hexadecimal number is printed as 64 bits.
 *
 * @throws FormatError ERR_CONDITION when value and sign contradict each other, which no text can say
 */
export function formatInteger({ value, sign, base }: IntegerText): string {
  const isBits = sign === SIGN_NONE && base === BASE_HEXADECIMAL;
  if (isBits ? false : value < 0n !== (sign === SIGN_MINUS) && value !== 0n) {
    throw new FormatError("ERR_CONDITION", 0, "an integer whose sign contradicts its value");
  }
  const magnitude = isBits ? BigInt.asUintN(64, value) : value < 0n ? -value : value;
  const mark = sign === SIGN_PLUS ? "+" : sign === SIGN_MINUS ? "-" : "";
  if (base === BASE_HEXADECIMAL) return `${mark}0x${magnitude.toString(16)}`;
  return base === BASE_OCTAL ? `${mark}0${magnitude.toString(8)}` : mark + magnitude.toString();
}

/** @throws FormatError `code` for a quote, a NUL or half a surrogate pair, which no text can hold */
export function formatString(value: string, code: ErrorCode): string {
  if (value.includes('"') || value.includes("\0") || !isWellFormed(value)) {
    throw new FormatError(code, 0, "a string that SDDL cannot spell");
  }
  return `"${value}"`;
}

const hexOfByte: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hexadecimal digits. */
export function formatOctetDigits(octets: Uint8Array): string {
  let text = "";
  for (const byte of octets) text += hexOfByte[byte];
  return text;
}
