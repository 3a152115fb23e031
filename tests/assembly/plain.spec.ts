/** The short way: who and what is plain, and that it ends where the whole way ends. access-check.md 3, 5, 6, 7 */
import { isPlainWant, markDescriptor, markToken, plainGranted } from "../../assembly/check/plain";
import { ACCESS_SYSTEM_SECURITY, GENERIC_READ, MAXIMUM_ALLOWED, READ_CONTROL, WRITE_OWNER } from "../../assembly/shared/access-mask";
import { SYSTEM_MANDATORY_LABEL_ACE_TYPE } from "../../assembly/shared/ace";
import { SECURITY_IDENTIFICATION, SECURITY_IMPERSONATION, TOKEN_IMPERSONATION } from "../../assembly/shared/token";
import { FILE_READ, asking, dacl, freshAccess, loadedObject, loadedSubject, object } from "./access-scene";
import { EVERYONE, GROUP, OTHER, OWNER_RIGHTS, PACKAGE, PRINCIPAL_SELF, USER, allow, beginDacl, beginSacl, deny, endAcl, objectAce, plainAce } from "./descriptor-bytes";
import * as token from "./token-bytes";

const MEDIUM: u32 = 0x2000;
const LOW: u32 = 0x1000;

beforeEach(() => {
  freshAccess();
  dacl();
});

function plainToken(): u32 {
  const subject = loadedSubject();
  markToken(subject);
  return subject.plain;
}

function plainObject(): u32 {
  const descriptor = loadedObject();
  markDescriptor(descriptor);
  return descriptor.plain;
}

function grantedShortly(want: u32): bool {
  const descriptor = loadedObject();
  return plainGranted(asking(), loadedSubject(), descriptor, want);
}

describe("a token is plain", () => {
  test("as users have it", () => {
    token.group(EVERYONE);
    token.restrict(EVERYONE);
    expect(plainToken()).toBe(1);
  });

  test("from Medium up, or where integrity is no limit", () => {
    token.setIntegrity(MEDIUM);
    expect(plainToken()).toBe(1);
    token.setIntegrity(MEDIUM - 1);
    expect(plainToken()).toBe(0);
    token.setIntegrity(LOW, 0);
    expect(plainToken()).toBe(1);
  });

  test("if it may act for its user", () => {
    token.setType(TOKEN_IMPERSONATION, SECURITY_IMPERSONATION);
    expect(plainToken()).toBe(1);
    token.setType(TOKEN_IMPERSONATION, SECURITY_IDENTIFICATION);
    expect(plainToken()).toBe(0);
  });

  test("not in a package", () => {
    token.inPackage(PACKAGE);
    expect(plainToken()).toBe(0);
  });

  test("not where writing alone is restricted", () => {
    token.writeRestrict(EVERYONE);
    expect(plainToken()).toBe(0);
  });
});

describe("a descriptor is plain", () => {
  test("with masks and SIDs", () => {
    deny(0x1, OTHER);
    allow(0x1, USER);
    expect(plainObject()).toBe(1);
  });

  test("with an empty DACL, not without one", () => {
    expect(plainObject()).toBe(1);
    object();
    expect(plainObject()).toBe(0);
  });

  test("with generic bits, which the walk maps", () => {
    allow(GENERIC_READ, USER);
    expect(plainObject()).toBe(1);
    expect(grantedShortly(FILE_READ)).toBe(true);
    expect(grantedShortly(FILE_READ | 0x2)).toBe(false);
  });

  test("not with OWNER RIGHTS or PRINCIPAL SELF", () => {
    allow(0x1, OWNER_RIGHTS);
    expect(plainObject()).toBe(0);
    dacl();
    deny(0x1, PRINCIPAL_SELF);
    expect(plainObject()).toBe(0);
  });

  test("not with an object type", () => {
    objectAce(5, 0x1, 1, USER);
    expect(plainObject()).toBe(0);
  });

  test("not with a label, but with audit ACEs", () => {
    object();
    beginSacl();
    plainAce(2, 0x1, USER, 0x40);
    endAcl();
    beginDacl();
    expect(plainObject()).toBe(1);
    object();
    beginSacl();
    plainAce(SYSTEM_MANDATORY_LABEL_ACE_TYPE, 0x1, "S-1-16-4096");
    endAcl();
    beginDacl();
    expect(plainObject()).toBe(0);
  });
});

test("what privileges may supply, and nothing at all, is not asked plainly", () => {
  expect(isPlainWant(0x1 | READ_CONTROL)).toBe(true);
  expect(isPlainWant(0)).toBe(false);
  expect(isPlainWant(0x1 | MAXIMUM_ALLOWED)).toBe(false);
  expect(isPlainWant(0x1 | ACCESS_SYSTEM_SECURITY)).toBe(false);
  expect(isPlainWant(0x1 | WRITE_OWNER)).toBe(false);
});

describe("access is granted", () => {
  test("where every bit is", () => {
    allow(0x1, USER);
    expect(grantedShortly(0x1)).toBe(true);
    expect(grantedShortly(0x3)).toBe(false);
  });

  test("to the owner, without an ACE", () => {
    object(USER, GROUP);
    beginDacl();
    deny(READ_CONTROL, USER);
    allow(0x1, USER);
    expect(grantedShortly(READ_CONTROL)).toBe(true);
    expect(grantedShortly(READ_CONTROL | 0x1)).toBe(true);
    expect(grantedShortly(READ_CONTROL | 0x2)).toBe(false);
  });

  test("where the restricting list has every bit too", () => {
    token.group(EVERYONE);
    token.restrict(OTHER);
    allow(0x3, EVERYONE);
    allow(0x1, OTHER);
    expect(grantedShortly(0x1)).toBe(true);
    expect(grantedShortly(0x2)).toBe(false);
  });

  test("never to a token restricted to nothing", () => {
    token.restrictToNothing();
    allow(0x1, USER);
    expect(grantedShortly(0x1)).toBe(false);
  });
});
