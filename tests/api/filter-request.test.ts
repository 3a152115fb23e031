/** What `filterToken` takes for options, and how it says what is wrong with them. interchange.md "filter", tokens.md 2.1 */

import { describe, expect, it } from "vitest";
import { checkedFilter } from "../../src/filter-request.js";
import { ArgumentError, Engine, FilterFlags, isSallyportError, Sid } from "../../src/index.js";
import { EVERYONE, thrownBy, token } from "./questions.js";

const engine = new Engine();

describe("checked filter options", () => {
  it("are nothing at all by default", () => {
    const none = {
      flags: 0,
      call: 0,
      callerIsTcb: false,
      sidsToDisable: [],
      privilegesToDelete: [],
      restrictedSids: [],
    };
    expect(checkedFilter({})).toEqual(none);
    expect(checkedFilter({ flags: undefined, sidsToDisable: undefined })).toEqual(none);
  });

  it.each<[unknown, number]>([
    [0, 0],
    [15, 15],
    [0xffffffff, 0xffffffff],
    ["WRITE_RESTRICTED|LUA_TOKEN", 12],
    [["DISABLE_MAX_PRIVILEGE", "SANDBOX_INERT"], 3],
    [FilterFlags.WRITE_RESTRICTED, 8],
    ["0xc", 12],
  ])("flags %s", (flags, word) => {
    expect(checkedFilter({ flags: flags as number }).flags).toBe(word);
  });

  it("callerIsTcb is of no matter to SeFilterToken", () => {
    expect(checkedFilter({ callerIsTcb: true })).toMatchObject({ call: 0, callerIsTcb: true });
    expect(engine.filterToken(token(), { flags: 2, callerIsTcb: false }).sandboxInert).toBe(true);
  });

  it("lists have SIDs with attributes and privileges with LUIDs", () => {
    const checked = checkedFilter({
      sidsToDisable: ["WD", Sid.parse("S-1-5-11"), { sid: "BA", attributes: 7 }],
      privilegesToDelete: ["SeDebugPrivilege", { luid: "0-40" }],
      restrictedSids: [{ sid: "RC" }, { sid: "S-1-5-33", attributes: ["ENABLED"] }],
      call: "CreateRestrictedToken",
      callerIsTcb: true,
    });
    expect(checked.sidsToDisable.map(({ sid, attributes }) => [String(sid), attributes])).toEqual([
      ["S-1-1-0", 0],
      ["S-1-5-11", 0],
      ["S-1-5-32-544", 7],
    ]);
    expect(checked.privilegesToDelete.map(({ luid }) => luid)).toEqual([20n, 0x40n]);
    expect(checked.restrictedSids.map(({ sid, attributes }) => [String(sid), attributes])).toEqual([
      ["S-1-5-12", 0],
      ["S-1-5-33", 4],
    ]);
    expect([checked.call, checked.callerIsTcb]).toEqual([1, true]);
  });
});

describe("wrong options are named", () => {
  it.each<[string, unknown, string, (string | number)[]]>([
    ["an unknown member", { restrictedSid: ["RC"] }, "ERR_UNKNOWN_MEMBER", ["restrictedSid"]],
    [
      "an unknown member of an entry",
      { restrictedSids: [{ sid: "RC", attribute: 0 }] },
      "ERR_UNKNOWN_MEMBER",
      ["restrictedSids", 0, "attribute"],
    ],
    ["flags in other letters", { flags: ["write_restricted"] }, "ERR_ARGUMENT", ["flags"]],
    ["negative flags", { flags: -1 }, "ERR_ARGUMENT", ["flags"]],
    ["flags: null", { flags: null }, "ERR_ARGUMENT", ["flags"]],
    ["a list that is none", { restrictedSids: "RC" }, "ERR_ARGUMENT", ["restrictedSids"]],
    ["restrictedSids: null", { restrictedSids: null }, "ERR_ARGUMENT", ["restrictedSids"]],
    ["an entry that is none", { sidsToDisable: ["WD", null] }, "ERR_ARGUMENT", ["sidsToDisable", 1]],
    ["a hole", { sidsToDisable: Object.assign(["WD"], { 2: "WD" }) }, "ERR_ARGUMENT", ["sidsToDisable", 1]],
    ["a SID that is none", { sidsToDisable: ["S-1-"] }, "ERR_SID", ["sidsToDisable", 0]],
    ["a SID that is a number", { restrictedSids: [18] }, "ERR_SID", ["restrictedSids", 0]],
    ["an alias without its domain", { sidsToDisable: ["DA"] }, "ERR_SDDL_ALIAS", ["sidsToDisable", 0]],
    ["a privilege that is none", { privilegesToDelete: ["SeNoPrivilege"] }, "ERR_ARGUMENT", ["privilegesToDelete", 0]],
    ["another call", { call: "NtFilterToken" }, "ERR_ARGUMENT", ["call"]],
    ["callerIsTcb as text", { call: "CreateRestrictedToken", callerIsTcb: "yes" }, "ERR_ARGUMENT", ["callerIsTcb"]],
  ])("%s", (_what, options, code, path) => {
    const error = thrownBy(() => checkedFilter(options as never));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code });
    expect(error.path.slice(0, path.length)).toEqual(path);
  });

  it.each([null, 1, "RC", [], new Date(0) && true])("%s are no options", (options) => {
    const error = thrownBy(() => checkedFilter(options as never));
    expect(error).toMatchObject({ code: "ERR_ARGUMENT", path: [] });
  });
});

describe("what Windows refuses by status is no error", () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `S-1-5-21-${i}`);
  it.each<[string, object, string]>([
    ["flags outside 0xF", { flags: 0x10 }, "STATUS_INVALID_PARAMETER"],
    [
      "a restricting SID with attributes",
      { restrictedSids: [{ sid: "RC", attributes: 7 }] },
      "STATUS_INVALID_PARAMETER",
    ],
    ["4,097 restricting SIDs", { restrictedSids: many(4097) }, "STATUS_INVALID_PARAMETER"],
    ["4,097 SIDs to disable", { sidsToDisable: many(4097) }, "STATUS_INVALID_PARAMETER"],
    ["4,097 privileges", { privilegesToDelete: many(4097).map(() => "SeDebugPrivilege") }, "STATUS_INVALID_PARAMETER"],
    ["4,096 of each", { restrictedSids: many(4096), sidsToDisable: many(4096) }, "STATUS_SUCCESS"],
  ])("%s", (_what, options, status) => {
    const answered = engine.tryFilterToken(token(), options);
    expect(answered.status).toBe(status);
    expect(answered.token === null).toBe(status !== "STATUS_SUCCESS");
  });
});

describe("hostile options", () => {
  it("a getter that throws is our error", () => {
    const options = {
      get flags(): number {
        throw new Error("mine");
      },
    };
    const error = thrownBy(() => engine.tryFilterToken(token(), options));
    expect(isSallyportError(error), String(error)).toBe(true);
  });

  it("a proxy that throws is our error", () => {
    const options = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("mine");
        },
      },
    );
    const error = thrownBy(() => engine.tryFilterToken(token(), options));
    expect(isSallyportError(error), String(error)).toBe(true);
  });

  it("every member is read once, so one that changes cannot deceive", () => {
    let reads = 0;
    const options = {
      get restrictedSids(): string[] {
        reads += 1;
        return reads === 1 ? ["RC"] : [EVERYONE];
      },
    };
    const made = engine.filterToken(token(), options);
    expect(made.restrictedSids?.map(String)).toEqual(["S-1-5-12"]);
    expect(reads).toBe(1);
  });

  it("inherited members are no members", () => {
    const inherited = Object.create({ flags: 8 });
    expect(engine.filterToken(token(), inherited).isRestricted).toBe(false);
  });

  it("a list changed after the answer changes nothing", () => {
    const restrictedSids = ["RC"];
    const made = engine.filterToken(token(), { restrictedSids });
    restrictedSids[0] = EVERYONE;
    expect(made.restrictedSids?.map(String)).toEqual(["S-1-5-12"]);
    expect(Object.isFrozen(made.restrictedSids)).toBe(true);
  });
});
