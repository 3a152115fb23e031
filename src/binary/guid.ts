/**
 * GUIDs as bytes: u32, u16, u16 little-endian, then eight bytes as they are. [MS-DTYP] 2.3.4.2; formats.md 5.
 *
 * Text here is the lower-case `8-4-4-4-12` form of the values; how users may write it is no matter of this room.
 */

/** Size of a GUID in bytes. */
export const GUID_SIZE = 16;

/** Where each byte of the binary form stands in the 32 hexadecimal digits: byte index to pair index. */
const PAIR_OF_BYTE = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const HYPHEN_BEFORE_PAIR = new Set([4, 6, 8, 10]);

/** The 16 bytes of a GUID in text, `bf967aba-0de6-11d0-a285-00aa003049e2`. */
export function encodeGuid(guid: string): Uint8Array {
  const bytes = new Uint8Array(GUID_SIZE);
  writeGuid(bytes, 0, guid);
  return bytes;
}

export function writeGuid(bytes: Uint8Array, at: number, guid: string): void {
  const digits = guid.replaceAll("-", "");
  for (let i = 0; i < GUID_SIZE; i++) {
    const digit = 2 * PAIR_OF_BYTE[i];
    bytes[at + i] = Number.parseInt(digits.slice(digit, digit + 2), 16);
  }
}

/** The GUID at `at`, lower case. */
export function readGuid(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let pair = 0; pair < GUID_SIZE; pair++) {
    if (HYPHEN_BEFORE_PAIR.has(pair)) text += "-";
    // The permutation swaps bytes within their field, so it is its own inverse.
    text += bytes[at + PAIR_OF_BYTE[pair]].toString(16).padStart(2, "0");
  }
  return text;
}
