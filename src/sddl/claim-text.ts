/**
 * The claim of a resource attribute in text, both ways: `("Secrecy",TU,0x0,3)`. formats.md 7.1, 7.2
 *
 * Knows of the bytes only how many there will be. Does not know ACEs.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import { CLAIM_RESERVED_FLAGS } from "../../assembly/shared/claim.js";
import { type Claim, type ClaimType, type ClaimValue, isClaimValue } from "../claim.js";
import { FormatError } from "../errors.js";
import { Sid } from "../sid.js";
import type { SidContext } from "../well-known-sids.js";
import { formatPrefixedName, parsePrefixedName } from "./attribute-name.js";
import { CLOSE, COMMA, HYPHEN, hexValue, isDigit, NUMBER_SIGN, OPEN, pairIndex, pairOf, QUOTE } from "./characters.js";
import {
  formatOctetDigits,
  formatString,
  parseInt64,
  parseInteger,
  parseOctetDigits,
  parseString,
} from "./literal-text.js";
import { END, Scanner } from "./scanner.js";
import { formatSid, parseSid, type SidCodes } from "./sid-text.js";

const CODE = "ERR_CLAIM";
const sidCodes: SidCodes = { malformed: CODE, range: CODE };

/** Most values of one claim. formats.md 8 */
const MAX_VALUES = 2000;

/** The words of the types. */
export const wordOfType: Readonly<Record<ClaimType, string>> = {
  int64: "TI",
  uint64: "TU",
  string: "TS",
  sid: "TD",
  octets: "TX",
  boolean: "TB",
};
export const typeOfPair: ReadonlyMap<number, ClaimType> = /* @__PURE__ */ new Map(
  Object.entries(wordOfType).map(([type, word]) => [pairOf(word), type as ClaimType]),
);

/** Sizes of the binary form. formats.md 6.3 */
const HEADER_SIZE = 16;
const OFFSET_SIZE = 4;
const LENGTH_PREFIX_SIZE = 4;
const INTEGER_SIZE = 8;
const TERMINATOR_SIZE = 2;

/** A claim and the bytes it will take, padding included. */
export interface MeasuredClaim {
  readonly claim: Claim;
  readonly size: number;
}

/**
 * Reads a whole text as one claim, as it stands behind the sixth semicolon of a resource attribute.
 *
 * @throws SddlError ERR_CLAIM; ERR_SDDL_ALIAS for an alias without its context SID; ERR_LIMIT. formats.md 7.1, 8
 */
export function parseClaim(text: string, context?: SidContext): Claim {
  const s = new Scanner(text, context);
  s.skipSpace();
  const { claim } = parseMeasuredClaim(s, ACE_MAX_SIZE);
  s.skipSpace();
  if (s.peek() !== END) s.fail(CODE, s.at, "nothing after the claim");
  return claim;
}

/**
 * claim = "(" DQUOTE name DQUOTE "," type "," flags *("," value) ")"
 *
 *   (RA;;;;;WD;("Secrecy",TU,0x0,3))
 *              ^ begins at its parenthesis and ends behind the matching one
 */
export function parseMeasuredClaim(s: Scanner, room: number): MeasuredClaim {
  expectToken(s, OPEN);
  const nameAt = s.at;
  s.expectPart(QUOTE, CODE);
  const name = parsePrefixedName(s, CODE);
  s.expectPart(QUOTE, CODE);
  s.mark("claim-name", nameAt);
  expectToken(s, COMMA);
  const type = parseType(s);
  expectToken(s, COMMA);
  const flags = parseFlags(s);
  let size = HEADER_SIZE + 2 * name.length + TERMINATOR_SIZE;
  const values: ClaimValue[] = [];
  for (s.skipSpace(); s.peek() === COMMA; s.skipSpace()) {
    s.take("punctuation", 1);
    s.skipSpace();
    if (values.length === MAX_VALUES) s.fail("ERR_LIMIT", s.at, `at most ${MAX_VALUES} values`);
    const value = parseValue(s, type, Math.max(room - size, 0));
    size += OFFSET_SIZE + valueSize(value);
    if (size > room) s.fail("ERR_LIMIT", s.at, "a claim that fits its ACL");
    values.push(value);
  }
  if (size > room) s.fail("ERR_LIMIT", s.at, "a claim that fits its ACL");
  s.expect(CLOSE, CODE);
  const claim: Claim = Object.freeze({ name, type, flags, values: Object.freeze(values) });
  return { claim, size: (size + 3) & ~3 };
}

/** One unit, and the whitespace around it. */
function expectToken(s: Scanner, unit: number): void {
  s.skipSpace();
  s.expect(unit, CODE);
  s.skipSpace();
}

function parseType(s: Scanner): ClaimType {
  const type = typeOfPair.get(pairIndex(s.peek(), s.peekAt(1)));
  if (type === undefined) s.fail(CODE, s.at, "TI, TU, TS, TD, TX or TB");
  s.take("claim-type", 2);
  return type;
}

function parseFlags(s: Scanner): number {
  const start = s.at;
  if (!isDigit(s.peek())) s.fail(CODE, start, "flags");
  const { value } = parseInteger(s, CODE);
  s.mark("claim-flags", start);
  if (value > 0xffffffffn || (Number(value) & CLAIM_RESERVED_FLAGS) !== 0) {
    s.fail(CODE, start, "32 flag bits without the reserved ones");
  }
  return Number(value);
}

function parseValue(s: Scanner, type: ClaimType, room: number): ClaimValue {
  switch (type) {
    case "int64":
      return parseInt64(s, CODE).value;
    case "uint64":
      return parseUpTo(s, 0xffffffffffffffffn);
    case "boolean":
      return parseUpTo(s, 1n) === 1n;
    case "string":
      return parseString(s, CODE, room);
    case "sid":
      return parseSid(s, sidCodes);
    case "octets":
      return parseOctets(s, room);
  }
}

function parseUpTo(s: Scanner, most: bigint): bigint {
  const start = s.at;
  if (s.peek() === HYPHEN) s.fail(CODE, start, "a number that is not negative");
  const { value } = parseInteger(s, CODE);
  s.mark("integer", start);
  if (value > most) s.fail(CODE, start, `a number up to ${most}`);
  return value;
}

/** With or without "#"; without it, at least one digit. */
function parseOctets(s: Scanner, room: number): Uint8Array {
  const start = s.at;
  if (s.peek() === NUMBER_SIGN) s.at++;
  else if (hexValue(s.peek()) < 0) s.fail(CODE, s.at, "octets");
  const octets = parseOctetDigits(s, room);
  s.mark("octets", start);
  return octets;
}

function valueSize(value: ClaimValue): number {
  if (typeof value === "string") return 2 * value.length + TERMINATOR_SIZE;
  if (value instanceof Uint8Array) return LENGTH_PREFIX_SIZE + value.length;
  if (value instanceof Sid) return LENGTH_PREFIX_SIZE + value.byteLength;
  return INTEGER_SIZE;
}

/**
 * The canonical text, without blanks.
 *
 * @throws FormatError ERR_CLAIM for a name, flags or a value that no text can say; ERR_LIMIT beyond 2,000 values
 */
export function formatClaim(claim: Claim, context?: SidContext): string {
  const { name, type, flags, values } = claim;
  if (values.length > MAX_VALUES) throw new FormatError("ERR_LIMIT", 0, `a claim of more than ${MAX_VALUES} values`);
  if ((flags & CLAIM_RESERVED_FLAGS) !== 0) throw new FormatError(CODE, 0, "a claim with reserved flags");
  let text = `("${formatPrefixedName(name, CODE)}",${wordOfType[type]},0x${flags.toString(16)}`;
  for (const value of values) {
    if (!isClaimValue(type, value)) throw new FormatError(CODE, 0, `a claim value that is not of type ${type}`);
    text += `,${formatValue(value, context)}`;
  }
  return `${text})`;
}

function formatValue(value: ClaimValue, context: SidContext | undefined): string {
  if (typeof value === "string") return formatString(value, CODE);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Uint8Array) return value.length === 0 ? "#" : formatOctetDigits(value);
  return value instanceof Sid ? formatSid(value, context) : value.toString();
}
