/** What a token is made of: defaults, restriction, and what `create` refuses, in which order. tokens.md 1.1 */

import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { ArgumentError, SddlError } from "../../src/errors.js";
import type { TokenInput } from "../../src/token-fields.js";

const USER = "S-1-5-21-1-2-3-1001";

/** A token with anything in it, as a caller without types would pass it. */
function create(members: Record<string, unknown>): AccessToken {
  return AccessToken.create({ user: USER, ...members } as unknown as TokenInput);
}

function refusal(make: () => unknown): { code: string; path?: readonly (string | number)[]; position?: number } {
  try {
    make();
  } catch (error) {
    if (error instanceof ArgumentError) return { code: error.code, path: error.path };
    if (error instanceof SddlError) return { code: error.code, position: error.position };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("defaults", () => {
  it("are those of an ordinary logon", () => {
    const token = create({ groups: ["WD"], privileges: ["SeChangeNotifyPrivilege"] });
    expect(token.user.attributes).toBe(0);
    expect(token.groups[0]).toMatchObject({ attributes: 7 });
    expect(token.groups[0].sid.toString()).toBe("S-1-1-0");
    expect(token.privileges[0]).toEqual({ luid: 23n, attributes: 3 });
    expect([token.integrity, token.mandatoryPolicy, token.type, token.impersonationLevel]).toEqual([
      0x2000,
      1,
      "primary",
      "Impersonation",
    ]);
    expect([token.restrictedSids, token.writeRestricted, token.owner, token.appContainer]).toEqual([
      null,
      false,
      null,
      null,
    ]);
  });

  it("takes the level from the first group that carries INTEGRITY and a label SID", () => {
    const groups = [
      { sid: "S-1-16-16384", attributes: 7 },
      { sid: "S-1-5-32-544", attributes: 0x20 },
      { sid: "S-1-16-8208", attributes: ["INTEGRITY", "INTEGRITY_ENABLED"] },
      { sid: "S-1-16-4096", attributes: 0x60 },
    ];
    expect(create({ groups }).integrity).toBe(8208);
    expect(create({ groups, integrity: "Low" }).integrity).toBe(4096);
  });

  it("gives capabilities named by text ENABLED", () => {
    const { appContainer } = create({ appContainer: { sid: "S-1-15-2-1-2-3-4-5-6-7", capabilities: ["S-1-15-3-1"] } });
    expect(appContainer?.capabilities[0].attributes).toBe(4);
    expect([appContainer?.lowPrivilege, appContainer?.number]).toEqual([false, null]);
  });
});

describe("restriction", () => {
  it("null is not restricted, an empty list is restricted to nothing", () => {
    expect(create({ restrictedSids: null }).isRestricted).toBe(false);
    expect(create({ restrictedSids: [] }).isRestricted).toBe(true);
    expect(create({ restrictedSids: [] }).restrictedSids).toEqual([]);
  });

  it("writeRestricted means nothing without a list", () => {
    expect(create({ writeRestricted: true }).isWriteRestricted).toBe(false);
    expect(create({ writeRestricted: true, restrictedSids: ["RC"] }).isWriteRestricted).toBe(true);
    expect(create({ writeRestricted: true }).toJSON().writeRestricted).toBe(false);
  });

  it("a new token has never been filtered; a filtered one stays so through `with`", () => {
    const token = create({ tokenId: "5", parentTokenId: "1", owner: "BA" });
    expect(token.hasRestrictions).toBe(false);
    const { user, groups, privileges } = token;
    const unrestricted = { restrictedSids: null, writeRestricted: false, sandboxInert: false };
    const filtered = token.filtered({ user, groups, privileges, owner: null, ...unrestricted });
    expect(filtered.hasRestrictions).toBe(true);
    expect(filtered.with({ sessionId: 3 }).hasRestrictions).toBe(true);
    expect([filtered.parentTokenId, filtered.tokenId, filtered.modifiedId]).toEqual([5n, 6n, null]);
    expect(filtered.owner?.toString()).toBe(USER);
    expect(token.tokenId).toBe(5n);
  });
});

describe("refusals", () => {
  const cases: [string, Record<string, unknown>, string, (string | number)[]][] = [
    ["a group without attributes", { groups: ["WD", { sid: "BA" }] }, "ERR_TOKEN", ["groups", 1]],
    [
      "attributes beyond 32 bits",
      { groups: [{ sid: "BA", attributes: 2 ** 32 + 4 }] },
      "ERR_TOKEN",
      ["groups", 0, "attributes"],
    ],
    ["a negative flag word", { groups: [{ sid: "BA", attributes: -1 }] }, "ERR_TOKEN", ["groups", 0, "attributes"]],
    [
      "an attribute name in another case",
      { groups: [{ sid: "BA", attributes: ["enabled"] }] },
      "ERR_TOKEN",
      ["groups", 0, "attributes"],
    ],
    [
      "an attribute named like a member of every object",
      { groups: [{ sid: "BA", attributes: ["toString"] }] },
      "ERR_TOKEN",
      ["groups", 0, "attributes"],
    ],
    ["an array-like", { groups: { 0: "BA", length: 1 } }, "ERR_TOKEN", ["groups"]],
    ["a null entry", { groups: [null] }, "ERR_TOKEN", ["groups", 0]],
    ["a boolean entry", { groups: [true] }, "ERR_TOKEN", ["groups", 0]],
    ["an array entry", { restrictedSids: [[]] }, "ERR_TOKEN", ["restrictedSids", 0]],
    ["a hole", { groups: new Array(1) }, "ERR_TOKEN", ["groups", 0]],
    ["a number for a SID", { groups: [18] }, "ERR_SID", ["groups", 0]],
    ["text that is no SID", { groups: ["S-1"] }, "ERR_SID", ["groups", 0]],
    ["a SID of null in an entry", { groups: [{ sid: null, attributes: 7 }] }, "ERR_SID", ["groups", 0, "sid"]],
    ["an entry without a SID", { groups: [{ attributes: 7 }] }, "ERR_TOKEN", ["groups", 0]],
    ["an alias without its context", { groups: ["DA"] }, "ERR_SDDL_ALIAS", ["groups", 0]],
    ["restricted SIDs as text", { restrictedSids: "RC" }, "ERR_TOKEN", ["restrictedSids"]],
    [
      "a restricting SID with other attributes",
      { restrictedSids: [{ sid: "RC", attributes: 4 }] },
      "ERR_TOKEN",
      ["restrictedSids", 0, "attributes"],
    ],
    ["text for a boolean", { writeRestricted: "false" }, "ERR_TOKEN", ["writeRestricted"]],
    ["an unknown privilege", { privileges: ["SeGodPrivilege"] }, "ERR_TOKEN", ["privileges", 0]],
    ["a privilege twice", { privileges: ["SeDebugPrivilege", { luid: "0-14" }] }, "ERR_TOKEN", ["privileges", 1]],
    [
      "a privilege under both its names",
      { privileges: ["SeMachineAccountPrivilege", "SeUnsolicitedInputPrivilege"] },
      "ERR_TOKEN",
      ["privileges", 1],
    ],
    [
      "a privilege with name and LUID",
      { privileges: [{ name: "SeDebugPrivilege", luid: "0-14" }] },
      "ERR_TOKEN",
      ["privileges", 0],
    ],
    ["a LUID without its high part", { privileges: [{ luid: "14" }] }, "ERR_TOKEN", ["privileges", 0, "luid"]],
    ["digits as a level", { integrity: "12288" }, "ERR_TOKEN", ["integrity"]],
    ["a level in another case", { integrity: "medium" }, "ERR_TOKEN", ["integrity"]],
    ["a level beyond 32 bits", { integrity: 2 ** 32 }, "ERR_TOKEN", ["integrity"]],
    ["a level of another kind of SID", { integrity: "S-1-5-18" }, "ERR_TOKEN", ["integrity"]],
    ["a broken label SID", { integrity: "S-1-16-" }, "ERR_SID", ["integrity"]],
    ["an unknown policy bit", { mandatoryPolicy: 4 }, "ERR_TOKEN", ["mandatoryPolicy"]],
    ["an owner of null", { owner: null }, "ERR_SID", ["owner"]],
    ["a default DACL that is no text", { defaultDacl: 5 }, "ERR_TOKEN", ["defaultDacl"]],
    ["a default DACL with an owner", { defaultDacl: "O:BAD:(A;;GA;;;BA)" }, "ERR_TOKEN", ["defaultDacl"]],
    ["a type in another case", { type: "Primary" }, "ERR_TOKEN", ["type"]],
    ["a package that is none", { appContainer: { sid: "S-1-15-3-1" } }, "ERR_TOKEN", ["appContainer", "sid"]],
    [
      "a capability that is none",
      { appContainer: { sid: "S-1-15-2-1", capabilities: ["WD"] } },
      "ERR_TOKEN",
      ["appContainer", "capabilities", 0],
    ],
    ["a trust level that is none", { trustLevel: "S-1-19-512" }, "ERR_TOKEN", ["trustLevel"]],
    ["a negative LUID", { tokenId: "-1" }, "ERR_TOKEN", ["tokenId"]],
    ["a LUID beyond 64 bits", { tokenId: "18446744073709551616" }, "ERR_TOKEN", ["tokenId"]],
    ["an unsafe number", { origin: 2 ** 53 }, "ERR_TOKEN", ["origin"]],
    ["too many groups", { groups: new Array(1025).fill("WD") }, "ERR_LIMIT", ["groups"]],
    ["too many restricting SIDs", { restrictedSids: new Array(4097).fill("WD") }, "ERR_LIMIT", ["restrictedSids"]],
    ["an unknown member", { restrictedSid: [] }, "ERR_UNKNOWN_MEMBER", ["restrictedSid"]],
    [
      "an unknown member deep inside",
      { appContainer: { sid: "S-1-15-2-1", capabilities: [{ sid: "S-1-15-3-1", attribute: 4 }] } },
      "ERR_UNKNOWN_MEMBER",
      ["appContainer", "capabilities", 0, "attribute"],
    ],
    [
      "an unknown member before any value",
      { groups: "wrong", userClaims: [{ nam: "x" }] },
      "ERR_UNKNOWN_MEMBER",
      ["userClaims", 0, "nam"],
    ],
  ];
  it.each(cases)("%s", (_what, members, code, path) => {
    expect(refusal(() => create(members))).toEqual({ code, path });
  });

  it("judges members in the order of the interchange, whatever the object's order", () => {
    const input = { type: "Primary", owner: 7, groups: "x", user: USER } as unknown as TokenInput;
    expect(refusal(() => AccessToken.create(input)).path).toEqual(["groups"]);
  });

  it("says where in the default DACL", () => {
    const text = "D:(A;;GA;;;XX)";
    const { code, position } = refusal(() => create({ defaultDacl: text }));
    expect(code).toBe("ERR_SID");
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position).toBeLessThanOrEqual(text.length);
  });

  it.each([[null], ["S-1-5-18"], [[]], [undefined]])("%j is no token", (input) => {
    expect(refusal(() => AccessToken.create(input as unknown as TokenInput))).toEqual({ code: "ERR_TOKEN", path: [] });
  });

  it("a token has a user", () => {
    expect(refusal(() => AccessToken.create({} as TokenInput))).toEqual({ code: "ERR_TOKEN", path: [] });
    expect(refusal(() => AccessToken.create({ user: 18 } as unknown as TokenInput))).toEqual({
      code: "ERR_SID",
      path: ["user"],
    });
  });
});
