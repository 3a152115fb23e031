/**
 * Byte strings → small numbers, equal ones to the same. Knows bytes; does not know what they mean.
 *
 * A seeded hash finds candidates, the bytes themselves decide. Whoever makes hashes collide gains nothing but copies:
 * a look-up gives up after some steps and calls the bytes new.
 */
import { ArgumentError } from "./errors.js";

/** Candidates that one look-up compares. */
const STEPS = 16;
const PAGE = 1 << 20;
const MOST_BYTES = 2 ** 32 - 1;

export class ByteInterner {
  readonly #seed = Math.floor(Math.random() * 0x100000000);
  /** Number + 1 per slot, 0 when free; a power of two of slots, at most half of them taken. */
  #slots = new Uint32Array(1024);
  #hashes = new Uint32Array(512);
  #pages: Uint8Array[] = [];
  /** Per number: page, start and end there. */
  #places: number[] = [];
  #free = 0;
  #total = 0;
  #size = 0;

  /** Distinct byte strings. */
  get size(): number {
    return this.#size;
  }

  /** The number of `bytes`, copied when they are new. @throws ArgumentError ERR_LIMIT beyond 4 GiB in sum */
  intern(bytes: Uint8Array): number {
    const hash = hashOf(bytes, this.#seed);
    const last = this.#slots.length - 1;
    for (let step = 0, slot = hash & last; step < STEPS && this.#slots[slot] !== 0; step++, slot = (slot + 1) & last) {
      const number = this.#slots[slot] - 1;
      if (this.#hashes[number] === hash && same(this.bytesAt(number), bytes)) return number;
    }
    return this.#add(bytes, hash);
  }

  bytesAt(number: number): Uint8Array {
    const at = number * 3;
    return this.#pages[this.#places[at]].subarray(this.#places[at + 1], this.#places[at + 2]);
  }

  #add(bytes: Uint8Array, hash: number): number {
    this.#total += bytes.length;
    if (this.#total > MOST_BYTES) throw new ArgumentError("ERR_LIMIT", [], "descriptors of more than 4 GiB");
    let page = this.#pages.at(-1);
    if (page === undefined || page.length - this.#free < bytes.length) {
      page = new Uint8Array(Math.max(PAGE, bytes.length));
      this.#pages.push(page);
      this.#free = 0;
    }
    page.set(bytes, this.#free);
    this.#places.push(this.#pages.length - 1, this.#free, this.#free + bytes.length);
    this.#free += bytes.length;
    const number = this.#size++;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    this.#place(number);
    return number;
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    const known = this.#hashes.length;
    this.#hashes = hashes;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < known; number++) this.#place(number);
  }

  /** Enters a number, unless its neighbourhood is full: then its bytes will be copied again. */
  #place(number: number): void {
    const last = this.#slots.length - 1;
    for (let step = 0, slot = this.#hashes[number] & last; step < STEPS; step++, slot = (slot + 1) & last) {
      if (this.#slots[slot] !== 0) continue;
      this.#slots[slot] = number + 1;
      return;
    }
  }
}

function hashOf(bytes: Uint8Array, seed: number): number {
  let hash = seed;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    hash ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    hash = Math.imul((hash << 13) | (hash >>> 19), 0x5bd1e995);
  }
  for (; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15) ^ bytes.length, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
