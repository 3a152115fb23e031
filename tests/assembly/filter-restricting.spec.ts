/** Filtering: the restricting list and the flags of a token. tokens.md 2.5, 2.6 */
import { FILTER_CALL_CREATE_RESTRICTED_TOKEN, FILTER_CALL_SE_FILTER_TOKEN } from "../../assembly/shared/filter-image";
import { STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SANDBOX_INERT, WRITE_RESTRICTED } from "../../assembly/shared/token";
import { IMAGE_RESTRICTED, IMAGE_SANDBOX_INERT, IMAGE_WRITE_RESTRICTED } from "../../assembly/shared/token-image";
import { freshAccess, sidNumber } from "./access-scene";
import { EVERYONE, GROUP, OTHER, USER } from "./descriptor-bytes";
import * as filter from "./filter-bytes";
import { filtered, outcome } from "./filter-scene";
import * as token from "./token-bytes";

const FULLY: u32 = IMAGE_RESTRICTED;
const WRITE: u32 = IMAGE_RESTRICTED | IMAGE_WRITE_RESTRICTED;

/** The flags afterwards; the list is as long as expected. */
function restriction(count: u32): u32 {
  expect(filtered()).toBe(STATUS_SUCCESS);
  expect(outcome.restrictedCount).toBe(count);
  return outcome.flags;
}

function listedSid(index: u32): u32 {
  return load<u32>(outcome.restricted + index * 4);
}

beforeEach(() => {
  freshAccess();
  filter.beginFilter();
});

describe("SANDBOX_INERT", () => {
  test("is heard from SeFilterToken always, from CreateRestrictedToken for a trusted caller", () => {
    filter.beginFilter(SANDBOX_INERT, FILTER_CALL_SE_FILTER_TOKEN);
    expect(restriction(0)).toBe(IMAGE_SANDBOX_INERT);
    filter.beginFilter(SANDBOX_INERT, FILTER_CALL_CREATE_RESTRICTED_TOKEN);
    expect(restriction(0)).toBe(0);
    filter.beginFilter(SANDBOX_INERT, FILTER_CALL_CREATE_RESTRICTED_TOKEN, true);
    expect(restriction(0)).toBe(IMAGE_SANDBOX_INERT);
  });

  test("stays with a token that has it", () => {
    token.setFlag(IMAGE_SANDBOX_INERT);
    filter.beginFilter(0, FILTER_CALL_CREATE_RESTRICTED_TOKEN);
    expect(restriction(0)).toBe(IMAGE_SANDBOX_INERT);
  });
});

describe("restricting SIDs", () => {
  test("of an unrestricted token are the given ones, in their order, duplicates kept", () => {
    filter.restrictTo(EVERYONE);
    filter.restrictTo(USER);
    filter.restrictTo(EVERYONE);
    expect(restriction(3)).toBe(FULLY);
    expect(listedSid(1)).toBe(sidNumber(USER));
    expect(listedSid(2)).toBe(sidNumber(EVERYONE));
  });

  test("of a restricted token are the intersection, in the order of the list, each once", () => {
    token.restrict(GROUP);
    token.restrict(EVERYONE);
    token.restrict(GROUP);
    token.restrict(OTHER);
    filter.restrictTo(EVERYONE);
    filter.restrictTo(GROUP);
    filter.restrictTo(GROUP);
    filter.restrictTo(USER);
    expect(restriction(2)).toBe(FULLY);
    expect(listedSid(0)).toBe(sidNumber(GROUP));
    expect(listedSid(1)).toBe(sidNumber(EVERYONE));
    expect(restriction(2)).toBe(FULLY, "and the next call finds no marks");
  });

  test("that meet in nothing restrict to nothing", () => {
    token.restrict(GROUP);
    filter.restrictTo(EVERYONE);
    expect(restriction(0)).toBe(FULLY);
  });

  test("that are not given leave the list as it is", () => {
    token.restrict(GROUP);
    token.restrict(GROUP);
    expect(restriction(2)).toBe(FULLY);
  });

  test("follow the table: what a token was, what is given, the flag", () => {
    filter.beginFilter(WRITE_RESTRICTED);
    expect(restriction(0)).toBe(WRITE, "unrestricted, none given, flag: write-restricted to nothing");
    filter.restrictTo(GROUP);
    expect(restriction(1)).toBe(WRITE, "unrestricted, given, flag");
    token.restrict(GROUP);
    expect(restriction(1)).toBe(FULLY, "fully restricted is never loosened");
    filter.beginFilter(WRITE_RESTRICTED);
    expect(restriction(1)).toBe(FULLY);
    token.beginToken(USER);
    token.writeRestrict(GROUP);
    expect(restriction(1)).toBe(WRITE, "write-restricted, none given, flag");
    filter.beginFilter();
    expect(restriction(1)).toBe(WRITE, "write-restricted, none given");
    filter.restrictTo(GROUP);
    expect(restriction(1)).toBe(FULLY, "write-restricted, given: fully");
    filter.beginFilter(WRITE_RESTRICTED);
    filter.restrictTo(GROUP);
    expect(restriction(1)).toBe(WRITE, "write-restricted, given, flag");
  });

  test("are not touched by SIDs to disable", () => {
    token.restrict(GROUP);
    filter.disable(GROUP);
    expect(restriction(1)).toBe(FULLY);
  });
});
