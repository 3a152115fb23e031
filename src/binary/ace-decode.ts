/**
 * One ACE: bytes to value. [MS-DTYP] 2.4.4; formats.md 5.
 *
 *   u8 type | u8 flags | u16 size | mask | … | SID | application data
 *
 * Application data is kept as raw bytes: what it says is judged by whoever evaluates or prints it. Knows no ACL.
 */

import {
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
  ACE_COMPOUND_SIDS,
  ACE_FLAGS,
  ACE_HEADER_SIZE,
  ACE_INHERITED_OBJECT_TYPE_PRESENT,
  ACE_KNOWN_MIN_SIZE,
  ACE_MASK,
  ACE_OBJECT_FLAGS,
  ACE_OBJECT_GUIDS,
  ACE_OBJECT_TYPE_PRESENT,
  ACE_SID,
  ACE_SIZE,
  ACE_TYPE,
  LAST_KNOWN_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { SID_HEADER_SIZE } from "../../assembly/shared/security-descriptor.js";
import { Ace, type CompoundAce, isObjectType } from "../ace.js";
import { FormatError } from "../errors.js";
import type { Sid } from "../sid.js";
import { GUID_SIZE, readGuid } from "./guid.js";
import { readU16, readU32 } from "./little-endian.js";
import { readSid } from "./sid.js";

const ANY_OBJECT_FLAGS = ACE_OBJECT_TYPE_PRESENT | ACE_INHERITED_OBJECT_TYPE_PRESENT;

/** The AceSize at `at`, where at least a header is left before `end`. Throws FormatError ERR_DESCRIPTOR. */
export function readAceSize(bytes: Uint8Array, at: number, end: number): number {
  const size = readU16(bytes, at + ACE_SIZE);
  const least = bytes[at + ACE_TYPE] <= LAST_KNOWN_ACE_TYPE ? ACE_KNOWN_MIN_SIZE : ACE_HEADER_SIZE;
  if (size < least || size % 4 !== 0 || size > end - at) {
    throw new FormatError(
      "ERR_DESCRIPTOR",
      at + ACE_SIZE,
      `expected an ACE of at least ${least} bytes that ends inside the ACL, found ${size}`,
    );
  }
  return size;
}

/** The ACE from `at` to `end`, a size that `readAceSize` has judged. Throws FormatError ERR_DESCRIPTOR. */
export function readAce(bytes: Uint8Array, at: number, end: number): Ace {
  const type = bytes[at + ACE_TYPE];
  const flags = bytes[at + ACE_FLAGS];
  if (type > LAST_KNOWN_ACE_TYPE) return unknownAce(type, flags, rest(bytes, at + ACE_HEADER_SIZE, end));
  const mask = readU32(bytes, at + ACE_MASK);
  if (type === ACCESS_ALLOWED_COMPOUND_ACE_TYPE) return compoundAce(bytes, at, end, flags, mask);
  const isObject = isObjectType(type);
  const objectFlags = isObject ? readObjectFlags(bytes, at, end) : 0;
  const guids = at + ACE_OBJECT_GUIDS;
  const hasType = (objectFlags & ACE_OBJECT_TYPE_PRESENT) !== 0;
  const hasInheritedType = (objectFlags & ACE_INHERITED_OBJECT_TYPE_PRESENT) !== 0;
  const sidAt = isObject ? guids + (hasType ? GUID_SIZE : 0) + (hasInheritedType ? GUID_SIZE : 0) : at + ACE_SID;
  const sid = readAceSid(bytes, at, sidAt, end);
  return Ace.trusted({
    type,
    flags,
    mask,
    sid,
    objectFlags,
    objectType: hasType ? readGuid(bytes, guids) : null,
    inheritedObjectType: hasInheritedType ? readGuid(bytes, hasType ? guids + GUID_SIZE : guids) : null,
    compound: null,
    data: rest(bytes, sidAt + sid.byteLength, end),
  });
}

function readObjectFlags(bytes: Uint8Array, at: number, end: number): number {
  const flags = readU32(bytes, at + ACE_OBJECT_FLAGS);
  if (flags > ANY_OBJECT_FLAGS)
    throw new FormatError("ERR_DESCRIPTOR", at + ACE_OBJECT_FLAGS, "expected object flags of at most 3");
  const guids = (flags & ACE_OBJECT_TYPE_PRESENT) + (flags >>> 1);
  if (end - at - ACE_OBJECT_GUIDS < guids * GUID_SIZE) {
    throw new FormatError(
      "ERR_DESCRIPTOR",
      at + ACE_OBJECT_FLAGS,
      "expected room for the GUIDs that the object flags announce",
    );
  }
  return flags;
}

function compoundAce(bytes: Uint8Array, at: number, end: number, flags: number, mask: number): Ace {
  const serverSid = readAceSid(bytes, at, at + ACE_COMPOUND_SIDS, end);
  const clientAt = at + ACE_COMPOUND_SIDS + serverSid.byteLength;
  const sid = readAceSid(bytes, at, clientAt, end);
  const compound: CompoundAce = Object.freeze({
    type: readU16(bytes, at + ACE_MASK + 4),
    reserved: readU16(bytes, at + ACE_MASK + 6),
    serverSid,
  });
  return plainAce(
    ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
    flags,
    mask,
    sid,
    compound,
    rest(bytes, clientAt + sid.byteLength, end),
  );
}

/** The SID at `sidAt` of the ACE at `at`; without room for one, AceSize is at fault. */
function readAceSid(bytes: Uint8Array, at: number, sidAt: number, end: number): Sid {
  if (end - sidAt < SID_HEADER_SIZE) {
    throw new FormatError("ERR_DESCRIPTOR", at + ACE_SIZE, "expected an ACE with room for its SID");
  }
  return readSid(bytes, sidAt, end, "ERR_DESCRIPTOR");
}

function unknownAce(type: number, flags: number, data: Uint8Array | null): Ace {
  return plainAce(type, flags, 0, null, null, data);
}

function plainAce(
  type: number,
  flags: number,
  mask: number,
  sid: Sid | null,
  compound: CompoundAce | null,
  data: Uint8Array | null,
): Ace {
  return Ace.trusted({
    type,
    flags,
    mask,
    sid,
    objectFlags: 0,
    objectType: null,
    inheritedObjectType: null,
    compound,
    data,
  });
}

/** What is left of the ACE, copied; null when nothing is. */
function rest(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  return start === end ? null : bytes.slice(start, end);
}
