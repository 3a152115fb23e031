/**
 * Bytes written as hexadecimal or base64, the way people paste them: with blanks, commas, `0x`, line ends.
 *
 * Sizes are counted before anything is allocated. Does not know what the bytes mean.
 */
import { SD_MAX_SIZE } from "../../assembly/shared/security-descriptor.js";
import { bytesFromBase64 } from "../binary/text-encoding.js";
import { ArgumentError } from "../errors.js";
import { CarrierFault, type CarrierName } from "./carrier-error.js";
import { GatheredText, type Line } from "./gathered-text.js";

/** Bytes, and where in the text each of them stood. */
export interface BytesInText {
  readonly bytes: Uint8Array;
  positionOf(offset: number): number;
}

/** Between bytes: blanks, line ends, commas, the hyphens and colons of other tools, the `\` of .reg files. */
const HEX_TEXT = /^[0-9A-Fa-fxX\s,:\\-]*$/;
const BASE64_TEXT = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;
/** Every descriptor begins with its revision, 1. */
const HEX_START = /^\s*(?:0x0?|0)1/i;
const BASE64_START = /^\s*A\s*Q/;

/** Whether the whole text is hexadecimal digits and what stands between them, and begins as a descriptor does. */
export function looksLikeHex(text: string): boolean {
  return HEX_START.test(text) && HEX_TEXT.test(text);
}

/** Whether the whole text is base64 and blanks, and begins as a descriptor does. */
export function looksLikeBase64(text: string): boolean {
  return BASE64_START.test(text) && BASE64_TEXT.test(text);
}

/**
 * Pairs of hexadecimal digits; `0x` may stand before any byte, and then one digit is enough.
 *
 * @throws CarrierFault ERR_ARGUMENT at what is no byte, ERR_LIMIT beyond 1 MiB
 */
export function bytesOfHex(pieces: readonly Line[], carrier: CarrierName, entry: string | null): BytesInText {
  const gathered = new GatheredText(pieces);
  const { text } = gathered;
  const fail = (offset: number, message: string): never => {
    throw new CarrierFault("ERR_ARGUMENT", gathered.positionOf(offset), message, { carrier, entry });
  };
  const runs = /(0x)?([0-9A-Fa-f]+)|[\s,:\\-]+/giy;
  const found: { readonly digits: string; readonly at: number }[] = [];
  let size = 0;
  while (runs.lastIndex < text.length) {
    const at = runs.lastIndex;
    const run = runs.exec(text);
    if (run === null) return fail(at, "expected bytes in hexadecimal");
    const [, prefix, digits] = run;
    if (digits === undefined) continue;
    const isSingle = digits.length === 1 && prefix !== undefined;
    if (digits.length % 2 !== 0 && !isSingle) fail(at, "expected two hexadecimal digits a byte");
    size += (digits.length + 1) >> 1;
    if (size > SD_MAX_SIZE) throw beyondLimit(gathered.positionOf(at), carrier, entry);
    found.push({ digits: isSingle ? `0${digits}` : digits, at: at + (prefix?.length ?? 0) });
  }
  const bytes = new Uint8Array(size);
  const places = new Uint32Array(size);
  let next = 0;
  for (const { digits, at } of found) {
    for (let i = 0; i < digits.length; i += 2) {
      places[next] = at + i;
      bytes[next++] = Number.parseInt(digits.slice(i, i + 2), 16);
    }
  }
  const end = text.length;
  return { bytes, positionOf: (offset) => gathered.positionOf(offset < size ? places[offset] : end) };
}

/**
 * RFC 4648 base64 with padding, blanks anywhere.
 *
 * @throws CarrierFault ERR_ARGUMENT at its beginning when it is no base64, ERR_LIMIT beyond 1 MiB
 */
export function bytesOfBase64(pieces: readonly Line[], carrier: CarrierName, entry: string | null): BytesInText {
  const gathered = new GatheredText(pieces);
  const start = gathered.positionOf(0);
  const digits = gathered.text.replace(/\s+/g, "");
  if ((digits.length >> 2) * 3 - 2 > SD_MAX_SIZE) throw beyondLimit(start, carrier, entry);
  try {
    const bytes = bytesFromBase64(digits);
    return { bytes, positionOf: (offset) => gathered.positionOf(placeOfDigit(gathered.text, (offset * 4) / 3)) };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new CarrierFault(error.code, start, error.message, { carrier, entry, cause: error });
  }
}

/** Where the digit with this number, blanks not counted, stands. */
function placeOfDigit(text: string, digit: number): number {
  let left = Math.floor(digit);
  for (const { index } of text.matchAll(/\S/g)) if (left-- === 0) return index;
  return text.length;
}

function beyondLimit(at: number, carrier: CarrierName, entry: string | null): CarrierFault {
  return new CarrierFault("ERR_LIMIT", at, `expected at most ${SD_MAX_SIZE} bytes`, { carrier, entry });
}
