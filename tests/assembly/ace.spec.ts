/** One ACE: sound or not, and where its parts lie. formats.md 5 */
import * as loading from "../../assembly/load/ace";
import { beginRead, failed, failedOffset } from "../../assembly/memory/reader";
import { ACE_COMPOUND_SIDS, ACE_SID, ACE_SIZE, LAST_KNOWN_ACE_TYPE } from "../../assembly/shared/ace";
import { EVERYONE, USER, beginAce, compoundAce, endAce, here, objectAce, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

/** Reads the ACE just written in an ACL of this revision; its size, 0 when it is not sound. */
function read(revision: u32 = 4, end: usize = here()): u32 {
  beginRead(bytes.start());
  const size = loading.readAce(bytes.start(), end, revision);
  expect(failed()).toBe(size == 0, "a size or a fault");
  return size;
}

function setSize(size: u32): void {
  store<u16>(bytes.start() + ACE_SIZE, <u16>size);
}

beforeEach(() => {
  bytes.begin();
});

describe("the size of an ACE", () => {
  test("is what its header says, however much follows the SID", () => {
    beginAce(0, 1, EVERYONE);
    for (let i = 0; i < 5; i++) bytes.u32At(0xdeadbeef);
    endAce();
    expect(read()).toBe(40);
  });

  test("is a multiple of four, inside the ACL", () => {
    plainAce(0, 1, EVERYONE);
    setSize(18);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(ACE_SIZE);
    setSize(24);
    expect(read()).toBe(0, "beyond it");
  });

  test("is at least 16 for a known type, and 4 for an unknown one", () => {
    bytes.u32At(0x000c0000);
    bytes.u64At(0x0000000500000001);
    expect(read()).toBe(0);
    bytes.begin();
    bytes.u32At(0x00040000 | (LAST_KNOWN_ACE_TYPE + 1));
    expect(read()).toBe(4);
    setSize(0);
    expect(read()).toBe(0);
  });

  test("needs a whole header", () => {
    plainAce(0, 1, EVERYONE);
    for (let length = 0; length < 4; length++) {
      expect(read(4, bytes.start() + length)).toBe(0);
      expect(failedOffset()).toBe(0);
    }
  });
});

describe("an ACE is sound", () => {
  test("in every known type, with a SID after the mask", () => {
    for (let type: u32 = 0; type <= LAST_KNOWN_ACE_TYPE; type++) {
      bytes.begin();
      if (type == 4) compoundAce(1, EVERYONE, USER);
      else if (loading.isObject(type)) objectAce(type, 1, 1, USER, 2);
      else plainAce(type, 1, USER);
      expect(read()).not.toBe(0, type.toString());
    }
  });

  test("when its SID fits, and is one", () => {
    plainAce(0, 1, USER);
    setSize(32);
    expect(read()).toBe(0, "cut short");
    setSize(36);
    expect(read()).toBe(36);
    store<u8>(bytes.start() + ACE_SID, 2);
    expect(read()).toBe(0, "another revision");
    expect(failedOffset()).toBe(ACE_SID);
  });

  test("when both SIDs of a compound ACE are", () => {
    compoundAce(1, EVERYONE, USER);
    expect(read()).not.toBe(0);
    store<u8>(bytes.start() + ACE_COMPOUND_SIDS + 12, 3);
    expect(read()).toBe(0, "the client's");
    store<u8>(bytes.start() + ACE_COMPOUND_SIDS + 12, 1);
    store<u8>(bytes.start() + ACE_COMPOUND_SIDS, 3);
    expect(read()).toBe(0, "the server's");
  });

  test("with object flags up to 3", () => {
    objectAce(5, 1, 1, EVERYONE, 2);
    expect(read()).toBe(56);
    store<u32>(bytes.start() + 8, 4);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(8);
  });

  test("with its GUIDs inside it", () => {
    objectAce(5, 1, 0, EVERYONE);
    expect(read()).toBe(24);
    store<u32>(bytes.start() + 8, 1);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(8, "the flags say so");
  });

  test("of types 05 to 08 in revision 4 alone; callback object types in any", () => {
    for (let type: u32 = 5; type <= 8; type++) {
      bytes.begin();
      objectAce(type, 1, 1, EVERYONE);
      expect(read(3)).toBe(0);
      expect(failedOffset()).toBe(0);
      expect(read(4)).not.toBe(0);
    }
    bytes.begin();
    objectAce(0x0b, 1, 1, EVERYONE);
    expect(read(2)).not.toBe(0);
  });

  test("of an unknown type whatever it holds", () => {
    bytes.u32At(0x00080016);
    bytes.u32At(0xffffffff);
    expect(read(2)).toBe(8);
  });
});

describe("the parts of an ACE", () => {
  test("of a plain type", () => {
    beginAce(9, 0x12345, USER, 0x58);
    bytes.u32At(0x78747261);
    endAce();
    const at = bytes.start();
    expect(loading.aceType(at)).toBe(9);
    expect(loading.aceFlags(at)).toBe(0x58);
    expect(loading.aceMask(at)).toBe(0x12345);
    expect(loading.aceSid(at)).toBe(at + 8);
    expect(loading.aceData(at)).toBe(at + 36);
    expect(loading.aceSize(at)).toBe(40);
    expect(loading.isInheritOnly(at)).toBe(true);
  });

  test("of an object type: each GUID moves the SID", () => {
    const at = bytes.start();
    objectAce(5, 1, 0, EVERYONE);
    expect(loading.aceSid(at)).toBe(at + 12);
    expect(loading.hasObjectType(at)).toBe(false);
    bytes.begin();
    objectAce(5, 1, 7, EVERYONE);
    expect(loading.aceSid(at)).toBe(at + 28);
    expect(loading.hasObjectType(at)).toBe(true);
    bytes.begin();
    objectAce(5, 1, 0, EVERYONE, 7);
    expect(loading.aceSid(at)).toBe(at + 28);
    expect(loading.hasObjectType(at)).toBe(false);
    bytes.begin();
    objectAce(5, 1, 7, EVERYONE, 7);
    expect(loading.aceSid(at)).toBe(at + 44);
    expect(loading.aceData(at)).toBe(at + 56);
  });

  test("of a compound ACE: it is for the client", () => {
    compoundAce(1, USER, EVERYONE);
    const at = bytes.start();
    expect(loading.aceSid(at)).toBe(at + ACE_COMPOUND_SIDS + 28);
    expect(load<u8>(loading.aceSid(at) + 7)).toBe(1, "S-1-1-0");
  });
});

/** One letter for each type from 00 to 17: A allow, D deny, U audit, "." none of them. */
const KINDS: string = "ADU.AADU.ADADU.U........";
/** O: with GUIDs. */
const OBJECTS: string = "-----OOOO--OO--OO-------";
/** C: with a condition. */
const CALLBACKS: string = "---------CCCCCCCC-------";

test("every type up to 15 is of its kind, and no other is of any", () => {
  for (let type: u32 = 0; type < 24; type++) {
    const kind = KINDS.charAt(type);
    expect(loading.isAllow(type)).toBe(kind == "A", type.toString());
    expect(loading.isDeny(type)).toBe(kind == "D", type.toString());
    expect(loading.isAudit(type)).toBe(kind == "U", type.toString());
    expect(loading.isObject(type)).toBe(OBJECTS.charAt(type) == "O", type.toString());
    expect(loading.isCallback(type)).toBe(CALLBACKS.charAt(type) == "C", type.toString());
    expect(loading.isKnown(type)).toBe(type <= 0x15, type.toString());
  }
  expect(loading.isKnown(0xff)).toBe(false);
});
