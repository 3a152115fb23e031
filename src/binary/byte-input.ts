/**
 * The door for bytes: whatever the caller hands in is copied once, and nobody's getter, proxy or shared memory is
 * looked at again.
 *
 * Knows types and sizes. Does not know what the bytes mean.
 */

import { ArgumentError, FormatError } from "../errors.js";

const typedArray = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array.prototype) as object;
// The engine's own getters: they read internal slots, so a subclass or a proxy cannot answer for itself.
const typedArrayName = /* @__PURE__ */ getterOf(typedArray, Symbol.toStringTag);
const typedArrayLength = /* @__PURE__ */ getterOf(typedArray, "length");
const typedArrayBuffer = /* @__PURE__ */ getterOf(typedArray, "buffer");
const typedArrayOffset = /* @__PURE__ */ getterOf(typedArray, "byteOffset");
const arrayBufferLength = /* @__PURE__ */ getterOf(ArrayBuffer.prototype, "byteLength");

/**
 * A private copy of `input`, at most `limit` bytes.
 *
 * `input` is a Uint8Array (of any realm, over shared or resizable memory too) or an ArrayBuffer; a detached buffer
 * counts as neither. Throws ArgumentError ERR_ARGUMENT, naming `path`, or FormatError ERR_LIMIT.
 */
export function copyBytes(input: unknown, limit: number, path: readonly (string | number)[] = ["bytes"]): Uint8Array {
  const isView = typedArrayName.call(input) === "Uint8Array";
  const size = isView ? (typedArrayLength.call(input) as number) : sizeOfBuffer(input);
  if (size === undefined) throw new ArgumentError("ERR_ARGUMENT", path, "expected a Uint8Array or an ArrayBuffer");
  refuseBeyond(limit, size);
  let copy: Uint8Array;
  try {
    copy = new Uint8Array(isView ? (input as Uint8Array) : new Uint8Array(input as ArrayBuffer));
  } catch {
    throw new ArgumentError("ERR_ARGUMENT", path, "expected bytes that are still attached");
  }
  refuseBeyond(limit, copy.length);
  return copy;
}

/**
 * A plain view of the caller's own memory, for bytes that are copied piece by piece: read each of them once.
 *
 * Throws ArgumentError ERR_ARGUMENT, naming `path`, for anything but a Uint8Array that is attached.
 */
export function viewBytes(input: unknown, path: readonly (string | number)[]): Uint8Array {
  try {
    if (typedArrayName.call(input) !== "Uint8Array") throw undefined;
    const [buffer, start, length] = [
      typedArrayBuffer.call(input),
      typedArrayOffset.call(input),
      typedArrayLength.call(input),
    ];
    return new Uint8Array(buffer as ArrayBuffer, start as number, length as number);
  } catch {
    throw new ArgumentError("ERR_ARGUMENT", path, "expected an attached Uint8Array");
  }
}

/** A plain view of the first `count` words of a caller's Uint32Array, to be written to. Throws as `viewBytes`. */
export function viewWords(input: unknown, count: number, path: readonly (string | number)[]): Uint32Array {
  try {
    if (typedArrayName.call(input) !== "Uint32Array" || (typedArrayLength.call(input) as number) < count)
      throw undefined;
    return new Uint32Array(typedArrayBuffer.call(input) as ArrayBuffer, typedArrayOffset.call(input) as number, count);
  } catch {
    throw new ArgumentError("ERR_ARGUMENT", path, `expected an attached Uint32Array of at least ${count}`);
  }
}

/** A private copy of a Uint32Array. Throws as `viewBytes`. */
export function copyWords(input: unknown, path: readonly (string | number)[]): Uint32Array {
  try {
    if (typedArrayName.call(input) !== "Uint32Array") throw undefined;
    return new Uint32Array(input as Uint32Array);
  } catch {
    throw new ArgumentError("ERR_ARGUMENT", path, "expected an attached Uint32Array");
  }
}

function refuseBeyond(limit: number, size: number): void {
  if (size > limit) throw new FormatError("ERR_LIMIT", limit, `expected at most ${limit} bytes, found ${size}`);
}

function sizeOfBuffer(input: unknown): number | undefined {
  try {
    return arrayBufferLength.call(input) as number;
  } catch {
    return undefined;
  }
}

function getterOf(holder: object, name: PropertyKey): (this: unknown) => unknown {
  return Object.getOwnPropertyDescriptor(holder, name)?.get as (this: unknown) => unknown;
}
