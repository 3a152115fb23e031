/**
 * Keyed hashing of what strangers chose: SipHash-1-3 (Aumasson and Bernstein, public domain), so that nobody who does
 * not know the seed can make values collide and the tables slow. Knows bytes and words.
 */

let key0: u64 = 0;
let key1: u64 = 0;
let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

/** Spreads 32 bits of seed over the 128 bits of the key (SplitMix64). */
export function seedHash(seed: u32): void {
  key0 = scramble(<u64>seed + 0x9e3779b97f4a7c15);
  key1 = scramble(key0 + 0x9e3779b97f4a7c15);
}

function scramble(word: u64): u64 {
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
  return word ^ (word >> 31);
}

/** The hash of `size` bytes at `at`. */
export function hashBytes(at: usize, size: u32): u32 {
  begin();
  let i: u32 = 0;
  for (; i + 8 <= size; i += 8) compress(load<u64>(at + i));
  let rest = <u64>size << 56;
  for (let shift: u64 = 0; i < size; i++, shift += 8) rest |= <u64>load<u8>(at + i) << shift;
  compress(rest);
  return finish();
}

/** The hash of two words. */
export function hashWords(first: u64, second: u64): u32 {
  begin();
  compress(first);
  compress(second);
  return finish();
}

function begin(): void {
  v0 = key0 ^ 0x736f6d6570736575;
  v1 = key1 ^ 0x646f72616e646f6d;
  v2 = key0 ^ 0x6c7967656e657261;
  v3 = key1 ^ 0x7465646279746573;
}

function compress(word: u64): void {
  v3 ^= word;
  round();
  v0 ^= word;
}

function finish(): u32 {
  v2 ^= 0xff;
  round();
  round();
  round();
  const hash = v0 ^ v1 ^ v2 ^ v3;
  return <u32>(hash ^ (hash >> 32));
}

@inline
function round(): void {
  let a = v0;
  let b = v1;
  let c = v2;
  let d = v3;
  a += b;
  b = rotl<u64>(b, 13) ^ a;
  a = rotl<u64>(a, 32);
  c += d;
  d = rotl<u64>(d, 16) ^ c;
  a += d;
  d = rotl<u64>(d, 21) ^ a;
  c += b;
  b = rotl<u64>(b, 17) ^ c;
  c = rotl<u64>(c, 32);
  v0 = a;
  v1 = b;
  v2 = c;
  v3 = d;
}
