/** Self-relative descriptors: sound or refused, with the field at fault. formats.md 3 */
import { descriptorStorage, loadDescriptor } from "../../assembly/load/descriptor";
import { arenaUsed } from "../../assembly/memory/arena";
import { failed, failedOffset } from "../../assembly/memory/reader";
import { DescriptorRecord, KIND_DESCRIPTOR } from "../../assembly/memory/records";
import {
  SD_CONTROL,
  SD_DACL,
  SD_GROUP,
  SD_OWNER,
  SD_SACL,
  SE_DACL_PRESENT,
  SE_SELF_RELATIVE,
} from "../../assembly/shared/security-descriptor";
import { freshAccess, sidNumber } from "./access-scene";
import { EVERYONE, GROUP, USER, allow, beginDacl, beginDescriptor, beginSacl, endAcl, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

/** The record of the bytes just written, or of their first `length`; 0 when they are refused. */
function read(length: u32 = bytes.length()): usize {
  const record = loadDescriptor(bytes.start(), length, 77);
  expect(failed()).toBe(record == 0, "a record or a fault");
  return record;
}

function loaded(): DescriptorRecord {
  const record = read();
  assert(record != 0, "a sound descriptor");
  return changetype<DescriptorRecord>(record);
}

function put(field: u32, value: u32): void {
  store<u32>(bytes.start() + field, value);
}

/** Owner, group and a DACL of one ACE: 20 + 28 + 28 + 28 bytes. */
function ordinary(): void {
  bytes.begin();
  beginDescriptor(USER, GROUP);
  beginDacl();
  allow(1, EVERYONE);
  endAcl();
}

beforeEach(() => {
  freshAccess();
  ordinary();
});

describe("a descriptor", () => {
  test("is compiled with its kind and generation", () => {
    const record = loaded();
    expect(record.kind).toBe(KIND_DESCRIPTOR);
    expect(record.generation).toBe(77);
    expect(record.dacl!.count).toBe(1);
    expect(record.sacl).toBeNull();
    expect(record.owner).toBe(sidNumber(USER));
    expect(record.group).toBe(sidNumber(GROUP));
  });

  test("may lack everything", () => {
    bytes.begin();
    beginDescriptor("", "");
    const record = loaded();
    expect(record.owner).toBe(0);
    expect(record.group).toBe(0);
    expect(record.dacl).toBeNull();
    expect(record.sacl).toBeNull();
  });

  test("has no DACL without DACL_PRESENT, whatever its offset says", () => {
    put(SD_DACL, 0xffffffff);
    store<u16>(bytes.start() + 2, <u16>SE_SELF_RELATIVE);
    expect(loaded().dacl).toBeNull();
  });

  test("has no SACL without SACL_PRESENT, whatever its offset says", () => {
    put(SD_SACL, 0xffffffff);
    expect(loaded().sacl).toBeNull();
  });

  test("has a NULL DACL with DACL_PRESENT and offset 0, which is none", () => {
    put(SD_DACL, 0);
    expect(loaded().dacl).toBeNull();
  });

  test("has an empty DACL when there are no ACEs in it", () => {
    bytes.begin();
    beginDescriptor(USER, GROUP);
    beginDacl();
    endAcl();
    expect(loaded().dacl!.storedCount).toBe(0);
  });

  test("may overlap, have holes and trailing bytes", () => {
    put(SD_GROUP, load<u32>(bytes.start() + SD_OWNER));
    bytes.u32At(0xdeadbeef);
    const record = loaded();
    expect(record.group).toBe(record.owner);
  });

  test("is asked for its SACL too", () => {
    bytes.begin();
    beginDescriptor(USER, GROUP);
    beginSacl();
    plainAce(2, 1, EVERYONE, 0x40);
    beginDacl();
    endAcl();
    expect(loaded().sacl!.audits!.count).toBe(1);
  });
});

describe("a descriptor is refused", () => {
  test("below 20 bytes", () => {
    expect(read(19)).toBe(0);
    expect(failedOffset()).toBe(0);
  });

  test("in another revision", () => {
    store<u8>(bytes.start(), 2);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(0);
  });

  test("when it is not self-relative", () => {
    store<u16>(bytes.start() + 2, <u16>SE_DACL_PRESENT);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(SD_CONTROL);
  });

  test("when an offset points into the header, at no multiple of four, or leaves fewer than 8 bytes", () => {
    const fields: u32[] = [SD_OWNER, SD_GROUP, SD_DACL];
    const length = bytes.length();
    const wrong: u32[] = [4, 16, 22, length - 4, length, length + 4, 0xfffffffc];
    for (let i = 0; i < fields.length; i++) {
      for (let k = 0; k < wrong.length; k++) {
        ordinary();
        put(fields[i], wrong[k]);
        expect(read()).toBe(0, fields[i].toString() + " " + wrong[k].toString());
        expect(failedOffset()).toBe(fields[i]);
      }
    }
  });

  test("when a SID is none, or does not fit", () => {
    const owner = load<u32>(bytes.start() + SD_OWNER);
    store<u8>(bytes.start() + owner + 1, 16);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(owner);
    ordinary();
    const group = load<u32>(bytes.start() + SD_GROUP);
    store<u8>(bytes.start() + group, 0);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(group);
  });

  test("for an ACL that is not sound, at its fault", () => {
    const dacl = load<u32>(bytes.start() + SD_DACL);
    store<u8>(bytes.start() + dacl, 9);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(dacl);
    bytes.begin();
    beginDescriptor(USER, GROUP);
    beginSacl();
    endAcl();
    const sacl = load<u32>(bytes.start() + SD_SACL);
    store<u16>(bytes.start() + sacl + 2, 6);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(sacl + 2);
  });

  test("when it is cut short anywhere", () => {
    const length = bytes.length();
    expect(read()).not.toBe(0);
    for (let shorter: u32 = 0; shorter < length; shorter++) expect(read(shorter)).toBe(0, shorter.toString());
  });
});

test("descriptorStorage covers two dense ACLs that overlap in nothing", () => {
  bytes.begin();
  beginDescriptor(USER, GROUP);
  beginSacl();
  for (let i: u32 = 0; i < 2000; i++) plainAce(2, 1, "S-1-" + (100 + i).toString(), 0x40);
  beginDacl();
  for (let i: u32 = 0; i < 2000; i++) allow(1, "S-1-" + (10000 + i).toString());
  endAcl();
  const before = arenaUsed();
  loaded();
  expect(arenaUsed() - before).toBeLessThanOrEqual(descriptorStorage(bytes.length()));
});
