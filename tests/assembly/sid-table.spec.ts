/** SID → small integer. */
import { internSid, resetSids, sidStorage, sidsOverflowed } from "../../assembly/load/sid-table";
import { arenaUsed, resetArena } from "../../assembly/memory/arena";
import * as sids from "../../assembly/memory/sids";
import { SID_CAPACITY, sidBytes } from "../../assembly/memory/sids";
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
