/**
 * The text in a file: UTF-16LE as icacls and regedit save it, or UTF-8, with or without a byte order mark.
 *
 * Strict: bytes that are no text of either are no text, since a replaced character could change a condition.
 */

export interface DecodedText {
  readonly text: string;
  /** The byte where the unit at `at` begins. */
  positionOf(at: number): number;
}

const UTF16_MARK = 2;
const UTF8_MARK = 3;
/** How far to look for the zero bytes of UTF-16 without a mark. */
const SAMPLE = 256;

/** null for bytes that are neither. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const hasUtf16Mark = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (hasUtf16Mark || looksLikeUtf16(bytes)) {
    const from = hasUtf16Mark ? UTF16_MARK : 0;
    const text = decode("utf-16le", bytes.subarray(from));
    return text === null ? null : { text, positionOf: (at) => from + 2 * at };
  }
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? UTF8_MARK : 0;
  const text = decode("utf-8", bytes.subarray(from));
  return text === null ? null : { text, positionOf: (at) => from + new TextEncoder().encode(text.slice(0, at)).length };
}

/** Latin letters and line ends of UTF-16LE have a zero behind each; no text of UTF-8 has any. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return false;
  let zeros = 0;
  const size = Math.min(bytes.length, SAMPLE);
  for (let i = 1; i < size; i += 2) if (bytes[i] === 0 && bytes[i - 1] !== 0) zeros++;
  return zeros * 4 > size;
}

function decode(encoding: "utf-8" | "utf-16le", bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
