/** The walk: order, matching, lanes. access-check.md 6.1-6.5, 7.2, 8.2, 8.3 */
import { grantedPackage, grantedRestricting } from "../../assembly/check/dacl";
import { CHECK_RAW_GENERIC } from "../../assembly/shared/abi";
import { GENERIC_READ } from "../../assembly/shared/access-mask";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace";
import { FILE_READ, asking, dacl, freshAccess, walked } from "./access-scene";
import {
  ALL_PACKAGES,
  CAPABILITY,
  EVERYONE,
  GROUP,
  OTHER,
  PACKAGE,
  USER,
  allow,
  deny,
  plainAce,
} from "./descriptor-bytes";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
  dacl();
});

describe("each bit", () => {
  test("is decided by the first ACE that mentions it", () => {
    allow(0x1, USER);
    deny(0x3, USER);
    allow(0x3, USER);
    expect(walked(0x3)).toBe(0x1);
  });

  test("that no ACE mentions stays ungranted", () => {
    allow(0x1, USER);
    expect(walked(0x3)).toBe(0x1);
  });

  test("of nobody's interest is not granted", () => {
    allow(0xff, USER);
    expect(walked(0x2)).toBe(0x2);
  });

  test("may come from its own ACE", () => {
    token.group(EVERYONE);
    allow(0x1, USER);
    allow(0x2, EVERYONE);
    expect(walked(0x3)).toBe(0x3);
  });
});

describe("a deny", () => {
  test("of a decided bit changes nothing", () => {
    allow(0x1, USER);
    deny(0x1, USER);
    allow(0x2, USER);
    expect(walked(0x3)).toBe(0x3);
    expect(walked(0x3, true)).toBe(0x3);
  });

  test("of a bit of nobody's interest changes nothing", () => {
    deny(0x4, USER);
    allow(0x3, USER);
    expect(walked(0x3, true)).toBe(0x3);
  });

  test("of an undecided bit ends a walk that may refuse early, and no other", () => {
    allow(0x1, USER);
    deny(0x2, USER);
    allow(0x4, USER);
    expect(walked(0x7)).toBe(0x5);
    expect(walked(0x7, true)).toBe(0x1);
  });

  test("is matched by a deny-only group, an allow is not", () => {
    token.group(EVERYONE, 0x10);
    deny(0x1, EVERYONE);
    allow(0x2, EVERYONE);
    allow(0x1, USER);
    expect(walked(0x3)).toBe(0);
  });
});

describe("an ACE", () => {
  test("for a SID that the token does not hold, or holds disabled, is passed over", () => {
    token.group(EVERYONE, 0x0);
    deny(0x1, OTHER);
    deny(0x1, EVERYONE);
    allow(0x1, EVERYONE);
    allow(0x1, USER);
    expect(walked(0x1)).toBe(0x1);
    dacl();
    allow(0x1, EVERYONE);
    expect(walked(0x1)).toBe(0);
  });

  test("that is inherit-only, of an unknown type, or of a SACL is passed over", () => {
    deny(0x1, USER, INHERIT_ONLY_ACE);
    plainAce(0x99, 0x1, USER);
    plainAce(0x02, 0x1, USER);
    allow(0x1, USER);
    expect(walked(0x1, true)).toBe(0x1);
  });

  test("for CREATOR OWNER means nothing", () => {
    allow(0x1, "S-1-3-0");
    expect(walked(0x1)).toBe(0);
  });

  test("has its generic bits mapped, unless they are to stay raw", () => {
    allow(GENERIC_READ | 0x2, USER);
    expect(walked(0xffffffff)).toBe(FILE_READ | 0x2);
    asking().flags = CHECK_RAW_GENERIC;
    expect(walked(0xffffffff)).toBe(GENERIC_READ | 0x2);
  });
});

describe("the restricting lane", () => {
  test("sees the list only, for allow and for deny", () => {
    token.restrict(GROUP);
    allow(0x1, USER);
    deny(0x2, GROUP);
    allow(0x6, GROUP);
    expect(walked(0x7)).toBe(0x1);
    expect(grantedRestricting).toBe(0x4);
  });

  test("is undisturbed by denies of the first", () => {
    token.restrict(USER);
    token.restrict(GROUP);
    token.group(EVERYONE);
    deny(0x1, EVERYONE);
    allow(0x1, GROUP);
    expect(walked(0x1)).toBe(0);
    expect(grantedRestricting).toBe(0x1);
  });

  test("goes on when the first has all it wants", () => {
    token.restrict(GROUP);
    allow(0x1, USER);
    allow(0x1, GROUP);
    walked(0x1);
    expect(grantedRestricting).toBe(0x1);
  });
});

describe("the package lane", () => {
  test("is granted by the package, its capabilities and the package SIDs", () => {
    token.inPackage(PACKAGE);
    token.capability(CAPABILITY);
    allow(0x1, PACKAGE);
    allow(0x2, CAPABILITY);
    allow(0x4, ALL_PACKAGES);
    expect(walked(0x7)).toBe(0, "the user side is not");
    expect(grantedPackage).toBe(0x7);
  });

  test("counts an allow only where it did not match on the user side", () => {
    token.inPackage(PACKAGE);
    token.group(PACKAGE);
    allow(0x1, PACKAGE);
    expect(walked(0x1)).toBe(0x1);
    expect(grantedPackage).toBe(0);
    token.beginToken(USER);
    token.inPackage(PACKAGE);
    token.group(PACKAGE, 0x10);
    expect(walked(0x1)).toBe(0);
    expect(grantedPackage).toBe(0x1, "deny-only is no match");
  });

  test("knows no deny", () => {
    token.inPackage(PACKAGE);
    deny(0x1, PACKAGE);
    deny(0x1, USER);
    allow(0x1, PACKAGE);
    expect(walked(0x1)).toBe(0);
    expect(grantedPackage).toBe(0x1);
  });
});
