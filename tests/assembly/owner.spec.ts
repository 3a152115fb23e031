/** Who is the owner, and what OWNER RIGHTS and PRINCIPAL SELF stand for. access-check.md 5, 6.6 */
import { isOwner } from "../../assembly/check/owner";
import { CHECK_TRACE, EVENT_OWNER, EVENT_OWNER_SUPPRESSED } from "../../assembly/shared/abi";
import { MAXIMUM_ALLOWED, READ_CONTROL, WRITE_DAC } from "../../assembly/shared/access-mask";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace";
import { ask, asking, event, events, freshAccess, granted, loadedSubject, object, sidNumber } from "./access-scene";
import {
  EVERYONE,
  GROUP,
  OTHER,
  OWNER_RIGHTS,
  PRINCIPAL_SELF,
  USER,
  allow,
  beginDacl,
  deny,
  memberAce,
  objectAce,
} from "./descriptor-bytes";
import * as token from "./token-bytes";

const BOTH: u32 = READ_CONTROL | WRITE_DAC;

/** Whether the token as it was told so far owns what this SID owns. */
function owns(owner: string): bool {
  const subject = loadedSubject();
  return isOwner(subject, sidNumber(owner));
}

/** Begins an object of this owner with an empty DACL. */
function owned(owner: string): void {
  object(owner);
  beginDacl();
}

beforeEach(() => {
  freshAccess();
});

describe("the owner", () => {
  test("is the user unless deny-only, or an enabled group", () => {
    token.group(EVERYONE, 0x7);
    token.group(GROUP, 0x10);
    token.group(OTHER, 0x0);
    expect(owns(USER)).toBe(true);
    expect(owns(EVERYONE)).toBe(true);
    expect(owns(GROUP)).toBe(false, "deny-only");
    expect(owns(OTHER)).toBe(false, "disabled");
    expect(owns("S-1-5-99")).toBe(false, "nobody");
    token.beginToken(USER, 0x10);
    expect(owns(USER)).toBe(false);
  });

  test("must be in the restricting list too, where there is one", () => {
    token.restrict(EVERYONE);
    expect(owns(USER)).toBe(false);
    expect(owns(EVERYONE)).toBe(false, "in the list alone");
    token.restrict(USER);
    expect(owns(USER)).toBe(true);
    token.beginToken(USER);
    token.restrictToNothing();
    expect(owns(USER)).toBe(false);
    token.beginToken(USER);
    token.writeRestrict(EVERYONE);
    expect(owns(USER)).toBe(false, "write-restricted");
  });

  test("is nobody without an owner", () => {
    expect(isOwner(loadedSubject(), 0)).toBe(false);
    object("");
    beginDacl();
    allow(1, OWNER_RIGHTS);
    expect(granted(1)).toBe(0);
  });

  test("is not the default owner of the token", () => {
    token.ownedBy(OTHER);
    expect(owns(OTHER)).toBe(false);
  });

  test("has READ_CONTROL and WRITE_DAC, nothing else, and no later deny takes them", () => {
    owned(USER);
    deny(BOTH, USER);
    expect(granted(BOTH)).toBe(BOTH);
    expect(granted(MAXIMUM_ALLOWED)).toBe(BOTH);
    expect(granted(BOTH | 1)).toBe(0);
  });

  test("is told with the bits that were wanted", () => {
    asking().flags = CHECK_TRACE;
    owned(USER);
    ask(READ_CONTROL | 1);
    expect(event(EVENT_OWNER).bits).toBe(READ_CONTROL);
  });
});

describe("an ACE for OWNER RIGHTS", () => {
  test("of any allow or deny type and any mask switches ownership off", () => {
    owned(USER);
    allow(0, OWNER_RIGHTS);
    expect(granted(READ_CONTROL)).toBe(0);
    owned(USER);
    deny(0, OWNER_RIGHTS);
    expect(granted(WRITE_DAC)).toBe(0);
    owned(USER);
    memberAce(9, 0, OWNER_RIGHTS, 5, 99);
    expect(granted(READ_CONTROL)).toBe(0, "its condition is not asked");
    owned(USER);
    objectAce(5, 0, 7, OWNER_RIGHTS);
    expect(granted(READ_CONTROL)).toBe(0, "typed");
  });

  test("that is inherit-only does not", () => {
    owned(USER);
    allow(0, OWNER_RIGHTS, INHERIT_ONLY_ACE);
    expect(granted(BOTH)).toBe(BOTH);
  });

  test("is told as what took ownership away", () => {
    asking().flags = CHECK_TRACE;
    owned(USER);
    allow(1, EVERYONE);
    allow(1, OWNER_RIGHTS);
    ask(1);
    expect(event(EVENT_OWNER_SUPPRESSED).ace).toBe(1);
    expect(events(EVENT_OWNER)).toBe(0);
  });

  test("allows the owner, and nobody else", () => {
    owned(USER);
    allow(1, OWNER_RIGHTS);
    expect(granted(1)).toBe(1);
    owned(OTHER);
    allow(1, OWNER_RIGHTS);
    expect(granted(1)).toBe(0);
  });

  test("allows no restricted token whose list lacks the owner, in the first walk already", () => {
    token.restrict(EVERYONE);
    owned(USER);
    allow(1, OWNER_RIGHTS);
    allow(1, EVERYONE);
    expect(granted(1)).toBe(0);
    token.restrict(USER);
    expect(granted(1)).toBe(1);
    token.beginToken(USER);
    token.writeRestrict(EVERYONE);
    expect(granted(1)).toBe(0, "though the bit is no write bit");
  });

  test("denies by the owner SID under the deny rule", () => {
    token.beginToken(USER, 0x10);
    token.group(EVERYONE);
    owned(USER);
    deny(1, OWNER_RIGHTS);
    allow(3, EVERYONE);
    expect(granted(1)).toBe(0, "deny-only");
    expect(granted(2)).toBe(2);
    token.beginToken(USER);
    token.group(EVERYONE);
    token.restrict(EVERYONE);
    expect(granted(1)).toBe(0, "restricted, and no owner by 5.1");
  });

  test("denies in the second walk by the list", () => {
    token.group(EVERYONE);
    token.restrict(OTHER);
    token.restrict(EVERYONE);
    owned(OTHER);
    deny(1, OWNER_RIGHTS);
    allow(3, EVERYONE);
    expect(granted(1)).toBe(0);
    expect(granted(2)).toBe(2);
  });

  test("does not match a token that merely holds the SID", () => {
    token.group(OWNER_RIGHTS);
    owned(OTHER);
    allow(1, OWNER_RIGHTS);
    expect(granted(1)).toBe(0);
  });
});

describe("PRINCIPAL SELF", () => {
  test("is the plain SID when the request names nobody", () => {
    owned(OTHER);
    allow(1, PRINCIPAL_SELF);
    expect(granted(1)).toBe(0);
    token.group(PRINCIPAL_SELF);
    expect(granted(1)).toBe(1);
  });

  test("is replaced for allow, for deny, and in the second walk", () => {
    owned(OTHER);
    allow(1, PRINCIPAL_SELF);
    deny(2, PRINCIPAL_SELF);
    allow(2, USER);
    ask(1);
    asking().principalSelf = sidNumber(USER) + 1;
    expect(granted(1)).toBe(1);
    expect(granted(2)).toBe(0);
    token.restrict(EVERYONE);
    expect(granted(1)).toBe(0);
    token.restrict(USER);
    expect(granted(1)).toBe(1);
  });

  test("replaced by somebody else is not held, even by one who holds the plain SID", () => {
    token.group(PRINCIPAL_SELF);
    owned(OTHER);
    allow(1, PRINCIPAL_SELF);
    ask(1);
    asking().principalSelf = sidNumber(OTHER) + 1;
    expect(granted(1)).toBe(0);
    asking().principalSelf = 0;
    expect(granted(1)).toBe(1, "and the next request finds it as it was");
  });
});
