/**
 * The memory that batches read and write: the caller's typed arrays, judged before anything touches them.
 *
 * Knows lengths. Does not know what the bytes mean.
 */
import { SD_MAX_SIZE } from "../assembly/shared/security-descriptor.js";
import { copyWords, viewBytes, viewWords } from "./binary/byte-input.js";
import { ArgumentError } from "./errors.js";

/** Where `count` masks go. @throws ArgumentError ERR_ARGUMENT */
export function masksFor(into: unknown, count: number): Uint32Array {
  return into === undefined ? new Uint32Array(count) : viewWords(into, count, ["into"]);
}

/** As `masksFor`, beside `bytes` that are still to be read. @throws ArgumentError ERR_ARGUMENT */
export function masksBeside(into: unknown, count: number, bytes: Uint8Array): Uint32Array {
  const masks = masksFor(into, count);
  const apart =
    masks.buffer !== bytes.buffer ||
    masks.byteOffset >= bytes.byteOffset + bytes.length ||
    bytes.byteOffset >= masks.byteOffset + masks.byteLength;
  if (!apart) throw new ArgumentError("ERR_ARGUMENT", ["into"], "expected memory apart from the bytes");
  return masks;
}

/** A view of `bytes` and a private copy of the offsets between its descriptors. @throws ArgumentError ERR_ARGUMENT */
export function checkedBytes(
  bytes: unknown,
  offsets: unknown,
): { readonly view: Uint8Array; readonly fences: Uint32Array } {
  const view = viewBytes(bytes, ["bytes"]);
  return { view, fences: checkedOffsets(offsets, view.length) };
}

/** A private copy of offsets that ascend within `length` bytes. @throws ArgumentError ERR_ARGUMENT */
export function checkedOffsets(offsets: unknown, length: number): Uint32Array {
  const copy = copyWords(offsets, ["offsets"]);
  if (copy.length === 0)
    throw new ArgumentError("ERR_ARGUMENT", ["offsets"], "expected one offset more than descriptors");
  for (let i = 1; i < copy.length; i++) {
    const size = copy[i] - copy[i - 1];
    if (size < 0 || size > SD_MAX_SIZE) {
      throw new ArgumentError("ERR_ARGUMENT", ["offsets", i], "expected offsets that ascend by at most 1 MiB");
    }
  }
  if (copy[copy.length - 1] > length) {
    throw new ArgumentError("ERR_ARGUMENT", ["offsets", copy.length - 1], "expected offsets within the bytes");
  }
  return copy;
}
