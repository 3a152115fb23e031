/** The operation `inherit`. interchange.md "inherit" */
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/hex.js";
import { SecurityDescriptor } from "../../src/index.js";
import { ask, codeOf, USER } from "./asking-engine.js";

const request = {
  op: "inherit",
  parent: "D:(A;OICI;GA;;;CO)(A;CI;FR;;;DU)",
  creator: null,
  token: { user: USER, primaryGroup: "DU" },
  context: { domain: "S-1-5-21-1-2-3" },
  container: true,
  objectTypes: [],
  flags: ["DACL_AUTO_INHERIT"],
  mapping: "file",
};

describe("inherit", () => {
  it("answers text and bytes, aliases by the context", () => {
    const sddl = `O:${USER}G:DUD:AI(A;ID;FA;;;${USER})(A;OICIIOID;GA;;;CO)(A;CIID;FR;;;DU)`;
    const descriptor = SecurityDescriptor.parse(sddl.replaceAll("DU", "S-1-5-21-1-2-3-513"));
    expect(ask(request)).toEqual({ sddl, hex: toHex(descriptor.toBytes()) });
  });

  it("answers a status where it refuses", () => {
    expect(ask({ ...request, token: null })).toEqual({ status: "STATUS_NO_TOKEN" });
    expect(ask({ ...request, creator: "S:" })).toEqual({ status: "STATUS_PRIVILEGE_NOT_HELD" });
  });

  it("takes descriptors in every form, flags as a number, a mapping of masks", () => {
    const parent = { hex: toHex(SecurityDescriptor.parse("D:(A;OI;GR;;;SY)").toBytes()) };
    const mapping = { read: 1, write: 2, execute: 4, all: 7 };
    const asked = { ...request, parent, creator: { sddl: "D:" }, flags: 1, mapping, container: false };
    expect(ask(asked).sddl).toContain("D:AI(A;ID;CC;;;SY)");
    expect(ask({ ...asked, flags: "0x1" })).toEqual(ask(asked));
    expect(ask({ ...asked, flags: "DACL_AUTO_INHERIT|AVOID_OWNER_CHECK" })).toEqual(ask(asked));
  });

  it("takes an absent parent, creator or token as none, no types and no flags", () => {
    const { parent: _p, creator: _c, objectTypes: _o, flags: _f, ...least } = request;
    expect(ask(least).sddl).toBe(`O:${USER}G:DU`);
    const { token: _t, ...without } = request;
    expect(ask(without)).toEqual({ status: "STATUS_NO_TOKEN" });
  });

  it.each<[string, object, string]>([
    ["a mistyped member", { creater: null }, "ERR_UNKNOWN_MEMBER"],
    ["SDDL that is none", { parent: "D:(" }, "ERR_SDDL_SYNTAX"],
    ["a parent that is no descriptor", { parent: 7 }, "ERR_ARGUMENT"],
    ["bytes that are none", { creator: { hex: "00" } }, "ERR_DESCRIPTOR"],
    ["a token without a user", { token: {} }, "ERR_TOKEN"],
    ["an alias without context", { context: {} }, "ERR_SDDL_ALIAS"],
    ["no container", { container: undefined }, "ERR_ARGUMENT"],
    ["a container that is text", { container: "yes" }, "ERR_ARGUMENT"],
    ["a type that is no GUID", { objectTypes: ["user"] }, "ERR_ARGUMENT"],
    ["types that are no list", { objectTypes: "user" }, "ERR_ARGUMENT"],
    ["1,025 types", { objectTypes: new Array(1025).fill("bf967aba-0de6-11d0-a285-00aa003049e2") }, "ERR_LIMIT"],
    ["an unknown flag", { flags: ["SEF_DACL_AUTO_INHERIT"] }, "ERR_ARGUMENT"],
    ["an unknown bit", { flags: 0x80 }, "ERR_ARGUMENT"],
    ["an unknown mapping", { mapping: "folder" }, "ERR_ARGUMENT"],
    ["no mapping", { mapping: undefined }, "ERR_ARGUMENT"],
    ["an ACL that outgrows its size", { parent: `D:${"(A;OICI;GA;;;CO)".repeat(1500)}` }, "ERR_LIMIT"],
  ])("refuses %s", (_what, change, code) => {
    expect(codeOf({ ...request, ...change })).toBe(code);
  });
});
