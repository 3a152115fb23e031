/** The entries of a compiled ACL. access-check.md 6.1, 6.10 */
import { loadAudits } from "../../assembly/load/acl";
import { failed } from "../../assembly/memory/reader";
import * as records from "../../assembly/memory/records";
import { AceExtra, AclRecord } from "../../assembly/memory/records";
import { SID_OWNER_RIGHTS } from "../../assembly/memory/sids";
import { NO_ACE, SKIP_UNKNOWN_TYPE, SKIP_WRONG_ACL } from "../../assembly/shared/abi";
import { INHERIT_ONLY_ACE, SYSTEM_MANDATORY_LABEL_ACE_TYPE } from "../../assembly/shared/ace";
import { freshAccess, loadedAcl, sidNumber } from "./access-scene";
import {
  EVERYONE,
  OWNER_RIGHTS,
  PRINCIPAL_SELF,
  USER,
  allow,
  beginAce,
  beginAcl,
  compoundAce,
  deny,
  endAce,
  endAcl,
  memberAce,
  objectAce,
  plainAce,
} from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

function entry(record: AclRecord, index: u32): usize {
  assert(index < record.count);
  return record.entries + index * records.ENTRY_SIZE;
}

function flagsOf(record: AclRecord, index: u32): u32 {
  return <u32>load<u8>(entry(record, index) + records.ENTRY_FLAGS);
}

function storedIndex(record: AclRecord, index: u32): u32 {
  assert(index < record.count);
  return records.storedIndex(record, index);
}

function extra(record: AclRecord, index: u32): AceExtra {
  return changetype<AceExtra>(load<usize>(record.extras + index * sizeof<usize>()));
}

beforeEach(() => {
  freshAccess();
  beginAcl();
});

describe("a compiled DACL", () => {
  test("keeps the stored order, denies and all", () => {
    allow(0x1, USER);
    deny(0x2, EVERYONE);
    allow(0x4, USER);
    const record = loadedAcl();
    expect(record.count).toBe(3);
    expect(record.storedCount).toBe(3);
    for (let i: u32 = 0; i < 3; i++) {
      expect(load<u32>(entry(record, i) + records.ENTRY_MASK)).toBe(1 << i);
      expect(storedIndex(record, i)).toBe(i);
    }
    expect(flagsOf(record, 0)).toBe(0);
    expect(flagsOf(record, 1)).toBe(records.ENTRY_DENY);
    expect(<u32>load<u8>(entry(record, 0) + records.ENTRY_NEED)).toBe(records.NEED_ALLOW);
    expect(<u32>load<u8>(entry(record, 1) + records.ENTRY_NEED)).toBe(records.NEED_DENY);
    expect(<u32>load<u16>(entry(record, 0) + records.ENTRY_SID)).toBe(sidNumber(USER));
    expect(<u32>load<u16>(entry(record, 1) + records.ENTRY_SID)).toBe(sidNumber(EVERYONE));
  });

  test("has no indexes where none is left out, and writes none", () => {
    for (let i: u32 = 0; i < 4; i++) allow(1 << i, USER);
    const before = load<u64>(0);
    expect(loadedAcl().indexes).toBe(0);
    expect(load<u64>(0)).toBe(before);
  });

  test("drops inherit-only ACEs without a word", () => {
    allow(0x1, OWNER_RIGHTS, INHERIT_ONLY_ACE);
    allow(0x2, USER);
    const record = loadedAcl();
    expect(record.count).toBe(1);
    expect(storedIndex(record, 0)).toBe(1);
    expect(record.ignoredCount).toBe(0);
    expect(record.storedCount).toBe(2);
    expect(record.ownerRightsAce).toBe(NO_ACE);
  });

  test("remembers what it leaves out, and why", () => {
    plainAce(2, 1, USER);
    allow(1, USER);
    plainAce(SYSTEM_MANDATORY_LABEL_ACE_TYPE, 1, "S-1-16-0");
    plainAce(0x77, 1, USER);
    const record = loadedAcl();
    expect(record.count).toBe(1);
    expect(record.ignoredCount).toBe(3);
    const indexes: u32[] = [0, 2, 3];
    const reasons: u32[] = [SKIP_WRONG_ACL, SKIP_WRONG_ACL, SKIP_UNKNOWN_TYPE];
    for (let i: u32 = 0; i < 3; i++) {
      expect(<u32>load<u16>(record.ignored + i * 4)).toBe(indexes[i]);
      expect(<u32>load<u16>(record.ignored + i * 4 + 2)).toBe(reasons[i]);
    }
  });

  test("knows its first OWNER RIGHTS ACE by the stored index", () => {
    allow(1, USER);
    deny(0, OWNER_RIGHTS);
    allow(1, OWNER_RIGHTS);
    const record = loadedAcl();
    expect(record.ownerRightsAce).toBe(1);
    expect(record.flags).toBe(records.ACL_HAS_OWNER_RIGHTS);
    expect(<u32>load<u16>(entry(record, 1) + records.ENTRY_SID)).toBe(SID_OWNER_RIGHTS);
  });

  test("knows whether generic bits or PRINCIPAL SELF occur", () => {
    allow(0x0fffffff, USER);
    expect(loadedAcl().flags).toBe(0);
    bytes.begin();
    beginAcl();
    deny(0x20000000, USER);
    expect(loadedAcl().flags).toBe(records.ACL_HAS_GENERIC);
    bytes.begin();
    beginAcl();
    allow(1, PRINCIPAL_SELF);
    expect(loadedAcl().flags).toBe(records.ACL_HAS_PRINCIPAL_SELF);
  });
});

describe("what an ACE has beyond mask and SID", () => {
  test("is nothing for plain ones, and for an object ACE without ObjectType", () => {
    allow(1, USER);
    objectAce(5, 1, 0, USER, 9);
    const record = loadedAcl();
    expect(record.extras).toBe(0);
    expect(flagsOf(record, 1)).toBe(0);
  });

  test("is the ObjectType of a typed one", () => {
    allow(1, USER);
    objectAce(6, 1, 7, USER, 9);
    const record = loadedAcl();
    expect(flagsOf(record, 1)).toBe(records.ENTRY_DENY | records.ENTRY_EXTRA);
    expect(extra(record, 1).flags).toBe(records.EXTRA_OBJECT_TYPE);
    expect(extra(record, 1).guid0).toBe(7);
    expect(extra(record, 1).guid1).toBe(0);
    expect(flagsOf(record, 0)).toBe(0);
  });

  test("is the server's SID of a compound one", () => {
    compoundAce(1, EVERYONE, USER);
    const record = loadedAcl();
    expect(extra(record, 0).flags).toBe(records.EXTRA_COMPOUND);
    expect(extra(record, 0).server).toBe(sidNumber(EVERYONE));
    expect(<u32>load<u16>(entry(record, 0) + records.ENTRY_SID)).toBe(sidNumber(USER));
  });

  test("is the condition of a callback ACE, and none when the data are no expression", () => {
    memberAce(9, 1, USER, 1, 0);
    beginAce(10, 1, USER);
    bytes.u32At(0x64616564);
    endAce();
    beginAce(9, 1, USER);
    endAce();
    const record = loadedAcl();
    for (let i: u32 = 0; i < 3; i++) expect(extra(record, i).flags).toBe(records.EXTRA_CONDITION);
    expect(extra(record, 0).condition).not.toBe(0);
    expect(extra(record, 1).condition).toBe(0);
    expect(extra(record, 2).condition).toBe(0);
  });

  test("is judged without a fault of the ACL", () => {
    beginAce(9, 1, USER);
    bytes.u32At(0x78747261);
    bytes.u32At(0xffffff10);
    endAce();
    const record = loadedAcl();
    expect(failed()).toBe(false);
    expect(extra(record, 0).condition).toBe(0);
  });
});

test("the audit ACEs of a SACL keep their flags and nothing else is kept", () => {
  plainAce(2, 0x1, USER, 0x40);
  plainAce(3, 0x2, USER, 0xc0);
  allow(0x4, USER);
  objectAce(7, 0x8, 3, USER, 0, 0x80);
  plainAce(2, 0x10, USER, 0xc0 | INHERIT_ONLY_ACE);
  endAcl();
  const record = changetype<AclRecord>(loadAudits(bytes.start()));
  expect(record.count).toBe(2);
  expect(record.ignored).toBe(0);
  expect(flagsOf(record, 0)).toBe(records.ENTRY_AUDIT_SUCCESS);
  expect(flagsOf(record, 1)).toBe(records.ENTRY_AUDIT_FAILURE | records.ENTRY_EXTRA);
  expect(storedIndex(record, 1)).toBe(3);
  expect(<u32>load<u8>(entry(record, 0) + records.ENTRY_NEED)).toBe(records.HOLD_DENY);
});
