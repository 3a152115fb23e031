/** Descriptors written out by hand, for the tests of src/binary. Offsets in their names count from the first byte. */

import { expect } from "vitest";
import type { Ace } from "../../src/ace.js";
import type { Acl } from "../../src/acl.js";
import { decodeDescriptor } from "../../src/binary/decode.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import { bytesFromHex, bytesToHex } from "../../src/binary/text-encoding.js";
import type { DescriptorParts } from "../../src/descriptor-parts.js";
import { FormatError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

export const hex = (text: string): Uint8Array => bytesFromHex(text.replaceAll(" ", ""));
export const system = Sid.parse("S-1-5-18");
export const everyone = Sid.parse("S-1-1-0");

export const SYSTEM = "01 01 000000000005 12000000";
export const WORLD = "01 01 000000000001 00000000";
export const ALLOW = `00 00 1400 ff011f00 ${WORLD}`;
export const GUID_BYTES = "ba7a96bf e60d d011 a285 00aa003049e2";
export const GUID = "bf967aba-0de6-11d0-a285-00aa003049e2";

export const u16 = (value: number): string => bytesToHex(Uint8Array.of(value, value >>> 8));
/** An ACL around these ACEs, with a true size and the count given. */
export const acl = (revision: number, count: number, ...aces: string[]): string => {
  const body = aces.join("").replaceAll(" ", "");
  return `0${revision} 00 ${u16(8 + body.length / 2)} ${u16(count)} 0000 ${body}`;
};
/** A descriptor whose only part is the DACL at 20. */
export const withDacl = (dacl: string): Uint8Array => hex(`01 00 0480 00000000 00000000 00000000 14000000 ${dacl}`);
export const withAce = (ace: string, revision = 4): Uint8Array => withDacl(acl(revision, 1, ace));
/** Owner at 20, group at 32. */
export const OWNER_AND_GROUP = `01 00 0080 14000000 20000000 00000000 00000000 ${SYSTEM} ${WORLD}`;
export const DACL_AT = 20;
export const ACE_AT = 28;

export const parts = (changes: Partial<DescriptorParts>): DescriptorParts => ({
  owner: null,
  group: null,
  control: 0x8000,
  sbz1: 0,
  dacl: null,
  sacl: null,
  ...changes,
});

export function refusal(action: () => unknown): FormatError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error("was not refused");
}

export const rewritten = (bytes: Uint8Array): Uint8Array => encodeDescriptor(decodeDescriptor(bytes));
export const firstAce = (bytes: Uint8Array): Ace => (decodeDescriptor(bytes).dacl as Acl).aces[0];
