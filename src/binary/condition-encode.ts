/**
 * Conditional expressions: tokens to bytes. [MS-DTYP] 2.4.4.17; formats.md 6.1.
 *
 * Sizes are added up before anything is built, and what was written is read back: nothing leaves here that a reader
 * would refuse. Does not ask whether the expression makes sense.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import {
  CONDITION_SIGNATURE,
  TOKEN_COMPOSITE,
  TOKEN_OCTETS,
  TOKEN_SID,
  TOKEN_UNICODE,
} from "../../assembly/shared/condition.js";
import { attributeScopes, type Condition, type ConditionToken } from "../condition.js";
import { FormatError } from "../errors.js";
import { decodeCondition } from "./condition-decode.js";
import { paddedSize, writeU32, writeU64, writeUtf16 } from "./little-endian.js";
import { writeSid } from "./sid.js";

const SIGNATURE_SIZE = 4;
/** u8 code, u32 length. */
const PREFIX_SIZE = 5;
/** u8 code, i64 value, u8 sign, u8 base. */
const INT_SIZE = 11;

/**
 * The bytes of `condition`: "artx", the tokens, zeros up to a multiple of four.
 *
 * Throws FormatError: ERR_LIMIT when no ACE could hold them or a count is beyond its limit, ERR_CONDITION for a token
 * that has no bytes (text with NUL, an attribute without a name, an integer beyond its width).
 */
export function encodeCondition(condition: Condition): Uint8Array {
  const size = paddedSize(conditionSize(condition));
  if (size > ACE_MAX_SIZE)
    throw new FormatError("ERR_LIMIT", ACE_MAX_SIZE, `expected a condition of at most ${ACE_MAX_SIZE} bytes`);
  const bytes = new Uint8Array(size);
  writeU32(bytes, 0, CONDITION_SIGNATURE);
  let at = SIGNATURE_SIZE;
  for (const token of condition.tokens) at = writeToken(bytes, at, token);
  decodeCondition(bytes);
  return bytes;
}

/** Size of the expression in bytes, without padding. */
export function conditionSize(condition: Condition): number {
  return condition.tokens.reduce((size, token) => size + tokenSize(token), SIGNATURE_SIZE);
}

function tokenSize(token: ConditionToken): number {
  switch (token.kind) {
    case "operator":
      return 1;
    case "int":
      return INT_SIZE;
    default:
      return PREFIX_SIZE + contentSize(token);
  }
}

function contentSize(token: Exclude<ConditionToken, { kind: "operator" | "int" }>): number {
  switch (token.kind) {
    case "string":
      return 2 * token.value.length;
    case "attribute":
      return 2 * token.name.length;
    case "octets":
      return token.value.length;
    case "sid":
      return token.value.byteLength;
    case "composite":
      return token.members.reduce((size, member) => size + tokenSize(member), 0);
  }
}

function writeToken(bytes: Uint8Array, at: number, token: ConditionToken): number {
  switch (token.kind) {
    case "operator":
      bytes[at] = token.code;
      return at + 1;
    case "int":
      bytes[at] = token.code;
      if (BigInt.asIntN(64, token.value) !== token.value)
        throw new FormatError("ERR_CONDITION", at + 1, "expected a value of 64 bits");
      writeU64(bytes, at + 1, token.value);
      bytes[at + 9] = token.sign;
      bytes[at + 10] = token.base;
      return at + INT_SIZE;
    default:
      return writeSized(bytes, at, token);
  }
}

function writeSized(
  bytes: Uint8Array,
  at: number,
  token: Exclude<ConditionToken, { kind: "operator" | "int" }>,
): number {
  const start = at + PREFIX_SIZE;
  const size = contentSize(token);
  writeU32(bytes, at + 1, size);
  switch (token.kind) {
    case "string":
      bytes[at] = TOKEN_UNICODE;
      writeUtf16(bytes, start, token.value);
      break;
    case "attribute":
      bytes[at] = attributeScopes[token.scope].code;
      writeUtf16(bytes, start, token.name);
      break;
    case "octets":
      bytes[at] = TOKEN_OCTETS;
      bytes.set(token.value, start);
      break;
    case "sid":
      bytes[at] = TOKEN_SID;
      writeSid(bytes, start, token.value);
      break;
    case "composite": {
      bytes[at] = TOKEN_COMPOSITE;
      let end = start;
      for (const member of token.members) end = writeToken(bytes, end, member);
      break;
    }
  }
  return start + size;
}
