/**
 * Names of claims in text: `@User.name`, `("name",…)`, bare local names, and `%XXXX`. formats.md 7.1
 *
 * Does not know scopes or operators; the caller says which code a fault gets.
 */
import { type ErrorCode, FormatError } from "../errors.js";
import { AT, hexValue, isDigit, isHighSurrogate, isLetter, isLowSurrogate, PERCENT } from "./characters.js";
import { END, type Scanner } from "./scanner.js";

/** Beside letters and digits, what is printed as itself and may not be written `%XXXX`. [MS-DTYP] 2.5.1.1 */
const PRINTED_MARKS = "#$'*+-./:;?@[\\]^_`{}~";
/** Never stand for themselves; 00 to 20 neither. Windows reads every unit from 7F on as itself. */
const RESERVED_MARKS = '!"&()<=>|%';
const LOCAL_MARKS = ":./_";

const printsAsItself = /* @__PURE__ */ asciiSet(
  (unit, mark) => isDigit(unit) || isLetter(unit) || PRINTED_MARKS.includes(mark),
);
const readsAsItself = /* @__PURE__ */ asciiSet((unit, mark) => unit > 0x20 && !RESERVED_MARKS.includes(mark));
const readsAsLocal = /* @__PURE__ */ asciiSet(
  (unit, mark) => isDigit(unit) || isLetter(unit) || LOCAL_MARKS.includes(mark),
);

function asciiSet(has: (unit: number, mark: string) => boolean): readonly boolean[] {
  return Array.from({ length: 0x80 }, (_, unit) => has(unit, String.fromCharCode(unit)));
}

/**
 * name = 1*(any character but ``! " & ( ) < = > | %``, blanks, controls / "%" 4HEX)
 *
 *   (@User.R%0026D == 1)
 *          ^      ^ ends before the first unit that cannot stand in it
 */
export function parsePrefixedName(s: Scanner, code: ErrorCode): string {
  let name = "";
  let run = s.at;
  for (;;) {
    const unit = s.peek();
    if (unit === PERCENT) {
      name += s.text.slice(run, s.at) + parseEscapes(s, code);
      run = s.at;
    } else if (unit < 0x80 && (unit === END || !readsAsItself[unit])) {
      break;
    } else if (isHighSurrogate(unit) && isLowSurrogate(s.peekAt(1))) {
      s.at += 2;
    } else if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
      s.fail(code, s.at, "a whole character");
    } else {
      s.at++;
    }
  }
  name += s.text.slice(run, s.at);
  if (name === "") s.fail(code, s.at, "a name");
  return name;
}

/** One `%XXXX`, or the two that make a surrogate pair. */
function parseEscapes(s: Scanner, code: ErrorCode): string {
  const start = s.at;
  const unit = parseEscape(s, code);
  if (unit === 0 || (unit < 0x80 && printsAsItself[unit]) || isLowSurrogate(unit)) {
    s.fail(code, start, "a %XXXX for a character that needs one");
  }
  if (!isHighSurrogate(unit)) return String.fromCharCode(unit);
  if (s.peek() !== PERCENT) s.fail(code, start, "both halves of a surrogate pair");
  const low = parseEscape(s, code);
  if (!isLowSurrogate(low)) s.fail(code, start, "both halves of a surrogate pair");
  return String.fromCharCode(unit, low);
}

function parseEscape(s: Scanner, code: ErrorCode): number {
  let unit = 0;
  for (let i = 1; i <= 4; i++) {
    const digit = hexValue(s.peekAt(i));
    if (digit < 0) s.fail(code, s.at + i, "four hexadecimal digits");
    unit = unit * 16 + digit;
  }
  s.at += 5;
  return unit;
}

/** Whether a local name can begin with `unit`. */
export function isLocalStart(unit: number): boolean {
  return unit >= 0 && unit < 0x80 && readsAsLocal[unit];
}

/** local = 1*(ALPHA / DIGIT / ":" / "." / "/" / "_"), "@" after the first. The caller has seen `isLocalStart`. */
export function parseLocalName(s: Scanner): string {
  const start = s.at;
  do s.at++;
  while (isLocalStart(s.peek()) || s.peek() === AT);
  return s.text.slice(start, s.at);
}

/** Whether `name` can be written without a prefix. It may still be the word of an operator. */
export function isLocalName(name: string): boolean {
  if (!isLocalStart(name.length === 0 ? END : name.charCodeAt(0))) return false;
  for (let i = 1; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (!isLocalStart(unit) && unit !== AT) return false;
  }
  return true;
}

/** @throws FormatError `code` for an empty name, a NUL or half a surrogate pair, which no text can name */
export function formatPrefixedName(name: string, code: ErrorCode): string {
  if (name === "" || name.includes("\0") || !isWellFormed(name)) {
    throw new FormatError(code, 0, "a claim name that SDDL cannot spell");
  }
  let text = "";
  let run = 0;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit < 0x80 && printsAsItself[unit]) continue;
    text += `${name.slice(run, i)}%${unit.toString(16).padStart(4, "0")}`;
    run = i + 1;
  }
  return text + name.slice(run);
}

/** Whether every surrogate of `text` has its other half. */
export function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isLowSurrogate(unit)) return false;
    if (isHighSurrogate(unit) && !isLowSurrogate(text.charCodeAt(++i))) return false;
  }
  return true;
}
