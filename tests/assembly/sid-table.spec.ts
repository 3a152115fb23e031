/** SID → small integer. */
import { findSid, internSid, resetSids, sidStorage, sidsOverflowed } from "../../assembly/load/sid-table";
import { arenaUsed, resetArena } from "../../assembly/memory/arena";
import * as sids from "../../assembly/memory/sids";
import { SID_CAPACITY, sameSid, sidBytes } from "../../assembly/memory/sids";
import { sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import { freshKernel } from "./kernel-arena";

/** Numbers that an empty table has given away: SID_NONE and the well-known ones. */
const TAKEN: u32 = sids.SID_SYSTEM + 1;

function number(text: string): u32 {
  bytes.begin();
  sid(text);
  return internSid(bytes.start());
}

/** As `number`, of what is only looked for. */
function found(text: string): u32 {
  bytes.begin();
  sid(text);
  return findSid(bytes.start());
}

/** S-1-5-<sub>. */
function numberOf(sub: u32): u32 {
  bytes.begin();
  bytes.sidAt(5, sub);
  return internSid(bytes.start());
}

beforeEach(() => {
  freshKernel();
});

describe("internSid", () => {
  test("gives equal SIDs equal numbers, and others others", () => {
    const first = number("S-1-5-21-1-2-3-1001");
    expect(number("S-1-5-21-1-2-3-1001")).toBe(first);
    expect(number("S-1-5-21-1-2-3-1002")).not.toBe(first);
    expect(number("S-1-6-21-1-2-3-1001")).not.toBe(first, "another authority");
    expect(number("S-1-5-21-1-2-3")).not.toBe(first, "a shorter one");
  });

  test("numbers densely, from behind the well-known SIDs", () => {
    expect(numberOf(7001)).toBe(TAKEN);
    expect(numberOf(7002)).toBe(TAKEN + 1);
    expect(numberOf(7001)).toBe(TAKEN);
    expect(numberOf(7003)).toBe(TAKEN + 2);
  });

  test("gives the SIDs that rules name their fixed numbers", () => {
    expect(number("S-1-3-4")).toBe(sids.SID_OWNER_RIGHTS);
    expect(number("S-1-5-10")).toBe(sids.SID_PRINCIPAL_SELF);
    expect(number("S-1-15-2-1")).toBe(sids.SID_ALL_PACKAGES);
    expect(number("S-1-15-2-2")).toBe(sids.SID_ALL_RESTRICTED_PACKAGES);
    expect(number("S-1-5-32-544")).toBe(sids.SID_ADMINISTRATORS);
    expect(number("S-1-5-18")).toBe(sids.SID_SYSTEM);
  });

  test("keeps the bytes, not the place they came from", () => {
    const known = numberOf(7001);
    bytes.begin();
    bytes.sidAt(6, 1);
    expect(load<u8>(sidBytes(known) + 7)).toBe(5);
    expect(load<u32>(sidBytes(known) + 8)).toBe(7001);
  });

  test("never gives the number of no SID", () => {
    expect(number("S-1-0")).not.toBe(sids.SID_NONE);
  });

  test("tells SIDs of one bucket apart", () => {
    for (let i: u32 = 0; i < 20000; i++) numberOf(i + 10000);
    for (let i: u32 = 0; i < 20000; i += 997) expect(numberOf(i + 10000)).toBe(TAKEN + i);
  });

  test("remembers that the table is full, and still knows those it has", () => {
    for (let i: u32 = TAKEN; i < SID_CAPACITY; i++) numberOf(i + 10000);
    expect(sidsOverflowed()).toBe(false);
    expect(numberOf(TAKEN + 10000)).toBe(TAKEN);
    expect(sidsOverflowed()).toBe(false);
    expect(numberOf(1)).toBe(sids.SID_NONE);
    expect(sidsOverflowed()).toBe(true);
    resetArena();
    resetSids();
    expect(sidsOverflowed()).toBe(false);
  });
});

describe("findSid", () => {
  test("knows what was interned, and adds nothing", () => {
    expect(found("S-1-5-21-1-2-3-1001")).toBe(sids.SID_NONE);
    const first = number("S-1-5-21-1-2-3-1001");
    expect(first).toBe(TAKEN);
    expect(found("S-1-5-21-1-2-3-1001")).toBe(first);
    expect(found("S-1-5-21-1-2-3-1002")).toBe(sids.SID_NONE);
    expect(found("S-1-3-4")).toBe(sids.SID_OWNER_RIGHTS);
  });

  test("tells SIDs apart that end alike", () => {
    const first = number("S-1-5-21-1-2-3-1001");
    expect(found("S-1-5-21-9-2-3-1001")).toBe(sids.SID_NONE);
    const second = number("S-1-5-21-9-2-3-1001");
    expect(second).not.toBe(first);
    for (let i = 0; i < 2; i++) {
      expect(found("S-1-5-21-1-2-3-1001")).toBe(first);
      expect(found("S-1-5-21-9-2-3-1001")).toBe(second);
      expect(number("S-1-5-21-1-2-3-1001")).toBe(first);
      expect(found("S-1-5-3-1001")).toBe(sids.SID_NONE, "a shorter one");
    }
  });

  test("knows SIDs without a sub-authority", () => {
    const first = number("S-1-9");
    expect(found("S-1-9")).toBe(first);
    expect(found("S-1-8")).toBe(sids.SID_NONE);
    expect(number("S-1-8")).toBe(first + 1);
  });

  test("finds everything in a full table", () => {
    for (let i: u32 = 0; i < 20000; i++) numberOf(i + 10000);
    for (let i: u32 = 0; i < 20000; i++) {
      bytes.begin();
      bytes.sidAt(5, i + 10000);
      expect(findSid(bytes.start())).toBe(TAKEN + i);
    }
    expect(found("S-1-5-9999")).toBe(sids.SID_NONE);
    resetArena();
    resetSids();
    expect(found("S-1-5-10000")).toBe(sids.SID_NONE);
  });
});

test("SIDs are the same when all their bytes are", () => {
  for (let count: u32 = 0; count <= 15; count++) {
    bytes.begin();
    for (let copy = 0; copy < 2; copy++) {
      bytes.u8At(1);
      bytes.u8At(count);
      for (let i = 0; i < 6; i++) bytes.u8At(i);
      for (let i: u32 = 0; i < count; i++) bytes.u32At(0x01020304 * (i + 1));
    }
    const first = bytes.start();
    const size: u32 = 8 + 4 * count;
    expect(sameSid(first, first + size)).toBe(true);
    for (let i: u32 = 2; i < size; i++) {
      const at = first + i;
      store<u8>(at, <u8>(<u32>load<u8>(at) ^ 0x40));
      expect(sameSid(first, first + size)).toBe(false);
      expect(sameSid(first + size, first)).toBe(false);
      store<u8>(at, <u8>(<u32>load<u8>(at) ^ 0x40));
    }
  }
});

test("a reset forgets all but the well-known", () => {
  numberOf(7001);
  resetSids();
  expect(numberOf(7002)).toBe(TAKEN);
  expect(number("S-1-5-18")).toBe(sids.SID_SYSTEM);
});

test("sidStorage covers the shortest SIDs and the longest", () => {
  let before = arenaUsed();
  for (let i: u32 = 0; i < 100; i++) number("S-1-" + (100 + i).toString());
  expect(arenaUsed() - before).toBeLessThanOrEqual(sidStorage(100, 800));
  before = arenaUsed();
  for (let i: u32 = 0; i < 100; i++) number("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-" + i.toString());
  expect(arenaUsed() - before).toBeLessThanOrEqual(sidStorage(100, 6800));
});
