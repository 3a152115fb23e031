/**
 * CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1 → claim record. [MS-DTYP] 2.4.10.1; formats.md 6.3, access-check.md 11.4
 *
 *   u32 name | u16 type | u16 reserved | u32 flags | u32 count | u32 value[count]      offsets from the claim's start
 *
 * A malformed claim is skipped and no fault of what holds it. One that is well-formed but counts as missing (disabled,
 * without values, with repeated ones) keeps its name and has no values. Does not know whose claim it is.
 */
import { allocate } from "../memory/arena";
import { Value, ValueRef, ValueSet } from "../memory/expressions";
import { endTrial, failAt, failed, fits, readSidSize, readU16, readU32, readU64, readU8 } from "../memory/reader";
import {
  CLAIM_COUNT,
  CLAIM_DISABLED,
  CLAIM_FLAGS,
  CLAIM_NAME,
  CLAIM_RESERVED_FLAGS,
  CLAIM_TYPE,
  CLAIM_TYPE_BOOLEAN,
  CLAIM_TYPE_INT64,
  CLAIM_TYPE_OCTET_STRING,
  CLAIM_TYPE_SID,
  CLAIM_TYPE_STRING,
  CLAIM_TYPE_UINT64,
  CLAIM_VALUE_CASE_SENSITIVE,
  CLAIM_VALUES,
} from "../shared/claim";
import { FALSE, TRUE, UNKNOWN } from "../shared/condition";
import { SID_REVISION } from "../shared/security-descriptor";
import { CLAIM_VALUES_MAX } from "../shared/token";
import { sidFromText } from "./sid-text";
import { internSid } from "./sid-table";
import { holdBytes, internBytes, internFolded, internNumber, internSidValue, internUnsigned, resetValues } from "./values";

/** Header, and a name of one unit and its NUL. */
const SMALLEST_CLAIM: usize = 20;
/** The low half are the flags; the high half is free. */
const FLAGS_MASK: u32 = 0xffff;

/** The claim being read, a copy in the arena. */
let start: usize = 0;
let end: usize = 0;
/** First offset behind the value offsets: nothing may point before it. */
let contents: u32 = 0;

/** Text whose NUL is already found: every place of its parity from here to there ends at the same NUL. */
let textFrom: usize = 0;
let textNul: usize = 0;

/** Empties the tables of values and names; the arena has just been reset. */
export function resetClaims(): void {
  resetValues();
}

/**
 * Most bytes of arena that the claims within `bytes` of input take, their SIDs included: 3 for the copies, 8 / 4 for
 * references and 48 / 4 for values of 4 bytes of offset each. The records fit into what header and name do not use.
 */
export function claimStorage(bytes: usize): usize {
  return 17 * bytes;
}

/** The record of the claim in `from`…`to`; 0 when it is malformed. Leaves the outer reader as it was. */
export function loadClaim(from: usize, to: usize): usize {
  if (failed() || to < from || to - from < SMALLEST_CLAIM) return 0;
  start = holdBytes(from, to - from);
  end = start + (to - from);
  textFrom = end;
  textNul = 0;
  const record = readClaim();
  return endTrial() ? 0 : record;
}

function readClaim(): usize {
  const type = readU16(start + CLAIM_TYPE, end);
  const flags = readU32(start + CLAIM_FLAGS, end) & ~CLAIM_RESERVED_FLAGS;
  if (flags != readU32(start + CLAIM_FLAGS, end)) failAt(start + CLAIM_FLAGS);
  if (!isType(type)) failAt(start + CLAIM_TYPE);
  const count = readU32(start + CLAIM_COUNT, end);
  if (count > CLAIM_VALUES_MAX) failAt(start + CLAIM_COUNT);
  if (!fits(start + CLAIM_VALUES, end, 4 * count)) return 0;
  contents = CLAIM_VALUES + 4 * count;
  const name = place(CLAIM_NAME);
  const nameSize = textSize(name);
  if (nameSize == 0) failAt(start + CLAIM_NAME);
  if (failed()) return 0;

  const record = changetype<ValueSet>(allocate(offsetof<ValueSet>()));
  record.type = type == CLAIM_TYPE_UINT64 ? CLAIM_TYPE_INT64 : type;
  record.flags = flags & FLAGS_MASK;
  record.name = internFolded(name, nameSize);
  record.values = allocate(count * offsetof<ValueRef>());
  const repeats = readValues(record, type, count);
  if (failed()) return 0;
  record.truth = truthOf(record);
  if (repeats || (flags & CLAIM_DISABLED) != 0) record.count = 0;
  return changetype<usize>(record);
}

/** Reads the values; whether one of them repeats. Those behind the first repeated one are judged, and not kept. */
function readValues(record: ValueSet, type: u32, count: u32): bool {
  const exact = (record.flags & CLAIM_VALUE_CASE_SENSITIVE) != 0;
  const mark = <u32>changetype<usize>(record) | u32(exact);
  let repeats = false;
  for (let i: u32 = 0; i < count && !failed(); i++) {
    const ref = changetype<ValueRef>(record.values + record.count * offsetof<ValueRef>());
    readValue(ref, type, place(CLAIM_VALUES + 4 * i), !repeats);
    if (repeats || failed()) continue;
    const value = changetype<Value>(exact ? ref.exact : ref.folded);
    repeats = value.mark == mark;
    value.mark = mark;
    record.count += 1;
  }
  return repeats;
}

/** Judges the value at `at` and, when `keep`, fills in the reference to it. */
function readValue(ref: ValueRef, type: u32, at: usize, keep: bool): void {
  if (type == CLAIM_TYPE_STRING) {
    const size = textSize(at);
    if (failed() || !keep) return;
    ref.exact = internBytes(at, size);
    ref.folded = internFolded(at, size);
    return;
  }
  let value: usize = 0;
  if (type == CLAIM_TYPE_SID) {
    const sid = sidAt(at);
    if (failed() || !keep) return;
    value = internSidValue(internSid(sid));
  } else if (type == CLAIM_TYPE_OCTET_STRING) {
    const size = sizedAt(at);
    if (failed() || !keep) return;
    value = internBytes(at + 4, size);
  } else {
    const bits = readU64(at, end);
    if (type == CLAIM_TYPE_BOOLEAN && bits > 1) failAt(at);
    if (failed() || !keep) return;
    value = type == CLAIM_TYPE_UINT64 ? internUnsigned(bits) : internNumber(bits);
  }
  ref.exact = value;
  ref.folded = value;
}

function isType(type: u32): bool {
  if (type == CLAIM_TYPE_INT64 || type == CLAIM_TYPE_UINT64 || type == CLAIM_TYPE_STRING) return true;
  return type == CLAIM_TYPE_SID || type == CLAIM_TYPE_BOOLEAN || type == CLAIM_TYPE_OCTET_STRING;
}

/** Where the offset in `field` points: behind the offsets, inside the claim. */
function place(field: u32): usize {
  const offset = readU32(start + field, end);
  if (offset < contents || offset >= <u32>(end - start)) failAt(start + field);
  return failed() ? start : start + offset;
}

/** Bytes of the text at `at` before its NUL; a fault when it has none. Linear, however often texts overlap. */
function textSize(at: usize): u32 {
  let cursor = at;
  while (cursor < textFrom || cursor > textNul || ((cursor ^ textNul) & 1) != 0) {
    if (readU16(cursor, end) != 0) {
      cursor += 2;
    } else {
      textFrom = cursor;
      textNul = cursor;
    }
  }
  textFrom = min(at, textFrom);
  return <u32>(textNul - at);
}

/** Length of the bytes behind the u32 length at `at`. */
function sizedAt(at: usize): u32 {
  const size = readU32(at, end);
  return fits(at + 4, end, size) ? size : 0;
}

/** The SID behind the u32 length at `at`, binary or text. */
function sidAt(at: usize): usize {
  const size = sizedAt(at);
  const first = readU8(at + 4, at + 4 + size);
  if (first == SID_REVISION) {
    if (readSidSize(at + 4, at + 4 + size) != size) failAt(at);
    return at + 4;
  }
  const sid: usize = failed() ? 0 : sidFromText(at + 4, size);
  if (sid == 0) failAt(at);
  return sid;
}

/** A claim read as a truth value. access-check.md 11.3 */
function truthOf(record: ValueSet): u32 {
  if (record.type == CLAIM_TYPE_SID || record.type == CLAIM_TYPE_OCTET_STRING) return UNKNOWN;
  for (let i: u32 = 0; i < record.count; i++) {
    const value = changetype<Value>(changetype<ValueRef>(record.values + i * offsetof<ValueRef>()).exact);
    if (record.type == CLAIM_TYPE_STRING ? value.size != 0 : value.bits != 0) return TRUE;
  }
  return FALSE;
}
