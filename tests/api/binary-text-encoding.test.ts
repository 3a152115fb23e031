/** Hexadecimal and base64 text, and the door for bytes. interchange.md, "Descriptor" */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyBytes } from "../../src/binary/byte-input.js";
import { bytesFromBase64, bytesFromHex, bytesToBase64, bytesToHex } from "../../src/binary/text-encoding.js";
import { ArgumentError, FormatError } from "../../src/errors.js";

const TWO_MIB = 2 * 1024 * 1024;

function refusal(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("bytes as text", () => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(bytesFromHex(bytesToHex(bytes))).toEqual(bytes);
        expect(bytesFromHex(bytesToHex(bytes).toUpperCase())).toEqual(bytes);
        expect(bytesFromBase64(bytesToBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it("writes the base64 that everybody writes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      }),
    );
  });

  it.each(["0", "0g", "0x00", " 00", "00 ", "0０", "00\n", "-1"])("refuses %j as hexadecimal", (text) => {
    expect(refusal(() => bytesFromHex(text))).toMatchObject({ code: "ERR_ARGUMENT", path: ["hex"] });
  });

  it.each(["A", "AA", "AAA", "A===", "====", "AA=A", "AB==", "AAB=", "AA\n=", "_-AA", "AAAA\n", "ÀAAA", "AA==AAAA"])(
    "refuses %j as base64",
    (text) => {
      expect(refusal(() => bytesFromBase64(text, ["descriptor", "base64"]))).toMatchObject({
        code: "ERR_ARGUMENT",
        path: ["descriptor", "base64"],
      });
    },
  );

  it("is linear: two mebibytes pass quickly", () => {
    const bytes = new Uint8Array(TWO_MIB).map((_, i) => i * 31);
    const start = performance.now();
    expect(bytesFromHex(bytesToHex(bytes))).toHaveLength(TWO_MIB);
    expect(bytesFromBase64(bytesToBase64(bytes))).toHaveLength(TWO_MIB);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("the door for bytes", () => {
  const four = [1, 2, 3, 4];

  it("copies, so that a later change of the input is not seen", () => {
    const input = Uint8Array.from(four);
    const copy = copyBytes(input, 4);
    input.fill(9);
    expect([...copy]).toEqual(four);
  });

  it("takes views, subclasses, ArrayBuffers, shared and resizable memory", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    shared.set(four);
    const Resizable = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
    const resizable = new Uint8Array(new Resizable(4, { maxByteLength: 16 }));
    resizable.set(four);
    const inputs = [
      Uint8Array.from([0, ...four, 0]).subarray(1, 5),
      Buffer.from(four),
      Uint8Array.from(four).buffer,
      shared,
      resizable,
    ];
    for (const input of inputs) {
      const copy = copyBytes(input, 4);
      expect([...copy]).toEqual(four);
      expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype);
      expect(copy.buffer).toBeInstanceOf(ArrayBuffer);
    }
  });

  it("refuses everything else without asking it anything", () => {
    const proxy = new Proxy(Uint8Array.from(four), {
      get: () => {
        throw new Error("asked");
      },
    });
    const impostor = { length: 4, [Symbol.toStringTag]: "Uint8Array", byteLength: 4 };
    const detached = new Uint8Array(4);
    structuredClone(detached, { transfer: [detached.buffer] });
    const inputs = [
      undefined,
      null,
      "01000480",
      four,
      4,
      new Uint16Array(2),
      new DataView(new ArrayBuffer(4)),
      proxy,
      impostor,
      detached,
      detached.buffer,
    ];
    for (const input of inputs) {
      const error = refusal(() => copyBytes(input, 4, ["descriptor"]));
      expect(error).toBeInstanceOf(ArgumentError);
      expect(error).toMatchObject({ code: "ERR_ARGUMENT", path: ["descriptor"] });
    }
  });

  it("refuses what is too long before copying it", () => {
    const error = refusal(() => copyBytes(new Uint8Array(5), 4));
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code: "ERR_LIMIT", offset: 4 });
    expect(refusal(() => copyBytes(new ArrayBuffer(5), 4))).toMatchObject({ code: "ERR_LIMIT" });
  });
});
