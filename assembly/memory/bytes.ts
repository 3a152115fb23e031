/** Bytes beside bytes. Knows addresses and sizes alone. */

/** How many of the first `size` bytes are the same on both sides. */
export function commonBytes(a: usize, b: usize, size: usize): usize {
  let i: usize = 0;
  while (i + 8 <= size && load<u64>(a + i) == load<u64>(b + i)) i += 8;
  while (i < size && load<u8>(a + i) == load<u8>(b + i)) i++;
  return i;
}

/** Negative, 0 or positive as the first differing byte is smaller, absent or larger. */
export function compareBytes(a: usize, b: usize, size: usize): i32 {
  const i = commonBytes(a, b, size);
  return i == size ? 0 : <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
}
