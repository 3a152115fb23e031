/**
 * Conditional expression: bytes → program. [MS-DTYP] 2.4.4.17; formats.md 6.1
 *
 *   "artx" | token | token | … | 0 to 3 zero bytes
 *
 * Reads the encoding: bounds, counts, literals. Whether operators find their operands is proved in condition-proof.ts.
 * Does not know who asks.
 */
import { allocate } from "../memory/arena";
import { Program, SET_COMPOSITE, SET_LITERAL, Term, TYPE_MIXED, TYPE_NONE, ValueRef, ValueSet } from "../memory/expressions";
import { endTrial, failAt, failed, fits, readSidSize, readU16, readU32, readU64, readU8 } from "../memory/reader";
import { CLAIM_TYPE_INT64, CLAIM_TYPE_OCTET_STRING, CLAIM_TYPE_SID, CLAIM_TYPE_STRING } from "../shared/claim";
import {
  BASE_HEXADECIMAL,
  BASE_OCTAL,
  CONDITION_MAX_TOKENS,
  CONDITION_SIGNATURE,
  SIGN_NONE,
  SIGN_PLUS,
  TOKEN_AND,
  TOKEN_COMPOSITE,
  TOKEN_DEVICE_ATTRIBUTE,
  TOKEN_EQUAL,
  TOKEN_INT64,
  TOKEN_INT8,
  TOKEN_LOCAL_ATTRIBUTE,
  TOKEN_NOT,
  TOKEN_NOT_DEVICE_MEMBER_OF_ANY,
  TOKEN_OCTETS,
  TOKEN_PADDING,
  TOKEN_SID,
  TOKEN_UNICODE,
} from "../shared/condition";
import { findFault } from "./condition-proof";
import { internSid } from "./sid-table";
import { holdBytes, internBytes, internFolded, internNumber, internSidValue } from "./values";

const SIGNATURE_SIZE: u32 = 4;
/** Code and u32 length. */
const PREFIX_SIZE: usize = 5;
/** Code, i64 value, u8 sign, u8 base. */
const INTEGER_SIZE: usize = 11;
const LONGEST_PADDING: usize = 3;

/** Tokens of the expression, and members of the composite, being read: Term and ValueRef of 8 bytes each. */
const terms = memory.data(0x8000, 8);
const members = memory.data(0x8000, 8);
if (CONDITION_MAX_TOKENS * offsetof<Term>() != 0x8000) ERROR("room for CONDITION_MAX_TOKENS terms");
if (CONDITION_MAX_TOKENS * offsetof<ValueRef>() != 0x8000) ERROR("room for CONDITION_MAX_TOKENS members");

/** Next byte to read, in the copy of the expression. */
let cursor: usize = 0;
/** Size of the contents that `span` stepped over. */
let spanSize: u32 = 0;

/**
 * Most bytes of arena that the expressions within `bytes` of input take, their SIDs included: 3 for the copies and,
 * at worst, 13 for tokens (a text of one unit: 7 bytes become 88). The program fits into what the signature does not use.
 */
export function conditionStorage(bytes: usize): usize {
  return 16 * bytes;
}

/**
 * The program of the application data at `at`, of `length` bytes inside the input; 0 when that is no expression or
 * malformed. Leaves the outer reader as it was.
 */
export function loadCondition(at: usize, length: u32): usize {
  if (failed() || length < SIGNATURE_SIZE || readU32(at, at + length) != CONDITION_SIGNATURE) return 0;
  cursor = holdBytes(at + SIGNATURE_SIZE, length - SIGNATURE_SIZE);
  const count = readTerms(cursor + length - SIGNATURE_SIZE);
  if (endTrial()) return 0;
  const program = changetype<Program>(allocate(offsetof<Program>()));
  program.count = count;
  program.terms = allocate(count * offsetof<Term>());
  memory.copy(program.terms, terms, count * offsetof<Term>());
  program.faultAt = findFault(program);
  return changetype<usize>(program);
}

/** Reads tokens up to `end` into `terms`; how many. */
function readTerms(end: usize): u32 {
  let count: u32 = 0;
  while (cursor < end && !failed()) {
    const code = readU8(cursor, end);
    if (code == TOKEN_PADDING) {
      readPadding(end);
      break;
    }
    if (count == CONDITION_MAX_TOKENS) {
      failAt(cursor);
      break;
    }
    const term = changetype<Term>(terms + count * offsetof<Term>());
    term.code = code;
    term.operand = readOperand(code, end);
    count += 1;
  }
  return count;
}

function readPadding(end: usize): void {
  if (end - cursor > LONGEST_PADDING) failAt(cursor);
  for (; cursor < end; cursor += 1) {
    if (readU8(cursor, end) != TOKEN_PADDING) failAt(cursor);
  }
}

/** What the token at the cursor operates with: see Term.operand. */
function readOperand(code: u32, end: usize): usize {
  if ((code >= TOKEN_EQUAL && code <= TOKEN_NOT_DEVICE_MEMBER_OF_ANY) || (code >= TOKEN_AND && code <= TOKEN_NOT)) {
    cursor += 1;
    return 0;
  }
  if (code >= TOKEN_LOCAL_ATTRIBUTE && code <= TOKEN_DEVICE_ATTRIBUTE) {
    const name = text(end);
    if (spanSize == 0) failAt(name);
    return failed() ? 0 : internFolded(name, spanSize);
  }
  if (code == TOKEN_COMPOSITE) return readComposite(end);
  const type = readLiteral(changetype<ValueRef>(members), end);
  return failed() ? 0 : keepSet(type, SET_LITERAL, 1);
}

function readComposite(end: usize): usize {
  const stop = span(end) + spanSize;
  cursor = stop - spanSize;
  let type = TYPE_NONE;
  let count: u32 = 0;
  while (cursor < stop && !failed()) {
    if (count == CONDITION_MAX_TOKENS) {
      failAt(cursor);
      break;
    }
    const memberType = readLiteral(changetype<ValueRef>(members + count * offsetof<ValueRef>()), stop);
    type = count == 0 || memberType == type ? memberType : TYPE_MIXED;
    count += 1;
  }
  return failed() ? 0 : keepSet(type, SET_LITERAL | SET_COMPOSITE, count);
}

/** The record of the first `count` members. */
function keepSet(type: u32, flags: u32, count: u32): usize {
  const set = changetype<ValueSet>(allocate(offsetof<ValueSet>()));
  set.type = type;
  set.flags = flags;
  set.count = count;
  set.values = allocate(count * offsetof<ValueRef>());
  memory.copy(set.values, members, count * offsetof<ValueRef>());
  return changetype<usize>(set);
}

/** Reads the literal at the cursor, no composite, into `ref`; its CLAIM_TYPE_…. */
function readLiteral(ref: ValueRef, end: usize): u32 {
  const code = readU8(cursor, end);
  if (code == TOKEN_UNICODE) {
    const at = text(end);
    if (failed()) return TYPE_NONE;
    ref.exact = internBytes(at, spanSize);
    ref.folded = internFolded(at, spanSize);
    return CLAIM_TYPE_STRING;
  }
  let value: usize = 0;
  let type = CLAIM_TYPE_INT64;
  if (code >= TOKEN_INT8 && code <= TOKEN_INT64) {
    const bits = readInteger(code, end);
    if (!failed()) value = internNumber(bits);
  } else if (code == TOKEN_SID) {
    type = CLAIM_TYPE_SID;
    const at = span(end);
    if (readSidSize(at, at + spanSize) != spanSize) failAt(at);
    if (!failed()) value = internSidValue(internSid(at));
  } else if (code == TOKEN_OCTETS) {
    type = CLAIM_TYPE_OCTET_STRING;
    const at = span(end);
    if (!failed()) value = internBytes(at, spanSize);
  } else {
    failAt(cursor);
  }
  ref.exact = value;
  ref.folded = value;
  return type;
}

/** The value of the integer token at the cursor, which must fit the width of its code. */
function readInteger(code: u32, end: usize): u64 {
  const at = cursor;
  const value = <i64>readU64(at + 1, end);
  const unused: i64 = 64 - (8 << (code - TOKEN_INT8));
  if (((value << unused) >> unused) != value) failAt(at + 1);
  const sign = readU8(at + 9, end);
  const base = readU8(at + 10, end);
  if (sign < SIGN_PLUS || sign > SIGN_NONE) failAt(at + 9);
  if (base < BASE_OCTAL || base > BASE_HEXADECIMAL) failAt(at + 10);
  cursor = at + INTEGER_SIZE;
  return <u64>value;
}

/** As `span`, of UTF-16 without NUL. */
function text(end: usize): usize {
  const at = span(end);
  if ((spanSize & 1) != 0) failAt(at);
  for (let i: u32 = 0; i < spanSize && !failed(); i += 2) {
    if (readU16(at + i, end) == 0) failAt(at + i);
  }
  return at;
}

/** Steps over code, u32 length and that many bytes; where the bytes start. */
function span(end: usize): usize {
  const at = cursor + PREFIX_SIZE;
  const size = readU32(cursor + 1, end);
  spanSize = fits(at, end, size) ? size : 0;
  cursor = at + spanSize;
  return at;
}
