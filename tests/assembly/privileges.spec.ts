/** What privileges supply. access-check.md 2 */
import { privilegesFor, suppliedBy } from "../../assembly/check/privileges";
import {
  CHECK_TRACE,
  EVENT_PRIVILEGE,
  EVENT_PRIVILEGE_MISSING,
  USED_RELABEL,
  USED_SECURITY,
  USED_TAKE_OWNERSHIP,
} from "../../assembly/shared/abi";
import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED, WRITE_OWNER } from "../../assembly/shared/access-mask";
import { STATUS_ACCESS_DENIED, STATUS_PRIVILEGE_NOT_HELD, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SE_RELABEL_PRIVILEGE, SE_SECURITY_PRIVILEGE, SE_TAKE_OWNERSHIP_PRIVILEGE } from "../../assembly/shared/privilege";
import { ask, asking, dacl, event, events, freshAccess, granted, loadedSubject, object, status } from "./access-scene";
import { USER, allow, deny } from "./descriptor-bytes";
import * as token from "./token-bytes";

function used(want: u32): u32 {
  return privilegesFor(loadedSubject(), want);
}

beforeEach(() => {
  freshAccess();
});

describe("ACCESS_SYSTEM_SECURITY", () => {
  test("comes from SeSecurityPrivilege, enabled", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    expect(used(ACCESS_SYSTEM_SECURITY)).toBe(USED_SECURITY);
    dacl();
    expect(granted(ACCESS_SYSTEM_SECURITY)).toBe(ACCESS_SYSTEM_SECURITY);
    token.beginToken(USER);
    token.privilege(SE_SECURITY_PRIVILEGE, 1);
    expect(used(ACCESS_SYSTEM_SECURITY)).toBe(0);
  });

  test("without it is PRIVILEGE_NOT_HELD, whatever else was asked and whatever the DACL says", () => {
    object(USER);
    expect(status(ACCESS_SYSTEM_SECURITY)).toBe(STATUS_PRIVILEGE_NOT_HELD);
    dacl();
    allow(0xffffffff, USER);
    expect(status(ACCESS_SYSTEM_SECURITY | 1)).toBe(STATUS_PRIVILEGE_NOT_HELD);
    expect(ask(ACCESS_SYSTEM_SECURITY | MAXIMUM_ALLOWED).access).toBe(0);
  });

  test("is never in a maximum", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    dacl();
    allow(0x03000001, USER);
    expect(granted(MAXIMUM_ALLOWED)).toBe(1);
    expect(granted(MAXIMUM_ALLOWED | ACCESS_SYSTEM_SECURITY)).toBe(ACCESS_SYSTEM_SECURITY | 1);
  });

  test("is taken by no deny ACE", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    dacl();
    deny(ACCESS_SYSTEM_SECURITY | MAXIMUM_ALLOWED, USER);
    expect(status(ACCESS_SYSTEM_SECURITY)).toBe(STATUS_SUCCESS);
  });
});

describe("WRITE_OWNER", () => {
  test("comes from SeTakeOwnershipPrivilege, else from SeRelabelPrivilege", () => {
    token.privilege(SE_RELABEL_PRIVILEGE);
    expect(used(WRITE_OWNER)).toBe(USED_RELABEL);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    expect(used(WRITE_OWNER)).toBe(USED_TAKE_OWNERSHIP);
  });

  test("without a privilege is up to the DACL", () => {
    dacl();
    expect(status(WRITE_OWNER)).toBe(STATUS_ACCESS_DENIED);
    dacl();
    allow(WRITE_OWNER, USER);
    expect(ask(WRITE_OWNER).privilegesUsed).toBe(0);
    expect(status(WRITE_OWNER)).toBe(STATUS_SUCCESS);
  });

  test("of a privilege is beaten by no deny ACE, and is no part of a maximum", () => {
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    dacl();
    deny(WRITE_OWNER, USER);
    allow(1, USER);
    expect(granted(WRITE_OWNER)).toBe(WRITE_OWNER);
    expect(granted(MAXIMUM_ALLOWED)).toBe(1);
  });
});

describe("a privilege that was used", () => {
  test("is reported on success, and not on denial", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    dacl();
    expect(ask(ACCESS_SYSTEM_SECURITY | WRITE_OWNER).privilegesUsed).toBe(USED_SECURITY | USED_TAKE_OWNERSHIP);
    expect(ask(ACCESS_SYSTEM_SECURITY | 1).privilegesUsed).toBe(0);
  });

  test("is none when the bit was not asked", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    expect(used(~(ACCESS_SYSTEM_SECURITY | WRITE_OWNER))).toBe(0);
  });

  test("is told with its LUID and bit, a missing one too", () => {
    asking().flags = CHECK_TRACE;
    token.privilege(SE_RELABEL_PRIVILEGE);
    dacl();
    status(ACCESS_SYSTEM_SECURITY | WRITE_OWNER);
    expect(event(EVENT_PRIVILEGE).extra).toBe(SE_RELABEL_PRIVILEGE);
    expect(event(EVENT_PRIVILEGE).bits).toBe(WRITE_OWNER);
    expect(event(EVENT_PRIVILEGE_MISSING).extra).toBe(SE_SECURITY_PRIVILEGE);
    expect(events(EVENT_PRIVILEGE)).toBe(1);
  });
});

test("each privilege supplies its own bit", () => {
  expect(suppliedBy(0)).toBe(0);
  expect(suppliedBy(USED_SECURITY)).toBe(ACCESS_SYSTEM_SECURITY);
  expect(suppliedBy(USED_TAKE_OWNERSHIP)).toBe(WRITE_OWNER);
  expect(suppliedBy(USED_RELABEL)).toBe(WRITE_OWNER);
  expect(suppliedBy(USED_SECURITY | USED_TAKE_OWNERSHIP)).toBe(ACCESS_SYSTEM_SECURITY | WRITE_OWNER);
});
