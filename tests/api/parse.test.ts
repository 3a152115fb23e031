/** `parse`: one function for programs and for editors. formats.md 7 */
import { describe, expect, expectTypeOf, it } from "vitest";
import { ArgumentError, SddlError } from "../../src/errors.js";
import { type ParseOptions, parse, type RecoveredSddl } from "../../src/parse.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";

const context = { domain: Sid.parse("S-1-5-21-10-20-30") };
const sound = "O:DAG:SYD:PAI(A;OICI;FA;;;BA)(D;;FW;;;DU)";
const faulty = "O:DAD:(D;;QQ;;;BU)(A;;FA;;;BA)";

describe("parse", () => {
  it("reads strictly unless told otherwise", () => {
    expect(parse(sound, { context })).toEqual(SecurityDescriptor.parse(sound, { context }));
    expect(parse("O:SY")).toBeInstanceOf(SecurityDescriptor);
    expect(() => parse(faulty, { context, recover: false })).toThrow(SddlError);
    expect(() => parse("O:DA")).toThrow(expect.objectContaining({ code: "ERR_SDDL_ALIAS", position: 2 }));
  });

  it("goes on after faults when told to, and gives a descriptor, the faults and the tree", () => {
    const { descriptor, diagnostics, tree } = parse(faulty, { context, recover: true });
    expect(descriptor.toString(context)).toBe("O:DAD:(A;;FA;;;BA)");
    expect(diagnostics).toMatchObject([{ code: "ERR_SDDL_SYNTAX", from: 10, to: 12 }]);
    expect(tree.tokenAt(10)).toMatchObject({ kind: "error", text: "QQ" });
  });

  it("gives the same descriptor for text without faults, bytes and text alike", () => {
    const { descriptor, diagnostics } = parse(sound, { context, recover: true });
    expect(diagnostics).toEqual([]);
    expect(descriptor.toBytes()).toEqual(SecurityDescriptor.parse(sound, { context }).toBytes());
    expect(descriptor.toString(context)).toBe(sound);
  });

  it("says which of the two it gives", () => {
    expectTypeOf(parse("")).toEqualTypeOf<SecurityDescriptor>();
    expectTypeOf(parse("", { context })).toEqualTypeOf<SecurityDescriptor>();
    expectTypeOf(parse("", { recover: true })).toEqualTypeOf<RecoveredSddl>();
    expectTypeOf(parse("", {} as ParseOptions)).toEqualTypeOf<SecurityDescriptor | RecoveredSddl>();
  });

  it("takes no options for none, and refuses a context that is none", () => {
    const loosely = parse as (text: string, options: unknown) => SecurityDescriptor;
    expect(loosely("O:BA", null)).toEqual(parse("O:BA"));
    for (const recover of [true, false]) {
      for (const wrong of [null, 5, { domain: "S-1-5-21-1-2-3" }, { domain: new Proxy({}, {}) }]) {
        expect(() => loosely("O:DA", { context: wrong, recover })).toThrow(
          expect.objectContaining({ code: "ERR_ARGUMENT", path: expect.arrayContaining(["context"]) }),
        );
      }
    }
  });

  it("takes text alone", () => {
    for (const recover of [true, false]) {
      expect(() => parse(5 as unknown as string, { recover })).toThrow(ArgumentError);
    }
  });
});
