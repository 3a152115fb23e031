/** Printing SDDL: canonical form and what is refused. formats.md 7.2 */
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";
import { formatAce, formatDescriptor } from "../../src/sddl/format.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { Sid } from "../../src/sid.js";

const everyone = Sid.parse("S-1-1-0");
const guid = "abcdef01-2345-6789-abcd-ef0123456789";

describe("one ACE in text", () => {
  it.each<[string, Ace]>([
    ["(A;OICINPIOIDCRSAFA;FA;;;WD)", Ace.allow(0x1f01ff, everyone, 0xff)],
    ["(D;;;;;WD)", Ace.deny(0, everyone)],
    ["(AU;SAFA;GR;;;WD)", Ace.audit(0x80000000, everyone)],
    ["(A;;CCDCLCSWRPWPDTLOCRSDRCWDWOGAGXGWGR;;;WD)", Ace.allow(0xf00f01ff, everyone)],
    ["(A;;0x1000000;;;WD)", Ace.allow(0x1000000, everyone)],
    ["(A;;0x80000200;;;WD)", Ace.allow(0x80000200, everyone)],
    ["(A;;GA;;;S-1-9)", Ace.allow(0x10000000, Sid.of(9, []))],
    [`(OA;;CC;${guid};;WD)`, Ace.create({ type: 5, mask: 1, sid: everyone, objectType: guid })],
    [`(OU;;CC;;${guid};WD)`, Ace.create({ type: 7, mask: 1, sid: everyone, inheritedObjectType: guid })],
    ["(ML;;NWNRNX;;;WD)", Ace.create({ type: 0x11, mask: 7, sid: everyone })],
    ["(ML;;0x1f01ff;;;WD)", Ace.create({ type: 0x11, mask: 0x1f01ff, sid: everyone })],
    ["(FL;FATP;;;;WD;(a))", Ace.create({ type: 0x15, flags: 0xc0, sid: everyone, data: parseCondition("(a)") })],
  ])("%s", (text, ace) => {
    expect(formatAce(ace)).toBe(text);
  });

  it("prints an object ACE without GUIDs as the plain kind it would be read as", () => {
    expect([5, 6, 7, 8].map((type) => formatAce(Ace.create({ type, mask: 1, sid: everyone })))).toEqual([
      "(A;;CC;;;WD)",
      "(D;;CC;;;WD)",
      "(AU;;CC;;;WD)",
      "(AL;;CC;;;WD)",
    ]);
    expect(formatAce(Ace.create({ type: 0x0b, mask: 1, sid: everyone, data: parseCondition("(a)") }))).toBe(
      "(XA;;CC;;;WD;(a))",
    );
  });

  it("ignores further bytes where the kind has no extra part", () => {
    expect(formatAce(Ace.create({ type: 0, mask: 1, sid: everyone, data: new Uint8Array(8) }))).toBe("(A;;CC;;;WD)");
  });

  it.each<[string, Ace]>([
    ["ERR_DESCRIPTOR", Ace.create({ type: 4, sid: everyone, compound: { type: 1, reserved: 0, serverSid: everyone } })],
    ["ERR_DESCRIPTOR", Ace.create({ type: 0x0c, sid: everyone, data: parseCondition("(a)") })],
    ["ERR_DESCRIPTOR", Ace.create({ type: 0xff, data: new Uint8Array(4) })],
    ["ERR_CONDITION", Ace.create({ type: 9, sid: everyone })],
    ["ERR_CONDITION", Ace.create({ type: 9, sid: everyone, data: new Uint8Array([0x61, 0x72, 0x74, 0x78]) })],
    ["ERR_CLAIM", Ace.create({ type: 0x12, sid: everyone })],
  ])("%s where no text can say it", (code, ace) => {
    expect(() => formatAce(ace)).toThrow(expect.objectContaining({ code, offset: 0 }));
  });
});

describe("a descriptor in text", () => {
  it("prints by the PRESENT bits: absent, NULL, empty", () => {
    const parts = { owner: null, group: null, sbz1: 0, dacl: null, sacl: null };
    expect(formatDescriptor({ ...parts, control: 0x8000 | 0x3000 })).toBe("");
    expect(formatDescriptor({ ...parts, control: 0x8014 | 0x3000 })).toBe("D:PNO_ACCESS_CONTROLS:PNO_ACCESS_CONTROL");
    expect(formatDescriptor({ ...parts, control: 0x8004, dacl: Acl.of([]), sacl: Acl.of([]) })).toBe("D:");
  });

  it("prints ACEs wherever they stand, though reading would refuse them there", () => {
    const text = formatDescriptor({
      owner: null,
      group: null,
      sbz1: 0,
      control: 0x8004,
      sacl: null,
      dacl: Acl.of([Ace.audit(1, everyone)]),
    });
    expect(text).toBe("D:(AU;SAFA;CC;;;WD)");
    expect(() => parseDescriptor(text)).toThrow(expect.objectContaining({ code: "ERR_SDDL_SYNTAX", position: 3 }));
  });
});
