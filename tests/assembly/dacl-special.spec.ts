/** The walk and what an ACE has beyond mask and SID; what is told of it all. access-check.md 6.7-6.9, 7.9, 13.4 */
import { grantedPackage, grantedRestricting } from "../../assembly/check/dacl";
import { beginTrace } from "../../assembly/check/trace";
import * as abi from "../../assembly/shared/abi";
import {
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ACCESS_DENIED_OBJECT_ACE_TYPE,
  INHERIT_ONLY_ACE,
} from "../../assembly/shared/ace";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import { asking, dacl, event, events, freshAccess, loadedObject, loadedSubject, walked } from "./access-scene";
import {
  EVERYONE,
  GROUP,
  OTHER,
  PACKAGE,
  USER,
  allow,
  beginAce,
  compoundAce,
  deny,
  endAce,
  memberAce,
  objectAce,
  plainAce,
  unknownAce,
} from "./descriptor-bytes";
import * as token from "./token-bytes";

const XA: u32 = ACCESS_ALLOWED_CALLBACK_ACE_TYPE;
const XD: u32 = ACCESS_DENIED_CALLBACK_ACE_TYPE;
const OA: u32 = ACCESS_ALLOWED_OBJECT_ACE_TYPE;
const OD: u32 = ACCESS_DENIED_OBJECT_ACE_TYPE;

beforeEach(() => {
  freshAccess();
  dacl();
});

describe("a condition", () => {
  test("makes an allow act on TRUE only", () => {
    token.group(EVERYONE);
    memberAce(XA, 0x1, USER, 1, 0);
    memberAce(XA, 0x2, USER, 5, 99);
    unknownAce(XA, 0x4, USER);
    expect(walked(0x7)).toBe(0x1);
  });

  test("makes a deny act on TRUE and UNKNOWN", () => {
    token.group(EVERYONE);
    memberAce(XD, 0x1, USER, 1, 0);
    memberAce(XD, 0x2, USER, 5, 99);
    unknownAce(XD, 0x4, USER);
    allow(0x7, USER);
    expect(walked(0x7)).toBe(0x2);
  });

  test("that is none is UNKNOWN", () => {
    plainAce(XA, 0x1, USER);
    plainAce(XD, 0x2, USER);
    allow(0x2, USER);
    expect(walked(0x3)).toBe(0);
  });

  test("is of no matter without the SID", () => {
    token.group(EVERYONE);
    memberAce(XA, 0x1, OTHER, 1, 0);
    expect(walked(0x1)).toBe(0);
  });

  test("reads membership by its purpose", () => {
    token.group(EVERYONE, 0x10);
    memberAce(XD, 0x1, USER, 1, 0);
    memberAce(XA, 0x2, USER, 1, 0);
    allow(0x1, USER);
    expect(walked(0x3)).toBe(0);
  });

  test("sees the list in the restricting lane, and may turn out otherwise there", () => {
    token.group(EVERYONE);
    token.restrict(USER);
    memberAce(XA, 0x1, USER, 1, 0);
    expect(walked(0x1)).toBe(0x1);
    expect(grantedRestricting).toBe(0);
    token.beginToken(USER);
    token.restrict(USER);
    token.restrict(EVERYONE);
    expect(walked(0x1)).toBe(0);
    expect(grantedRestricting).toBe(0x1);
  });

  test("of a deny is asked in each lane too", () => {
    token.group(EVERYONE);
    token.restrict(USER);
    memberAce(XD, 0x1, USER, 1, 0);
    allow(0x1, USER);
    expect(walked(0x1)).toBe(0);
    expect(grantedRestricting).toBe(0x1);
  });
});

describe("a typed ACE without a list", () => {
  test("allows nothing, and denies as a basic one", () => {
    objectAce(OA, 0x1, 7, USER);
    objectAce(OD, 0x2, 7, USER);
    allow(0x2, USER);
    expect(walked(0x3)).toBe(0);
  });

  test("is basic when it has no ObjectType", () => {
    objectAce(OA, 0x1, 0, USER, 7);
    expect(walked(0x1)).toBe(0x1);
  });
});

describe("a compound ACE", () => {
  test("allows the client when the server SID is enabled in the token", () => {
    compoundAce(0x1, EVERYONE, USER);
    expect(walked(0x1)).toBe(0);
    token.group(EVERYONE, 0x10);
    expect(walked(0x1)).toBe(0);
    token.group(EVERYONE);
    expect(walked(0x1)).toBe(0x1);
  });

  test("asks the primary token instead, when there is one", () => {
    compoundAce(0x1, EVERYONE, USER);
    loadedObject();
    token.group(EVERYONE);
    const holder = <u32>changetype<usize>(loadedSubject());
    token.beginToken(USER);
    asking().primaryToken = <u32>changetype<usize>(loadedSubject());
    token.group(EVERYONE);
    expect(walked(0x1)).toBe(0, "its own group is of no matter");
    token.beginToken(USER);
    asking().primaryToken = holder;
    expect(walked(0x1)).toBe(0x1);
  });

  test("never acts on the package side", () => {
    token.inPackage(PACKAGE);
    token.group(EVERYONE);
    compoundAce(0x1, EVERYONE, PACKAGE);
    walked(0x1);
    expect(grantedPackage).toBe(0);
  });

  test("acts in the restricting lane by its client", () => {
    token.group(EVERYONE);
    token.restrict(GROUP);
    compoundAce(0x1, EVERYONE, GROUP);
    expect(walked(0x1)).toBe(0);
    expect(grantedRestricting).toBe(0x1);
  });
});

describe("while tracing", () => {
  test("each ACE is told by its stored index, its lane and the bits it decided", () => {
    token.restrict(GROUP);
    allow(0xf, USER, INHERIT_ONLY_ACE);
    allow(0x1, USER);
    deny(0x3, USER);
    deny(0x1, GROUP);
    loadedObject();
    beginTrace(true);
    walked(0x3);
    expect(event(abi.EVENT_ALLOW).ace).toBe(1);
    expect(event(abi.EVENT_ALLOW).bits).toBe(0x1);
    expect(event(abi.EVENT_DENY).ace).toBe(2);
    expect(event(abi.EVENT_DENY).bits).toBe(0x2);
    expect(<u32>event(abi.EVENT_DENY, 1).lane).toBe(abi.LANE_RESTRICTING);
    expect(event(abi.EVENT_DENY, 1).ace).toBe(3);
    expect(events(abi.EVENT_ALLOW) + events(abi.EVENT_DENY)).toBe(3);
  });

  test("a condition that is malformed has no operators to tell of", () => {
    plainAce(XA, 0x1, USER);
    loadedObject();
    beginTrace(true);
    walked(0x1);
    expect(<u32>event(abi.EVENT_SKIP).reason).toBe(abi.SKIP_CONDITION_MALFORMED);
    expect(events(abi.EVENT_TERM)).toBe(0);
  });

  test("an ACE that could have acted and did not says why", () => {
    memberAce(XA, 0x1, USER, 5, 99);
    unknownAce(XA, 0x1, USER);
    beginAce(XA, 0x1, USER);
    endAce();
    objectAce(OA, 0x1, 7, USER);
    compoundAce(0x1, EVERYONE, USER);
    loadedObject();
    beginTrace(true);
    walked(0x1);
    const reasons: u32[] = [
      abi.SKIP_CONDITION_FALSE,
      abi.SKIP_CONDITION_UNKNOWN,
      abi.SKIP_CONDITION_MALFORMED,
      abi.SKIP_TYPED_WITHOUT_LIST,
      abi.SKIP_COMPOUND_SERVER,
    ];
    const truths: u32[] = [FALSE, UNKNOWN, UNKNOWN, abi.TRUTH_NONE, abi.TRUTH_NONE];
    for (let i: u32 = 0; i < 5; i++) {
      expect(<u32>event(abi.EVENT_SKIP, i).reason).toBe(reasons[i]);
      expect(<u32>event(abi.EVENT_SKIP, i).truth).toBe(truths[i]);
      expect(event(abi.EVENT_SKIP, i).ace).toBe(i);
    }
  });

  test("the truth of its condition stands beside what an ACE decided", () => {
    token.group(EVERYONE);
    memberAce(XA, 0x1, USER, 1, 0);
    allow(0x2, USER);
    loadedObject();
    beginTrace(true);
    walked(0x3);
    expect(<u32>event(abi.EVENT_ALLOW).truth).toBe(TRUE);
    expect(<u32>event(abi.EVENT_ALLOW, 1).truth).toBe(abi.TRUTH_NONE);
  });
});
