/**
 * Access masks written as numbers. interchange.md, "Numbers and names"
 *
 * A mask is an unsigned number. Knows no names: access-mask.ts does.
 */
import { ArgumentError } from "./errors.js";

const MAX_MASK = 0xffffffff;

/**
 * Reads a mask: an integer 0…4294967295, or text of `0x` and hex digits, or of decimal digits. undefined for other text.
 *
 * @throws ArgumentError ERR_ARGUMENT for anything else, and for numbers beyond 32 bits. `path` goes into the error.
 */
export function readNumericMask(value: unknown, path: readonly (string | number)[]): number | undefined {
  if (typeof value === "number") {
    if (!Number.isInteger(value) || value < 0 || value > MAX_MASK) throw wrong(path, "expected a mask 0…4294967295");
    return value >>> 0;
  }
  if (typeof value !== "string") throw wrong(path, "expected a mask: a number, digits, or names joined by |");
  if (!/^(?:0x[0-9A-Fa-f]+|[0-9]+)$/.test(value)) return undefined;
  // Number reads a leading zero as decimal.
  const mask = Number(value);
  if (mask > MAX_MASK) throw wrong(path, "a mask has 32 bits");
  return mask;
}

/** As `readNumericMask`, for those who know no names. @throws ArgumentError ERR_ARGUMENT for names too */
export function parseNumericMask(value: unknown, path: readonly (string | number)[]): number {
  const mask = readNumericMask(value, path);
  if (mask === undefined)
    throw wrong(path, "a Checker knows no names of rights: expected a number, as parseMask gives it");
  return mask;
}

function wrong(path: readonly (string | number)[], message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
