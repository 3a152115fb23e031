/** Audit events, which never change the verdict. access-check.md 12 */
import { traceBuffer, traceCount } from "../../assembly/check/trace";
import {
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CHECK_AUDIT,
  CHECK_RAW_GENERIC,
  CHECK_TRACE,
  EVENT_AUDIT,
} from "../../assembly/shared/abi";
import { GENERIC_READ, MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask";
import {
  FAILED_ACCESS_ACE_FLAG,
  INHERIT_ONLY_ACE,
  SUCCESSFUL_ACCESS_ACE_FLAG,
  SYSTEM_ALARM_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  SYSTEM_AUDIT_OBJECT_ACE_TYPE,
} from "../../assembly/shared/ace";
import { TRUE, UNKNOWN } from "../../assembly/shared/condition";
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { asking, event, events, freshAccess, listed, loadedObject, object, sidNumber, status } from "./access-scene";
import {
  EVERYONE,
  GROUP,
  OTHER,
  OWNER_RIGHTS,
  PRINCIPAL_SELF,
  USER,
  allow,
  beginDacl,
  beginSacl,
  memberAce,
  objectAce,
  plainAce,
  unknownAce,
} from "./descriptor-bytes";
import * as token from "./token-bytes";

const AU: u32 = SYSTEM_AUDIT_ACE_TYPE;
const XU: u32 = SYSTEM_AUDIT_CALLBACK_ACE_TYPE;
const SUCCESS: u32 = SUCCESSFUL_ACCESS_ACE_FLAG;
const FAILURE: u32 = FAILED_ACCESS_ACE_FLAG;

/** Begins an object that allows the user 0x3, and its SACL, to be filled in. */
function audited(owner: string = GROUP): void {
  object(owner);
  beginDacl();
  allow(0x3, USER);
  beginSacl();
}

/** How many audit events the request causes. */
function audits(desired: u32): u32 {
  status(desired);
  return events(EVENT_AUDIT);
}

beforeEach(() => {
  freshAccess();
  asking().flags = CHECK_TRACE | CHECK_AUDIT;
  audited();
});

describe("an event", () => {
  test("of success needs the flag, and a bit that was granted", () => {
    plainAce(AU, 0x5, USER, SUCCESS);
    expect(audits(0x1)).toBe(1);
    expect(<u32>event(EVENT_AUDIT).reason).toBe(1);
    expect(event(EVENT_AUDIT).bits).toBe(0x1);
    expect(audits(0x2)).toBe(0, "no bit of its mask");
    expect(audits(0x4)).toBe(0, "a failure");
    expect(audits(MAXIMUM_ALLOWED)).toBe(1);
  });

  test("of failure needs the flag, and a bit that was wanted", () => {
    plainAce(AU, 0x5, USER, FAILURE);
    expect(audits(0x6)).toBe(1);
    expect(<u32>event(EVENT_AUDIT).reason).toBe(2);
    expect(event(EVENT_AUDIT).bits).toBe(0x4);
    expect(audits(0x8)).toBe(0);
    expect(audits(0x1)).toBe(0, "a success");
  });

  test("of a maximum that failed takes any mask", () => {
    object();
    beginDacl();
    beginSacl();
    plainAce(AU, 0x0, USER, FAILURE);
    plainAce(AU, 0x5, USER, FAILURE);
    expect(audits(MAXIMUM_ALLOWED)).toBe(2);
    expect(event(EVENT_AUDIT, 1).bits).toBe(0x5);
    expect(audits(MAXIMUM_ALLOWED | 0x8)).toBe(0, "explicit bits count");
  });

  test("may come of both flags, once", () => {
    plainAce(AU, 0xf, USER, SUCCESS | FAILURE);
    expect(audits(0x1)).toBe(1);
    expect(audits(0x4)).toBe(1);
  });

  test("is told by the ACE's stored index", () => {
    plainAce(AU, 0x1, OTHER, SUCCESS);
    plainAce(AU, 0x1, USER, SUCCESS | INHERIT_ONLY_ACE);
    plainAce(SYSTEM_ALARM_ACE_TYPE, 0x1, USER, SUCCESS);
    plainAce(AU, 0x1, USER, SUCCESS);
    expect(audits(0x1)).toBe(1);
    expect(event(EVENT_AUDIT).ace).toBe(3);
  });

  test("comes when asked for, and not otherwise", () => {
    plainAce(AU, 0x1, USER, SUCCESS);
    asking().flags = CHECK_TRACE;
    expect(audits(0x1)).toBe(0);
  });

  test("comes without an explanation too, alone", () => {
    plainAce(AU, 0x1, USER, SUCCESS);
    asking().flags = CHECK_AUDIT;
    expect(audits(0x1)).toBe(1);
    expect(traceCount()).toBe(1);
    expect(traceBuffer()).not.toBe(0, "a place of its own");
  });

  test("never changes the verdict", () => {
    plainAce(AU, 0xf, USER, SUCCESS | FAILURE);
    expect(status(0x1)).toBe(STATUS_SUCCESS);
    expect(status(0x4)).toBe(STATUS_ACCESS_DENIED);
  });

  test("needs a SACL", () => {
    object();
    expect(audits(0x1)).toBe(0);
  });
});

describe("whom it speaks of", () => {
  test("is told by the deny rule: a deny-only group counts, a disabled one does not", () => {
    token.group(EVERYONE, 0x10);
    plainAce(AU, 0x1, EVERYONE, SUCCESS);
    expect(audits(0x1)).toBe(1);
    token.beginToken(USER);
    token.group(EVERYONE, 0);
    expect(audits(0x1)).toBe(0);
  });

  test("is not told by restricting SIDs", () => {
    token.restrict(EVERYONE);
    token.restrict(USER);
    plainAce(AU, 0x1, EVERYONE, SUCCESS);
    expect(audits(0x1)).toBe(0);
  });

  test("may be the owner, or oneself", () => {
    audited(USER);
    plainAce(AU, 0x1, OWNER_RIGHTS, SUCCESS);
    expect(audits(0x1)).toBe(1);
    audited(OTHER);
    plainAce(AU, 0x1, OWNER_RIGHTS, SUCCESS);
    expect(audits(0x1)).toBe(0);
    audited();
    plainAce(AU, 0x1, PRINCIPAL_SELF, SUCCESS);
    loadedObject();
    expect(audits(0x1)).toBe(0);
    asking().principalSelf = sidNumber(USER) + 1;
    expect(audits(0x1)).toBe(1);
  });
});

test("generic bits of its mask are mapped, unless they are to stay raw", () => {
  plainAce(AU, GENERIC_READ, USER, SUCCESS);
  expect(audits(0x1)).toBe(1);
  asking().flags |= CHECK_RAW_GENERIC;
  expect(audits(0x1)).toBe(0);
});

test("a condition audits on TRUE and UNKNOWN, and reads membership by the deny rule", () => {
  token.group(EVERYONE, 0x10);
  memberAce(XU, 0x1, USER, 1, 0, SUCCESS);
  memberAce(XU, 0x1, USER, 5, 99, SUCCESS);
  unknownAce(XU, 0x1, USER, SUCCESS);
  plainAce(XU, 0x1, USER, SUCCESS);
  expect(audits(0x1)).toBe(3);
  expect(<u32>event(EVENT_AUDIT).truth).toBe(TRUE);
  expect(<u32>event(EVENT_AUDIT, 1).truth).toBe(UNKNOWN);
  expect(<u32>event(EVENT_AUDIT, 2).truth).toBe(UNKNOWN, "no expression");
  expect(event(EVENT_AUDIT, 2).ace).toBe(3);
});

describe("a typed audit ACE", () => {
  test("is silent without a list", () => {
    objectAce(SYSTEM_AUDIT_OBJECT_ACE_TYPE, 0x1, 2, USER, 0, SUCCESS);
    expect(audits(0x1)).toBe(0);
  });

  test("speaks of its node's own verdict, and not of a node that is not listed", () => {
    object();
    beginDacl();
    objectAce(5, 0x1, 2, USER);
    beginSacl();
    objectAce(SYSTEM_AUDIT_OBJECT_ACE_TYPE, 0x1, 2, USER, 0, SUCCESS);
    objectAce(SYSTEM_AUDIT_OBJECT_ACE_TYPE, 0x1, 3, USER, 0, FAILURE);
    objectAce(SYSTEM_AUDIT_OBJECT_ACE_TYPE, 0x1, 9, USER, 0, SUCCESS | FAILURE);
    objectAce(SYSTEM_AUDIT_OBJECT_ACE_TYPE, 0x1, 0, USER, 0, FAILURE);
    listed([0, 1, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
    expect(audits(0x1)).toBe(3);
    expect(event(EVENT_AUDIT).node).toBe(1);
    expect(<u32>event(EVENT_AUDIT).reason).toBe(1);
    expect(event(EVENT_AUDIT, 1).node).toBe(2);
    expect(<u32>event(EVENT_AUDIT, 1).reason).toBe(2);
    expect(event(EVENT_AUDIT, 2).node).toBe(0, "without ObjectType: the root's");
  });
});
