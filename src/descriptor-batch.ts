/**
 * Descriptors on their way to a scan: copied one behind the other into one buffer, which is used again and again.
 *
 * Knows lengths. Does not know what the bytes mean, nor who asks.
 */
import { SD_MAX_SIZE } from "../assembly/shared/security-descriptor.js";
import { viewBytes } from "./binary/byte-input.js";
import { bytesOf, SecurityDescriptor } from "./security-descriptor.js";

/** Most descriptors of a batch. Their bytes are at most SD_MAX_SIZE: what the largest one takes. */
const MOST = 1024;

/** The bytes of a member of a stream. @throws ArgumentError ERR_ARGUMENT for what is neither; FormatError ERR_LIMIT */
export function memberBytes(member: unknown, path: readonly (string | number)[]): Uint8Array {
  return SecurityDescriptor.is(member) ? bytesOf(member) : viewBytes(member, path);
}

export class DescriptorBatch {
  readonly bytes = new Uint8Array(SD_MAX_SIZE);
  readonly #fences = new Uint32Array(MOST + 1);
  readonly #oversized = new Set<number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get full(): boolean {
    return this.#size === MOST;
  }

  /** Where descriptor `i` starts, and one more. */
  get fences(): Uint32Array {
    return this.#fences.subarray(0, this.#size + 1);
  }

  /** Bytes beyond the limit take no room: they are never looked at. */
  hasRoom(bytes: Uint8Array): boolean {
    return bytes.length > SD_MAX_SIZE || this.#fences[this.#size] + bytes.length <= SD_MAX_SIZE;
  }

  /** Copies `bytes`, for which there is room. */
  add(bytes: Uint8Array): void {
    const start = this.#fences[this.#size];
    if (bytes.length > SD_MAX_SIZE) this.#oversized.add(this.#size);
    else this.bytes.set(bytes, start);
    this.#size++;
    this.#fences[this.#size] = start + (bytes.length > SD_MAX_SIZE ? 0 : bytes.length);
  }

  /** Where descriptor `index` is wrong, from its own start; `offset` is where the scan found the fault. */
  faultWithin(index: number, offset: number): number {
    return this.#oversized.has(index) ? SD_MAX_SIZE : offset - this.#fences[index];
  }

  clear(): void {
    this.#size = 0;
    this.#oversized.clear();
  }
}
