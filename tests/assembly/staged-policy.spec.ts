/** Staged DACLs of central access policies. access-check.md 9.5 */
import { slotAt } from "../../assembly/check/passes";
import {
  CALL_ACCESS_CHECK_BY_TYPE,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CHECK_TRACE,
  EVENT_RULE,
} from "../../assembly/shared/abi";
import { MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask";
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { ask, asking, events, freshAccess, listed } from "./access-scene";
import { USER, allow, deny, objectAce } from "./descriptor-bytes";
import * as policies from "./policy-bytes";
import { beginPolicy, endPolicy, governed, ruleAllowing, ruleStaging } from "./policy-scene";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
});

describe("a staged DACL", () => {
  test("never changes the answer; a difference is told, with what it would be", () => {
    governed();
    allow(0x3, USER);
    beginPolicy();
    ruleStaging(0x3, 0x1);
    endPolicy();
    const answer = ask(0x2);
    expect(answer.status).toBe(STATUS_SUCCESS);
    expect(answer.access).toBe(0x2);
    expect(answer.stagedDiffers).toBe(1);
    expect(answer.stagedStatus).toBe(STATUS_ACCESS_DENIED);
    expect(answer.stagedAccess).toBe(0);
    ask(MAXIMUM_ALLOWED);
    expect(answer.access).toBe(0x3);
    expect(answer.stagedDiffers).toBe(1);
    expect(answer.stagedStatus).toBe(STATUS_SUCCESS);
    expect(answer.stagedAccess).toBe(0x1);
  });

  test("may give what the effective one does not", () => {
    governed();
    allow(0x1, USER);
    beginPolicy();
    ruleStaging(0, 0x1);
    endPolicy();
    const answer = ask(0x1);
    expect(answer.granted).toBe(0);
    expect(answer.stagedDiffers).toBe(1);
    expect(answer.stagedStatus).toBe(STATUS_SUCCESS);
  });

  test("stands beside the effective DACLs of the other rules", () => {
    governed();
    allow(0x3, USER);
    beginPolicy();
    ruleStaging(0x1, 0x3);
    ruleAllowing(0x1);
    endPolicy();
    const answer = ask(MAXIMUM_ALLOWED);
    expect(answer.stagedDiffers).toBe(0, "the other rule takes the bit anyway");
    expect(answer.stagedAccess).toBe(0x1);
  });

  test("of a rule that does not apply says nothing", () => {
    governed();
    allow(0x1, USER);
    beginPolicy();
    policies.toMembersOf(5, 99);
    policies.beginRule();
    policies.endRule();
    policies.beginRule();
    deny(0x1, USER);
    policies.endRule();
    endPolicy();
    expect(ask(0x1).stagedDiffers).toBe(0);
  });

  test("cannot beat the label", () => {
    token.setIntegrity(0x1000);
    governed();
    allow(0x2, USER);
    beginPolicy();
    ruleStaging(0x2, 0x2);
    endPolicy();
    asking().flags = CHECK_TRACE;
    const answer = ask(0x2);
    expect(answer.stagedDiffers).toBe(0);
    expect(answer.stagedStatus).toBe(STATUS_ACCESS_DENIED);
    expect(events(EVENT_RULE)).toBe(1);
  });

  test("that differs at a node alone is told in a result list, and not elsewhere", () => {
    governed();
    objectAce(5, 0x1, 2, USER);
    beginPolicy();
    ruleStaging(0x1, 0);
    endPolicy();
    listed([0, 1, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
    expect(ask(0x1).stagedDiffers).toBe(1);
    expect(slotAt(1).stagedAccess).toBe(0);
    expect(slotAt(1).access).toBe(0x1);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    expect(ask(0x1).stagedDiffers).toBe(0);
  });
});
