/**
 * Little-endian integers and UTF-16 in a byte array, read and written where the caller says.
 *
 * Knows no format and checks no bounds: whoever reads has compared sizes first.
 */

export function readU16(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

export function readU32(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

/** Signed, in two's complement. */
export function readI64(bytes: Uint8Array, at: number): bigint {
  const low = readU32(bytes, at) | 0;
  const high = readU32(bytes, at + 4) | 0;
  // Most integers are small, and 64-bit arithmetic is slow.
  return high === low >> 31 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low >>> 0);
}

export function readU64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(readU32(bytes, at + 4)) << 32n) | BigInt(readU32(bytes, at));
}

export function writeU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
}

export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

/** The low 64 bits; a negative value is written in two's complement. */
export function writeU64(bytes: Uint8Array, at: number, value: bigint): void {
  const bits = BigInt.asUintN(64, value);
  writeU32(bytes, at, Number(bits & 0xffffffffn));
  writeU32(bytes, at + 4, Number(bits >> 32n));
}

/** Fewer arguments than any runtime's limit of a call. */
const UNITS_AT_ONCE = 4096;

/** Text of `units` UTF-16 units, each as it is: a lone surrogate stays one, which TextDecoder would replace. */
export function readUtf16(bytes: Uint8Array, at: number, units: number): string {
  let text = "";
  const chunk: number[] = [];
  for (let i = 0; i < units; i++) {
    chunk.push(readU16(bytes, at + 2 * i));
    if (chunk.length === UNITS_AT_ONCE) {
      text += String.fromCharCode(...chunk);
      chunk.length = 0;
    }
  }
  return text + String.fromCharCode(...chunk);
}

/** Writes `2 * text.length` bytes, no terminator. */
export function writeUtf16(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) writeU16(bytes, at + 2 * i, text.charCodeAt(i));
}

/** `size` rounded up to a multiple of four. */
export function paddedSize(size: number): number {
  return size + ((4 - (size % 4)) % 4);
}
