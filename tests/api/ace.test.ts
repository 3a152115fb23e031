/** `Ace` as a value: which parts belong to which type. formats.md 5 */
import { describe, expect, it } from "vitest";
import { Ace, type AceFields } from "../../src/ace.js";
import { Condition } from "../../src/condition.js";
import { ArgumentError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

const sid = Sid.parse("S-1-5-32-545");
const guid = "bf967aba-0de6-11d0-a285-00aa003049e2";
const condition = Condition.of([{ kind: "attribute", scope: "local", name: "a" }]);
const claim = { name: "c", type: "int64", flags: 0, values: [1n] } as const;
const compound = { type: 1, reserved: 0, serverSid: Sid.parse("S-1-5-18") };

function errorOf(fields: AceFields): [code: string, member: unknown] {
  try {
    Ace.create(fields);
  } catch (error) {
    if (error instanceof ArgumentError) return [error.code, error.path[0]];
    throw error;
  }
  return ["no error", undefined];
}

describe("Ace", () => {
  it("allow, deny and audit are types 0, 1 and 2", () => {
    expect(Ace.allow(0x1f01ff, sid, 3)).toMatchObject({
      type: 0,
      flags: 3,
      mask: 0x1f01ff,
      sid,
      data: null,
      compound: null,
    });
    expect(Ace.deny(1, sid)).toMatchObject({ type: 1, flags: 0, mask: 1 });
    expect(Ace.audit(1, sid)).toMatchObject({ type: 2, flags: 0xc0 });
  });

  it("a mask stays unsigned", () => {
    expect(Ace.allow(0x80000000, sid).mask).toBe(0x80000000);
    expect(Object.is(Ace.allow(-0, sid).mask, 0)).toBe(true);
  });

  it("object flags follow from the GUIDs, which are lower case", () => {
    const ace = Ace.create({ type: 5, sid, objectType: guid.toUpperCase() });
    expect(ace).toMatchObject({ objectFlags: 1, objectType: guid, inheritedObjectType: null });
    expect(ace.with({ inheritedObjectType: guid }).objectFlags).toBe(3);
    expect(ace.with({ objectType: null }).objectFlags).toBe(0);
  });

  it("keeps a condition, a claim, or bytes of its own", () => {
    expect(Ace.create({ type: 9, sid, data: condition }).data).toBe(condition);
    expect(Ace.create({ type: 0x15, sid, data: condition }).data).toBe(condition);
    expect(Ace.create({ type: 0x12, sid, data: claim }).data).toEqual(claim);
    const bytes = new Uint8Array([1, 2, 3, 4]);
    const ace = Ace.create({ type: 9, sid, data: bytes });
    bytes[0] = 9;
    expect(ace.data).toEqual(new Uint8Array([1, 2, 3, 4]));
  });

  it("an unknown type has no SID and no mask", () => {
    const ace = Ace.create({ type: 0x16, data: new Uint8Array(8) });
    expect([ace.isKnown, ace.sid, ace.mask]).toEqual([false, null, 0]);
    expect(Ace.create({ type: 0x15, sid }).isKnown).toBe(true);
  });

  it("a change is a new value, checked like the first", () => {
    const ace = Ace.allow(1, sid);
    const changed = ace.with({ mask: 2 });
    expect([ace.mask, changed.mask, changed.sid]).toEqual([1, 2, sid]);
    expect(() => ace.with({ mask: -1 })).toThrow(ArgumentError);
  });

  it("reads each part of the caller's object once", () => {
    let reads = 0;
    const fields = Object.defineProperty({ type: 0, sid }, "mask", {
      enumerable: true,
      get: () => (reads++ === 0 ? 1 : -1),
    });
    expect(Ace.create(fields as AceFields).mask).toBe(1);
    expect(reads).toBe(1);
  });

  it.each<[string, AceFields]>([
    ["type", { type: 256, sid }],
    ["type", { type: 1.5, sid }],
    ["type", { type: "0" as unknown as number, sid }],
    ["flags", { type: 0, sid, flags: 256 }],
    ["mask", { type: 0, sid, mask: 2 ** 32 }],
    ["mask", { type: 0, sid, mask: -1 }],
    ["mask", { type: 0, sid, mask: 1n as unknown as number }],
    ["mask", { type: 0x16, mask: 1 }],
    ["sid", { type: 0 }],
    ["sid", { type: 0, sid: "S-1-5-18" as unknown as Sid }],
    ["sid", { type: 0x16, sid }],
    ["objectType", { type: 5, sid, objectType: `{${guid}}` }],
    ["inheritedObjectType", { type: 5, sid, inheritedObjectType: "" }],
    ["type", { type: 0, sid, objectType: guid }],
    ["objectFlags", { type: 5, sid, objectFlags: 1 }],
    ["objectFlags", { type: 5, sid, objectType: guid, objectFlags: 4 }],
    ["compound", { type: 4, sid }],
    ["compound", { type: 0, sid, compound }],
    ["compound", { type: 4, sid, compound: { ...compound, type: 65536 } }],
    ["compound", { type: 4, sid, compound: { ...compound, serverSid: "SY" as unknown as Sid } }],
    ["data", { type: 0, sid, data: condition }],
    ["data", { type: 0, sid, data: claim }],
    ["data", { type: 0, sid, data: "artx" as unknown as Uint8Array }],
  ])("a wrong %s is ERR_ARGUMENT: %o", (member, fields) => {
    expect(errorOf(fields)).toEqual(["ERR_ARGUMENT", member]);
  });

  it("a wrong claim is ERR_CLAIM", () => {
    expect(errorOf({ type: 0x12, sid, data: { ...claim, values: [1] as unknown as bigint[] } })).toEqual([
      "ERR_CLAIM",
      "data",
    ]);
  });

  it("kinds of types", () => {
    const objects: number[] = [];
    const callbacks: number[] = [];
    for (let type = 0; type <= 0x15; type++) {
      const ace = Ace.create({ type, sid, compound: type === 4 ? compound : null });
      if (ace.isObject) objects.push(type);
      if (ace.isCallback) callbacks.push(type);
    }
    expect(objects).toEqual([5, 6, 7, 8, 0x0b, 0x0c, 0x0f, 0x10]);
    expect(callbacks).toEqual([9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10]);
  });

  it("knows inherited and inherit-only", () => {
    expect([Ace.allow(1, sid, 0x10).isInherited, Ace.allow(1, sid, 0x10).isInheritOnly]).toEqual([true, false]);
    expect([Ace.allow(1, sid, 0x08).isInherited, Ace.allow(1, sid, 0x08).isInheritOnly]).toEqual([false, true]);
  });
});
