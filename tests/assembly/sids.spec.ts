/** SID records: number → bytes. */
import { allocate } from "../../assembly/memory/arena";
import {
  SID_CAPACITY,
  ntSubAuthorities,
  placeSid,
  resetSidRecords,
  sidBytes,
  sidSize,
  subAuthority,
} from "../../assembly/memory/sids";
import { sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import { freshKernel } from "./kernel-arena";

/** Places a SID under a number, and answers with its address. */
function place(number: u32, text: string): usize {
  bytes.begin();
  sid(text);
  const at = allocate(bytes.length());
  memory.copy(at, bytes.start(), bytes.length());
  placeSid(number, at);
  return at;
}

beforeEach(() => {
  freshKernel();
  resetSidRecords();
});

test("a number leads to the bytes that were placed under it, up to the last number", () => {
  const first = place(7, "S-1-1-0");
  const last = place(SID_CAPACITY - 1, "S-1-5-32-544");
  expect(sidBytes(7)).toBe(first);
  expect(sidBytes(SID_CAPACITY - 1)).toBe(last);
  expect(sidBytes(8)).toBe(0, "nothing was placed there");
});

test("a SID takes 8 bytes and 4 for each sub-authority", () => {
  expect(sidSize(place(7, "S-1-5"))).toBe(8);
  expect(sidSize(place(7, "S-1-1-0"))).toBe(12);
  expect(sidSize(place(7, "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15"))).toBe(68);
});

test("sub-authorities are counted for the NT authority alone", () => {
  place(7, "S-1-5-21-1-2-3-512");
  expect(ntSubAuthorities(7)).toBe(5);
  place(7, "S-1-1-0");
  expect(ntSubAuthorities(7)).toBe(0);
  place(7, "S-1-15-2-1");
  expect(ntSubAuthorities(7)).toBe(0);
  place(7, "S-1-1285-32-544");
  expect(ntSubAuthorities(7)).toBe(0, "0x505");
  store<u8>(place(7, "S-1-5-32-544") + 2, 1);
  expect(ntSubAuthorities(7)).toBe(0, "0x10000000005");
});

test("a sub-authority is found by its index", () => {
  place(7, "S-1-5-21-11-22-33-4294967295");
  expect(subAuthority(7, 0)).toBe(21);
  expect(subAuthority(7, 3)).toBe(33);
  expect(subAuthority(7, 4)).toBe(0xffffffff);
});
