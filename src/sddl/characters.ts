/**
 * Character classes of SDDL, by UTF-16 unit. formats.md 7
 *
 * ASCII only: no locale, no Unicode folding. `ſ`, `ı` and the Kelvin sign are no letters here.
 * Does not know what any text means.
 */

export const TAB = 0x09;
export const CARRIAGE_RETURN = 0x0d;
export const BLANK = 0x20;
export const EXCLAMATION = 0x21;
export const QUOTE = 0x22;
export const NUMBER_SIGN = 0x23;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const DIGIT_0 = 0x30;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUAL = 0x3d;
export const GREATER = 0x3e;
export const AT = 0x40;
export const LOWER_X = 0x78;
export const OPEN_BRACE = 0x7b;
export const BAR = 0x7c;
export const CLOSE_BRACE = 0x7d;

/** Bit that distinguishes ASCII letter cases. */
const CASE_BIT = 0x20;

export function isDigit(unit: number): boolean {
  return unit >= DIGIT_0 && unit <= 0x39;
}

export function isLetter(unit: number): boolean {
  const lower = unit | CASE_BIT;
  return lower >= 0x61 && lower <= 0x7a && unit < 0x80;
}

/** Lower case of an ASCII letter; any other unit as it is. */
export function lowerOf(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit | CASE_BIT : unit;
}

/** 0–15 for a hexadecimal digit, -1 for anything else. */
export function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | CASE_BIT;
  return lower >= 0x61 && lower <= 0x66 && unit < 0x80 ? lower - 0x57 : -1;
}

/** Whitespace of conditions and claims: 09–0D and 20. Elsewhere only 20 is a blank. */
export function isSpace(unit: number): boolean {
  return unit === BLANK || (unit >= TAB && unit <= CARRIAGE_RETURN);
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** 0–25 for each ASCII letter in either case, -1 for the rest of ASCII. */
const letterIndex: Int8Array = /* @__PURE__ */ Int8Array.from({ length: 0x80 }, (_, unit) =>
  isLetter(unit) ? lowerOf(unit) - 0x61 : -1,
);

/** Index in 0…675 of a pair of ASCII letters in either case, -1 when they are not two letters. */
export function pairIndex(first: number, second: number): number {
  // Neither END nor the NaN of charCodeAt behind the end is in the range.
  if (!(first >= 0 && first < 0x80 && second >= 0 && second < 0x80)) return -1;
  const high = letterIndex[first];
  const low = letterIndex[second];
  return high < 0 || low < 0 ? -1 : high * 26 + low;
}

/** How many letter pairs there are. */
export const PAIRS = 676;

/** `pairIndex` of a two-letter word. */
export function pairOf(word: string): number {
  return pairIndex(word.charCodeAt(0), word.charCodeAt(1));
}
