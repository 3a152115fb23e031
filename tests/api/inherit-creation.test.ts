/** Owner, group, labels and control bits of a new object, and what is refused. formats.md 9 */
import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { ArgumentError, FormatError } from "../../src/errors.js";
import {
  createPrivateObjectSecurity,
  InheritanceFlags,
  type ObjectCreation,
  SecurityDescriptor,
  Sid,
} from "../../src/index.js";
import { create, dacl, made, sacl, TYPE, token } from "./inherit-scene.js";

describe("owner and group", () => {
  const parent = "O:BAG:BUD:(A;OI;FR;;;WD)";
  it.each([
    ["the creator's", { parent, creator: "O:BAG:SY" }, "BA", "SY"],
    ["the token's", { parent }, "U", "G"],
    ["the token's own choice", { token: token.with({ owner: "BA" }) }, "BA", "G"],
    ["the parent's", { parent, flags: 0x60 }, "BA", "BU"],
    ["the token's where the parent has none", { parent: "D:", flags: 0x60 }, "U", "G"],
    ["any, unchecked", { creator: "O:SYG:WD", flags: "AVOID_OWNER_CHECK" }, "SY", "WD"],
  ])("%s", (_what, asked, owner, group) => {
    expect(made(asked).toString().replaceAll("S-1-5-21-1-2-3-1001", "U").replaceAll("S-1-5-21-1-2-3-513", "G")).toMatch(
      new RegExp(`^O:${owner}G:${group}D:`),
    );
  });

  it.each([
    ["an owner that is not the creator's to give", { creator: "O:SY" }, "STATUS_INVALID_OWNER"],
    ["a group that may not own", { creator: "O:BU" }, "STATUS_INVALID_OWNER"],
    ["a group for deny only", { creator: "O:PU" }, "STATUS_INVALID_OWNER"],
    ["the parent's owner as well", { parent: "O:SY", flags: 0x20 }, "STATUS_INVALID_OWNER"],
    ["no owner at all", { token: null, flags: 0x18, creator: "G:SY" }, "STATUS_INVALID_OWNER"],
    ["no group at all", { token: null, flags: 0x18, creator: "O:SY" }, "STATUS_INVALID_PRIMARY_GROUP"],
    ["a token without a group", { token: token.with({ primaryGroup: undefined }) }, "STATUS_INVALID_PRIMARY_GROUP"],
    ["no token", { token: null }, "STATUS_NO_TOKEN"],
    ["no token, owner unchecked", { token: null, flags: 0x10 }, "STATUS_NO_TOKEN"],
    ["no token, privilege unchecked", { token: null, flags: 0x8 }, "STATUS_NO_TOKEN"],
    ["no token to take a level from", { token: null, flags: 0x118, creator: "O:SYG:SY" }, "STATUS_NO_TOKEN"],
    ["a SACL without the privilege", { creator: "S:" }, "STATUS_PRIVILEGE_NOT_HELD"],
    [
      "a SACL with the privilege disabled",
      { creator: "S:", token: token.with({ privileges: [{ name: "SeSecurityPrivilege", attributes: [] }] }) },
      "STATUS_PRIVILEGE_NOT_HELD",
    ],
    ["the owner before the privilege", { creator: "O:SYS:" }, "STATUS_INVALID_OWNER"],
  ])("refuses %s", (_what, asked, status) => {
    expect(create(asked)).toEqual({ status, descriptor: null });
  });

  it("needs no token where nothing is checked; then there may be no DACL", () => {
    expect(made({ token: null, flags: 0x18, creator: "O:SYG:SY" }).toString()).toBe("O:SYG:SY");
  });

  it("takes a SACL with the privilege", () => {
    const holder = token.with({ privileges: ["SeSecurityPrivilege"] });
    expect(sacl({ creator: "S:(AU;SA;GA;;;WD)", token: holder })).toBe("S:(AU;SA;FA;;;WD)");
  });
});

describe("labels and control bits", () => {
  it("a label of the token's level takes the place of the creator's, before what is inherited", () => {
    const flags = "AVOID_PRIVILEGE_CHECK|SACL_AUTO_INHERIT|MACL_NO_WRITE_UP|MACL_NO_READ_UP";
    const creator = "S:(ML;;NX;;;HI)(AU;SA;FR;;;WD)";
    expect(sacl({ creator, parent: "S:(AU;OIFA;FA;;;WD)", flags })).toBe(
      "S:AI(AU;SA;FR;;;WD)(ML;;NWNR;;;ME)(AU;IDFA;FA;;;WD)",
    );
    expect(sacl({ flags: ["MACL_NO_EXECUTE_UP"], token: token.with({ integrity: "Low" }) })).toBe("S:(ML;;NX;;;LW)");
  });

  it("none of the creator's bits but PROTECTED goes over; AUTO_INHERITED needs an ACL", () => {
    const creator = SecurityDescriptor.of({ control: 0x7fff & ~0x14, dacl: Acl.of([]), sbz1: 7 });
    expect(made({ creator, flags: 3 }).control).toBe(0x8000 | 0x3000 | 0x0400 | 0x0004);
    expect(made({ creator, flags: 3 }).sbz1).toBe(0);
  });
});

describe("what is asked", () => {
  const good = { token, container: true, mapping: "file" } as const;
  it.each<[string, object, string, string]>([
    ["nothing", undefined as unknown as object, "ERR_ARGUMENT", ""],
    ["a mistyped member", { ...good, creater: null }, "ERR_UNKNOWN_MEMBER", "creater"],
    ["SDDL where a descriptor belongs", { ...good, parent: "D:" }, "ERR_ARGUMENT", "parent"],
    ["an object that looks like one", { ...good, creator: { dacl: null } }, "ERR_ARGUMENT", "creator"],
    ["no container", { token, mapping: "file" }, "ERR_ARGUMENT", "container"],
    ["no mapping", { token, container: true }, "ERR_ARGUMENT", "mapping"],
    ["a GUID in braces", { ...good, objectTypes: [`{${TYPE}}`] }, "ERR_ARGUMENT", "objectTypes"],
    ["1,025 types", { ...good, objectTypes: new Array(1025).fill(TYPE) }, "ERR_LIMIT", "objectTypes"],
    ["an unknown flag", { ...good, flags: 0x80 }, "ERR_ARGUMENT", "flags"],
    ["a flag by another name", { ...good, flags: ["dacl_auto_inherit"] }, "ERR_ARGUMENT", "flags"],
    ["a token as text", { ...good, token: "S-1-1-0" }, "ERR_ARGUMENT", "token"],
  ])("refuses %s", (_what, asked, code, member) => {
    let fault: unknown;
    try {
      createPrivateObjectSecurity(asked as ObjectCreation);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ArgumentError);
    expect(fault).toMatchObject({ code, path: member === "" ? [] : expect.arrayContaining([member]) });
  });

  it("an object that throws when it is read, or passes for one of ours, is ERR_ARGUMENT", () => {
    const throwing = {
      get parent(): never {
        throw new Error("no");
      },
    };
    const forged = Object.create(SecurityDescriptor.prototype) as SecurityDescriptor;
    const asked = { token, container: true, mapping: "file" } as const;
    for (const wrong of [
      throwing,
      new Proxy(asked, { ownKeys: () => null as never }),
      { ...asked, parent: forged },
      { ...asked, creator: new Proxy(SecurityDescriptor.parse("D:"), {}) },
      { ...asked, token: new Proxy(token, {}) },
    ]) {
      expect(() => createPrivateObjectSecurity(wrong as ObjectCreation)).toThrow(
        expect.objectContaining({ code: "ERR_ARGUMENT" }),
      );
    }
  });

  it("tells where each ACE comes from", () => {
    const { origins } = create({
      parent: "D:(A;;FR;;;WD)(A;OICI;GA;;;CO)S:(AU;CISA;FR;;;WD)",
      creator: "D:(A;ID;FR;;;AN)(A;;FR;;;BU)S:",
      container: true,
      flags: InheritanceFlags.SEF_DACL_AUTO_INHERIT | InheritanceFlags.SEF_MACL_NO_WRITE_UP | 0x8,
    }) as { origins: unknown };
    expect(origins).toEqual({
      dacl: [
        { from: "creator", index: 1 },
        { from: "parent", index: 1 },
        { from: "parent", index: 1 },
      ],
      sacl: [{ from: "label", index: 0 }],
    });
    const fallback = create({}) as { origins: unknown };
    expect(fallback.origins).toEqual({
      dacl: [
        { from: "default", index: 0 },
        { from: "default", index: 1 },
      ],
      sacl: [],
    });
  });

  it("every flag has its name", () => {
    expect(InheritanceFlags.SEF_FORCE_USER_MODE).toBe(0x2000);
    expect(Object.values(InheritanceFlags).reduce((all, bit) => all | bit)).toBe(0x3f7f);
    expect(dacl({ flags: 0x3800 })).toBe(dacl({}));
  });

  it("refuses an ACL that would outgrow its size field", () => {
    const ace = Ace.allow(0x10000000, Sid.parse("S-1-3-0"), 3);
    const parent = SecurityDescriptor.of({ dacl: Acl.of(new Array(1500).fill(ace)) });
    expect(made({ parent }).dacl?.aces.length).toBe(1500);
    try {
      create({ parent, container: true });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect(error).toMatchObject({ code: "ERR_LIMIT" });
    }
    // What is not taken is not counted.
    expect(dacl({ parent, container: true, creator: "D:P", flags: 1 })).toBe("D:PAI");
  });

  it("a token needs nothing but a user and a group", () => {
    const plain = AccessToken.create({ user: "SY", primaryGroup: "SY" });
    expect(made({ token: plain }).toString()).toBe("O:SYG:SY");
  });
});
