/** Laws of the two readers of bytes: the kernel and `decodeDescriptor` accept the same bytes; both ways lead back. formats.md 3 to 5 */

import fc from "fast-check";
import { describe, expect } from "vitest";
import { decodeDescriptor } from "../../src/binary/decode.js";
import { Engine, FormatError, SecurityDescriptor } from "../../src/index.js";
import { descriptorIn, EVERYTHING, request, scene, token } from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();

/** null: taken; else the offset of the fault. */
function decoded(bytes: Uint8Array): number | null {
  try {
    decodeDescriptor(bytes);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as FormatError).offset;
  }
}

const bytes = scene(EVERYTHING).map((where) => descriptorIn(where).toBytes());
/** A change of one place: a byte, or the little-endian 16 or 32 bits that counts and offsets are. */
const change = fc.record({
  at: fc.nat(),
  width: fc.constantFrom(1, 2, 4),
  value: fc.oneof(
    fc.nat(64),
    fc.constantFrom(0xff, 0xffff, 0xfffc, 0xffffffff, 0x7fffffff, 0x80000000, 0x10000),
    fc.nat(),
  ),
});

function changed(original: Uint8Array, changes: readonly { at: number; width: number; value: number }[]): Uint8Array {
  const copy = original.slice();
  for (const { at, width, value } of changes) {
    for (let i = 0; i < width; i++) copy[(at + i) % copy.length] = (value >>> (8 * i)) & 0xff;
  }
  return copy;
}

describe("the kernel and decodeDescriptor", () => {
  law("accept what was encoded", bytes, (encoded) => {
    expect(engine.probeDescriptor(encoded).offset).toBeNull();
    expect(SecurityDescriptor.fromBytes(encoded).toBytes()).toEqual(encoded);
  });

  law(
    "accept the same changed bytes",
    fc.tuple(bytes, fc.array(change, { minLength: 1, maxLength: 3 })),
    ([original, changes]) => {
      const mutant = changed(original, changes);
      expect(engine.probeDescriptor(mutant).offset === null).toBe(decoded(mutant) === null);
    },
    2500,
  );

  law(
    "accept the same where the header and the first ACE are changed",
    fc.tuple(
      bytes,
      fc.array(fc.record({ at: fc.nat(44), width: fc.constantFrom(1, 2), value: fc.nat(80) }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    ([original, changes]) => {
      const mutant = changed(original, changes);
      expect(engine.probeDescriptor(mutant).offset === null).toBe(decoded(mutant) === null);
    },
    2500,
  );

  law(
    "accept the same cut and grown bytes",
    fc.tuple(bytes, fc.nat(), fc.uint8Array({ maxLength: 8 })),
    ([original, cut, more]) => {
      const shorter = original.slice(0, cut % (original.length + 1));
      const longer = Uint8Array.from([...original, ...more]);
      for (const mutant of [shorter, longer])
        expect(engine.probeDescriptor(mutant).offset === null).toBe(decoded(mutant) === null);
    },
    800,
  );

  law(
    "refuse at a place inside the bytes",
    fc.tuple(bytes, fc.array(change, { minLength: 1, maxLength: 3 })),
    ([original, changes]) => {
      const mutant = changed(original, changes);
      for (const offset of [engine.probeDescriptor(mutant).offset, decoded(mutant)]) {
        if (offset !== null) expect(offset >= 0 && offset <= mutant.length).toBe(true);
      }
    },
    800,
  );

  law(
    "whatever was accepted can be checked, explained and printed or refused as printing",
    fc.tuple(bytes, fc.array(change, { minLength: 1, maxLength: 2 }), token(EVERYTHING)),
    ([original, changes, who]) => {
      const mutant = changed(original, changes);
      if (decoded(mutant) !== null) return;
      const descriptor = SecurityDescriptor.fromBytes(mutant);
      const asked = { token: who, descriptor, desired: 0x0800001, mapping: "file" } as const;
      expect(engine.explain(asked).verdict).toEqual(engine.check(asked));
    },
    800,
  );
});

describe("a descriptor", () => {
  law("from bytes is judged as the one the bytes were made of", request({ ...EVERYTHING, objects: false }), (asked) => {
    const again = SecurityDescriptor.fromBytes(asked.descriptor.toBytes());
    expect(engine.check({ ...asked, descriptor: again })).toEqual(engine.check(asked));
  });

  law("printed and parsed is judged the same", request({ ...EVERYTHING, objects: false }), (asked) => {
    const again = SecurityDescriptor.parse(String(asked.descriptor));
    expect(engine.check({ ...asked, descriptor: again })).toEqual(engine.check(asked));
  });
});
