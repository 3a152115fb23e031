/** What of a SACL decides. access-check.md 3.2, 4, 9.1, 11.4 */
import { loadSacl } from "../../assembly/load/sacl";
import { arenaUsed } from "../../assembly/memory/arena";
import { beginRead, failed } from "../../assembly/memory/reader";
import { AccessFilterRecord, SaclRecord, storedIndex } from "../../assembly/memory/records";
import { NO_ACE } from "../../assembly/shared/abi";
import * as ace from "../../assembly/shared/ace";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace";
import { freshAccess, sidNumber } from "./access-scene";
import { EVERYONE, beginAce, beginAcl, endAce, endAcl, here, memberAce, numberClaim, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

const LABEL: u32 = ace.SYSTEM_MANDATORY_LABEL_ACE_TYPE;
const TRUST: u32 = ace.SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE;
const POLICY: u32 = ace.SYSTEM_SCOPED_POLICY_ID_ACE_TYPE;
const FILTER: u32 = ace.SYSTEM_ACCESS_FILTER_ACE_TYPE;

function loaded(): SaclRecord {
  endAcl();
  beginRead(bytes.start());
  const record = loadSacl(bytes.start(), here());
  assert(record != 0, "a sound SACL");
  return changetype<SaclRecord>(record);
}

function attributeAce(name: string, flags: u32 = 0): void {
  beginAce(ace.SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE, 0, EVERYONE, flags);
  numberClaim(name, 1);
  endAce();
}

function filter(record: SaclRecord, index: u32): AccessFilterRecord {
  assert(index < record.filterCount);
  return changetype<AccessFilterRecord>(record.filters + index * offsetof<AccessFilterRecord>());
}

beforeEach(() => {
  freshAccess();
  beginAcl();
});

test("an empty SACL has no label, no trust label, no policy", () => {
  const record = loaded();
  expect(record.labelAce).toBe(NO_ACE);
  expect(record.trustAce).toBe(NO_ACE);
  expect(record.policySid).toBe(0);
  expect(record.filterCount).toBe(0);
  expect(record.resourceCount).toBe(0);
  expect(record.audits!.count).toBe(0);
});

test("a SACL that is not sound is refused, and takes nothing", () => {
  plainAce(LABEL, 1, "S-1-16-4096");
  endAcl();
  store<u16>(bytes.start() + 4, 2);
  const used = arenaUsed();
  beginRead(bytes.start());
  expect(loadSacl(bytes.start(), here())).toBe(0);
  expect(failed()).toBe(true);
  expect(arenaUsed()).toBe(used);
});

describe("the label", () => {
  test("is the first that is not inherit-only", () => {
    plainAce(LABEL, 7, "S-1-16-0", INHERIT_ONLY_ACE);
    plainAce(LABEL, 2, "S-1-16-12288");
    plainAce(LABEL, 1, "S-1-16-4096");
    const record = loaded();
    expect(record.labelAce).toBe(1);
    expect(record.labelRid).toBe(12288);
    expect(record.labelPolicy).toBe(2);
  });

  test("may be of level 0 and of no policy, and is a label all the same", () => {
    plainAce(LABEL, 0, "S-1-16-0");
    plainAce(LABEL, 7, "S-1-16-12288");
    const record = loaded();
    expect(record.labelAce).toBe(0);
    expect(record.labelRid).toBe(0);
    expect(record.labelPolicy).toBe(0);
  });

  test("is none with a SID that is no label, and the next one counts", () => {
    plainAce(LABEL, 1, "S-1-5-4096");
    plainAce(LABEL, 1, "S-1-16-4096-1");
    plainAce(LABEL, 1, "S-1-16");
    plainAce(LABEL, 1, "S-1-272-4096");
    plainAce(LABEL, 1, "S-1-16-8192");
    const record = loaded();
    expect(record.labelAce).toBe(4);
    expect(record.labelRid).toBe(8192);
  });
});

describe("the trust label", () => {
  test("is the first of S-1-19-type-level that is not inherit-only", () => {
    plainAce(TRUST, 1, "S-1-19-512-8192", INHERIT_ONLY_ACE);
    plainAce(TRUST, 2, "S-1-19-512");
    plainAce(TRUST, 3, "S-1-19-1024-4096");
    plainAce(TRUST, 4, "S-1-19-512-1024");
    const record = loaded();
    expect(record.trustAce).toBe(2);
    expect(record.trustType).toBe(1024);
    expect(record.trustLevel).toBe(4096);
    expect(record.trustMask).toBe(3);
  });
});

describe("the policy", () => {
  test("is the first of S-1-17-… that is not inherit-only; later ones are ignored", () => {
    plainAce(POLICY, 0, "S-1-17-1", INHERIT_ONLY_ACE);
    plainAce(POLICY, 0, "S-1-5-17");
    plainAce(POLICY, 0, "S-1-17");
    plainAce(POLICY, 0, "S-1-17-2-3");
    plainAce(POLICY, 0, "S-1-17-4");
    const record = loaded();
    expect(record.policySid).toBe(sidNumber("S-1-17-2-3"));
  });
});

describe("access filters", () => {
  test("are kept all, in order, without the inherit-only ones", () => {
    memberAce(FILTER, 0x1, EVERYONE, 1, 0);
    memberAce(FILTER, 0x2, EVERYONE, 1, 0, INHERIT_ONLY_ACE);
    memberAce(FILTER, 0x4, EVERYONE, 1, 0);
    const record = loaded();
    expect(record.filterCount).toBe(2);
    expect(filter(record, 0).mask).toBe(0x1);
    expect(filter(record, 1).mask).toBe(0x4);
    expect(filter(record, 1).ace).toBe(2);
    expect(filter(record, 0).condition).not.toBe(0);
  });

  test("with data that are no expression have no condition, and are no fault", () => {
    plainAce(FILTER, 1, EVERYONE);
    const record = loaded();
    expect(failed()).toBe(false);
    expect(record.filterCount).toBe(1);
    expect(filter(record, 0).condition).toBe(0);
  });
});

describe("resource attributes", () => {
  test("are kept in order, inherit-only or not; malformed ones are skipped", () => {
    attributeAce("a", INHERIT_ONLY_ACE);
    plainAce(ace.SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE, 0, EVERYONE);
    attributeAce("b");
    const record = loaded();
    expect(failed()).toBe(false);
    expect(record.resourceCount).toBe(2);
    expect(load<usize>(record.resources)).not.toBe(0);
    expect(load<usize>(record.resources + sizeof<usize>())).not.toBe(0);
  });
});

test("audit ACEs stand beside all that, with their stored index", () => {
  plainAce(LABEL, 1, "S-1-16-4096");
  plainAce(ace.SYSTEM_AUDIT_ACE_TYPE, 1, EVERYONE, 0x40);
  const record = loaded();
  expect(record.audits!.count).toBe(1);
  expect(storedIndex(record.audits!, 0)).toBe(1);
  expect(record.audits!.ignoredCount).toBe(0, "of the others nothing is to be told");
});
