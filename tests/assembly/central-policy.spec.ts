/** Central access policies: which one, which rules, recovery. access-check.md 9.1-9.4 */
import { slotAt } from "../../assembly/check/passes";
import { traceCount } from "../../assembly/check/trace";
import {
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CHECK_TRACE,
  EVENT_ALLOW,
  EVENT_EMPTY_DACL,
  EVENT_RULE,
  SOURCE_STAGED,
} from "../../assembly/shared/abi";
import { MAXIMUM_ALLOWED, READ_CONTROL, WRITE_OWNER } from "../../assembly/shared/access-mask";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace";
import { FALSE } from "../../assembly/shared/condition";
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SE_TAKE_OWNERSHIP_PRIVILEGE } from "../../assembly/shared/privilege";
import { FILE_ALL, ask, asking, event, events, freshAccess, granted, listed, object } from "./access-scene";
import {
  ADMINISTRATORS,
  EVERYONE,
  GROUP,
  OWNER_RIGHTS,
  PACKAGE,
  SYSTEM,
  USER,
  allow,
  beginDacl,
  beginSacl,
  objectAce,
  plainAce,
} from "./descriptor-bytes";
import * as policies from "./policy-bytes";
import { POLICY, POLICY_ID, beginPolicy, endPolicy, governed, ruleAllowing, ruleStaging } from "./policy-scene";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
});

describe("a rule", () => {
  test("can only remove", () => {
    governed();
    allow(0x3, USER);
    beginPolicy();
    ruleAllowing(0x6);
    endPolicy();
    expect(granted(0x2)).toBe(0x2);
    expect(granted(0x1)).toBe(0);
    expect(granted(0x4)).toBe(0);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x2);
  });

  test("must each give all that is wanted", () => {
    governed();
    allow(0x7, USER);
    beginPolicy();
    ruleAllowing(0x3);
    ruleAllowing(0x6);
    endPolicy();
    expect(granted(0x2)).toBe(0x2);
    expect(granted(0x3)).toBe(0);
    expect(granted(0x6)).toBe(0);
  });

  test("applies when its condition is TRUE, and not when FALSE or UNKNOWN", () => {
    token.group(EVERYONE);
    governed();
    allow(0x1, USER);
    beginPolicy();
    policies.toMembersOf(1, 0);
    policies.beginRule();
    policies.endRule();
    policies.unstaged();
    endPolicy();
    expect(granted(0x1)).toBe(0);
    token.beginToken(USER);
    expect(granted(0x1)).toBe(0x1, "FALSE");
    token.group(EVERYONE, 0x10);
    expect(granted(0x1)).toBe(0x1, "membership as in an allow ACE");
    beginPolicy();
    policies.onBytes(0x64616564);
    policies.beginRule();
    policies.endRule();
    policies.unstaged();
    endPolicy();
    expect(granted(0x1)).toBe(0x1, "UNKNOWN");
  });

  test("goes through privileges and ownership", () => {
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    governed(USER);
    beginPolicy();
    ruleAllowing(0);
    endPolicy();
    expect(granted(WRITE_OWNER | READ_CONTROL)).toBe(WRITE_OWNER | READ_CONTROL);
  });

  test("suppresses ownership by an OWNER RIGHTS ACE of its own", () => {
    governed(USER);
    beginPolicy();
    policies.always();
    policies.beginRule();
    allow(0, OWNER_RIGHTS);
    policies.endRule();
    policies.unstaged();
    endPolicy();
    expect(granted(READ_CONTROL)).toBe(0);
  });

  test("is put to both walks, and to the package side", () => {
    token.restrict(EVERYONE);
    governed();
    allow(0x1, USER);
    allow(0x1, EVERYONE);
    allow(0x1, PACKAGE);
    beginPolicy();
    ruleAllowing(0x1);
    endPolicy();
    expect(granted(0x1)).toBe(0);
    token.restrict(USER);
    expect(granted(0x1)).toBe(0x1);
    token.beginToken(USER);
    token.inPackage(PACKAGE);
    expect(granted(0x1)).toBe(0);
  });

  test("counts per node of a tree", () => {
    governed();
    allow(0x1, USER);
    beginPolicy();
    policies.always();
    policies.beginRule();
    objectAce(5, 0x1, 2, USER);
    policies.endRule();
    policies.unstaged();
    endPolicy();
    listed([0, 1, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
    expect(ask(0x1).status).toBe(STATUS_ACCESS_DENIED);
    expect(slotAt(1).status).toBe(STATUS_SUCCESS);
    expect(slotAt(2).status).toBe(STATUS_ACCESS_DENIED);
  });

  test("is told: whether it applies, its number, and whose ACEs are whose", () => {
    asking().flags = CHECK_TRACE;
    governed();
    allow(0x1, USER);
    beginPolicy();
    policies.toMembersOf(5, 99);
    policies.beginRule();
    policies.endRule();
    policies.unstaged();
    ruleStaging(0x1, 0x1);
    endPolicy();
    ask(0x1);
    expect(<u32>event(EVENT_RULE).reason).toBe(0);
    expect(<u32>event(EVENT_RULE).truth).toBe(FALSE);
    expect(<u32>event(EVENT_RULE, 1).reason).toBe(1);
    expect(event(EVENT_RULE, 1).extra).toBe(1);
    expect(event(EVENT_ALLOW).source).toBe(0);
    expect(event(EVENT_ALLOW, 1).source).toBe(2);
    expect(event(EVENT_ALLOW, 2).source).toBe(2 | SOURCE_STAGED);
  });
});

describe("the policy", () => {
  test("is of no effect when the request has none, or the object names none", () => {
    governed();
    allow(0x1, USER);
    expect(granted(0x1)).toBe(0x1);
    object();
    beginSacl();
    plainAce(POLICY_ID, 0, POLICY, INHERIT_ONLY_ACE);
    beginDacl();
    allow(0x1, USER);
    beginPolicy();
    ruleAllowing(0);
    endPolicy();
    expect(granted(0x1)).toBe(0x1, "inherit-only");
    object();
    expect(granted(0x1)).toBe(0x1, "no SACL");
  });

  test("is the one with the SID, wherever it stands", () => {
    governed();
    allow(0x3, USER);
    beginPolicy("S-1-17-2");
    ruleAllowing(0x2);
    policies.policy(POLICY);
    ruleAllowing(0x1);
    endPolicy();
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x1);
  });

  test("without rules takes nothing away", () => {
    governed();
    allow(0x1, USER);
    beginPolicy();
    endPolicy();
    expect(granted(0x1)).toBe(0x1);
  });

  test("works on an object without a DACL", () => {
    object();
    beginSacl();
    plainAce(POLICY_ID, 0, POLICY);
    beginPolicy();
    ruleAllowing(0x1);
    endPolicy();
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x1);
  });
});

describe("the recovery policy, for a SID that the request does not know,", () => {
  test("lets administrators, the system and the owner through, and nobody else", () => {
    governed();
    allow(FILE_ALL, EVERYONE);
    beginPolicy("S-1-17-2");
    endPolicy();
    token.group(EVERYONE);
    expect(granted(0x1)).toBe(0);
    token.group(ADMINISTRATORS);
    expect(granted(0x1)).toBe(0x1);
    token.beginToken(SYSTEM);
    token.group(EVERYONE);
    expect(granted(FILE_ALL)).toBe(FILE_ALL);
    token.beginToken(GROUP);
    token.group(EVERYONE);
    expect(granted(0x1)).toBe(0x1, "the owner");
    token.beginToken(USER);
    token.group(EVERYONE);
    token.group(ADMINISTRATORS, 0x10);
    expect(granted(0x1)).toBe(0, "deny-only");
  });

  test("gives what the request's mapping calls all, and still only removes", () => {
    governed();
    allow(0x200 | 0x1, EVERYONE);
    beginPolicy("S-1-17-2");
    endPolicy();
    token.group(EVERYONE);
    token.group(ADMINISTRATORS);
    expect(granted(0x200)).toBe(0);
    expect(granted(0x2)).toBe(0);
    asking().all = 0x200;
    expect(granted(0x200)).toBe(0x200);
  });

  test("is told to nobody who does not ask, as are rules", () => {
    governed();
    allow(FILE_ALL, EVERYONE);
    beginPolicy("S-1-17-2");
    endPolicy();
    ask(0x1);
    expect(traceCount()).toBe(0);
    beginPolicy();
    ruleAllowing(0x1);
    endPolicy();
    ask(0x1);
    expect(traceCount()).toBe(0);
  });

  test("is told as one rule, and as no empty DACL", () => {
    asking().flags = CHECK_TRACE;
    governed();
    allow(FILE_ALL, EVERYONE);
    beginPolicy("S-1-17-2");
    ruleAllowing(0x1);
    endPolicy();
    token.group(EVERYONE);
    ask(0x1);
    expect(events(EVENT_RULE)).toBe(1);
    expect(events(EVENT_EMPTY_DACL)).toBe(0);
  });
});
