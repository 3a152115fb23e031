/** What a scan is sure of is sound and plain; of anything else it is not sure. formats.md 3-5 */
import { markDescriptor } from "../../assembly/check/plain";
import { loadDescriptor } from "../../assembly/load/descriptor";
import { beginScan, prepareScan, resetScan, scanDescriptor } from "../../assembly/load/scan";
import { DescriptorRecord } from "../../assembly/memory/records";
import { SD_CONTROL, SD_DACL, SD_GROUP, SD_OWNER, SD_SACL } from "../../assembly/shared/security-descriptor";
import { dacl, freshAccess, loadedSubject, object } from "./access-scene";
import { EVERYONE, GROUP, OWNER_RIGHTS, PRINCIPAL_SELF, USER, allow, beginAcl, beginDacl, beginSacl, deny, endAcl, here, objectAce, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
  resetScan();
  prepareScan();
  token.group(EVERYONE);
  beginScan(loadedSubject());
  dacl();
});

function at(offset: u32): usize {
  return bytes.start() + offset;
}

function daclAt(): usize {
  return at(load<u32>(at(SD_DACL)));
}

/** First byte of ACE number `nth`. */
function aceAt(nth: u32): usize {
  let ace = daclAt() + 8;
  for (let i: u32 = 0; i < nth; i++) ace += load<u16>(ace + 2);
  return ace;
}

function isSure(length: u32 = bytes.length()): bool {
  endAcl();
  return scanDescriptor(bytes.start(), length) != 0;
}

/** Whether the whole way takes the bytes too, for a plain descriptor. */
function isPlainAndSound(length: u32 = bytes.length()): bool {
  const record = loadDescriptor(bytes.start(), length, 1);
  if (record == 0) return false;
  markDescriptor(changetype<DescriptorRecord>(record));
  return changetype<DescriptorRecord>(record).plain == 1;
}

describe("a scan is not sure of", () => {
  test("what the whole way decides otherwise than by masks and SIDs", () => {
    allow(0x1, OWNER_RIGHTS);
    expect(isSure()).toBe(false);
    dacl();
    deny(0x1, PRINCIPAL_SELF);
    expect(isSure()).toBe(false);
    dacl();
    objectAce(5, 0x1, 1, USER);
    expect(isSure()).toBe(false);
    dacl();
    plainAce(2, 0x1, USER);
    expect(isSure()).toBe(false);
    dacl();
    plainAce(0x80, 0x1, USER);
    expect(isSure()).toBe(false);
  });

  test("a SACL, unless it is none", () => {
    object();
    beginSacl();
    beginDacl();
    expect(isSure()).toBe(false);
    store<u32>(at(SD_SACL), 0);
    expect(isSure()).toBe(true);
    store<u32>(at(SD_SACL), 12345);
    store<u16>(at(SD_CONTROL), 0x8004);
    expect(isSure()).toBe(true);
  });

  test("no DACL, or a NULL one", () => {
    object();
    expect(isSure()).toBe(false);
    object(GROUP, GROUP, 4);
    expect(isSure()).toBe(false);
    dacl();
    store<u16>(at(SD_CONTROL), 0x8000);
    expect(isSure()).toBe(false);
  });

  test("another revision, or pointers for offsets", () => {
    store<u8>(at(0), 2);
    expect(isSure()).toBe(false);
    dacl();
    store<u16>(at(SD_CONTROL), 0x0004);
    expect(isSure()).toBe(false);
  });

  test("anything cut short", () => {
    allow(0x1, USER);
    allow(0x2, EVERYONE);
    endAcl();
    const whole = bytes.length();
    for (let length: u32 = 0; length < whole; length++) expect(isSure(length)).toBe(false);
    expect(isSure(whole)).toBe(true);
  });

  test("offsets that are odd, early or wild", () => {
    const parts: u32[] = [SD_OWNER, SD_GROUP, SD_DACL];
    for (let i = 0; i < parts.length; i++) {
      const sound = load<u32>(at(parts[i]));
      const wild: u32[] = [1, 16, sound + 1, sound + 2, 0x7ffffffc, 0xfffffffc, 0xfffffff8, 0x80000000];
      for (let j = 0; j < wild.length; j++) {
        store<u32>(at(parts[i]), wild[j]);
        expect(isSure()).toBe(false);
      }
      // Right at the end, and with a few bytes left.
      for (let left: u32 = 0; left < 8; left += 4) {
        store<u32>(at(parts[i]), bytes.length() - left);
        expect(isSure()).toBe(false);
      }
      store<u32>(at(parts[i]), sound);
      expect(isSure()).toBe(true);
    }
  });

  test("a DACL that begins in the header, though the bytes there were one", () => {
    // Its first word stands where the SACL's offset is told, its second, 12 ACEs, where its own is.
    bytes.begin();
    bytes.u32At(0x80040001);
    bytes.u64At(0);
    beginAcl();
    for (let i = 0; i < 12; i++) allow(0x1, USER);
    endAcl();
    expect(load<u32>(at(SD_DACL))).toBe(SD_SACL);
    expect(scanDescriptor(bytes.start(), bytes.length())).toBe(0);
    expect(isPlainAndSound()).toBe(false);
  });

  test("owners and groups that are no SIDs", () => {
    const parts: u32[] = [SD_OWNER, SD_GROUP];
    for (let i = 0; i < parts.length; i++) {
      const sid = at(load<u32>(at(parts[i])));
      store<u8>(sid, 2);
      expect(isSure()).toBe(false);
      store<u8>(sid, 1);
      const count = load<u8>(sid + 1);
      store<u8>(sid + 1, 16);
      expect(isSure()).toBe(false);
      store<u8>(sid + 1, count);
    }
    expect(isSure()).toBe(true);
  });

  test("a SID of 15 at the end that has one too few", () => {
    object();
    beginDacl();
    endAcl();
    store<u32>(at(SD_OWNER), bytes.length());
    bytes.u8At(1);
    bytes.u8At(15);
    for (let i = 0; i < 6; i++) bytes.u8At(0);
    for (let i = 0; i < 15; i++) bytes.u32At(i);
    expect(isSure()).toBe(true);
    expect(isSure(bytes.length() - 4)).toBe(false);
    store<u8>(at(load<u32>(at(SD_OWNER))) + 1, 16);
    bytes.u32At(15);
    expect(isSure()).toBe(false);
  });

  test("ACLs of another revision or size", () => {
    allow(0x1, USER);
    endAcl();
    const acl = daclAt();
    const size = load<u16>(acl + 2);
    for (let revision: u32 = 0; revision < 8; revision++) {
      store<u8>(acl, <u8>revision);
      expect(isSure()).toBe(revision >= 2 && revision <= 4);
    }
    store<u8>(acl, 2);
    const sizes: u16[] = [0, 4, 7, size - 4, size - 1, size + 1, size + 2, size + 4, 0xfffc];
    for (let i = 0; i < sizes.length; i++) {
      store<u16>(acl + 2, sizes[i]);
      expect(isSure()).toBe(false);
    }
    store<u16>(acl + 2, size);
    store<u16>(acl + 4, 2);
    expect(isSure()).toBe(false);
    store<u16>(acl + 4, 1);
    expect(isSure()).toBe(true);
  });

  test("ACEs that their SID does not fill, and those that are none", () => {
    allow(0x1, USER);
    allow(0x1, EVERYONE);
    allow(0x1, USER);
    endAcl();
    const ace = aceAt(1);
    const size = load<u16>(ace + 2);
    for (let other: u32 = 0; other < 0x10000; other += 1) {
      if (other == size) continue;
      store<u16>(ace + 2, <u16>other);
      expect(scanDescriptor(bytes.start(), bytes.length())).toBe(0);
    }
    store<u16>(ace + 2, size);
    for (let type: u32 = 0; type < 256; type++) {
      store<u8>(ace, <u8>type);
      expect(isSure()).toBe(type <= 1);
    }
    store<u8>(ace, 0);
    for (let revision: u32 = 0; revision < 256; revision++) {
      store<u8>(ace + 8, <u8>revision);
      expect(isSure()).toBe(revision == 1);
    }
    store<u8>(ace + 8, 1);
    for (let count: u32 = 0; count < 256; count++) {
      store<u8>(ace + 9, <u8>count);
      expect(isSure()).toBe(count == 1);
    }
  });

  test("ACEs that leave their ACL by four bytes", () => {
    allow(0x1, USER);
    allow(0x1, USER);
    endAcl();
    const acl = daclAt();
    // The descriptor goes on, the ACL does not.
    bytes.u64At(0);
    store<u16>(acl + 2, <u16>(load<u16>(acl + 2) - 4));
    expect(isSure()).toBe(false);
    expect(isPlainAndSound()).toBe(false);
  });
});

test("what is sure is sound and plain, byte by byte", () => {
  deny(0x2, EVERYONE);
  allow(0x3, USER);
  endAcl();
  const length = bytes.length();
  let sure: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const original = load<u8>(at(i));
    for (let bit: u32 = 0; bit < 8; bit++) {
      store<u8>(at(i), <u8>(<u32>original ^ (1 << bit)));
      if (scanDescriptor(bytes.start(), length) != 0) {
        sure += 1;
        expect(isPlainAndSound(length)).toBe(true);
      }
    }
    store<u8>(at(i), original);
  }
  expect(sure).toBeGreaterThan(100);
  expect(here()).toBe(at(length));
});
