/** What a new object gets, row by row. formats.md 9 */
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { SecurityDescriptor, Sid } from "../../src/index.js";
import { dacl, made, OTHER_TYPE, PROPERTY, sacl, TYPE, token } from "./inherit-scene.js";

const AUTO = ["DACL_AUTO_INHERIT"];
const container = true;

describe("one ACE of the parent", () => {
  const noDefault = token.with({ defaultDacl: "D:" });

  it.each<[string, string | null, string | null]>([
    ["", null, null],
    ["OI", "", "OIIO"],
    ["OINP", "", null],
    ["CI", null, "CI"],
    ["CINP", null, ""],
    ["OICI", "", "OICI"],
    ["OICINP", "", ""],
    ["OICIIO", "", "OICI"],
    ["OICIIOID", "", "OICI"],
    ["IOID", null, null],
  ])("%s", (flags, leaf, inContainer) => {
    const parent = `D:(A;${flags};FA;;;WD)`;
    const given = (kept: string | null, mark: string) => (kept === null ? "" : `(A;${kept}${mark};FA;;;WD)`);
    expect(dacl({ parent, token: noDefault })).toBe(`D:${given(leaf, "")}`);
    expect(dacl({ parent, token: noDefault, container })).toBe(`D:${given(inContainer, "")}`);
    expect(dacl({ parent, token: noDefault, flags: AUTO })).toBe(`D:AI${given(leaf, "ID")}`);
    expect(dacl({ parent, token: noDefault, flags: AUTO, container })).toBe(`D:AI${given(inContainer, "ID")}`);
  });

  it("keeps the critical and the audit flags", () => {
    expect(dacl({ parent: "D:(A;OICICR;FA;;;WD)" })).toBe("D:(A;CR;FA;;;WD)");
    expect(sacl({ parent: "S:(AU;OICISAFA;FA;;;WD)", container, flags: ["SACL_AUTO_INHERIT"] })).toBe(
      "S:AI(AU;OICIIDSAFA;FA;;;WD)",
    );
  });

  it.each([
    ["generic bits", "(A;OICI;GA;;;WD)", "(A;ID;FA;;;WD)", "(A;ID;FA;;;WD)(A;OICIIOID;GA;;;WD)"],
    ["CREATOR OWNER", "(A;OICI;FR;;;CO)", "(A;ID;FR;;;U)", "(A;ID;FR;;;U)(A;OICIIOID;FR;;;CO)"],
    ["CREATOR GROUP", "(D;CI;GW;;;CG)", "", "(D;ID;FW;;;G)(D;CIIOID;GW;;;CG)"],
    ["generic bits with NP", "(A;OICINP;GA;;;CO)", "(A;ID;FA;;;U)", "(A;ID;FA;;;U)"],
    ["generic bits, inherit-only for a container", "(A;OI;GA;;;CO)", "(A;ID;FA;;;U)", "(A;OIIOID;GA;;;CO)"],
    ["OWNER RIGHTS, which stays", "(A;OICI;FR;;;OW)", "(A;ID;FR;;;OW)", "(A;OICIID;FR;;;OW)"],
  ])("splits for %s", (_what, ace, leaf, inContainer) => {
    const noDefault = token.with({ defaultDacl: "D:" });
    expect(dacl({ parent: `D:${ace}`, token: noDefault, flags: AUTO })).toBe(`D:AI${leaf}`);
    expect(dacl({ parent: `D:${ace}`, flags: AUTO, container })).toBe(`D:AI${inContainer}`);
  });

  it("splits in place, so that the order of the parent stays", () => {
    expect(dacl({ parent: "D:(D;OICI;FW;;;BG)(A;OICI;GA;;;CO)(A;CI;FR;;;WD)", container })).toBe(
      "D:(D;OICI;FW;;;BG)(A;;FA;;;U)(A;OICIIO;GA;;;CO)(A;CI;FR;;;WD)",
    );
  });

  it("maps generic bits within what GENERIC_ALL stands for, and leaves other masks alone", () => {
    const mask = (value: number) => {
      const acl = Acl.of([Ace.allow(value, Sid.parse("S-1-1-0"), 1)]);
      const parent = SecurityDescriptor.of({ dacl: acl });
      const mapping = { read: 0x1, write: 0x2, execute: 0x4, all: 0xf };
      return made({ parent, mapping }).dacl?.aces[0].mask;
    };
    expect(mask(0x80000000)).toBe(0x1);
    expect(mask(0x81000120)).toBe(0x1);
    expect(mask(0xf0000000)).toBe(0xf);
    expect(mask(0x01000120)).toBe(0x01000120);
  });
});

describe("an ACE for a type of object", () => {
  const objectTypes = [OTHER_TYPE.toUpperCase(), TYPE];
  const rights = `RP;${PROPERTY}`;
  it.each([
    [
      "this type, on a container, goes on whole",
      `(OA;CI;${rights};${TYPE};WD)`,
      true,
      `(OA;CIID;${rights};${TYPE};WD)`,
    ],
    [
      "another type, on a container, goes on as IO",
      `(OA;CI;${rights};${PROPERTY};WD)`,
      true,
      `(OA;CIIOID;${rights};${PROPERTY};WD)`,
    ],
    ["another type, on a container with NP", `(OA;CINP;${rights};${PROPERTY};WD)`, true, ""],
    ["another type, on a leaf", `(OA;OI;${rights};${PROPERTY};WD)`, false, ""],
    ["this type, ending on a leaf", `(OA;OI;${rights};${TYPE};WD)`, false, `(OA;ID;${rights};;WD)`],
    ["this type, ending by NP", `(OA;CINP;${rights};${TYPE};WD)`, true, `(OA;ID;${rights};;WD)`],
    ["this type, ending without ObjectType", `(OA;OI;FR;;${TYPE};WD)`, false, "(A;ID;FR;;;WD)"],
    ["denied, ending without ObjectType", `(OD;OI;FR;;${TYPE};WD)`, false, "(D;ID;FR;;;WD)"],
    [
      "split: only the effective part loses the type",
      `(OA;CI;GR;;${TYPE};CO)`,
      true,
      `(A;ID;FR;;;U)(OA;CIIOID;GR;;${TYPE};CO)`,
    ],
    ["without types of its own", `(OA;OI;${rights};;WD)`, false, `(OA;ID;${rights};;WD)`],
  ])("%s", (_what, ace, isContainer, expected) => {
    const noDefault = token.with({ defaultDacl: "D:" });
    expect(dacl({ parent: `D:${ace}`, container: isContainer, objectTypes, flags: AUTO, token: noDefault })).toBe(
      `D:AI${expected}`,
    );
  });

  it.each([
    [5, 0],
    [6, 1],
    [7, 2],
    [8, 3],
    [0x0b, 0x09],
    [0x0c, 0x0a],
    [0x0f, 0x0d],
    [0x10, 0x0e],
  ])("ACE type %i without a GUID left becomes type %i", (type, plain) => {
    const sid = Sid.parse("S-1-1-0");
    const data = type > 8 ? Uint8Array.of(1, 2, 3, 4) : null;
    const ace = Ace.create({ type, flags: 1, mask: 1, sid, inheritedObjectType: TYPE, data });
    const parent = SecurityDescriptor.of({ dacl: Acl.of([ace]) });
    expect(made({ parent, objectTypes }).dacl?.aces).toEqual([Ace.create({ type: plain, mask: 1, sid, data })]);
    const other = ace.with({ objectType: PROPERTY });
    expect(made({ parent: parent.withDacl(Acl.of([other])), objectTypes }).dacl?.aces[0].type).toBe(type);
  });

  it("keeps its type where the creator asked for it and it was never to go on", () => {
    expect(dacl({ creator: `D:(OA;NP;GR;;${TYPE};CO)`, flags: AUTO })).toBe(`D:AI(OA;NP;FR;;${TYPE};U)`);
  });

  it("is audited on as real domains show it", () => {
    const ace = `(OU;CIIOSA;WP;${PROPERTY};${TYPE};WD)`;
    expect(sacl({ parent: `S:${ace}`, container, objectTypes, flags: ["SACL_AUTO_INHERIT"] })).toBe(
      `S:AI(OU;CIIDSA;WP;${PROPERTY};${TYPE};WD)`,
    );
  });
});

describe("the ACL of the creator", () => {
  const parent = "D:(A;OI;FR;;;WD)";
  it.each([
    ["none: the parent's", { parent }, "D:(A;;FR;;;WD)"],
    ["none, and nothing inherited: the token's, resolved", { parent: "D:(A;CI;FR;;;WD)" }, "D:(A;;FA;;;SY)(A;;FR;;;U)"],
    ["none, and no parent", {}, "D:(A;;FA;;;SY)(A;;FR;;;U)"],
    ["given without the flag: it alone", { parent, creator: "D:(A;;FW;;;BA)" }, "D:(A;;FW;;;BA)"],
    [
      "given with the flag: it, then the parent's",
      { parent, creator: "D:(A;;FW;;;BA)", flags: 1 },
      "D:AI(A;;FW;;;BA)(A;ID;FR;;;WD)",
    ],
    ["empty stays empty", { parent, creator: "D:" }, "D:"],
    ["NULL stays NULL", { parent, creator: "D:NO_ACCESS_CONTROL" }, "D:NO_ACCESS_CONTROL"],
    ["NULL stays NULL with the flag", { parent, creator: "D:NO_ACCESS_CONTROL", flags: 1 }, "D:AINO_ACCESS_CONTROL"],
    ["its inherited ACEs are dropped", { creator: "D:(A;;FW;;;BA)(A;ID;FA;;;WD)" }, "D:(A;;FW;;;BA)"],
    [
      "protected, it keeps them as its own",
      { parent, creator: "D:P(A;;FW;;;BA)(A;OIID;FA;;;WD)" },
      "D:P(A;;FW;;;BA)(A;OI;FA;;;WD)",
    ],
    ["protected, with the flag", { parent, creator: "D:P(A;ID;FW;;;BA)", flags: 1 }, "D:PAI(A;;FW;;;BA)"],
    [
      "without the flag: mapped in place, no SID replaced",
      { creator: "D:(A;OICI;GA;;;CO)", container },
      "D:(A;OICI;FA;;;CO)",
    ],
    ["without the flag: inherit-only stays", { creator: "D:(A;OICIIO;GA;;;CO)", container }, "D:(A;OICIIO;GA;;;CO)"],
    [
      "with the flag: split",
      { creator: "D:(A;OICI;GA;;;CO)", container, flags: 1 },
      "D:AI(A;;FA;;;U)(A;OICIIO;GA;;;CO)",
    ],
    ["with the flag, on a leaf: the effective part", { creator: "D:(A;OICI;GA;;;CO)", flags: 1 }, "D:AI(A;;FA;;;U)"],
    [
      "with the flag: inherit-only stays",
      { creator: "D:(A;OICIIO;GA;;;CO)", container, flags: 1 },
      "D:AI(A;OICIIO;GA;;;CO)",
    ],
    [
      "with the flag: nothing to resolve, nothing changed",
      { creator: "D:(A;OICI;FR;;;WD)", flags: 1 },
      "D:AI(A;OICI;FR;;;WD)",
    ],
  ])("%s", (_what, asked, expected) => {
    expect(dacl(asked)).toBe(expected);
  });

  it("gives way where it is defaulted, unless it is protected or nothing is inherited", () => {
    const defaulted = (sddl: string) => {
      const creator = SecurityDescriptor.parse(sddl);
      return creator.with({ control: creator.control | 0x8 });
    };
    expect(dacl({ parent, creator: defaulted("D:(A;;FW;;;BA)") })).toBe("D:(A;;FR;;;WD)");
    expect(dacl({ parent, creator: defaulted("D:P(A;;FW;;;BA)") })).toBe("D:P(A;;FW;;;BA)");
    expect(dacl({ creator: defaulted("D:(A;;FW;;;BA)") })).toBe("D:(A;;FW;;;BA)");
    expect(made({ parent, creator: defaulted("D:(A;;FW;;;BA)") }).control & 0x8).toBe(0);
  });

  it("gives way, as a default for its type, to an inherited ACE for that type alone", () => {
    const creator = "D:(A;;FW;;;BA)";
    const flags = ["DEFAULT_DESCRIPTOR_FOR_OBJECT"];
    const typed = `D:(OA;OI;RP;${PROPERTY};${TYPE};WD)`;
    expect(dacl({ parent: typed, creator, flags, objectTypes: [TYPE] })).toBe(`D:(OA;;RP;${PROPERTY};;WD)`);
    expect(dacl({ parent: typed, creator, flags, objectTypes: [OTHER_TYPE] })).toBe(creator);
    expect(dacl({ parent: typed, creator, objectTypes: [TYPE] })).toBe(creator);
    expect(dacl({ parent, creator, flags, objectTypes: [TYPE] })).toBe(creator);
    expect(dacl({ parent: typed, creator: "D:P(A;;FW;;;BA)", flags, objectTypes: [TYPE] })).toBe("D:P(A;;FW;;;BA)");
  });

  it("takes attributes and policies of the resource through its protection", () => {
    const attributes = '(RA;OICI;;;;WD;("a",TU,0x0,3))(SP;OICI;;;;S-1-17-1)';
    const flags = ["SACL_AUTO_INHERIT", "AVOID_PRIVILEGE_CHECK"];
    expect(sacl({ parent: `S:(AU;OISA;FA;;;WD)${attributes}`, creator: "S:P", flags })).toBe(
      'S:PAI(RA;ID;;;;WD;("a",TU,0x0,3))(SP;ID;;;;S-1-17-1)',
    );
  });

  it("keeps conditions, bytes and ACEs of unknown types whole", () => {
    const parent = "(XA;OICI;FR;;;WD;(@User.a == 1))";
    expect(dacl({ parent: `D:${parent}`, container })).toBe("D:(XA;OICI;FR;;;WD;(@USER.a == 1))");
    const data = Uint8Array.of(1, 2, 3, 4);
    const unknown = Ace.create({ type: 0x77, flags: 1, data });
    const child = made({ parent: SecurityDescriptor.of({ dacl: Acl.of([unknown]) }), flags: 1 });
    expect(child.dacl?.aces).toEqual([unknown.with({ flags: 0x10 })]);
  });
});
