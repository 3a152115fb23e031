/** The order of the steps, failures of the call, and the answer. access-check.md 0, 1, 13 */
import {
  CALL_ACCESS_CHECK,
  CALL_ACCESS_CHECK_BY_TYPE,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CALL_SE_ACCESS_CHECK,
  CHECK_TRACE,
  EVENT_ALLOW,
  EVENT_GRANTED,
  EVENT_LABEL,
} from "../../assembly/shared/abi";
import {
  ACCESS_SYSTEM_SECURITY,
  GENERIC_READ,
  MAXIMUM_ALLOWED,
  READ_CONTROL,
  WRITE_DAC,
} from "../../assembly/shared/access-mask";
import * as ntstatus from "../../assembly/shared/ntstatus";
import { STATUS_ACCESS_DENIED, STATUS_INVALID_PARAMETER, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SE_SECURITY_PRIVILEGE } from "../../assembly/shared/privilege";
import {
  SECURITY_ANONYMOUS,
  SECURITY_IDENTIFICATION,
  SECURITY_IMPERSONATION,
  TOKEN_IMPERSONATION,
  TOKEN_PRIMARY,
} from "../../assembly/shared/token";
import { FILE_READ, ask, asking, dacl, event, events, freshAccess, granted, listed, object, status } from "./access-scene";
import { USER, allow, beginDacl, deny } from "./descriptor-bytes";
import * as token from "./token-bytes";

const RESULT_LIST: u32 = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;

/** An object of somebody else that allows the user this. */
function allowing(mask: u32): void {
  dacl();
  allow(mask, USER);
}

beforeEach(() => {
  freshAccess();
});

describe("the subject", () => {
  test("of SeAccessCheck is a primary token, or one of Impersonation and above", () => {
    allowing(1);
    token.setType(TOKEN_PRIMARY, SECURITY_ANONYMOUS);
    expect(granted(1)).toBe(1);
    token.setType(TOKEN_IMPERSONATION, SECURITY_IDENTIFICATION);
    const answer = ask(1);
    expect(answer.status).toBe(ntstatus.STATUS_BAD_IMPERSONATION_LEVEL);
    expect(answer.access).toBe(0);
    expect(answer.callFailed).toBe(0, "a verdict, not a failed call");
    token.setType(TOKEN_IMPERSONATION, SECURITY_IMPERSONATION);
    expect(granted(1)).toBe(1);
  });

  test("of the other calls is an impersonation token of Identification and above", () => {
    allowing(1);
    asking().call = CALL_ACCESS_CHECK;
    token.setType(TOKEN_PRIMARY, SECURITY_IMPERSONATION);
    expect(status(1)).toBe(ntstatus.STATUS_NO_IMPERSONATION_TOKEN);
    token.setType(TOKEN_IMPERSONATION, SECURITY_ANONYMOUS);
    expect(status(1)).toBe(ntstatus.STATUS_BAD_IMPERSONATION_LEVEL);
    token.setType(TOKEN_IMPERSONATION, SECURITY_IDENTIFICATION);
    expect(granted(1)).toBe(1);
  });
});

describe("a failed call", () => {
  test("names the first failure, and grants nothing", () => {
    object("");
    listed([1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    token.setType(TOKEN_PRIMARY, SECURITY_ANONYMOUS);
    expect(status(GENERIC_READ)).toBe(ntstatus.STATUS_GENERIC_NOT_MAPPED);
    expect(status(1)).toBe(ntstatus.STATUS_NO_IMPERSONATION_TOKEN);
    token.setType(TOKEN_IMPERSONATION, SECURITY_ANONYMOUS);
    expect(status(1)).toBe(ntstatus.STATUS_BAD_IMPERSONATION_LEVEL);
    token.setType(TOKEN_IMPERSONATION, SECURITY_IDENTIFICATION);
    expect(status(1)).toBe(STATUS_INVALID_PARAMETER);
    listed([0]);
    const answer = ask(1);
    expect(answer.status).toBe(ntstatus.STATUS_INVALID_SECURITY_DESCR);
    expect(answer.callFailed).toBe(1);
    expect(answer.granted).toBe(0);
    expect(answer.access).toBe(0);
  });

  test("comes of a descriptor without owner or without group, but not from SeAccessCheck", () => {
    asking().call = CALL_ACCESS_CHECK;
    object("", USER);
    expect(status(1)).toBe(ntstatus.STATUS_INVALID_SECURITY_DESCR);
    object(USER, "");
    expect(status(1)).toBe(ntstatus.STATUS_INVALID_SECURITY_DESCR);
    asking().call = CALL_SE_ACCESS_CHECK;
    expect(status(1)).toBe(STATUS_SUCCESS);
  });

  test("comes of a result list without a list; by type without one is a plain check", () => {
    allowing(1);
    asking().call = RESULT_LIST;
    expect(status(1)).toBe(STATUS_INVALID_PARAMETER);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    expect(granted(1)).toBe(1);
  });

  test("leaves no list behind for the next request", () => {
    allowing(1);
    listed([0, 0]);
    asking().call = RESULT_LIST;
    expect(status(1)).toBe(STATUS_INVALID_PARAMETER);
    asking().call = CALL_SE_ACCESS_CHECK;
    expect(granted(1)).toBe(1);
  });
});

describe("generic bits in desired", () => {
  test("are mapped by SeAccessCheck", () => {
    allowing(FILE_READ);
    expect(granted(GENERIC_READ)).toBe(FILE_READ);
    expect(ask(GENERIC_READ | MAXIMUM_ALLOWED).want).toBe(FILE_READ);
  });
});

describe("zero desired", () => {
  test("is denied, even without a DACL", () => {
    object();
    expect(status(0)).toBe(STATUS_ACCESS_DENIED);
  });

  test("is granted what was granted before", () => {
    dacl();
    asking().previouslyGranted = 0x4;
    expect(granted(0)).toBe(0x4);
  });
});

describe("previouslyGranted", () => {
  test("is mapped, ORed into a success, and never examined", () => {
    allowing(1);
    asking().previouslyGranted = GENERIC_READ | 0x4;
    expect(granted(1)).toBe(FILE_READ | 0x5);
    expect(status(2)).toBe(STATUS_ACCESS_DENIED);
  });

  test("makes a maximum that finds nothing a success", () => {
    dacl();
    expect(status(MAXIMUM_ALLOWED)).toBe(STATUS_ACCESS_DENIED);
    asking().previouslyGranted = 0x4;
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x4);
  });

  test("belongs to SeAccessCheck alone", () => {
    allowing(1);
    asking().previouslyGranted = 0x4;
    asking().call = CALL_ACCESS_CHECK;
    expect(granted(1)).toBe(1);
    expect(status(0)).toBe(STATUS_ACCESS_DENIED);
  });
});

describe("a request", () => {
  test("gets all of what it wants, or nothing", () => {
    allowing(3);
    expect(granted(3)).toBe(3);
    expect(granted(1)).toBe(1, "and no more than it wants");
    expect(ask(7).access).toBe(0);
  });

  test("for a maximum gets what is found; explicit bits are required", () => {
    allowing(3);
    expect(granted(MAXIMUM_ALLOWED)).toBe(3);
    expect(granted(MAXIMUM_ALLOWED | 1)).toBe(3);
    expect(granted(MAXIMUM_ALLOWED | 4)).toBe(0);
  });

  test("meets the label, then the privileges, then the owner, then the DACL", () => {
    object(USER);
    beginDacl();
    deny(0xffffffff, USER);
    token.setIntegrity(0x1000);
    expect(status(ACCESS_SYSTEM_SECURITY | 2)).toBe(STATUS_ACCESS_DENIED, "the label");
    token.setIntegrity(0x2000);
    expect(status(ACCESS_SYSTEM_SECURITY | 2)).toBe(ntstatus.STATUS_PRIVILEGE_NOT_HELD);
    token.privilege(SE_SECURITY_PRIVILEGE);
    expect(status(ACCESS_SYSTEM_SECURITY | 2)).toBe(STATUS_ACCESS_DENIED, "the DACL");
    expect(granted(ACCESS_SYSTEM_SECURITY | READ_CONTROL | WRITE_DAC)).toBe(
      ACCESS_SYSTEM_SECURITY | READ_CONTROL | WRITE_DAC,
    );
  });

  test("finds nothing of the one before", () => {
    allowing(3);
    token.privilege(SE_SECURITY_PRIVILEGE);
    expect(granted(ACCESS_SYSTEM_SECURITY | 3)).toBe(ACCESS_SYSTEM_SECURITY | 3);
    token.beginToken(USER);
    const answer = ask(4);
    expect(answer.access).toBe(0);
    expect(answer.granted).toBe(0);
    expect(answer.privilegesUsed).toBe(0);
    expect(granted(MAXIMUM_ALLOWED)).toBe(3);
  });
});

describe("an explanation", () => {
  test("walks to the end after a denial, and does not change the verdict", () => {
    allowing(3);
    asking().flags = CHECK_TRACE;
    token.setIntegrity(0);
    const answer = ask(3);
    expect(answer.status).toBe(STATUS_ACCESS_DENIED);
    expect(answer.access).toBe(0);
    expect(events(EVENT_LABEL)).toBe(1);
    expect(event(EVENT_ALLOW).bits).toBe(3);
    expect(answer.traceCount).toBeGreaterThan(2);
    expect(answer.traceLost).toBe(0);
  });

  test("has no early end at a deny", () => {
    dacl();
    deny(1, USER);
    allow(2, USER);
    asking().flags = CHECK_TRACE;
    expect(status(3)).toBe(STATUS_ACCESS_DENIED);
    expect(event(EVENT_ALLOW).bits).toBe(2);
    expect(event(EVENT_GRANTED).bits).toBe(2);
  });

  test("is not made unasked", () => {
    allowing(1);
    expect(ask(1).traceCount).toBe(0);
    expect(events(EVENT_ALLOW)).toBe(0);
  });
});
