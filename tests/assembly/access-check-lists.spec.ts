/** One verdict by type, and one for each node of a result list. access-check.md 10, 13.2 */
import { slotAt } from "../../assembly/check/passes";
import { CALL_ACCESS_CHECK_BY_TYPE, CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST, USED_SECURITY } from "../../assembly/shared/abi";
import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask";
import { STATUS_ACCESS_DENIED, STATUS_PRIVILEGE_NOT_HELD, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SE_SECURITY_PRIVILEGE } from "../../assembly/shared/privilege";
import { ask, asking, dacl, freshAccess, granted, listed, status } from "./access-scene";
import { USER, allow, objectAce } from "./descriptor-bytes";
import * as token from "./token-bytes";

const RESULT_LIST: u32 = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;

beforeEach(() => {
  freshAccess();
});

describe("by type", () => {
  test("has one verdict: the root's", () => {
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    dacl();
    objectAce(5, 1, 2, USER);
    listed([0, 1, 1]);
    expect(status(1)).toBe(STATUS_ACCESS_DENIED);
    dacl();
    objectAce(6, 1, 3, USER);
    allow(1, USER);
    expect(status(1)).toBe(STATUS_ACCESS_DENIED, "a deny on a child");
    dacl();
    objectAce(5, 1, 2, USER);
    objectAce(5, 3, 3, USER);
    expect(granted(1)).toBe(1);
    expect(granted(MAXIMUM_ALLOWED)).toBe(1);
  });

  test("passes over a typed ACE whose GUID is not listed", () => {
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    dacl();
    objectAce(6, 1, 9, USER);
    allow(1, USER);
    listed([0, 1]);
    expect(granted(1)).toBe(1);
  });
});

describe("a result list", () => {
  test("has a status and a mask for each node; a denied one reports its partial bits", () => {
    asking().call = RESULT_LIST;
    dacl();
    allow(1, USER);
    objectAce(5, 6, 2, USER);
    listed([0, 1, 1]);
    const answer = ask(3);
    expect(answer.status).toBe(STATUS_ACCESS_DENIED, "the root's");
    expect(answer.access).toBe(1);
    expect(answer.granted).toBe(0);
    expect(slotAt(1).status).toBe(STATUS_SUCCESS);
    expect(slotAt(1).access).toBe(3);
    expect(slotAt(2).status).toBe(STATUS_ACCESS_DENIED);
    expect(slotAt(2).access).toBe(1);
    ask(MAXIMUM_ALLOWED | 2);
    expect(slotAt(1).access).toBe(7);
    expect(slotAt(2).status).toBe(STATUS_ACCESS_DENIED);
  });

  test("repeats a denial of the label, a missing privilege and zero desired at every node, with no bits", () => {
    asking().call = RESULT_LIST;
    dacl();
    allow(0xff, USER);
    listed([0, 1]);
    const desired: u32[] = [0, ACCESS_SYSTEM_SECURITY | 1, 3];
    const answers: u32[] = [STATUS_ACCESS_DENIED, STATUS_PRIVILEGE_NOT_HELD, STATUS_ACCESS_DENIED];
    for (let i = 0; i < 3; i++) {
      if (i == 2) token.setIntegrity(0);
      ask(desired[i]);
      for (let node: u32 = 0; node < 2; node++) {
        expect(slotAt(node).status).toBe(answers[i]);
        expect(slotAt(node).access).toBe(0);
      }
    }
  });

  test("reports privileges when some node is granted", () => {
    asking().call = RESULT_LIST;
    token.privilege(SE_SECURITY_PRIVILEGE);
    dacl();
    objectAce(5, 1, 2, USER);
    listed([0, 1, 1]);
    const answer = ask(ACCESS_SYSTEM_SECURITY | 1);
    expect(answer.granted).toBe(0);
    expect(answer.privilegesUsed).toBe(USED_SECURITY);
    expect(ask(ACCESS_SYSTEM_SECURITY | 2).privilegesUsed).toBe(0);
  });
});
