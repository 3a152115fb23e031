/**
 * Claims of resource attributes: bytes to value. [MS-DTYP] 2.4.10.1; formats.md 6.3.
 *
 *   u32 name | u16 type | u16 reserved | u32 flags | u32 count | u32 value[count]      offsets from the claim's start
 *
 * Offsets may share or overlap what they point at, so text is cut from one decoding of the whole: reading stays linear.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import {
  CLAIM_COUNT,
  CLAIM_FLAGS,
  CLAIM_NAME,
  CLAIM_RESERVED_FLAGS,
  CLAIM_TYPE,
  CLAIM_VALUES,
} from "../../assembly/shared/claim.js";
import { type Claim, type ClaimType, type ClaimValue, claimTypeOfCode } from "../claim.js";
import { ArgumentError, FormatError } from "../errors.js";
import { Sid } from "../sid.js";
import { readI64, readU16, readU32, readU64, readUtf16 } from "./little-endian.js";
import { readSid } from "./sid.js";

/** Most values of one claim. formats.md 8. */
export const CLAIM_MAX_VALUES = 2000;
/** No SID is longer in text: 15 subauthorities of 10 digits and their hyphens, with room for leading zeros. */
const LONGEST_SID_TEXT = 256;

/**
 * The claim in `bytes`; what follows its last value is padding and not read.
 *
 * Throws FormatError: ERR_CLAIM for what is no claim, ERR_LIMIT for more than 2,000 values. Its offset is counted from
 * `base`, the place of `bytes` in what the caller was given.
 */
export function decodeClaim(bytes: Uint8Array, base = 0): Claim {
  if (bytes.length > ACE_MAX_SIZE) {
    throw new FormatError("ERR_LIMIT", base + ACE_MAX_SIZE, `expected at most ${ACE_MAX_SIZE} bytes of claim`);
  }
  // A copy, because octet values are views of it.
  return new ClaimReader(bytes.slice(), base).claim();
}

class ClaimReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  /** Offset behind the value offsets: nothing may point before it. */
  #contents = CLAIM_VALUES;
  #texts: TextBlock | undefined;

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  claim(): Claim {
    const bytes = this.#bytes;
    if (bytes.length < CLAIM_VALUES) throw this.#malformed(0, "a claim of at least 16 bytes");
    const type = claimTypeOfCode(readU16(bytes, CLAIM_TYPE));
    if (type === undefined) throw this.#malformed(CLAIM_TYPE, "a claim type");
    const flags = readU32(bytes, CLAIM_FLAGS);
    if ((flags & CLAIM_RESERVED_FLAGS) !== 0) throw this.#malformed(CLAIM_FLAGS, "no reserved claim flags");
    const count = readU32(bytes, CLAIM_COUNT);
    if (count > (bytes.length - CLAIM_VALUES) / 4) throw this.#malformed(CLAIM_COUNT, `room for ${count} values`);
    if (count > CLAIM_MAX_VALUES) {
      throw new FormatError("ERR_LIMIT", this.#base + CLAIM_COUNT, `expected at most ${CLAIM_MAX_VALUES} claim values`);
    }
    this.#contents = CLAIM_VALUES + 4 * count;
    const name = this.#text(this.#place(CLAIM_NAME, 0));
    if (name === "") throw this.#malformed(CLAIM_NAME, "a claim name");
    const values: ClaimValue[] = [];
    for (let i = 0; i < count; i++) values.push(this.#value(type, CLAIM_VALUES + 4 * i));
    return Object.freeze({ name, type, flags, values: Object.freeze(values) });
  }

  #value(type: ClaimType, field: number): ClaimValue {
    switch (type) {
      case "int64":
        return readI64(this.#bytes, this.#place(field, 8));
      case "uint64":
        return readU64(this.#bytes, this.#place(field, 8));
      case "boolean":
        return this.#boolean(this.#place(field, 8));
      case "string":
        return this.#text(this.#place(field, 0));
      case "octets":
        return this.#bytes.subarray(...this.#octets(this.#place(field, 4)));
      case "sid":
        return this.#sid(...this.#octets(this.#place(field, 4)));
    }
  }

  #boolean(at: number): boolean {
    const value = readU64(this.#bytes, at);
    if (value > 1n) throw this.#malformed(at, "a boolean of 0 or 1");
    return value === 1n;
  }

  /** A binary SID, or `S-1-…` in ASCII or UTF-16, with or without NUL. */
  #sid(start: number, stop: number): Sid {
    if (this.#bytes[start] === 1) {
      const sid = readSid(this.#bytes, start, stop, "ERR_CLAIM", this.#base);
      if (sid.byteLength !== stop - start) throw this.#malformed(start - 4, "the length of the SID that follows");
      return sid;
    }
    const wide = stop - start >= 2 && this.#bytes[start + 1] === 0;
    const units = wide ? (stop - start) / 2 : stop - start;
    if (!Number.isInteger(units) || units > LONGEST_SID_TEXT) throw this.#malformed(start - 4, "the length of a SID");
    const text = wide
      ? readUtf16(this.#bytes, start, units)
      : String.fromCharCode(...this.#bytes.subarray(start, stop));
    try {
      return Sid.parse(text.endsWith("\0") ? text.slice(0, -1) : text);
    } catch (error) {
      if (error instanceof ArgumentError) throw this.#malformed(start - 4, "a SID, in binary or as S-1-…");
      throw error;
    }
  }

  /** Start and stop of the bytes behind the u32 length at `at`. */
  #octets(at: number): [number, number] {
    const length = readU32(this.#bytes, at);
    const start = at + 4;
    if (length > this.#bytes.length - start) throw this.#malformed(at, `room for ${length} bytes`);
    return [start, start + length];
  }

  #text(at: number): string {
    this.#texts ??= new TextBlock(this.#bytes);
    const text = this.#texts.from(at);
    if (text === undefined) throw this.#malformed(at, "text that ends with NUL");
    return text;
  }

  /** Where the offset in `field` points: behind the offsets, with `size` bytes to read. */
  #place(field: number, size: number): number {
    const at = readU32(this.#bytes, field);
    if (at < this.#contents) throw this.#malformed(field, "an offset behind the claim's header");
    if (at >= this.#bytes.length || this.#bytes.length - at < size)
      throw this.#malformed(field, "an offset inside the claim");
    return at;
  }

  #malformed(at: number, expected: string): FormatError {
    return new FormatError("ERR_CLAIM", this.#base + at, `expected ${expected}`);
  }
}

/** NUL-terminated UTF-16 anywhere in a block of bytes, even and odd places, found without reading the block again. */
class TextBlock {
  /** The block read from byte 0 and from byte 1. */
  readonly #readings: readonly [string, string];
  /** By byte offset: index of the next NUL in the reading of that parity, or -1. */
  readonly #ends: Int32Array;

  constructor(bytes: Uint8Array) {
    this.#readings = [
      readUtf16(bytes, 0, Math.floor(bytes.length / 2)),
      readUtf16(bytes, 1, Math.max(0, Math.floor((bytes.length - 1) / 2))),
    ];
    this.#ends = new Int32Array(bytes.length + 2).fill(-1);
    for (let at = bytes.length - 2; at >= 0; at--) {
      this.#ends[at] = readU16(bytes, at) === 0 ? at >>> 1 : this.#ends[at + 2];
    }
  }

  from(at: number): string | undefined {
    const end = this.#ends[at];
    return end < 0 ? undefined : this.#readings[at % 2].slice(at >>> 1, end);
  }
}
