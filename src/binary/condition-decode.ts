/**
 * Conditional expressions: bytes to tokens. [MS-DTYP] 2.4.4.17; formats.md 6.1.
 *
 *   "artx" | token | token | … | 0 to 3 zero bytes
 *
 * Judges structure alone: whether the operators find their operands is for whoever evaluates or prints.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import {
  BASE_HEXADECIMAL,
  CONDITION_MAX_TOKENS,
  CONDITION_SIGNATURE,
  SIGN_NONE,
  TOKEN_COMPOSITE,
  TOKEN_INT8,
  TOKEN_INT64,
  TOKEN_OCTETS,
  TOKEN_PADDING,
  TOKEN_SID,
  TOKEN_UNICODE,
} from "../../assembly/shared/condition.js";
import {
  type AttributeScope,
  Condition,
  type ConditionLiteral,
  type ConditionToken,
  operatorOfCode,
  scopeOfCode,
} from "../condition.js";
import { FormatError } from "../errors.js";
import { readI64, readU16, readU32, readUtf16 } from "./little-endian.js";
import { readSid } from "./sid.js";

type IntToken = Extract<ConditionToken, { kind: "int" }>;

/** Bits of the integer tokens 01 02 03 04. */
const WIDTHS = [0, 8, 16, 32, 64];
/** i64 value, u8 sign, u8 base. */
const INT_SIZE = 10;
const SIGNATURE_SIZE = 4;
const LONGEST_PADDING = 3;

/**
 * The expression in `bytes`, "artx" included.
 *
 * Throws FormatError: ERR_CONDITION for what is no expression, ERR_LIMIT beyond 4,096 tokens, 4,096 members of a list
 * or the size of an ACE. Its offset is counted from `base`, the place of `bytes` in what the caller was given.
 */
export function decodeCondition(bytes: Uint8Array, base = 0): Condition {
  if (bytes.length > ACE_MAX_SIZE) {
    throw new FormatError("ERR_LIMIT", base + ACE_MAX_SIZE, `expected at most ${ACE_MAX_SIZE} bytes of condition`);
  }
  if (bytes.length < SIGNATURE_SIZE || readU32(bytes, 0) !== CONDITION_SIGNATURE) {
    throw new FormatError("ERR_CONDITION", base, 'expected a condition, which begins with "artx"');
  }
  return Condition.trusted(new TokenReader(bytes, base).tokens());
}

/** Reads tokens in order; every length is compared with what is left before anything is read or built. */
class TokenReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #at = SIGNATURE_SIZE;

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  tokens(): ConditionToken[] {
    const tokens: ConditionToken[] = [];
    const end = this.#bytes.length;
    while (this.#at < end && this.#bytes[this.#at] !== TOKEN_PADDING) {
      if (tokens.length === CONDITION_MAX_TOKENS) throw this.#beyondLimit("tokens");
      tokens.push(this.#token(end));
    }
    this.#padding(end);
    return tokens;
  }

  #token(end: number): ConditionToken {
    const code = this.#bytes[this.#at];
    if (code === TOKEN_COMPOSITE) return this.#composite(end);
    const scope = scopeOfCode(code);
    if (scope !== undefined) return this.#attribute(scope, end);
    if (operatorOfCode(code) !== undefined) {
      this.#at++;
      return Object.freeze({ kind: "operator", code });
    }
    return this.#literal(end);
  }

  /** An integer, a string, octets or a SID: all that may stand in a list. */
  #literal(end: number): ConditionLiteral {
    const code = this.#bytes[this.#at];
    if (code >= TOKEN_INT8 && code <= TOKEN_INT64) return this.#int(code as IntToken["code"], end);
    if (code === TOKEN_UNICODE) return Object.freeze({ kind: "string", value: this.#text(end) });
    if (code === TOKEN_OCTETS) return Object.freeze({ kind: "octets", value: this.#bytes.slice(...this.#span(end)) });
    if (code === TOKEN_SID) {
      const [start, stop] = this.#span(end);
      if (start === stop) throw this.#malformed(start - 4, "the length of a SID");
      const value = readSid(this.#bytes, start, stop, "ERR_CONDITION", this.#base);
      if (value.byteLength !== stop - start) throw this.#malformed(start - 4, "the length of the SID that follows");
      return Object.freeze({ kind: "sid", value });
    }
    throw this.#malformed(this.#at, "a token");
  }

  #int(code: IntToken["code"], end: number): IntToken {
    const start = this.#at + 1;
    if (end - start < INT_SIZE) throw this.#malformed(this.#at, "an integer of 8 bytes, a sign and a base");
    const value = readI64(this.#bytes, start);
    if (code !== TOKEN_INT64 && BigInt.asIntN(WIDTHS[code], value) !== value)
      throw this.#malformed(start, `a value of ${WIDTHS[code]} bits`);
    const sign = this.#bytes[start + 8];
    const base = this.#bytes[start + 9];
    if (sign < 1 || sign > SIGN_NONE) throw this.#malformed(start + 8, "a sign from 1 to 3");
    if (base < 1 || base > BASE_HEXADECIMAL) throw this.#malformed(start + 9, "a base from 1 to 3");
    this.#at = start + INT_SIZE;
    return Object.freeze({ kind: "int", code, value, sign: sign as IntToken["sign"], base: base as IntToken["base"] });
  }

  #attribute(scope: AttributeScope, end: number): ConditionToken {
    const start = this.#at;
    const name = this.#text(end);
    if (name === "") throw this.#malformed(start + 1, "an attribute name");
    return Object.freeze({ kind: "attribute", scope, name });
  }

  #text(end: number): string {
    const [start, stop] = this.#span(end);
    if ((stop - start) % 2 !== 0) throw this.#malformed(start - 4, "an even number of bytes of UTF-16");
    for (let at = start; at < stop; at += 2) {
      if (readU16(this.#bytes, at) === 0) throw this.#malformed(at, "text without NUL");
    }
    return readUtf16(this.#bytes, start, (stop - start) / 2);
  }

  #composite(end: number): ConditionToken {
    const [start, stop] = this.#span(end);
    const members: ConditionLiteral[] = [];
    this.#at = start;
    while (this.#at < stop) {
      if (members.length === CONDITION_MAX_TOKENS) throw this.#beyondLimit("members of a list");
      members.push(this.#literal(stop));
    }
    return Object.freeze({ kind: "composite", members: Object.freeze(members) });
  }

  /** Steps over code, u32 length and that many bytes; where the bytes start and stop. */
  #span(end: number): [number, number] {
    const start = this.#at + 5;
    if (start > end) throw this.#malformed(this.#at, "a token with its length");
    const length = readU32(this.#bytes, this.#at + 1);
    if (length > end - start) throw this.#malformed(this.#at + 1, `room for ${length} bytes`);
    this.#at = start + length;
    return [start, start + length];
  }

  #padding(end: number): void {
    if (end - this.#at > LONGEST_PADDING) throw this.#malformed(this.#at, "a token, or at most 3 bytes of padding");
    for (let at = this.#at; at < end; at++) {
      if (this.#bytes[at] !== TOKEN_PADDING) throw this.#malformed(at, "nothing but padding after padding");
    }
  }

  #malformed(at: number, expected: string): FormatError {
    return new FormatError("ERR_CONDITION", this.#base + at, `expected ${expected}`);
  }

  #beyondLimit(what: string): FormatError {
    return new FormatError("ERR_LIMIT", this.#base + this.#at, `expected at most ${CONDITION_MAX_TOKENS} ${what}`);
  }
}
