/** The reader of untrusted bytes: bounds, the first fault, the shape of a SID. [MS-DTYP] 2.4.2.2 */
import {
  beginRead,
  endTrial,
  failAt,
  failed,
  failedOffset,
  fits,
  readSidSize,
  readU16,
  readU32,
  readU64,
  readU8,
} from "../../assembly/memory/reader";
import { inputStart } from "./kernel-arena";

let at: usize = 0;

beforeEach(() => {
  at = inputStart();
  for (let i: usize = 0; i < 128; i++) store<u8>(at + i, <u8>(i + 1));
  beginRead(at);
});

describe("a read", () => {
  test("is little-endian", () => {
    const end = at + 8;
    expect(readU8(at, end)).toBe(0x01);
    expect(readU16(at, end)).toBe(0x0201);
    expect(readU32(at, end)).toBe(0x04030201);
    expect(readU64(at, end)).toBe(0x0807060504030201);
    expect(failed()).toBe(false);
  });

  test("may touch the last byte and not the next", () => {
    const end = at + 8;
    expect(readU32(at + 4, end)).toBe(0x08070605);
    expect(readU32(at + 5, end)).toBe(0);
    expect(failed()).toBe(true);
    expect(failedOffset()).toBe(5);
  });

  test("of every width stops at the end", () => {
    const end = at + 8;
    expect(readU8(end, end)).toBe(0);
    expect(endTrial()).toBe(true);
    expect(readU16(end - 1, end)).toBe(0);
    expect(endTrial()).toBe(true);
    expect(readU64(end - 7, end)).toBe(0);
    expect(endTrial()).toBe(true);
  });

  test("behind the end is a fault, and no sum wraps", () => {
    expect(readU8(at + 9, at + 8)).toBe(0);
    expect(endTrial()).toBe(true);
    expect(fits(at, at + 8, <usize>0xffffffff)).toBe(false);
  });
});

describe("after the first fault", () => {
  test("every read yields 0", () => {
    failAt(at + 3);
    expect(readU8(at, at + 8)).toBe(0);
    expect(readU64(at, at + 8)).toBe(0);
    expect(fits(at, at + 8, 1)).toBe(false);
  });

  test("the place of the first fault stays", () => {
    failAt(at + 3);
    failAt(at + 1);
    readU32(at + 100, at + 8);
    expect(failedOffset()).toBe(3);
  });

  test("a new beginning forgets it and counts from there", () => {
    failAt(at + 3);
    beginRead(at + 2);
    expect(failed()).toBe(false);
    expect(failedOffset()).toBe(0);
    failAt(at + 3);
    expect(failedOffset()).toBe(1);
  });

  test("the end of a trial forgets it and tells", () => {
    expect(endTrial()).toBe(false);
    failAt(at);
    expect(endTrial()).toBe(true);
    expect(failed()).toBe(false);
  });
});

describe("readSidSize", () => {
  test("is 8 bytes and 4 for each of at most 15 sub-authorities", () => {
    store<u8>(at, 1);
    for (let count: u32 = 0; count <= 15; count++) {
      store<u8>(at + 1, <u8>count);
      expect(readSidSize(at, at + 128)).toBe(8 + 4 * count);
      expect(readSidSize(at, at + 8 + 4 * count)).toBe(8 + 4 * count, "an exact fit");
    }
    expect(failed()).toBe(false);
    store<u8>(at + 1, 16);
    expect(readSidSize(at, at + 128)).toBe(0);
    expect(failed()).toBe(true);
  });

  test("is 0 for another revision", () => {
    store<u8>(at, 2);
    store<u8>(at + 1, 1);
    expect(readSidSize(at, at + 128)).toBe(0);
    expect(failedOffset()).toBe(0);
  });

  test("is 0 where header or sub-authorities do not fit", () => {
    store<u8>(at, 1);
    store<u8>(at + 1, 0);
    expect(readSidSize(at, at + 7)).toBe(0);
    expect(endTrial()).toBe(true);
    store<u8>(at + 1, 2);
    expect(readSidSize(at, at + 15)).toBe(0);
    expect(endTrial()).toBe(true);
  });
});
