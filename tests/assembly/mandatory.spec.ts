/** What labels, trust labels and access filters leave. access-check.md 3, 4 */
import { mandatoryAccess } from "../../assembly/check/mandatory";
import { beginTrace } from "../../assembly/check/trace";
import { CHECK_RAW_GENERIC, CHECK_TRACE, EVENT_ACCESS_FILTER, EVENT_LABEL, EVENT_TERM, EVENT_TRUST_LABEL, NO_ACE } from "../../assembly/shared/abi";
import {
  ACCESS_SYSTEM_SECURITY,
  GENERIC_READ,
  MAXIMUM_ALLOWED,
  WRITE_DAC,
  WRITE_OWNER,
} from "../../assembly/shared/access-mask";
import {
  INHERIT_ONLY_ACE,
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
} from "../../assembly/shared/ace";
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SE_RELABEL_PRIVILEGE, SE_SECURITY_PRIVILEGE, SE_TAKE_OWNERSHIP_PRIVILEGE } from "../../assembly/shared/privilege";
import {
  FILE_READ,
  asking,
  event,
  events,
  freshAccess,
  granted,
  loadedObject,
  loadedSubject,
  object,
  setMapping,
  status,
} from "./access-scene";
import { EVERYONE, PACKAGE, USER, allow, beginDacl, beginSacl, memberAce, plainAce, unknownAce } from "./descriptor-bytes";
import * as token from "./token-bytes";

const EVERYTHING: u32 = 0xffffffff;
const LABEL: u32 = SYSTEM_MANDATORY_LABEL_ACE_TYPE;
const TRUST: u32 = SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE;
const FILTER: u32 = SYSTEM_ACCESS_FILTER_ACE_TYPE;
const NW: u32 = 1;
const NR: u32 = 2;
const NX: u32 = 4;

/** What is left of the object at hand. */
function left(): u32 {
  const sacl = loadedObject().sacl;
  return mandatoryAccess(asking(), loadedSubject(), sacl);
}

/** What a High label with this policy leaves a Medium token. */
function leftBy(policy: u32): u32 {
  object();
  beginSacl();
  plainAce(LABEL, policy, "S-1-16-12288");
  return left();
}

beforeEach(() => {
  freshAccess();
});

describe("a label that is not dominated leaves", () => {
  test("of a file, in eight rows", () => {
    expect(leftBy(0)).toBe(EVERYTHING);
    expect(leftBy(NW)).toBe(0x1200a9);
    expect(leftBy(NR)).toBe(0x1f0176);
    expect(leftBy(NW | NR)).toBe(0x100020);
    expect(leftBy(NX)).toBe(0x1f01df);
    expect(leftBy(NW | NX)).toBe(0x120089);
    expect(leftBy(NR | NX)).toBe(0x1f0156);
    expect(leftBy(NW | NR | NX)).toBe(0);
  });

  test("of a key", () => {
    setMapping(0x20019, 0x20006, 0x20019, 0xf003f);
    expect(leftBy(NW)).toBe(0x120019);
  });

  test("the same whatever else its mask says", () => {
    expect(leftBy(0xfffffff8)).toBe(EVERYTHING);
    expect(leftBy(0xfffffff8 | NW)).toBe(0x1200a9);
  });
});

describe("the label", () => {
  test("is Medium with NO_WRITE_UP when there is none", () => {
    object();
    expect(left()).toBe(EVERYTHING);
    token.setIntegrity(0x1fff);
    expect(left()).toBe(0x1200a9);
    object();
    beginSacl();
    plainAce(LABEL, NR, "S-1-16-0", INHERIT_ONLY_ACE);
    expect(left()).toBe(0x1200a9, "an inherit-only one is none");
  });

  test("is dominated by its own level and above; any number is a level", () => {
    object();
    beginSacl();
    plainAce(LABEL, NW | NR | NX, "S-1-16-8200");
    token.setIntegrity(8199);
    expect(left()).toBe(0);
    token.setIntegrity(8200);
    expect(left()).toBe(EVERYTHING);
    token.setIntegrity(0xffffffff);
    expect(left()).toBe(EVERYTHING, "levels are unsigned");
  });

  test("is of no matter to a token without NO_WRITE_UP", () => {
    token.setIntegrity(0, 2);
    expect(leftBy(NW | NR | NX)).toBe(EVERYTHING);
  });

  test("lets a package through up to Medium, and not above", () => {
    token.inPackage(PACKAGE);
    token.setIntegrity(0x1000);
    object();
    beginSacl();
    plainAce(LABEL, NW | NR, "S-1-16-8192");
    expect(left()).toBe(EVERYTHING);
    object();
    beginSacl();
    plainAce(LABEL, NW, "S-1-16-8193");
    expect(left()).toBe(0x1200a9);
  });

  test("gives WRITE_OWNER back to SeRelabelPrivilege, enabled", () => {
    token.privilege(SE_RELABEL_PRIVILEGE, 0);
    expect(leftBy(NW)).toBe(0x1200a9);
    token.privilege(SE_RELABEL_PRIVILEGE);
    expect(leftBy(NW)).toBe(0x1200a9 | WRITE_OWNER);
  });

  test("is told to those who ask, with what it leaves", () => {
    asking().flags = CHECK_TRACE;
    token.setIntegrity(0x1000);
    object();
    status(2);
    expect(event(EVENT_LABEL).ace).toBe(NO_ACE);
    expect(event(EVENT_LABEL).extra).toBe(0x2000);
    expect(event(EVENT_LABEL).bits).toBe(0x1200a9);
    expect(<u32>event(EVENT_LABEL).reason).toBe(NW);
  });
});

describe("a bit outside what is left", () => {
  test("is denied before privileges and owner are looked at", () => {
    token.setIntegrity(0x1000);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    token.privilege(SE_SECURITY_PRIVILEGE);
    object(USER);
    expect(status(WRITE_OWNER)).toBe(STATUS_ACCESS_DENIED);
    expect(status(WRITE_DAC)).toBe(STATUS_ACCESS_DENIED);
    expect(status(ACCESS_SYSTEM_SECURITY)).toBe(STATUS_ACCESS_DENIED);
    expect(status(0x1)).toBe(STATUS_SUCCESS);
  });

  test("is missing from a maximum", () => {
    token.setIntegrity(0x1000);
    object(USER);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x1200a9);
  });
});

describe("a trust label", () => {
  test("leaves its mask and ACCESS_SYSTEM_SECURITY to those who do not dominate both type and level", () => {
    const types: u32[] = [0, 512, 1024, 512, 1024];
    const levels: u32[] = [0, 8192, 4095, 4096, 4096];
    const dominated: bool[] = [false, true, false, true, true];
    for (let i = 0; i < types.length; i++) {
      token.setTrust(types[i], levels[i]);
      object();
      beginSacl();
      plainAce(TRUST, 0x20001, "S-1-19-512-4096");
      expect(left()).toBe(dominated[i] ? EVERYTHING : 0x20001 | ACCESS_SYSTEM_SECURITY, i.toString());
    }
    token.setTrust(511, 8192);
    expect(left()).toBe(0x20001 | ACCESS_SYSTEM_SECURITY);
  });

  test("has its generic bits mapped, unless they are to stay raw", () => {
    object();
    beginSacl();
    plainAce(TRUST, GENERIC_READ, "S-1-19-512-4096");
    expect(left()).toBe(FILE_READ | ACCESS_SYSTEM_SECURITY);
    asking().flags = CHECK_RAW_GENERIC;
    expect(left()).toBe(GENERIC_READ | ACCESS_SYSTEM_SECURITY);
  });

  test("is overridden by no privilege, and ANDed to a maximum", () => {
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    object();
    beginSacl();
    plainAce(TRUST, 0x3, "S-1-19-512-4096");
    beginDacl();
    allow(0x6, USER);
    expect(status(WRITE_OWNER)).toBe(STATUS_ACCESS_DENIED);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x2);
  });

  test("is told by its ACE and level", () => {
    asking().flags = CHECK_TRACE;
    object();
    beginSacl();
    plainAce(TRUST, 0x3, "S-1-19-512-4096");
    status(1);
    expect(event(EVENT_TRUST_LABEL).ace).toBe(0);
    expect(event(EVENT_TRUST_LABEL).extra).toBe(4096);
  });
});

describe("an access filter", () => {
  test("limits when its condition is FALSE or UNKNOWN, not when TRUE", () => {
    token.group(EVERYONE);
    object();
    beginSacl();
    memberAce(FILTER, 0x1, USER, 1, 0);
    expect(left()).toBe(EVERYTHING);
    object();
    beginSacl();
    memberAce(FILTER, 0x1, USER, 5, 99);
    expect(left()).toBe(0x1 | ACCESS_SYSTEM_SECURITY);
    object();
    beginSacl();
    unknownAce(FILTER, 0x1, USER);
    expect(left()).toBe(0x1 | ACCESS_SYSTEM_SECURITY);
    object();
    beginSacl();
    plainAce(FILTER, 0x1, USER);
    loadedObject();
    beginTrace(true);
    expect(left()).toBe(0x1 | ACCESS_SYSTEM_SECURITY, "no expression");
    expect(events(EVENT_ACCESS_FILTER)).toBe(1);
    expect(events(EVENT_TERM)).toBe(0, "which has no operators to tell of");
  });

  test("counts whatever its SID, and every one of them", () => {
    object();
    beginSacl();
    memberAce(FILTER, 0x3, "S-1-5-98", 5, 99);
    memberAce(FILTER, 0x6, "S-1-5-98", 5, 99);
    expect(left()).toBe(0x2 | ACCESS_SYSTEM_SECURITY);
  });

  test("reads membership as an allow ACE does", () => {
    token.group(EVERYONE, 0x10);
    object();
    beginSacl();
    memberAce(FILTER, 0x1, USER, 1, 0);
    expect(left()).toBe(0x1 | ACCESS_SYSTEM_SECURITY);
  });
});

test("label, trust label and filters limit together", () => {
  object();
  beginSacl();
  plainAce(LABEL, NW, "S-1-16-12288");
  plainAce(TRUST, 0x7, "S-1-19-512-4096");
  memberAce(FILTER, 0x120009, USER, 5, 99);
  expect(left()).toBe(0x1);
});
