/**
 * The literal values of conditions, both ways. formats.md 7.1, 7.2
 *
 * Does not know lists, attributes or operators.
 */
import type { ConditionLiteral } from "../condition.js";
import type { SidContext } from "../well-known-sids.js";
import { CLOSE, lowerOf, NUMBER_SIGN, QUOTE } from "./characters.js";
import {
  formatInteger,
  formatOctetDigits,
  formatString,
  isIntegerStart,
  parseInt64,
  parseOctetDigits,
  parseString,
} from "./literal-text.js";
import type { Scanner } from "./scanner.js";
import { formatSid, parseSid, type SidCodes } from "./sid-text.js";

const CODE = "ERR_CONDITION";
const sidCodes: SidCodes = { malformed: CODE, range: CODE };
const SID_WORD = "sid(";

/** Sizes of the binary form. formats.md 6.1 */
const LENGTH_PREFIX_SIZE = 5;
const INTEGER_SIZE = 11;

/**
 * literal = integer / string / "#" octets / "SID(" sid ")"
 *
 *   (Member_of {SID(BA), SID(S-1-5-21-1-2-3-500)})
 *               ^ in either case, nothing before its parenthesis
 *
 * Strings and octets longer than `room` bytes are ERR_LIMIT before they are built.
 */
export function parseConditionLiteral(s: Scanner, room: number): ConditionLiteral {
  const unit = s.peek();
  if (isIntegerStart(unit)) return { kind: "int", code: 4, ...parseInt64(s, CODE) };
  if (unit === QUOTE) return { kind: "string", value: parseString(s, CODE, room) };
  if (unit === NUMBER_SIGN) {
    const start = s.at;
    s.at++;
    const value = parseOctetDigits(s, room);
    s.mark("octets", start);
    return { kind: "octets", value };
  }
  for (let i = 0; i < SID_WORD.length; i++) {
    if (lowerOf(s.peekAt(i)) !== SID_WORD.charCodeAt(i)) s.fail(CODE, s.at, "a value");
  }
  s.take("keyword", SID_WORD.length - 1);
  s.take("punctuation", 1);
  s.skipSpace();
  const value = parseSid(s, sidCodes);
  s.skipSpace();
  s.expect(CLOSE, CODE);
  return { kind: "sid", value };
}

/** Bytes of the binary form. formats.md 6.1 */
export function literalSize(literal: ConditionLiteral): number {
  switch (literal.kind) {
    case "int":
      return INTEGER_SIZE;
    case "string":
      return LENGTH_PREFIX_SIZE + 2 * literal.value.length;
    case "octets":
      return LENGTH_PREFIX_SIZE + literal.value.length;
    case "sid":
      return LENGTH_PREFIX_SIZE + literal.value.byteLength;
  }
}

/** @throws FormatError ERR_CONDITION for a value that no text can say */
export function formatConditionLiteral(literal: ConditionLiteral, context: SidContext | undefined): string {
  switch (literal.kind) {
    case "int":
      return formatInteger(literal);
    case "string":
      return formatString(literal.value, CODE);
    case "octets":
      return `#${formatOctetDigits(literal.value)}`;
    case "sid":
      return `SID(${formatSid(literal.value, context)})`;
  }
}
