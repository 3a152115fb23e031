/** Keyed hashing: SipHash-1-3, folded to 32 bits. */
import { hashBytes, hashWords, seedHash } from "../../assembly/memory/hash";
import { inputStart } from "./kernel-arena";

let at: usize = 0;

beforeEach(() => {
  at = inputStart();
  for (let i: usize = 0; i < 64; i++) store<u8>(at + i, <u8>(i + 1));
  seedHash(0x5eed);
});

test("the hash of 01 02 03 … is that of another implementation", () => {
  // A straight reading of the paper in Python, itself held to the published vector of SipHash-2-4.
  const sizes: u32[] = [0, 1, 7, 8, 12, 28];
  const hashes: u32[] = [0x5eb43303, 0xae74eea2, 0x1023ee6d, 0x4ac7867e, 0xfef757f2, 0xab423cf3];
  for (let i = 0; i < sizes.length; i++) expect(hashBytes(at, sizes[i])).toBe(hashes[i], sizes[i].toString());
});

test("two words hash as words, and their order counts", () => {
  expect(hashWords(1, 2)).toBe(hashWords(1, 2));
  expect(hashWords(1, 2)).not.toBe(hashWords(2, 1));
  expect(hashWords(1, 2)).not.toBe(hashWords(1 | (1 << 63), 2));
});

test("another seed hashes otherwise, the same seed the same", () => {
  const first = hashBytes(at, 12);
  const words = hashWords(1, 2);
  seedHash(0x5eee);
  expect(hashBytes(at, 12)).not.toBe(first);
  expect(hashWords(1, 2)).not.toBe(words);
  seedHash(0x5eed);
  expect(hashBytes(at, 12)).toBe(first);
});

test("every byte counts, and so does the size", () => {
  const first = hashBytes(at, 13);
  for (let i: usize = 0; i < 13; i++) {
    store<u8>(at + i, 0xff);
    expect(hashBytes(at, 13)).not.toBe(first, i.toString());
    store<u8>(at + i, <u8>(i + 1));
  }
  store<u8>(at + 13, 0);
  expect(hashBytes(at, 14)).not.toBe(first, "a zero more");
});
