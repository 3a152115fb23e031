/**
 * Security identifiers: the value, and the grammar of `S-1-…` text. formats.md 1, [MS-DTYP] 2.4.2
 *
 * Does not know aliases, names, bytes, or the rest of SDDL; `scanSid` is the one reader of SID text, for both.
 */
import { SID_HEADER_SIZE, SID_MAX_SUB_AUTHORITIES } from "../assembly/shared/security-descriptor.js";
import { ArgumentError } from "./errors.js";

const MAX_AUTHORITY = 0xffffffffffff;
const MAX_SUB_AUTHORITY = 0xffffffff;

/** A security identifier of revision 1. Immutable; two SIDs are equal when all their bytes are. */
export class Sid {
  /** Identifier authority, 0…2^48-1. */
  readonly authority: number;
  /** 0…15 numbers of 32 bits, frozen. Zero of them is possible from bytes only. */
  readonly subAuthorities: readonly number[];
  #text: string | undefined;

  private constructor(authority: number, subAuthorities: readonly number[]) {
    this.authority = authority;
    this.subAuthorities = Object.freeze(subAuthorities);
    Object.freeze(this);
  }

  /** @internal Whether this class made `value`: a proxy of one, or an object of its prototype alone, passes `instanceof`. */
  static is(value: unknown): value is Sid {
    return typeof value === "object" && value !== null && #text in value;
  }

  /**
   * Reads `S-1-…` text: revision 1, authority and 1…15 sub-authorities in decimal or `0x…`. formats.md 1
   *
   * @throws ArgumentError ERR_SID when `text` is anything else; aliases are not read here. `path` goes into the error.
   */
  static parse(text: string, path: readonly (string | number)[] = []): Sid {
    if (typeof text !== "string") throw new ArgumentError("ERR_SID", path, "expected a SID as text");
    const scan = scanSid(text, 0);
    if ("fault" in scan) {
      const what = scan.fault === "range" ? "a number out of range" : "no SID";
      throw new ArgumentError("ERR_SID", path, `${what} at ${scan.position}: ${excerpt(text)}`);
    }
    if (scan.end !== text.length) throw new ArgumentError("ERR_SID", path, `no SID at ${scan.end}: ${excerpt(text)}`);
    return scan.sid;
  }

  /**
   * A SID of its parts; the array is copied.
   *
   * @throws ArgumentError ERR_SID when a part is out of range or there are more than 15 sub-authorities.
   */
  static of(authority: number, subAuthorities: readonly number[]): Sid {
    const copy = [...subAuthorities];
    if (!isIntegerUpTo(authority, MAX_AUTHORITY)) throw new ArgumentError("ERR_SID", ["authority"], "not 0…2^48-1");
    if (copy.length > SID_MAX_SUB_AUTHORITIES) {
      throw new ArgumentError("ERR_SID", ["subAuthorities"], "more than 15 sub-authorities");
    }
    for (let i = 0; i < copy.length; i++) {
      if (!isIntegerUpTo(copy[i], MAX_SUB_AUTHORITY)) {
        throw new ArgumentError("ERR_SID", ["subAuthorities", i], "not 0…2^32-1");
      }
    }
    return new Sid(authority, copy);
  }

  /** @internal Takes over parts already known to be in range. */
  static trusted(authority: number, subAuthorities: number[]): Sid {
    return new Sid(authority, subAuthorities);
  }

  /** Size of the binary form in bytes: 8…68. */
  get byteLength(): number {
    return SID_HEADER_SIZE + 4 * this.subAuthorities.length;
  }

  /** `S-1-5-32-544`. An authority of 2^32 or more is upper-case hexadecimal, unpadded, as Windows prints it. */
  toString(): string {
    if (this.#text === undefined) {
      const authority =
        this.authority > MAX_SUB_AUTHORITY ? `0x${this.authority.toString(16).toUpperCase()}` : String(this.authority);
      this.#text =
        this.subAuthorities.length === 0 ? `S-1-${authority}` : `S-1-${authority}-${this.subAuthorities.join("-")}`;
    }
    return this.#text;
  }

  /** The text form, so that a SID inside a JSON value prints as one. */
  toJSON(): string {
    return this.toString();
  }

  /** Whether all bytes are the same. */
  equals(other: Sid): boolean {
    return this === other || (this.subAuthorities.length === other.subAuthorities.length && this.startsWith(other));
  }

  /** Whether this SID is `domain` itself or lies beneath it. */
  startsWith(domain: Sid): boolean {
    const mine = this.subAuthorities;
    const theirs = domain.subAuthorities;
    if (this.authority !== domain.authority || mine.length < theirs.length) return false;
    for (let i = 0; i < theirs.length; i++) if (mine[i] !== theirs[i]) return false;
    return true;
  }

  /**
   * This SID with one more sub-authority.
   *
   * @throws ArgumentError ERR_SID when there are 15 already, or `rid` is no 32-bit number.
   */
  withRid(rid: number): Sid {
    return Sid.of(this.authority, [...this.subAuthorities, rid]);
  }
}

/** How SDDL reads SID text differently from everywhere else. formats.md 1, 7 */
export interface SidScanOptions {
  /** A run of hex digits ends before a letter followed by `:` (`O:S-1-2-0x2D:` is 0x2, then `D:`). */
  readonly hexEndsBeforeSection?: boolean;
  /** U+0020 may follow each hyphen. */
  readonly blanksAfterHyphens?: boolean;
}

/** What `scanSid` found. `end` is the first unit after the SID; `position` the unit (or number) that cannot be read. */
export type SidScan =
  | { readonly sid: Sid; readonly end: number }
  | { readonly fault: "syntax" | "range"; readonly position: number };

/**
 * sid = ("S" / "s") "-" revision "-" number 1*15("-" number)        number = 1*DIGIT / "0x" 1*HEX
 *
 *   S-1-5-0x20-544)
 *                 ^ end
 *
 * Stops at the first unit that continues no number; the caller judges what follows. Linear, and ends at the
 * sixteenth sub-authority.
 */
export function scanSid(text: string, start: number, options: SidScanOptions = {}): SidScan {
  const first = text.charCodeAt(start);
  if (first !== 0x53 && first !== 0x73) return { fault: "syntax", position: start };
  let at = start + 1;
  const parts: number[] = [];
  for (let index = 0; ; index++) {
    if (text.charCodeAt(at) !== HYPHEN) {
      // At least revision, authority and one sub-authority.
      if (index < 3) return { fault: "syntax", position: at };
      break;
    }
    if (index === SID_MAX_SUB_AUTHORITIES + 2) return { fault: "syntax", position: at };
    at++;
    if (options.blanksAfterHyphens) while (text.charCodeAt(at) === BLANK) at++;
    const isRevision = index === 0;
    const limit = isRevision ? 1 : index === 1 ? MAX_AUTHORITY : MAX_SUB_AUTHORITY;
    const isHex = !isRevision && text.charCodeAt(at) === ZERO && (text.charCodeAt(at + 1) | 0x20) === LOWER_X;
    const digits = isHex ? at + 2 : at;
    const base = isHex ? 16 : 10;
    let value = 0;
    let end = digits;
    for (; end < text.length; end++) {
      const digit = digitValue(text.charCodeAt(end));
      if (digit >= base) break;
      if (isHex && digit >= 10 && options.hexEndsBeforeSection && text.charCodeAt(end + 1) === COLON) break;
      // Exact up to every limit; beyond, rounded or infinite, it stays beyond.
      value = value * base + digit;
    }
    if (end === digits) return { fault: "syntax", position: digits };
    if (isRevision ? value !== 1 : value > limit) return { fault: isRevision ? "syntax" : "range", position: at };
    parts.push(value);
    at = end;
  }
  return { sid: Sid.trusted(parts[1], parts.slice(2)), end: at };
}

const HYPHEN = 0x2d;
const BLANK = 0x20;
const ZERO = 0x30;
const LOWER_X = 0x78;
const COLON = 0x3a;

/** Value of an ASCII hex digit; 99 for every other unit. */
function digitValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x41 && unit <= 0x46) return unit - 0x37;
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x57;
  return 99;
}

function isIntegerUpTo(value: unknown, max: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}

/** No error carries the whole of the caller's text. */
function excerpt(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);
}
