/** The security descriptor as a document: its doors, its edits, and what it refuses to print. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { bytesFromHex, bytesToHex } from "../../src/binary/text-encoding.js";
import { FormatError, isSallyportError, SddlError } from "../../src/errors.js";
import { bytesOf, SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";

const hex = (text: string): Uint8Array => bytesFromHex(text.replaceAll(" ", ""));
const system = Sid.parse("S-1-5-18");
const everyone = Sid.parse("S-1-1-0");
const report = "O:BAG:BAD:(D;;FW;;;BG)(A;;0x12019f;;;AU)S:(AU;SA;FA;;;WD)";
const WORLD = "010100000000000100000000";
const control = (descriptor: SecurityDescriptor): number => descriptor.control;

/** What the errors of this file may carry: a place, or the name of an argument. */
type Refusal = Error & { readonly code: string; readonly offset?: number; readonly path?: readonly unknown[] };

function refusal(action: () => unknown): Refusal {
  try {
    action();
  } catch (error) {
    expect(isSallyportError(error)).toBe(true);
    return error as Refusal;
  }
  throw new Error("was not refused");
}

/** A descriptor of one DACL at 20, revision 4, around these ACEs. */
function dacl(...aces: string[]): Uint8Array {
  const body = hex(aces.join(""));
  const size = bytesToHex(Uint8Array.of(body.length + 8, (body.length + 8) >>> 8));
  return hex(`0100048000000000000000000000000014000000 0400 ${size} 0${aces.length}00 0000 ${bytesToHex(body)}`);
}

describe("the doors of a security descriptor", () => {
  it("lead from text to bytes and back", () => {
    const fromText = SecurityDescriptor.parse(report);
    const fromBytes = SecurityDescriptor.fromBytes(fromText.toBytes());
    expect(String(fromBytes)).toBe(report);
    expect(fromBytes.toBytes()).toEqual(fromText.toBytes());
    expect(fromBytes.owner).toEqual(Sid.parse("S-1-5-32-544"));
    expect(fromBytes.sacl?.aces).toHaveLength(1);
  });

  it("ask for the SIDs that aliases need", () => {
    const domain = Sid.parse("S-1-5-21-1-2-3");
    const admins = SecurityDescriptor.parse("O:DA", { context: { domain } });
    expect(admins.owner?.toString()).toBe("S-1-5-21-1-2-3-512");
    expect(admins.toString({ domain })).toBe("O:DA");
    expect(admins.toString()).toBe("O:S-1-5-21-1-2-3-512");
    expect(refusal(() => SecurityDescriptor.parse("O:DA"))).toMatchObject({ code: "ERR_SDDL_ALIAS" });
  });

  it("copy bytes in and out", () => {
    const bytes = SecurityDescriptor.parse(report).toBytes();
    const descriptor = SecurityDescriptor.fromBytes(bytes);
    const wanted = bytesToHex(bytes);
    bytes.fill(0);
    descriptor.toBytes().fill(0);
    expect(bytesToHex(descriptor.toBytes())).toBe(wanted);
    expect(bytesToHex(bytesOf(descriptor))).toBe(wanted);
    const parsed = SecurityDescriptor.parse(report);
    parsed.toBytes().fill(0);
    expect(bytesToHex(bytesOf(parsed))).toBe(wanted);
  });

  it("take an ArrayBuffer, and no other stranger", () => {
    const bytes = SecurityDescriptor.parse(report).toBytes();
    expect(String(SecurityDescriptor.fromBytes(bytes.buffer as ArrayBuffer))).toBe(report);
    for (const stranger of [report, null, undefined, [...bytes], new Uint16Array(10)]) {
      expect(refusal(() => SecurityDescriptor.fromBytes(stranger as never))).toMatchObject({
        code: "ERR_ARGUMENT",
        path: ["bytes"],
      });
    }
    expect(refusal(() => SecurityDescriptor.parse(bytes as never))).toMatchObject({
      code: "ERR_ARGUMENT",
      path: ["sddl"],
    });
    expect(refusal(() => SecurityDescriptor.parse("O:BA;"))).toBeInstanceOf(SddlError);
    expect(refusal(() => SecurityDescriptor.fromBytes(new Uint8Array(0x100001)))).toMatchObject({ code: "ERR_LIMIT" });
  });

  it("lend the bytes they were given, junk included, and write the layout of Windows", () => {
    const given = hex("0100008000000000000000000000000000000000 ffff");
    const descriptor = SecurityDescriptor.fromBytes(given);
    expect(bytesOf(descriptor)).toEqual(given);
    expect(descriptor.toBytes()).toEqual(given.subarray(0, 20));
  });
});

describe("the parts of a security descriptor", () => {
  const acl = Acl.of([Ace.allow(1, everyone)]);

  it("are absent unless given, and their PRESENT bits follow them", () => {
    const empty = SecurityDescriptor.of({});
    expect([empty.owner, empty.group, empty.dacl, empty.sacl, empty.sbz1]).toEqual([null, null, null, null, 0]);
    expect([empty.control, empty.daclState, empty.saclState]).toEqual([0x8000, "absent", "absent"]);
    expect(control(SecurityDescriptor.of({ dacl: acl, sacl: acl }))).toBe(0x8014);
    const nullAcl = SecurityDescriptor.of({ control: 4 });
    expect([nullAcl.daclState, String(nullAcl)]).toEqual(["null", "D:NO_ACCESS_CONTROL"]);
    expect(SecurityDescriptor.of({ dacl: Acl.of([]) }).daclState).toBe("empty");
  });

  it.each([
    ["owner", { owner: "S-1-1-0" }],
    ["group", { group: { authority: 5 } }],
    ["control", { control: 0x10000 }],
    ["control", { control: -1 }],
    ["control", { control: 1.5 }],
    ["sbz1", { sbz1: 256 }],
    ["dacl", { dacl: [] }],
    ["sacl", { sacl: "S:" }],
  ])("are refused by name: %s", (name, parts) => {
    expect(refusal(() => SecurityDescriptor.of(parts as never))).toMatchObject({ code: "ERR_ARGUMENT", path: [name] });
    expect(refusal(() => SecurityDescriptor.of({}).with(parts as never))).toMatchObject({
      code: "ERR_ARGUMENT",
      path: [name],
    });
  });

  it("are refused when they are no object", () => {
    for (const stranger of [null, undefined, "O:BA", 7]) {
      expect(refusal(() => SecurityDescriptor.of(stranger as never))).toMatchObject({ code: "ERR_ARGUMENT" });
    }
  });

  it("cannot be written to", () => {
    const descriptor = SecurityDescriptor.parse(report);
    expect(() => Object.assign(descriptor, { dacl: null })).toThrow(TypeError);
    expect(String(descriptor)).toBe(report);
  });
});

describe("an edit of a security descriptor", () => {
  const base = SecurityDescriptor.parse("O:BAG:BAD:P(A;;FR;;;WD)");

  it("is a new value; what is left out stays", () => {
    SecurityDescriptor.keepResidency(base, "compiled");
    const edited = base.with({ owner: system, group: null });
    expect(String(edited)).toBe("O:SYD:P(A;;FR;;;WD)");
    expect(String(base)).toBe("O:BAG:BAD:P(A;;FR;;;WD)");
    expect(SecurityDescriptor.residencyOf(edited)).toBeUndefined();
  });

  it("removes an ACL given as null, and makes it NULL only on request", () => {
    expect(String(base.withDacl(null))).toBe("O:BAG:BA");
    expect(base.withDacl(null).daclState).toBe("absent");
    expect(String(base.with({ dacl: null, control: 4 }))).toBe("O:BAG:BAD:NO_ACCESS_CONTROL");
    expect(String(base.with({ dacl: Acl.of([]) }))).toBe("O:BAG:BAD:P");
    expect(SecurityDescriptor.parse(report).withSacl(null).saclState).toBe("absent");
  });

  it("adds an ACE to the ACL its type belongs to, of the revision it needs", () => {
    const guid = "bf967aba-0de6-11d0-a285-00aa003049e2";
    const object = Ace.create({ type: 5, mask: 0x100, sid: system, objectType: guid });
    const edited = base
      .addAce(object, 0)
      .addAce(Ace.audit(1, everyone))
      .addAce(Ace.create({ type: 0x11, mask: 1, sid: Sid.parse("S-1-16-12288") }), 0);
    expect(String(edited)).toBe(`O:BAG:BAD:P(OA;;CR;${guid};;SY)(A;;FR;;;WD)S:(ML;;NW;;;HI)(AU;SAFA;CC;;;WD)`);
    expect(SecurityDescriptor.fromBytes(edited.toBytes()).dacl?.revision).toBe(4);
    expect(refusal(() => base.addAce(object, 2))).toMatchObject({ code: "ERR_ARGUMENT" });
    expect(refusal(() => base.addAce({ type: 0 } as never))).toMatchObject({ code: "ERR_ARGUMENT" });
  });

  it("is refused by toBytes, not before, when it has grown too large", () => {
    const large = base.withDacl(Acl.of(Array.from({ length: 4000 }, () => Ace.allow(1, everyone))));
    expect(refusal(() => large.toBytes())).toMatchObject({ code: "ERR_LIMIT" });
    expect(refusal(() => bytesOf(large))).toMatchObject({ code: "ERR_LIMIT" });
  });
});

describe("printing bytes", () => {
  const plain = `00 00 1400 ff011f00 ${WORLD}`;
  const callback = (data: string): string =>
    `09 00 ${bytesToHex(Uint8Array.of(20 + hex(data).length, 0))} ff011f00 ${WORLD} ${data}`;
  const attribute = (data: string): string =>
    `12 00 ${bytesToHex(Uint8Array.of(20 + hex(data).length, 0))} 00000000 ${WORLD} ${data}`;

  it("reads conditions and claims", () => {
    const aces = [
      callback("61727478 f8 02000000 6100 00"),
      attribute("14000000 0100 0000 00000000 01000000 18000000 6e000000 0700000000000000"),
    ];
    expect(String(SecurityDescriptor.fromBytes(dacl(...aces)))).toBe('D:(XA;;FA;;;WD;(a))(RA;;;;;WD;("n",TI,0x0,7))');
  });

  it("passes over surplus bytes of types that have no text for them", () => {
    expect(String(SecurityDescriptor.fromBytes(dacl(`00 00 1800 ff011f00 ${WORLD} 61727478`)))).toBe("D:(A;;FA;;;WD)");
  });

  // The second ACE begins at 48, its application data at 68.
  it.each([
    ["an unknown type", "16 00 0400", "ERR_DESCRIPTOR", 48],
    ["a type without a spelling", `0e 00 1400 ff011f00 ${WORLD}`, "ERR_DESCRIPTOR", 48],
    ["a callback without data", callback(""), "ERR_CONDITION", 48],
    ["data that is no condition", callback("00000000"), "ERR_CONDITION", 68],
    ["a malformed token", callback("61727478 f8 02000000 0000 00"), "ERR_CONDITION", 77],
    ["tokens that make no expression", callback("61727478 a0 000000"), "ERR_CONDITION", 68],
    ["a lone surrogate", callback("61727478 f8 02000000 6100 10 02000000 00d8 80 00"), "ERR_CONDITION", 68],
    [
      "a claim of no type",
      attribute("14000000 0400 0000 00000000 01000000 18000000 6e000000 0700000000000000"),
      "ERR_CLAIM",
      72,
    ],
    [
      "a claim of a lone surrogate",
      attribute("14000000 0300 0000 00000000 01000000 18000000 6e000000 00d80000"),
      "ERR_CLAIM",
      68,
    ],
  ])("is refused for %s, at its place", (_, ace, code, offset) => {
    const error = refusal(() => SecurityDescriptor.fromBytes(dacl(plain, ace, "17 00 0400")).toString());
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code, offset });
    expect(error.message.match(/at byte/g)).toHaveLength(1);
  });

  it("names the first fault: a type before the condition behind it", () => {
    const error = refusal(() =>
      SecurityDescriptor.fromBytes(dacl(plain, "16 00 0400", callback("00000000"))).toString(),
    );
    expect(error).toMatchObject({ code: "ERR_DESCRIPTOR", offset: 48 });
  });

  it("counts from the bytes given, wherever their DACL stands, and from the encoded ones after an edit", () => {
    const moved = new Uint8Array(120);
    moved.set(hex("01000480 00000000 00000000 00000000 40000000"));
    moved.set(dacl(plain, callback("00000000")).subarray(20), 64);
    const descriptor = SecurityDescriptor.fromBytes(moved);
    expect(refusal(() => descriptor.toString()).offset).toBe(64 + 8 + 20 + 20);
    expect(refusal(() => descriptor.with({ owner: system }).toString()).offset).toBe(68);
  });

  it("does not multiply what the values of a claim share", () => {
    const count = 1000;
    const header = 16 + 4 * count;
    const data = new Uint8Array(header + 4 + 2002);
    const view = new DataView(data.buffer);
    for (const [i, value] of [header, 3, 0, count].entries()) view.setUint32(4 * i, value, true);
    data.set([0x6e, 0, 0, 0], header);
    data.fill(0x41, header + 4, data.length - 2);
    for (let i = 0; i < count; i++) view.setUint32(16 + 4 * i, header + 4 + 2 * i, true);
    const ace = Ace.create({ type: 0x12, sid: everyone, data });
    const descriptor = SecurityDescriptor.of({ sacl: Acl.of([ace]) });
    expect(refusal(() => descriptor.toString())).toMatchObject({ code: "ERR_LIMIT", offset: 48 });
  });
});

describe("any descriptor", () => {
  it("that prints reads back to the same text and bytes", () => {
    const rights = fc.constantFrom("FA", "GR", "CCDC", "0x1200a9", "");
    const sid = fc.constantFrom("WD", "BA", "SY", "S-1-5-21-1-2-3-4", "CO");
    const flags = fc.constantFrom("", "OI", "OICI", "CIIOID");
    const ace = fc.oneof(
      fc.tuple(fc.constantFrom("A", "D"), flags, rights, sid).map(([type, f, r, s]) => `(${type};${f};${r};;;${s})`),
      fc
        .tuple(fc.constantFrom("XA", "XD"), flags, rights, sid)
        .map(([type, f, r, s]) => `(${type};${f};${r};;;${s};(@USER.a == {1, "x"}))`),
      fc.tuple(flags, rights, sid).map(([f, r, s]) => `(OA;${f};${r};bf967aba-0de6-11d0-a285-00aa003049e2;;${s})`),
    );
    fc.assert(
      fc.property(fc.constantFrom("", "P", "PAI", "AI"), fc.array(ace, { maxLength: 5 }), (bits, aces) => {
        const text = `O:BAG:SYD:${bits}${aces.join("")}`;
        const descriptor = SecurityDescriptor.parse(text);
        expect(String(descriptor)).toBe(text);
        const again = SecurityDescriptor.fromBytes(descriptor.toBytes());
        expect(String(again)).toBe(text);
        expect(again.toBytes()).toEqual(descriptor.toBytes());
      }),
    );
  });
});
