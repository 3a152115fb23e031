/**
 * SIDs as bytes. [MS-DTYP] 2.4.2.2; formats.md 1.
 *
 *   u8 revision=1 | u8 count | u8[6] authority, big-endian | u32[count]
 *
 * Knows no text and no alias.
 */

import { SID_HEADER_SIZE, SID_MAX_SUB_AUTHORITIES, SID_REVISION } from "../../assembly/shared/security-descriptor.js";
import { type ErrorCode, FormatError } from "../errors.js";
import { Sid } from "../sid.js";
import { readU32, writeU32 } from "./little-endian.js";

/** The bytes of `sid`: 8 to 68. */
export function encodeSid(sid: Sid): Uint8Array {
  const bytes = new Uint8Array(sid.byteLength);
  writeSid(bytes, 0, sid);
  return bytes;
}

/** The SID that `bytes` hold, all of them. Throws FormatError ERR_DESCRIPTOR. */
export function decodeSid(bytes: Uint8Array): Sid {
  const sid = readSid(bytes, 0, bytes.length, "ERR_DESCRIPTOR");
  if (sid.byteLength !== bytes.length) {
    throw new FormatError("ERR_DESCRIPTOR", sid.byteLength, "expected the SID to end the bytes");
  }
  return sid;
}

/** The SID at `at`, which must end at or before `end`. Throws FormatError with `code` and the offset in `bytes`, plus `base`. */
export function readSid(bytes: Uint8Array, at: number, end: number, code: ErrorCode, base = 0): Sid {
  if (end - at < SID_HEADER_SIZE) throw new FormatError(code, base + at, "expected room for a SID");
  if (bytes[at] !== SID_REVISION) throw new FormatError(code, base + at, "expected SID revision 1");
  const count = bytes[at + 1];
  if (count > SID_MAX_SUB_AUTHORITIES) throw new FormatError(code, base + at + 1, "expected at most 15 subauthorities");
  if (end - at - SID_HEADER_SIZE < 4 * count) {
    throw new FormatError(code, base + at + 1, `expected room for ${count} subauthorities`);
  }
  let authority = 0;
  for (let i = 2; i < SID_HEADER_SIZE; i++) authority = authority * 256 + bytes[at + i];
  const subAuthorities: number[] = [];
  for (let i = 0; i < count; i++) subAuthorities.push(readU32(bytes, at + SID_HEADER_SIZE + 4 * i));
  return Sid.trusted(authority, subAuthorities);
}

/** Writes `sid` at `at` and returns where it ends. */
export function writeSid(bytes: Uint8Array, at: number, sid: Sid): number {
  bytes[at] = SID_REVISION;
  bytes[at + 1] = sid.subAuthorities.length;
  let authority = sid.authority;
  for (let i = SID_HEADER_SIZE - 1; i >= 2; i--) {
    bytes[at + i] = authority % 256;
    authority = Math.floor(authority / 256);
  }
  let end = at + SID_HEADER_SIZE;
  for (const sub of sid.subAuthorities) {
    writeU32(bytes, end, sub);
    end += 4;
  }
  return end;
}
