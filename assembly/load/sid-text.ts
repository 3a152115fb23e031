/**
 * SIDs written as text inside claims of type SID. formats.md 1, 6.3
 *
 * sid = ("S" / "s") "-" revision 2*16("-" number) [NUL]        number = 1*DIGIT / "0x" 1*HEX
 *
 * In ASCII or UTF-16. Does not know claims.
 */
import { readU16, readU8 } from "../memory/reader";
import { SID_HEADER_SIZE, SID_MAX_SIZE, SID_MAX_SUB_AUTHORITIES, SID_REVISION } from "../shared/security-descriptor";

/** Longer text is no SID, whatever its leading zeros. */
const LONGEST_TEXT: usize = 256;
const AUTHORITY_MAX: u64 = 0xffffffffffff;
const SUB_AUTHORITY_MAX: u64 = 0xffffffff;
const HYPHEN: u32 = 0x2d;
/** Value of what is no digit. */
const NO_DIGIT: u32 = 99;
/** No character: the end of the text. */
const END: u32 = 0xffffffff;

/** The SID last read. */
const sid = memory.data(SID_MAX_SIZE, 4);

let cursor: usize = 0;
let stop: usize = 0;
/** Bytes per character: 1 or 2. */
let width: usize = 1;

/** Address of the SID that the `length` bytes of text at `at` spell, until the next call; 0 when they spell none. */
export function sidFromText(at: usize, length: usize): usize {
  cursor = at;
  stop = at + length;
  width = length >= 2 && readU8(at + 1, stop) == 0 ? 2 : 1;
  if (length % width != 0 || length / width > LONGEST_TEXT) return 0;
  if ((next() | 0x20) != 0x73) return 0;
  if (next() != HYPHEN || isHexNumber() || number(SID_REVISION) != SID_REVISION) return 0;
  if (next() != HYPHEN) return 0;
  const authority = number(AUTHORITY_MAX);
  if (authority > AUTHORITY_MAX) return 0;
  let count: u32 = 0;
  while (peek() == HYPHEN) {
    cursor += width;
    const value = number(SUB_AUTHORITY_MAX);
    if (value > SUB_AUTHORITY_MAX || count == SID_MAX_SUB_AUTHORITIES) return 0;
    store<u32>(sid + SID_HEADER_SIZE + 4 * count, <u32>value);
    count += 1;
  }
  if (count == 0) return 0;
  if (cursor != stop && next() != 0) return 0;
  if (cursor != stop) return 0;
  store<u8>(sid, <u8>SID_REVISION);
  store<u8>(sid + 1, <u8>count);
  for (let i: u32 = 0; i < 6; i++) store<u8>(sid + 2 + i, <u8>(authority >> (40 - 8 * i)));
  return sid;
}

/** The character at the cursor. */
function peek(): u32 {
  if (cursor == stop) return END;
  return width == 2 ? readU16(cursor, stop) : readU8(cursor, stop);
}

function next(): u32 {
  const character = peek();
  if (cursor != stop) cursor += width;
  return character;
}

function isHexNumber(): bool {
  if (peek() != 0x30) return false;
  const start = cursor;
  cursor += width;
  const prefixed = (peek() | 0x20) == 0x78;
  cursor = start;
  return prefixed;
}

/** The number at the cursor; more than `limit` when it is too large or none. */
function number(limit: u64): u64 {
  let base: u32 = 10;
  if (isHexNumber()) {
    cursor += 2 * width;
    base = 16;
  }
  if (digit() >= base) return limit + 1;
  let value: u64 = 0;
  for (let d = digit(); d < base; d = digit()) {
    // Once beyond the limit it stays beyond, without growing.
    if (value <= limit) value = value * base + d;
    cursor += width;
  }
  return value;
}

/** Value of the hex digit at the cursor, without moving. */
function digit(): u32 {
  const character = peek();
  if (character - 0x30 < 10) return character - 0x30;
  const letter = (character | 0x20) - 0x61;
  return letter < 6 ? letter + 10 : NO_DIGIT;
}
