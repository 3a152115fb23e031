/**
 * A claim: a named, typed list of values, as tokens and resource attributes carry it. [MS-DTYP] 2.4.10.1
 *
 * Knows which value belongs to which type. Does not know bytes, SDDL, or how names compare.
 */
import {
  CLAIM_DISABLED,
  CLAIM_DISABLED_BY_DEFAULT,
  CLAIM_MANDATORY,
  CLAIM_NON_INHERITABLE,
  CLAIM_RESERVED_FLAGS,
  CLAIM_TYPE_BOOLEAN,
  CLAIM_TYPE_INT64,
  CLAIM_TYPE_OCTET_STRING,
  CLAIM_TYPE_SID,
  CLAIM_TYPE_STRING,
  CLAIM_TYPE_UINT64,
  CLAIM_USE_FOR_DENY_ONLY,
  CLAIM_VALUE_CASE_SENSITIVE,
} from "../assembly/shared/claim.js";
import { ArgumentError } from "./errors.js";
import { Sid } from "./sid.js";

export type ClaimType = "int64" | "uint64" | "string" | "sid" | "boolean" | "octets";
export type ClaimValue = bigint | string | Sid | boolean | Uint8Array;

export interface Claim {
  /** Not empty, without NUL. */
  readonly name: string;
  readonly type: ClaimType;
  /** 32 bits, those of `ClaimFlags` and a free high half. */
  readonly flags: number;
  /** bigint for both integers, and one JavaScript type for each of the others. */
  readonly values: readonly ClaimValue[];
}

/** CLAIM_SECURITY_ATTRIBUTE_… flags by the names of the interchange. */
export const ClaimFlags: Readonly<
  Record<"NON_INHERITABLE" | "CASE_SENSITIVE" | "DENY_ONLY" | "DISABLED_BY_DEFAULT" | "DISABLED" | "MANDATORY", number>
> = /* @__PURE__ */ Object.freeze({
  NON_INHERITABLE: CLAIM_NON_INHERITABLE,
  CASE_SENSITIVE: CLAIM_VALUE_CASE_SENSITIVE,
  DENY_ONLY: CLAIM_USE_FOR_DENY_ONLY,
  DISABLED_BY_DEFAULT: CLAIM_DISABLED_BY_DEFAULT,
  DISABLED: CLAIM_DISABLED,
  MANDATORY: CLAIM_MANDATORY,
});

const typeCodes: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ["int64", CLAIM_TYPE_INT64],
  ["uint64", CLAIM_TYPE_UINT64],
  ["string", CLAIM_TYPE_STRING],
  ["sid", CLAIM_TYPE_SID],
  ["boolean", CLAIM_TYPE_BOOLEAN],
  ["octets", CLAIM_TYPE_OCTET_STRING],
]);

/** The ValueType of the binary form, or undefined when `type` names none. */
export function claimTypeCode(type: ClaimType): number;
export function claimTypeCode(type: string): number | undefined;
export function claimTypeCode(type: string): number | undefined {
  return typeCodes.get(type);
}

/** The type with this ValueType, or undefined. */
export function claimTypeOfCode(code: number): ClaimType | undefined {
  for (const [type, known] of typeCodes) if (known === code) return type as ClaimType;
  return undefined;
}

/** Whether `value` is one that a claim of this type can hold: integers in range, text without NUL. */
export function isClaimValue(type: ClaimType, value: unknown): value is ClaimValue {
  switch (type) {
    case "int64":
      return typeof value === "bigint" && value >= -0x8000000000000000n && value <= 0x7fffffffffffffffn;
    case "uint64":
      return typeof value === "bigint" && value >= 0n && value <= 0xffffffffffffffffn;
    case "string":
      return typeof value === "string" && !value.includes("\0");
    case "sid":
      return value instanceof Sid;
    case "boolean":
      return typeof value === "boolean";
    case "octets":
      return value instanceof Uint8Array;
  }
}

/**
 * A frozen copy of `fields`, checked. Lists may be empty here and may repeat; a token asks for more (tokens.md 1.1).
 *
 * @throws ArgumentError ERR_CLAIM for an unknown type, an empty name or one with NUL, reserved flags, or a value of
 *   another type or out of range.
 */
export function claimOf(fields: Claim, path: readonly (string | number)[] = []): Claim {
  const { name, type, flags, values } = fields;
  if (typeof name !== "string" || name === "" || name.includes("\0"))
    throw fault(path, "name", "expected text, not empty");
  if (typeof type !== "string" || claimTypeCode(type) === undefined) throw fault(path, "type", "unknown claim type");
  if (typeof flags !== "number" || flags >>> 0 !== flags || (flags & CLAIM_RESERVED_FLAGS) !== 0) {
    throw fault(path, "flags", "expected 32 bits without the reserved ones (0xffc0)");
  }
  if (!Array.isArray(values)) throw fault(path, "values", "expected a list");
  const copy = Array.from(values as readonly ClaimValue[], (value, index) => {
    if (!isClaimValue(type, value))
      throw new ArgumentError("ERR_CLAIM", [...path, "values", index], `not a value of type ${type}`);
    return value instanceof Uint8Array ? value.slice() : value;
  });
  return Object.freeze({ name, type, flags, values: Object.freeze(copy) });
}

function fault(path: readonly (string | number)[], member: string, message: string): ArgumentError {
  return new ArgumentError("ERR_CLAIM", [...path, member], message);
}
