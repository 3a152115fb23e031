/**
 * Claims as a caller gives them. tokens.md 1.1, formats.md 6.3
 *
 * Every fault inside a claim list is ERR_CLAIM, but for unknown members and limits.
 * Does not know what claims decide, nor their bytes.
 */

import { CLAIM_RESERVED_FLAGS, CLAIM_VALUE_CASE_SENSITIVE } from "../assembly/shared/claim.js";
import { CLAIM_VALUES_MAX, CLAIMS_MAX } from "../assembly/shared/token.js";
import { foldText } from "./case-folding.js";
import type { Claim, ClaimType, ClaimValue } from "./claim.js";
import { ArgumentError } from "./errors.js";
import { claimFlagNames, readFlagWord } from "./flag-word.js";
import { fromHex, toHex } from "./hex.js";
import { flagWord, isTaken, leaf, listOf, objectOf, type Path, type Shape } from "./member-shape.js";
import type { Sid } from "./sid.js";
import { kindOf, readList, readSid } from "./sid-input.js";
import type { SidContext } from "./well-known-sids.js";

/** A claim as the interchange writes it. 64-bit integers: decimal strings, safe integers or bigint; octets: hex or bytes. */
export interface ClaimInput {
  readonly name: string;
  readonly type: ClaimType;
  readonly values: readonly (string | number | bigint | boolean | Sid | Uint8Array)[];
  /** Default 0. Names: NON_INHERITABLE CASE_SENSITIVE USE_FOR_DENY_ONLY DISABLED_BY_DEFAULT DISABLED MANDATORY. */
  readonly flags?: number | string | readonly string[];
}

export const claimsShape: Shape = /* @__PURE__ */ listOf(
  objectOf({ name: leaf, type: leaf, values: listOf(leaf, CLAIM_VALUES_MAX), flags: flagWord }),
  CLAIMS_MAX,
);

/** @throws ArgumentError ERR_CLAIM, ERR_LIMIT */
export function readClaims(value: unknown, path: Path, context: SidContext | undefined): readonly Claim[] {
  const names = new Set<string>();
  return readList(value, path, "ERR_CLAIM", (entry, at) => {
    const claim = readClaim(entry, at, context);
    const key = foldText(claim.name);
    if (names.has(key)) throw fault([...at, "name"], "a second claim of this name (names compare without case)");
    names.add(key);
    return claim;
  });
}

function readClaim(value: unknown, path: Path, context: SidContext | undefined): Claim {
  if (!isTaken(value)) throw fault(path, `expected a claim, found ${kindOf(value)}`);
  const { name, type, values } = value;
  if (typeof name !== "string" || name === "") throw fault([...path, "name"], "expected the claim's name, not empty");
  if (!isPlainText(name)) throw fault([...path, "name"], "NUL or half a surrogate pair in the name");
  if (typeof type !== "string" || !Object.hasOwn(readers, type)) {
    throw fault([...path, "type"], `expected one of ${Object.keys(readers).join(", ")}`);
  }
  const read = readers[type as ClaimType];
  const list = readList(values, [...path, "values"], "ERR_CLAIM", (entry, at) => read(entry, at, context));
  if (list.length === 0) throw fault([...path, "values"], "a claim has at least one value");
  const flags = value.flags === undefined ? 0 : readFlagWord(value.flags, claimFlagNames);
  if (flags === null || (flags & CLAIM_RESERVED_FLAGS) !== 0) {
    throw fault([...path, "flags"], "expected claim flags: a number without the reserved bits 0xFFC0, or names");
  }
  refuseRepeats(list, (flags & CLAIM_VALUE_CASE_SENSITIVE) !== 0, path);
  return Object.freeze({ name, type: type as ClaimType, flags, values: list });
}

/** A value twice, as the claim compares its values. access-check.md 11.6 */
function refuseRepeats(values: readonly ClaimValue[], caseSensitive: boolean, path: Path): void {
  if (values.length === 1) return;
  const seen = new Set<string>();
  values.forEach((value, index) => {
    const key =
      typeof value === "string" && !caseSensitive
        ? foldText(value)
        : value instanceof Uint8Array
          ? toHex(value)
          : String(value);
    if (seen.has(key)) throw fault([...path, "values", index], "this value stands twice");
    seen.add(key);
  });
}

type ValueReader = (value: unknown, path: Path, context: SidContext | undefined) => ClaimValue;

const readers: Readonly<Record<ClaimType, ValueReader>> = /* @__PURE__ */ Object.freeze({
  int64: (value, path) => readInteger(value, path, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn),
  uint64: (value, path) => readInteger(value, path, 0n, 0xffff_ffff_ffff_ffffn),
  string: (value, path) => {
    if (typeof value !== "string") throw fault(path, `expected text, found ${kindOf(value)}`);
    if (!isPlainText(value)) throw fault(path, "NUL or half a surrogate pair in the text");
    return value;
  },
  sid: (value, path, context) => {
    try {
      return readSid(value, path, context);
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      throw fault(path, error.code === "ERR_SDDL_ALIAS" ? "an alias without its context" : "expected a SID");
    }
  },
  boolean: (value, path) => {
    if (typeof value !== "boolean") throw fault(path, `expected true or false, found ${kindOf(value)}`);
    return value;
  },
  octets: (value, path) => {
    if (value instanceof Uint8Array) return Uint8Array.from(value);
    const bytes = typeof value === "string" ? fromHex(value) : null;
    if (bytes === null) throw fault(path, "expected pairs of hexadecimal digits");
    return bytes;
  },
});

function readInteger(value: unknown, path: Path, least: bigint, most: bigint): bigint {
  const integer = toBigInt(value);
  if (integer === null) throw fault(path, "expected an integer: decimal digits, or a number that is a safe integer");
  if (integer < least || integer > most) throw fault(path, "out of range for this claim type");
  return integer;
}

/** A 64-bit integer of the interchange: decimal string, safe integer or bigint. Range is the caller's business. */
export function toBigInt(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === "string" && /^-?[0-9]{1,20}$/.test(value) ? BigInt(value) : null;
}

/** No NUL, no half of a surrogate pair. */
function isPlainText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

function fault(path: Path, message: string): ArgumentError {
  return new ArgumentError("ERR_CLAIM", path, message);
}
