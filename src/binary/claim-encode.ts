/**
 * Claims of resource attributes: value to bytes, as Windows packs them. [MS-DTYP] 2.4.10.1; formats.md 6.3.
 *
 *   header | offsets | name | values, nothing aligned
 *
 * A Claim is a plain object, so it is checked again here. Knows no ACE.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import { CLAIM_COUNT, CLAIM_FLAGS, CLAIM_NAME, CLAIM_TYPE, CLAIM_VALUES } from "../../assembly/shared/claim.js";
import { type Claim, type ClaimValue, claimOf, claimTypeCode } from "../claim.js";
import { FormatError } from "../errors.js";
import { Sid } from "../sid.js";
import { CLAIM_MAX_VALUES } from "./claim-decode.js";
import { writeU16, writeU32, writeU64, writeUtf16 } from "./little-endian.js";
import { writeSid } from "./sid.js";

/**
 * The bytes of `claim`, unpadded.
 *
 * Throws ArgumentError ERR_CLAIM, naming the member that is wrong, and FormatError ERR_LIMIT for more than 2,000 values
 * or more bytes than an ACE holds.
 */
export function encodeClaim(claim: Claim): Uint8Array {
  if (claim.values.length > CLAIM_MAX_VALUES) {
    throw new FormatError("ERR_LIMIT", CLAIM_COUNT, `expected at most ${CLAIM_MAX_VALUES} claim values`);
  }
  const size = claimSize(claim);
  if (size > ACE_MAX_SIZE)
    throw new FormatError("ERR_LIMIT", ACE_MAX_SIZE, `expected a claim of at most ${ACE_MAX_SIZE} bytes`);
  return packClaim(claimOf(claim), size);
}

/** @internal The bytes of a checked claim of `size` = `claimSize(claim)` bytes: a token's claim may outgrow an ACE. */
export function packClaim(claim: Claim, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  writeU16(bytes, CLAIM_TYPE, claimTypeCode(claim.type));
  writeU32(bytes, CLAIM_FLAGS, claim.flags);
  writeU32(bytes, CLAIM_COUNT, claim.values.length);
  let at = CLAIM_VALUES + 4 * claim.values.length;
  writeU32(bytes, CLAIM_NAME, at);
  writeUtf16(bytes, at, claim.name);
  at += textSize(claim.name);
  claim.values.forEach((value, i) => {
    writeU32(bytes, CLAIM_VALUES + 4 * i, at);
    writeValue(bytes, at, value);
    at += valueSize(value);
  });
  return bytes;
}

/** Size of the claim in bytes as `encodeClaim` packs it, whether or not an ACE could hold it. */
export function claimSize(claim: Claim): number {
  const start = CLAIM_VALUES + 4 * claim.values.length + textSize(claim.name);
  return claim.values.reduce<number>((size, value) => size + valueSize(value), start);
}

function textSize(text: string): number {
  return 2 * (text.length + 1);
}

function valueSize(value: ClaimValue): number {
  if (typeof value === "string") return textSize(value);
  if (value instanceof Sid) return 4 + value.byteLength;
  if (value instanceof Uint8Array) return 4 + value.length;
  return 8;
}

function writeValue(bytes: Uint8Array, at: number, value: ClaimValue): void {
  if (typeof value === "string") writeUtf16(bytes, at, value);
  else if (typeof value === "bigint") writeU64(bytes, at, value);
  else if (typeof value === "boolean") writeU64(bytes, at, value ? 1n : 0n);
  else if (value instanceof Sid) {
    writeU32(bytes, at, value.byteLength);
    writeSid(bytes, at + 4, value);
  } else {
    writeU32(bytes, at, value.length);
    bytes.set(value, at + 4);
  }
}
