/**
 * Bytes written as text: hexadecimal and base64. interchange.md, "Descriptor".
 *
 * Strict and linear: no blanks, no `0x`, no missing padding, no stray bits. Does not know what the bytes mean.
 */

import { ArgumentError } from "../errors.js";
import { fromHex, toHex } from "../hex.js";

const BASE64_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Marks a unit that is no digit. */
const NO_DIGIT = 0xff;

const BASE64_VALUES = /* @__PURE__ */ valuesOf(BASE64_DIGITS);

type Path = readonly (string | number)[];

/** Lower-case hexadecimal, two digits a byte. */
export const bytesToHex: (bytes: Uint8Array) => string = toHex;

/** The bytes of hexadecimal text in either case. Throws ArgumentError ERR_ARGUMENT, naming `path`. */
export function bytesFromHex(text: string, path: Path = ["hex"]): Uint8Array {
  const bytes = fromHex(text);
  if (bytes === null) throw new ArgumentError("ERR_ARGUMENT", path, "expected pairs of hexadecimal digits");
  return bytes;
}

/** RFC 4648 section 4, with padding. */
export function bytesToBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    parts.push(BASE64_DIGITS[bits >>> 18] + BASE64_DIGITS[(bits >>> 12) & 63]);
    parts.push(left > 1 ? BASE64_DIGITS[(bits >>> 6) & 63] : "=", left > 2 ? BASE64_DIGITS[bits & 63] : "=");
  }
  return parts.join("");
}

/** The bytes of base64 text: RFC 4648 section 4, padded, unused bits zero. Throws ArgumentError ERR_ARGUMENT, naming `path`. */
export function bytesFromBase64(text: string, path: Path = ["base64"]): Uint8Array {
  if (text.length % 4 !== 0)
    throw new ArgumentError("ERR_ARGUMENT", path, "expected base64 in groups of four, padded with =");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let bits = 0;
    for (let j = i; j < i + 4; j++) {
      const value = j < digits ? digitAt(BASE64_VALUES, text, j) : 0;
      if (value === NO_DIGIT) throw new ArgumentError("ERR_ARGUMENT", path, `expected a base64 digit at ${j}`);
      bits = (bits << 6) | value;
    }
    const held = Math.min(3, bytes.length - at);
    if ((bits & (0xffffff >>> (8 * held))) !== 0 && held < 3) {
      throw new ArgumentError("ERR_ARGUMENT", path, "expected the unused bits of the last base64 digit to be zero");
    }
    for (let j = 0; j < held; j++) bytes[at++] = bits >>> (16 - 8 * j);
  }
  return bytes;
}

function digitAt(values: Uint8Array, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit < values.length ? values[unit] : NO_DIGIT;
}

function valuesOf(digits: string): Uint8Array {
  const values = new Uint8Array(128).fill(NO_DIGIT);
  for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  return values;
}
