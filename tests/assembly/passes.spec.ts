/** How the walks combine: restricted, write-restricted, package, NULL DACL, trees. access-check.md 1.9, 2.4, 7, 8, 10 */
import {
  CALL_ACCESS_CHECK_BY_TYPE,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CHECK_TRACE,
  EVENT_EMPTY_DACL,
  EVENT_LANE_SKIPPED,
  EVENT_NO_DACL,
  EVENT_SKIP,
  LANE_RESTRICTING,
  SKIP_WRONG_ACL,
} from "../../assembly/shared/abi";
import {
  DELETE,
  MAXIMUM_ALLOWED,
  READ_CONTROL,
  WRITE_DAC,
  WRITE_OWNER,
} from "../../assembly/shared/access-mask";
import { SE_DACL_PRESENT } from "../../assembly/shared/security-descriptor";
import { SE_TAKE_OWNERSHIP_PRIVILEGE } from "../../assembly/shared/privilege";
import {
  FILE_ALL,
  asking,
  dacl,
  event,
  events,
  freshAccess,
  granted,
  listed,
  object,
  setMapping,
} from "./access-scene";
import { EVERYONE, GROUP, PACKAGE, USER, allow, beginDacl, deny, objectAce, plainAce } from "./descriptor-bytes";
import * as token from "./token-bytes";

const READ: u32 = 0x1;
const WRITE: u32 = 0x2;
const APPEND: u32 = 0x4;
const DELETE_CHILD: u32 = 0x40;

beforeEach(() => {
  freshAccess();
});

test("where ownership gives all that is wanted, nothing is told of the DACL", () => {
  asking().flags = CHECK_TRACE;
  object(USER);
  beginDacl();
  expect(granted(READ_CONTROL)).toBe(READ_CONTROL);
  expect(events(EVENT_EMPTY_DACL)).toBe(0);
  object(USER);
  expect(granted(READ_CONTROL)).toBe(READ_CONTROL);
  expect(events(EVENT_NO_DACL)).toBe(0);
});

describe("a restricted token", () => {
  test("needs both walks, for each bit", () => {
    token.restrict(EVERYONE);
    dacl();
    allow(0x3, USER);
    allow(0x6, EVERYONE);
    expect(granted(0x2)).toBe(0x2);
    expect(granted(0x1)).toBe(0);
    expect(granted(0x4)).toBe(0);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x2, "a maximum is what both give");
  });

  test("with an empty list is restricted to nothing but a NULL DACL", () => {
    token.restrictToNothing();
    dacl();
    allow(FILE_ALL, USER);
    expect(granted(0x1)).toBe(0);
    object();
    expect(granted(0x1)).toBe(0x1);
  });

  test("is not asked again for what privileges and ownership gave", () => {
    token.restrict(USER);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    object(USER);
    beginDacl();
    expect(granted(WRITE_OWNER | READ_CONTROL)).toBe(WRITE_OWNER | READ_CONTROL);
    token.beginToken(USER);
    token.restrict(EVERYONE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    expect(granted(WRITE_OWNER)).toBe(WRITE_OWNER);
    expect(granted(READ_CONTROL)).toBe(0, "the owner is not in the list");
  });

  test("does not combine ownership in one walk with an ACE in the other", () => {
    token.restrict(EVERYONE);
    object(USER);
    beginDacl();
    allow(READ_CONTROL, EVERYONE);
    expect(granted(READ_CONTROL)).toBe(0);
  });
});

describe("a write-restricted token", () => {
  test("meets its list only when a write bit remains", () => {
    token.writeRestrict(EVERYONE);
    dacl();
    deny(READ, EVERYONE);
    allow(FILE_ALL, USER);
    expect(granted(READ)).toBe(READ, "its denies are not met either");
    expect(granted(WRITE)).toBe(0);
  });

  test("then meets it with everything that remains, reads included", () => {
    token.writeRestrict(EVERYONE);
    dacl();
    allow(FILE_ALL, USER);
    allow(WRITE, EVERYONE);
    expect(granted(WRITE)).toBe(WRITE);
    expect(granted(READ)).toBe(READ);
    expect(granted(READ | WRITE)).toBe(0);
  });

  test("has write bits by the formula, not by the raw mapping", () => {
    token.writeRestrict(EVERYONE);
    dacl();
    allow(0x1ffffff, USER);
    const writes: u32 = DELETE | WRITE_DAC | WRITE_OWNER | 0x116;
    for (let bit: u32 = 1; bit <= 0x100000; bit <<= 1) {
      const isWrite = (writes & bit) != 0;
      expect(granted(bit)).toBe(isWrite ? 0 : bit, bit.toString());
    }
    expect(granted(DELETE_CHILD)).toBe(DELETE_CHILD);
    setMapping(0x1, 0x7, 0x4, 0xff);
    expect(granted(0x4)).toBe(0x4, "what read and execute share with write");
    expect(granted(0x2)).toBe(0);
  });

  test("has no gate for a bit that a privilege gave", () => {
    token.writeRestrict(EVERYONE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    dacl();
    allow(READ, USER);
    expect(granted(WRITE_OWNER | READ)).toBe(WRITE_OWNER | READ);
  });

  test("under a maximum has the first walk but for write bits, which need both", () => {
    token.writeRestrict(EVERYONE);
    dacl();
    allow(READ | WRITE | APPEND | DELETE_CHILD, USER);
    allow(WRITE, EVERYONE);
    expect(granted(MAXIMUM_ALLOWED)).toBe(READ | WRITE | DELETE_CHILD);
    expect(granted(MAXIMUM_ALLOWED | APPEND)).toBe(0, "and explicit bits are looked for there");
  });

  test("tells that the lane was not walked", () => {
    asking().flags = CHECK_TRACE;
    token.writeRestrict(EVERYONE);
    dacl();
    allow(READ | WRITE, USER);
    granted(READ);
    expect(event(EVENT_LANE_SKIPPED).bits).toBe(READ);
    granted(WRITE);
    expect(events(EVENT_LANE_SKIPPED)).toBe(0);
  });
});

describe("a package", () => {
  test("needs both sides, each complete", () => {
    token.inPackage(PACKAGE);
    dacl();
    allow(0x3, USER);
    allow(0x6, PACKAGE);
    expect(granted(0x2)).toBe(0x2);
    expect(granted(0x1)).toBe(0);
    expect(granted(0x4)).toBe(0);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0x2);
  });

  test("is helped by neither privilege nor ownership", () => {
    token.inPackage(PACKAGE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    object(USER);
    beginDacl();
    expect(granted(WRITE_OWNER)).toBe(0);
    expect(granted(READ_CONTROL)).toBe(0);
    object(USER);
    beginDacl();
    allow(WRITE_OWNER | READ_CONTROL, PACKAGE);
    expect(granted(WRITE_OWNER | READ_CONTROL)).toBe(WRITE_OWNER | READ_CONTROL);
  });

  test("is denied by an absent DACL, and by a NULL one, even what privileges and ownership gave", () => {
    token.inPackage(PACKAGE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    object(USER);
    expect(granted(WRITE_OWNER)).toBe(0);
    expect(granted(READ_CONTROL)).toBe(0);
    object();
    expect(granted(0x1)).toBe(0);
    expect(granted(MAXIMUM_ALLOWED)).toBe(0);
    object(GROUP, GROUP, SE_DACL_PRESENT);
    expect(granted(0x1)).toBe(0);
  });

  test("with a list needs the second walk too, which knows the list only", () => {
    token.inPackage(PACKAGE);
    token.restrict(EVERYONE);
    dacl();
    allow(0x3, USER);
    allow(0x3, PACKAGE);
    allow(0x1, EVERYONE);
    expect(granted(0x1)).toBe(0x1);
    expect(granted(0x2)).toBe(0);
  });
});

describe("without a DACL", () => {
  test("a request gets all it wants, a maximum everything", () => {
    object();
    expect(granted(0x123)).toBe(0x123);
    expect(granted(MAXIMUM_ALLOWED)).toBe(FILE_ALL);
    expect(granted(MAXIMUM_ALLOWED | 0x200)).toBe(FILE_ALL | 0x200);
    object(GROUP, GROUP, SE_DACL_PRESENT);
    expect(granted(0x123)).toBe(0x123, "NULL");
  });

  test("both walks of a restricted token are satisfied, and told so", () => {
    asking().flags = CHECK_TRACE;
    token.restrict(EVERYONE);
    object();
    expect(granted(0x123)).toBe(0x123);
    expect(events(EVENT_NO_DACL)).toBe(2);
    expect(<u32>event(EVENT_NO_DACL, 1).lane).toBe(LANE_RESTRICTING);
  });

  test("every node of a tree is granted, in both walks", () => {
    token.restrict(EVERYONE);
    object();
    listed([0, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    expect(granted(0x123)).toBe(0x123);
  });
});

test("an empty DACL gives what ownership gives, and says that it is empty", () => {
  asking().flags = CHECK_TRACE;
  object(USER);
  beginDacl();
  expect(granted(MAXIMUM_ALLOWED)).toBe(READ_CONTROL | WRITE_DAC);
  expect(events(EVENT_EMPTY_DACL)).toBe(1);
  object(USER);
  beginDacl();
  plainAce(2, 1, USER);
  granted(MAXIMUM_ALLOWED);
  expect(events(EVENT_EMPTY_DACL)).toBe(0, "an ACE that does not belong there is one all the same");
  expect(<u32>event(EVENT_SKIP).reason).toBe(SKIP_WRONG_ACL);
});

describe("in a tree", () => {
  test("each walk has its own grants, intersected per node", () => {
    token.restrict(EVERYONE);
    dacl();
    objectAce(5, 0x1, 2, USER);
    objectAce(5, 0x1, 3, EVERYONE);
    listed([0, 1, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    expect(granted(0x1)).toBe(0, "each walk has one child");
    dacl();
    objectAce(5, 0x1, 2, USER);
    objectAce(5, 0x1, 3, USER);
    allow(0x1, EVERYONE);
    expect(granted(0x1)).toBe(0x1);
  });

  test("the package side has grants of its own", () => {
    token.inPackage(PACKAGE);
    dacl();
    allow(0x1, USER);
    objectAce(5, 0x1, 2, PACKAGE);
    listed([0, 1, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE;
    expect(granted(0x1)).toBe(0);
    dacl();
    allow(0x1, USER);
    objectAce(5, 0x1, 2, PACKAGE);
    objectAce(5, 0x1, 3, PACKAGE);
    expect(granted(0x1)).toBe(0x1);
  });

  test("bits of privileges and ownership are granted at every node", () => {
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    object(USER);
    beginDacl();
    deny(WRITE_OWNER | READ_CONTROL, USER);
    listed([0, 1]);
    asking().call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
    expect(granted(WRITE_OWNER | READ_CONTROL)).toBe(WRITE_OWNER | READ_CONTROL);
  });
});
