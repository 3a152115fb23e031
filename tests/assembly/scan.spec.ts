/** Descriptors that pass by are decided as the whole way decides. access-check.md 5, 6, 7 */
import { markToken, plainGranted } from "../../assembly/check/plain";
import { beginScan, prepareScan, resetScan, scanDescriptor } from "../../assembly/load/scan";
import { loadDescriptor } from "../../assembly/load/descriptor";
import { allocate, arenaTop, arenaUsed } from "../../assembly/memory/arena";
import { DescriptorRecord, ENTRY_SIZE, TokenRecord } from "../../assembly/memory/records";
import { SID_NONE } from "../../assembly/memory/sids";
import { GENERIC_READ, READ_CONTROL } from "../../assembly/shared/access-mask";
import { ACL_MAX_SIZE, INHERIT_ONLY_ACE } from "../../assembly/shared/ace";
import { FILE_READ, asking, dacl, freshAccess, loadedSubject, object } from "./access-scene";
import { EVERYONE, OTHER, OWNER_RIGHTS, USER, allow, beginDacl, deny, endAcl } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import { arenaEnd } from "./kernel-arena";
import * as token from "./token-bytes";

const STRANGER: string = "S-1-5-21-7-7-7-7";

let subject: TokenRecord = changetype<TokenRecord>(0);

/** The token as told so far, ready to scan for; then a descriptor with an empty DACL. */
function scanFor(): void {
  subject = loadedSubject();
  markToken(subject);
  expect(beginScan(subject)).toBe(true);
  dacl();
}

beforeEach(() => {
  freshAccess();
  resetScan();
  expect(prepareScan()).toBe(true);
  token.group(EVERYONE);
  scanFor();
});

function scanned(): DescriptorRecord {
  return changetype<DescriptorRecord>(scanDescriptor(bytes.start(), bytes.length()));
}

function isSure(): bool {
  endAcl();
  return scanDescriptor(bytes.start(), bytes.length()) != 0;
}

/** Asks in passing; the same question of the loaded descriptor has to be answered alike. */
function granted(want: u32): bool {
  endAcl();
  const passing = scanDescriptor(bytes.start(), bytes.length());
  assert(passing != 0, "surely sound");
  const answer = plainGranted(asking(), subject, changetype<DescriptorRecord>(passing), want);
  const loaded = loadDescriptor(bytes.start(), bytes.length(), 1);
  assert(plainGranted(asking(), subject, changetype<DescriptorRecord>(loaded), want) == answer, "the whole way agrees");
  return answer;
}

describe("in passing", () => {
  test("order, masks and SIDs decide", () => {
    deny(0x2, EVERYONE);
    allow(0x3, USER);
    expect(granted(0x1)).toBe(true);
    expect(granted(0x2)).toBe(false);
    expect(granted(0x3)).toBe(false);
  });

  test("ACEs of strangers do nothing, known or not", () => {
    loadedStranger();
    deny(0x1, STRANGER);
    deny(0x1, "S-1-5-21-8-8-8-8");
    allow(0x1, EVERYONE);
    expect(granted(0x1)).toBe(true);
    expect(scanned().dacl!.count).toBe(1);
  });

  test("an empty DACL grants nothing", () => {
    expect(granted(0x1)).toBe(false);
  });

  test("inherit-only ACEs do nothing", () => {
    allow(0x1, USER, INHERIT_ONLY_ACE);
    allow(0x2, USER, 0xff & ~INHERIT_ONLY_ACE);
    deny(0x2, OWNER_RIGHTS, INHERIT_ONLY_ACE);
    expect(granted(0x1)).toBe(false);
    expect(granted(0x2)).toBe(true);
  });

  test("generic bits are mapped", () => {
    allow(GENERIC_READ, USER);
    expect(granted(FILE_READ)).toBe(true);
    dacl();
    allow(0x1, USER);
    expect(granted(FILE_READ)).toBe(false);
    expect(scanned().dacl!.flags).toBe(0, "of the descriptor before nothing is left");
  });

  test("the owner reads the DACL, an absent or foreign one does not", () => {
    object(USER, "");
    beginDacl();
    expect(granted(READ_CONTROL)).toBe(true);
    object(OTHER, USER);
    beginDacl();
    expect(granted(READ_CONTROL)).toBe(false);
    object("", "");
    beginDacl();
    expect(granted(READ_CONTROL)).toBe(false);
    expect(scanned().owner).toBe(SID_NONE);
  });

  test("restricting SIDs are met too", () => {
    freshAccess();
    resetScan();
    prepareScan();
    token.group(EVERYONE);
    token.restrict(OTHER);
    scanFor();
    allow(0x3, EVERYONE);
    allow(0x1, OTHER);
    expect(granted(0x1)).toBe(true);
    expect(granted(0x2)).toBe(false);
  });

  test("SIDs without a sub-authority are SIDs", () => {
    freshAccess();
    resetScan();
    prepareScan();
    token.group("S-1-9");
    scanFor();
    deny(0x1, "S-1-8");
    allow(0x1, "S-1-9");
    expect(granted(0x1)).toBe(true);
  });

  test("SIDs that end alike are told apart", () => {
    deny(0x1, "S-1-5-21-9-9-3-1001");
    deny(0x1, "S-1-6-21-1-2-3-1001");
    allow(0x1, USER);
    expect(granted(0x1)).toBe(true);
  });

  test("nothing is kept", () => {
    allow(0x1, "S-1-5-21-6-6-6-6");
    allow(0x1, USER);
    const before = arenaUsed();
    expect(isSure()).toBe(true);
    expect(arenaUsed()).toBe(before);
  });

  test("an ACL of the largest size has room", () => {
    for (let i: u32 = 0; i < (ACL_MAX_SIZE - 8) / 16; i++) deny(0x2, "S-1-9");
    expect(isSure()).toBe(true);
    freshAccess();
    resetScan();
    prepareScan();
    token.group("S-1-9");
    scanFor();
    for (let i: u32 = 0; i < (ACL_MAX_SIZE - 8) / 16; i++) deny(0x2, "S-1-9");
    endAcl();
    const record = scanned();
    expect(record.dacl!.count).toBe((ACL_MAX_SIZE - 8) / 16);
    expect(record.dacl!.entries + (record.dacl!.count + 1) * ENTRY_SIZE).toBeLessThanOrEqual(
      changetype<usize>(subject),
      "the last entry, the token behind it",
    );
  });
});

/** A SID that some loaded value names, but not the token. */
function loadedStranger(): void {
  allow(0x1, STRANGER);
  endAcl();
  loadDescriptor(bytes.start(), bytes.length(), 1);
  dacl();
}

describe("without room prepared", () => {
  test("there is no scan", () => {
    resetScan();
    expect(beginScan(subject)).toBe(false);
  });

  test("none is prepared where the arena has less than the largest ACL takes", () => {
    const entries = (ACL_MAX_SIZE / 16 + 1) * ENTRY_SIZE;
    resetScan();
    allocate(arenaEnd() - arenaTop() - entries + 8);
    expect(prepareScan()).toBe(false);
    freshAccess();
    resetScan();
    allocate(arenaEnd() - arenaTop() - entries);
    expect(prepareScan()).toBe(true);
  });

  test("room is prepared once", () => {
    const before = arenaUsed();
    expect(prepareScan()).toBe(true);
    expect(arenaUsed()).toBe(before);
  });
});
