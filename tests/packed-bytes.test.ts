/** Inlined bytes: what the build packs into text, the code it puts beside it reads back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packBytes, unpackSource } from "../tools/build-packed-bytes.mjs";

// The very text that ships, run as code: there is no second copy to drift.
const unpack = new Function(`return ${unpackSource}`)() as (text: string, count: number) => Uint8Array;

describe("packed bytes", () => {
  it("hold every byte, in printable ASCII without quote and backslash", () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const text = packBytes(all);
    expect(unpack(text, 256)).toEqual(all);
    expect(text).toMatch(/^[#-[\]-~]+$/);
  });

  it("come back whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(unpack(packBytes(bytes), bytes.length)).toEqual(bytes);
      }),
    );
  });
});
