/** Bytes beside bytes. Knows addresses and sizes alone. */

/** Negative, 0 or positive as the first differing byte is smaller, absent or larger. */
export function compareBytes(a: usize, b: usize, size: usize): i32 {
  let i: usize = 0;
  while (i + 8 <= size && load<u64>(a + i) == load<u64>(b + i)) i += 8;
  for (; i < size; i++) {
    const difference = <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
    if (difference != 0) return difference;
  }
  return 0;
}
