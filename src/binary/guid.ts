/**
 * GUIDs as bytes: u32, u16, u16 little-endian, then eight bytes as they are. [MS-DTYP] 2.3.4.2; formats.md 5.
 *
 * Text here is the lower-case `8-4-4-4-12` form of the values; how users may write it is no matter of this room.
 */

import { toHex } from "../hex.js";
import { readU16, readU32, writeU16, writeU32 } from "./little-endian.js";

/** Size of a GUID in bytes. */
export const GUID_SIZE = 16;

/** The 16 bytes of a GUID in text, `bf967aba-0de6-11d0-a285-00aa003049e2`. */
export function encodeGuid(guid: string): Uint8Array {
  const bytes = new Uint8Array(GUID_SIZE);
  writeGuid(bytes, 0, guid);
  return bytes;
}

export function writeGuid(bytes: Uint8Array, at: number, guid: string): void {
  writeU32(bytes, at, fieldOf(guid, 0, 8));
  writeU16(bytes, at + 4, fieldOf(guid, 9, 13));
  writeU16(bytes, at + 6, fieldOf(guid, 14, 18));
  // The last eight bytes stand as they are written, whatever the hyphen between them.
  for (let i = 0, digit = 19; i < 8; i++, digit += i === 2 ? 3 : 2) {
    bytes[at + 8 + i] = fieldOf(guid, digit, digit + 2);
  }
}

function fieldOf(guid: string, from: number, to: number): number {
  return Number.parseInt(guid.slice(from, to), 16);
}

/** The GUID at `at`, lower case. */
export function readGuid(bytes: Uint8Array, at: number): string {
  const first = hexOf(readU32(bytes, at), 8);
  const middle = `${hexOf(readU16(bytes, at + 4), 4)}-${hexOf(readU16(bytes, at + 6), 4)}`;
  const rest = toHex(bytes.subarray(at + 8, at + GUID_SIZE));
  return `${first}-${middle}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}

function hexOf(field: number, digits: number): string {
  return field.toString(16).padStart(digits, "0");
}
