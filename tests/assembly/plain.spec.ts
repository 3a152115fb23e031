/** The short way: who and what is plain, and that it ends where the whole way ends. access-check.md 3, 5, 6, 7 */
import { arePlain, denyPlainly, isPlainRequest, isPlainWant, markDescriptor, markToken, plainGranted } from "../../assembly/check/plain";
import { ACCESS_SYSTEM_SECURITY, GENERIC_READ, MAXIMUM_ALLOWED, READ_CONTROL, WRITE_OWNER } from "../../assembly/shared/access-mask";
import { AccessRequest, AccessResult } from "../../assembly/memory/boundary";
import { SYSTEM_ACCESS_FILTER_ACE_TYPE, SYSTEM_MANDATORY_LABEL_ACE_TYPE, SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE } from "../../assembly/shared/ace";
import { REQUEST_CALL, REQUEST_PRINCIPAL_SELF, REQUEST_OBJECT_TYPES, REQUEST_SIZE, RESULT_SIZE } from "../../assembly/shared/abi";
import { STATUS_ACCESS_DENIED } from "../../assembly/shared/ntstatus";
import { SECURITY_IDENTIFICATION, SECURITY_IMPERSONATION, TOKEN_IMPERSONATION } from "../../assembly/shared/token";
import { FILE_READ, asking, dacl, freshAccess, loadedObject, loadedSubject, object } from "./access-scene";
import { EVERYONE, GROUP, OTHER, OWNER_RIGHTS, PACKAGE, PRINCIPAL_SELF, USER, allow, beginDacl, beginSacl, deny, endAcl, objectAce, plainAce, unknownAce } from "./descriptor-bytes";
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

test("a descriptor is not plain with a trust label or an access filter", () => {
  object();
  beginSacl();
  plainAce(SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE, 0x1, "S-1-19-512-4096");
  endAcl();
  beginDacl();
  expect(plainObject()).toBe(0);
  object();
  beginSacl();
  unknownAce(SYSTEM_ACCESS_FILTER_ACE_TYPE, 0x1, EVERYONE);
  endAcl();
  beginDacl();
  expect(plainObject()).toBe(0);
});

test("both have to be plain", () => {
  const subject = loadedSubject();
  dacl();
  const descriptor = loadedObject();
  expect(arePlain(subject, descriptor)).toBe(false);
  markToken(subject);
  expect(arePlain(subject, descriptor)).toBe(false);
  markDescriptor(descriptor);
  expect(arePlain(subject, descriptor)).toBe(true);
  subject.plain = 0;
  expect(arePlain(subject, descriptor)).toBe(false);
});

test("a request with any option is not plain, but for what only PRINCIPAL SELF reads, and an empty list", () => {
  const asked = changetype<AccessRequest>(memory.data(REQUEST_SIZE, 8));
  const at = changetype<usize>(asked);
  for (let field: u32 = 0; field < REQUEST_SIZE; field += 4) store<u32>(at + field, field < REQUEST_CALL ? 0xffffffff : 0);
  expect(isPlainRequest(asked)).toBe(true);
  for (let field = REQUEST_CALL; field < REQUEST_SIZE; field += 4) {
    store<u32>(at + field, 0x80000000);
    expect(isPlainRequest(asked)).toBe(field == REQUEST_PRINCIPAL_SELF || field == REQUEST_OBJECT_TYPES);
    store<u32>(at + field, 0);
  }
});

test("a denial leaves nothing of the result before", () => {
  const answer = changetype<AccessResult>(memory.data(RESULT_SIZE, 8));
  memory.fill(changetype<usize>(answer), 0xff, RESULT_SIZE);
  denyPlainly(answer);
  expect(answer.status).toBe(STATUS_ACCESS_DENIED);
  expect(answer.access | answer.granted | answer.privilegesUsed).toBe(0);
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
