/**
 * Many descriptors prepared for checks: each distinct one once, and who is which. Immutable.
 *
 * Descriptors are equal when their bytes are, so equal ones always get the same verdict. Does not know the engine, nor
 * what the bytes mean: they are judged when an engine first reads them.
 */
import { checkedOffsets } from "./batch-input.js";
import { viewBytes } from "./binary/byte-input.js";
import { ByteInterner } from "./byte-interner.js";
import { ArgumentError } from "./errors.js";
import { bytesOf, SecurityDescriptor } from "./security-descriptor.js";

/** What a set is to the engine. @internal */
export interface DescriptorSetParts {
  /** The bytes of distinct descriptor `number`, not to be changed. */
  bytesAt(number: number): Uint8Array;
  /** For each descriptor of the set, the number of the distinct one; null when all are distinct. */
  readonly numbers: Uint32Array | null;
}

export class DescriptorSet {
  /** Where the engine remembers the compiled records. Private: no other set's can be put in its place. */
  #residency: unknown = undefined;
  readonly #size: number;
  readonly #distinct: number;
  readonly #parts: DescriptorSetParts;

  private constructor(interner: ByteInterner, numbers: Uint32Array) {
    this.#size = numbers.length;
    this.#distinct = interner.size;
    this.#parts = {
      bytesAt: (number) => interner.bytesAt(number),
      numbers: interner.size === numbers.length ? null : numbers,
    };
  }

  /** Descriptors, repeated ones as often as they were given. */
  get size(): number {
    return this.#size;
  }

  /** Distinct ones. */
  get distinct(): number {
    return this.#distinct;
  }

  /** @internal Whether this class made `value`: a proxy of one, or an object of its prototype alone, passes `instanceof`. */
  static is(value: unknown): value is DescriptorSet {
    return typeof value === "object" && value !== null && #parts in value;
  }

  /**
   * A set of these, in their order.
   *
   * @throws ArgumentError ERR_ARGUMENT for what is no SecurityDescriptor, with its place; ERR_LIMIT beyond 4 GiB
   */
  static of(descriptors: Iterable<SecurityDescriptor>): DescriptorSet {
    if (typeof descriptors !== "object" || descriptors === null || !(Symbol.iterator in descriptors)) {
      throw new ArgumentError("ERR_ARGUMENT", [], "expected a list of descriptors");
    }
    const interner = new ByteInterner();
    const known = new Map<SecurityDescriptor, number>();
    const numbers: number[] = [];
    for (const descriptor of descriptors) {
      let number = known.get(descriptor);
      if (number === undefined) {
        if (!SecurityDescriptor.is(descriptor)) {
          throw new ArgumentError("ERR_ARGUMENT", [numbers.length], "expected a SecurityDescriptor");
        }
        number = interner.intern(bytesOf(descriptor));
        known.set(descriptor, number);
      }
      numbers.push(number);
    }
    return new DescriptorSet(interner, Uint32Array.from(numbers));
  }

  /**
   * A set of self-relative descriptors that lie one behind the other: number `i` from `offsets[i]` to `offsets[i + 1]`,
   * so there is one offset more than descriptors. The bytes are copied, repeated ones once; a check that meets bytes which
   * are no descriptor throws FormatError.
   *
   * @throws ArgumentError ERR_ARGUMENT for offsets that descend or leave `bytes`, or lie more than 1 MiB apart
   */
  static fromBytes(bytes: Uint8Array, offsets: Uint32Array): DescriptorSet {
    const view = viewBytes(bytes, ["bytes"]);
    const fences = checkedOffsets(offsets, view.length);
    const interner = new ByteInterner();
    const numbers = new Uint32Array(fences.length - 1);
    for (let i = 0; i < numbers.length; i++) numbers[i] = interner.intern(view.slice(fences[i], fences[i + 1]));
    return new DescriptorSet(interner, numbers);
  }

  /** @internal What the engine reads of a set. */
  static partsOf(set: DescriptorSet): DescriptorSetParts {
    return set.#parts;
  }

  /** @internal What `keepResidency` was given last. For wasm/set-residency alone. */
  static residencyOf(set: DescriptorSet): unknown {
    return set.#residency;
  }

  /** @internal */
  static keepResidency(set: DescriptorSet, residency: unknown): void {
    set.#residency = residency;
  }
}
