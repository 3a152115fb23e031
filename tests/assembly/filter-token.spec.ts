/** SeFilterToken and CreateRestrictedToken: groups, owner, privileges. tokens.md 2.1-2.5 */
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { DISABLE_MAX_PRIVILEGE, LUA_TOKEN, SE_GROUP_INTEGRITY, SE_GROUP_INTEGRITY_ENABLED } from "../../assembly/shared/token";
import { freshAccess } from "./access-scene";
import { ADMINISTRATORS, EVERYONE, GROUP, OTHER, USER } from "./descriptor-bytes";
import * as filter from "./filter-bytes";
import { filtered, outcome, source } from "./filter-scene";
import * as token from "./token-bytes";

/** The attributes of group `index` afterwards. */
function groupAttributes(index: u32): u32 {
  expect(filtered()).toBe(STATUS_SUCCESS);
  return load<u32>(outcome.groupAttributes + index * 4);
}

/** The LUIDs that are left, one behind the other. */
function privileges(): string {
  expect(filtered()).toBe(STATUS_SUCCESS);
  let text = "";
  for (let i: u32 = 0; i < outcome.privilegeCount; i++) text += load<u32>(outcome.privileges + i * 12).toString() + " ";
  return text.trimEnd();
}

beforeEach(() => {
  freshAccess();
  filter.beginFilter();
});

describe("an empty call", () => {
  test("succeeds and changes nothing", () => {
    token.beginToken(USER, 0x7);
    token.group(EVERYONE, 0xc0000007);
    token.ownedBy(EVERYONE);
    token.privilege(23, 3);
    expect(groupAttributes(0)).toBe(0xc0000007);
    expect(outcome.userAttributes).toBe(0x7);
    expect(outcome.owner).toBe(source.owner);
    expect(outcome.privilegeCount).toBe(1);
    expect(load<u32>(outcome.privileges + 8)).toBe(3);
    expect(outcome.flags).toBe(0);
    expect(outcome.restrictedCount).toBe(0);
  });
});

describe("a call is refused", () => {
  test("for flags outside 0xF", () => {
    filter.beginFilter(0x10);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
    filter.beginFilter(0x80000000);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
    filter.beginFilter(0xf);
    expect(filtered()).toBe(STATUS_SUCCESS);
  });

  test("for attributes of restricting SIDs, not for those of SIDs to disable", () => {
    filter.restrictTo(EVERYONE, 0x7);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
    filter.beginFilter();
    filter.disable(EVERYONE, 0x7);
    expect(filtered()).toBe(STATUS_SUCCESS);
  });

  test("for more than 4,096 entries of a list", () => {
    for (let i = 0; i < 4096; i++) filter.restrictTo(EVERYONE);
    expect(filtered()).toBe(STATUS_SUCCESS);
    filter.restrictTo(EVERYONE);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
    filter.beginFilter();
    for (let i = 0; i < 4097; i++) filter.remove(i);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
    filter.beginFilter();
    for (let i = 0; i < 4097; i++) filter.disable(EVERYONE);
    expect(filtered()).toBe(STATUS_INVALID_PARAMETER);
  });
});

describe("the attributes of groups", () => {
  test("have room however many they are, beside the privileges", () => {
    for (let i: u32 = 0; i < 50; i++) token.group(EVERYONE, i << 8);
    for (let i = 2; i < 20; i++) token.privilege(i);
    expect(filtered()).toBe(STATUS_SUCCESS);
    for (let i: u32 = 0; i < 50; i++) expect(load<u32>(outcome.groupAttributes + i * 4)).toBe(i << 8);
  });

  test("are those of one call: the next one has its own", () => {
    token.group(EVERYONE, 0x7);
    filtered();
    const first = outcome.groupAttributes;
    filter.disable(EVERYONE);
    expect(groupAttributes(0)).toBe(0x11);
    expect(load<u32>(first)).toBe(0x7);
  });
});

describe("a SID to disable", () => {
  test("becomes deny-only; all other bits stay", () => {
    token.group(EVERYONE, 0xe000000f);
    filter.disable(EVERYONE);
    expect(groupAttributes(0)).toBe(0xe0000019);
  });

  test("is looked for in every group and the user; the rest are left alone", () => {
    token.beginToken(USER, 0x7);
    token.group(EVERYONE, 0x7);
    token.group(GROUP, 0x7);
    token.group(EVERYONE, 0x3);
    filter.disable(EVERYONE);
    filter.disable(USER);
    filter.disable(OTHER);
    expect(groupAttributes(0)).toBe(0x11);
    expect(groupAttributes(1)).toBe(0x7);
    expect(groupAttributes(2)).toBe(0x11, "a disabled one too");
    expect(outcome.userAttributes).toBe(0x11);
  });

  test("is not asked of the next call", () => {
    token.group(EVERYONE, 0x7);
    filter.disable(EVERYONE);
    filtered();
    filter.beginFilter();
    expect(groupAttributes(0)).toBe(0x7);
  });

  test("does not touch the label", () => {
    token.group("S-1-16-8192", SE_GROUP_INTEGRITY | 0x44);
    filter.disable("S-1-16-8192");
    expect(groupAttributes(0)).toBe(SE_GROUP_INTEGRITY | 0x44);
  });

  test("leaves alone what is a label by its first bit, not by its second", () => {
    token.group(EVERYONE, SE_GROUP_INTEGRITY | 0x4);
    token.group(EVERYONE, SE_GROUP_INTEGRITY_ENABLED | 0x4);
    filter.disable(EVERYONE);
    expect(groupAttributes(0)).toBe(SE_GROUP_INTEGRITY | 0x4);
    expect(groupAttributes(1)).toBe(SE_GROUP_INTEGRITY_ENABLED | 0x10);
  });

  test("that is the owner makes the user the owner, when it has just become deny-only", () => {
    token.group(EVERYONE, 0x7);
    token.ownedBy(EVERYONE);
    filter.disable(EVERYONE);
    filtered();
    expect(outcome.owner).toBe(source.user);
    filter.beginFilter();
    filter.disable(USER);
    filtered();
    expect(outcome.owner).toBe(source.owner, "another SID");
    token.beginToken(USER);
    token.group(EVERYONE, 0x11);
    token.ownedBy(EVERYONE);
    filter.beginFilter();
    filter.disable(EVERYONE);
    filtered();
    expect(outcome.owner).toBe(source.owner, "deny-only before");
  });

  test("never changes the source", () => {
    token.group(EVERYONE, 0x7);
    filter.disable(EVERYONE);
    filtered();
    expect(load<u32>(source.groups + 4)).toBe(0x7);
  });
});

describe("privileges", () => {
  test("that are listed are removed; others and unknown ones are of no matter", () => {
    token.privilege(8);
    token.privilege(17, 0);
    token.privilege(23);
    filter.remove(17);
    filter.remove(23);
    filter.remove(99);
    expect(privileges()).toBe("8");
  });

  test("are told by both halves of their LUID", () => {
    token.privilege(17, 2, 1);
    filter.remove(17);
    expect(privileges()).toBe("17");
  });

  test("go all but SeChangeNotify under DISABLE_MAX_PRIVILEGE, which ignores the list", () => {
    token.privilege(8);
    token.privilege(23, 1);
    token.privilege(17);
    filter.beginFilter(DISABLE_MAX_PRIVILEGE);
    filter.remove(23);
    expect(privileges()).toBe("23");
    expect(load<u32>(outcome.privileges + 8)).toBe(1, "its attributes stay");
    token.beginToken(USER);
    token.privilege(23, 2, 1);
    expect(privileges()).toBe("", "another LUID");
  });
});

describe("LUA_TOKEN", () => {
  test("makes elevated groups deny-only, enabled or not, and no others", () => {
    const elevated = "512 516 517 518 519 520".split(" ");
    const builtin = "544 547 548 549 550 551 553 554 556 569".split(" ");
    filter.beginFilter(LUA_TOKEN);
    for (let i = 0; i < elevated.length; i++) token.group("S-1-5-21-9-8-7-" + elevated[i]);
    for (let i = 0; i < builtin.length; i++) token.group("S-1-5-32-" + builtin[i], 0);
    const targets = elevated.length + builtin.length;
    const ordinary = (
      "S-1-5-21-9-8-7-513 S-1-5-21-9-8-7-515 S-1-5-21-9-8-7-521 S-1-5-21-9-8-512 S-1-5-22-9-8-7-512 " +
      "S-1-5-32-545 S-1-5-32-546 S-1-5-32-552 S-1-5-32-555 S-1-5-32-568 S-1-5-32-570 S-1-5-32-1-544 " +
      "S-1-5-33-544 S-1-1-32-544"
    ).split(" ");
    for (let i = 0; i < ordinary.length; i++) token.group(ordinary[i]);
    filtered();
    for (let i = 0; i < targets; i++) {
      const attributes = load<u32>(outcome.groupAttributes + i * 4);
      expect(attributes & 0x14).toBe(0x10, i.toString());
    }
    for (let i = 0; i < ordinary.length; i++) {
      expect(load<u32>(outcome.groupAttributes + (targets + i) * 4)).toBe(0x7, ordinary[i]);
    }
  });

  test("with an elevated group leaves five privileges, without one takes eight", () => {
    for (let luid: u32 = 2; luid <= 36; luid++) token.privilege(luid);
    filter.beginFilter(LUA_TOKEN);
    expect(privileges()).toBe("3 4 5 6 8 10 11 12 13 14 15 16 19 21 22 23 24 25 26 27 28 30 31 33 34 35 36");
    token.group(ADMINISTRATORS, 0x10);
    expect(privileges()).toBe("19 23 25 33 34", "deny-only or not");
    filter.remove(25);
    expect(privileges()).toBe("19 23 33 34");
  });

  test("falls back to the user as owner", () => {
    token.group(ADMINISTRATORS);
    token.ownedBy(ADMINISTRATORS);
    filter.beginFilter(LUA_TOKEN);
    filtered();
    expect(outcome.owner).toBe(source.user);
  });
});
