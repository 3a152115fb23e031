/**
 * The only allocator: bump, reset, generation. Knows bytes; does not know what is kept in them.
 *
 * The arena is a cache. When it is full the caller resets it and loads again; nothing is ever freed. A load reserves
 * its worst case before it begins, so that no allocation inside it can fail: one that does is a bug, and traps.
 */

/** First byte of the arena; below it lie the module's static data (and a test runner's heap). */
let base: usize = 0;
/** Next free byte, a multiple of 8. */
let top: usize = 0;
/** First byte beyond the arena. */
let limit: usize = 0;
/** Counts resets; a record of an older generation is gone. */
let generation: u32 = 0;

/** Gives the arena the memory from `start` up to `end`, both multiples of 64 KiB or rounded inwards. */
export function openArena(start: usize, end: usize): void {
  base = (start + 7) & ~7;
  limit = end & ~7;
  top = base;
  generation += 1;
}

/** Drops everything. */
export function resetArena(): void {
  top = base;
  generation += 1;
}

export function arenaGeneration(): u32 {
  return generation;
}

/** Where the next allocation will lie. */
export function arenaTop(): usize {
  return top;
}

/** Gives back everything from `mark` on: only for what nobody has seen yet. */
export function releaseArena(mark: usize): void {
  top = mark;
}

export function arenaUsed(): usize {
  return top - base;
}

/** Makes sure `size` bytes can be allocated; false when the arena (or the machine) has no room for them. */
export function reserve(size: usize): bool {
  if (limit - top < size) return false;
  const wanted = (top + size + 0xffff) >>> 16;
  const pages = <usize>memory.size();
  if (wanted <= pages) return true;
  // Every growth costs the host new views: grow by half at least, and by no more than needed when that fails.
  const generous = min(max(wanted, pages + (pages >>> 1)), limit >>> 16);
  if (generous > wanted && memory.grow(<i32>(generous - pages)) >= 0) return true;
  return memory.grow(<i32>(wanted - pages)) >= 0;
}

/** `size` zeroed bytes at a multiple of 8. Traps when nobody reserved them. */
export function allocate(size: usize): usize {
  const at = top;
  const bytes = (size + 7) & ~7;
  if (!reserve(bytes)) unreachable();
  top = at + bytes;
  memory.fill(at, 0, bytes);
  return at;
}

/** Room for `length` bytes that a load is about to compile, behind the `storage` bytes that it may take; 0: none. */
export function stageBytes(storage: usize, length: usize): usize {
  const gap = (storage + 15) & ~7;
  if (limit - top < gap) return 0;
  return reserve(gap + length) ? top + gap : 0;
}

/** Zeroes a small record. A bulk fill costs more than the few stores it saves. */
@inline
export function clearWords(at: usize, size: u32): void {
  for (let end = at + size; at < end; at += 8) store<u64>(at, 0);
}

/** Whether `handle` is a record of this generation that begins with { kind, generation }. */
@inline
export function isRecord(handle: u32, kind: u32): bool {
  const at = <usize>handle;
  // `base` and `top` are multiples of 8: a record that begins below `top` has its first 8 bytes there.
  if (at - base >= top - base || (at & 7) != 0) return false;
  return load<u64>(at) == (<u64>kind | (<u64>generation << 32));
}
