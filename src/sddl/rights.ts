/**
 * The access rights of SDDL: mnemonics, numbers, and the canonical spelling of a mask. formats.md 7, 7.2
 *
 * Does not know which object type a mask is for.
 */

import { sddlRights } from "../rights/standard.js";
import {
  DIGIT_0,
  HYPHEN,
  hexValue,
  isDigit,
  LOWER_X,
  lowerOf,
  PAIRS,
  pairIndex,
  pairOf,
  SEMICOLON,
} from "./characters.js";
import type { Scanner } from "./scanner.js";

/** Written when the whole mask is exactly one of them. KX is KR. */
const WHOLE = ["FA", "FR", "FW", "FX", "KA", "KR", "KW"];
/** Written, in this order, when every bit has a letter pair. */
const LETTERS = ["CC", "DC", "LC", "SW", "RP", "WP", "DT", "LO", "CR", "SD", "RC", "WD", "WO", "GA", "GX", "GW", "GR"];
/** The only mnemonics written for a mandatory label. */
const LABEL_LETTERS = ["NW", "NR", "NX"];

const maskOfName: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  sddlRights.map(({ name, mask }) => [name, mask]),
);
const maskOfPair: Uint32Array = /* @__PURE__ */ pairMasks();
const nameOfWhole: ReadonlyMap<number, string> = /* @__PURE__ */ new Map(
  WHOLE.map((name) => [maskOfName.get(name) as number, name]),
);
const letters = /* @__PURE__ */ bitsOf(LETTERS);
const labelLetters = /* @__PURE__ */ bitsOf(LABEL_LETTERS);

function pairMasks(): Uint32Array {
  const table = new Uint32Array(PAIRS);
  for (const { name, mask } of sddlRights) table[pairOf(name)] = mask;
  return table;
}

type NamedBits = readonly (readonly [name: string, bit: number])[];

function bitsOf(names: readonly string[]): NamedBits {
  return names.map((name) => [name, maskOfName.get(name) as number]);
}

/** A mask with other bits is written as a number. */
const LETTER_BITS = 0xf00f01ff;
const LABEL_BITS = 0x7;

/**
 * rights = number / *mnemonic, up to the semicolon, which stays unread
 *
 *   D:(A;; RPWP LC;;;AU)     blanks before each right, or alone; none after one
 */
export function parseRights(s: Scanner): number {
  s.skipBlanks();
  const first = s.peek();
  if (isDigit(first)) return parseMask(s);
  if (first === HYPHEN) return refuseNegative(s);
  const { text } = s;
  let mask = 0;
  while (text.charCodeAt(s.at) !== SEMICOLON) {
    s.skipBlanks();
    const pair = pairIndex(text.charCodeAt(s.at), text.charCodeAt(s.at + 1));
    const bits = pair < 0 ? 0 : maskOfPair[pair];
    if (bits === 0) s.fail("ERR_SDDL_SYNTAX", s.at, "a right");
    mask |= bits;
    s.take("right", 2);
  }
  return mask >>> 0;
}

/** number = "0x" 1*HEX / "0" 1*OCT / 1*DIGIT; more than 32 bits are ERR_SDDL_RANGE. Windows reads them as all access. */
export function parseMask(s: Scanner): number {
  const start = s.at;
  let base = 10;
  if (s.peek() === DIGIT_0 && lowerOf(s.peekAt(1)) === LOWER_X) {
    base = 16;
    s.at += 2;
  } else if (s.peek() === DIGIT_0) {
    base = 8;
  }
  const digits = s.at;
  let value = 0;
  for (;;) {
    const digit = hexValue(s.peek());
    if (digit < 0 || digit >= base) break;
    value = value * base + digit;
    if (value > 0xffffffff) s.fail("ERR_SDDL_RANGE", start, "a mask of 32 bits");
    s.at++;
  }
  if (s.at === digits) s.fail("ERR_SDDL_SYNTAX", s.at, "a number");
  s.mark("mask", start);
  return value;
}

function refuseNegative(s: Scanner): never {
  if (isDigit(s.peekAt(1))) s.fail("ERR_SDDL_RANGE", s.at, "a mask that is not negative");
  return s.fail("ERR_SDDL_SYNTAX", s.at + 1, "rights");
}

/** The canonical spelling: nothing for 0, one name, letters, or a lower-case hexadecimal number. */
export function formatRights(mask: number): string {
  const whole = nameOfWhole.get(mask);
  if (whole !== undefined) return whole;
  return (mask & ~LETTER_BITS) === 0 ? spell(mask, letters) : `0x${mask.toString(16)}`;
}

/** The same for a mandatory label, whose bits have names of their own. */
export function formatLabelRights(mask: number): string {
  return (mask & ~LABEL_BITS) === 0 ? spell(mask, labelLetters) : `0x${mask.toString(16)}`;
}

function spell(mask: number, names: NamedBits): string {
  let text = "";
  for (const [name, bit] of names) if ((mask & bit) !== 0) text += name;
  return text;
}
