/**
 * SIDs as a caller gives them: `S-1-…` text, a two-letter alias, or a `Sid`; alone or with attributes. tokens.md 1.1
 *
 * Knows which kinds of SID a place takes. Does not know the text of SIDs (sid.ts, well-known-sids.ts).
 */

import { ArgumentError, type ErrorCode } from "./errors.js";
import { groupAttributeNames, readFlagWord } from "./flag-word.js";
import { flagWord, isTaken, leaf, OverLimit, objectOf, type Path, type Shape } from "./member-shape.js";
import { Sid } from "./sid.js";
import type { SidAndAttributes } from "./token-parts.js";
import { parseSidOrAlias, type SidContext } from "./well-known-sids.js";

/** `{ sid, attributes }` */
export const sidEntryShape: Shape = /* @__PURE__ */ objectOf({ sid: leaf, attributes: flagWord });

/** @throws ArgumentError ERR_SID, ERR_SDDL_ALIAS */
export function readSid(value: unknown, path: Path, context: SidContext | undefined): Sid {
  if (value instanceof Sid) return value;
  if (typeof value !== "string")
    throw new ArgumentError("ERR_SID", path, `expected a SID as text, found ${kindOf(value)}`);
  return parseSidOrAlias(value, context, path);
}

/** A list's entries, each judged by `read`. `wrong` is the code of a value that is no list. */
export function readList<T>(
  value: unknown,
  path: Path,
  wrong: ErrorCode,
  read: (entry: unknown, path: Path) => T,
): readonly T[] {
  if (value instanceof OverLimit) throw overLimit(value, path);
  if (!Array.isArray(value)) throw new ArgumentError(wrong, path, `expected an array, found ${kindOf(value)}`);
  return Object.freeze(value.map((entry, index) => read(entry, [...path, index])));
}

export function overLimit(list: OverLimit, path: Path): ArgumentError {
  return new ArgumentError("ERR_LIMIT", path, `${list.length} entries, at most ${list.limit} are allowed`);
}

/**
 * An entry of a SID list: text (with the attributes `whenText`) or `{ sid, attributes }`.
 * `wrong` is the code of an entry that is neither; attributes have no default unless `whenAbsent` gives one.
 *
 * @throws ArgumentError ERR_SID, ERR_SDDL_ALIAS, `wrong`
 */
export function readSidEntry(
  value: unknown,
  path: Path,
  context: SidContext | undefined,
  wrong: ErrorCode,
  whenText: number,
  whenAbsent?: number,
): SidAndAttributes {
  if (value === null || value === undefined || typeof value === "boolean" || Array.isArray(value)) {
    throw new ArgumentError(wrong, path, `expected a SID or { sid, attributes }, found ${kindOf(value)}`);
  }
  if (!isTaken(value)) return Object.freeze({ sid: readSid(value, path, context), attributes: whenText });
  if (value.sid === undefined) throw new ArgumentError(wrong, path, "`sid` is missing");
  const sid = readSid(value.sid, [...path, "sid"], context);
  if (value.attributes === undefined) {
    if (whenAbsent === undefined)
      throw new ArgumentError(wrong, path, "`attributes` is missing, and has no safe default");
    return Object.freeze({ sid, attributes: whenAbsent });
  }
  const attributes = readFlagWord(value.attributes, groupAttributeNames);
  if (attributes === null) {
    throw new ArgumentError(wrong, [...path, "attributes"], "expected a number 0…4294967295 or attribute names");
  }
  return Object.freeze({ sid, attributes });
}

/** S-1-16-n */
export function isIntegritySid(sid: Sid): boolean {
  return sid.authority === 16 && sid.subAuthorities.length === 1;
}

/** S-1-15-2-… */
export function isPackageSid(sid: Sid): boolean {
  return sid.authority === 15 && sid.subAuthorities.length > 1 && sid.subAuthorities[0] === 2;
}

/** S-1-15-3-… */
export function isCapabilitySid(sid: Sid): boolean {
  return sid.authority === 15 && sid.subAuthorities.length > 1 && sid.subAuthorities[0] === 3;
}

/** S-1-19-type-level */
export function isTrustSid(sid: Sid): boolean {
  return sid.authority === 19 && sid.subAuthorities.length === 2;
}

/** What a wrong value is, for a message: never its content. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  return Array.isArray(value) || value instanceof OverLimit ? "an array" : `a value of type ${typeof value}`;
}
