/**
 * The loop one would write for plain ACEs alone, in the kernel's own language: what all other features cost is the
 * difference. The entries and the token's table are those of assembly/memory/records.ts.
 *
 * Knows masks, SID numbers and order; no conditions, object types, packages, labels, owner, privileges, traces.
 */
import {
  ENTRY_DENY,
  ENTRY_FLAGS,
  ENTRY_MASK,
  ENTRY_NEED,
  ENTRY_SID,
  ENTRY_SIZE,
  HOLD_ALLOW,
  HOLD_DENY,
  HOLD_RESTRICT_ALLOW,
  HOLD_RESTRICT_DENY,
} from "../../assembly/memory/records";

/** `desired` when both passes allow all of it, else 0. */
// @ts-ignore: a decorator
@inline
function walk(holds: usize, first: usize, end: usize, desired: u32, restricted: bool): u32 {
  let u1 = desired;
  let u2: u32 = restricted ? desired : 0;
  let granted: u32 = 0;
  for (let at = first; ; at += ENTRY_SIZE) {
    let held: u32 = 0;
    while (at < end) {
      held = <u32>load<u8>(holds + <usize>load<u16>(at, ENTRY_SID)) & <u32>load<u8>(at, ENTRY_NEED);
      if (held != 0) break;
      at += ENTRY_SIZE;
    }
    if (held == 0) break;
    const mask = load<u32>(at, ENTRY_MASK);
    if ((<u32>load<u8>(at, ENTRY_FLAGS) & ENTRY_DENY) != 0) {
      if ((held & HOLD_DENY) != 0 && (mask & u1) != 0) break;
      if ((held & HOLD_RESTRICT_DENY) != 0 && (mask & u2) != 0) break;
    } else {
      if ((held & HOLD_ALLOW) != 0) u1 &= ~mask;
      if ((held & HOLD_RESTRICT_ALLOW) != 0) u2 &= ~mask;
      if ((u1 | u2) == 0) {
        granted = desired;
        break;
      }
    }
  }
  return granted;
}

/** Walks ACL `draws[i]` for each of `count` draws and stores its answer at `out`. All are addresses of u32 arrays. */
export function scan(
  holds: usize,
  firsts: usize,
  entries: usize,
  draws: usize,
  count: u32,
  out: usize,
  desired: u32,
  restricted: bool,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const first = firsts + (<usize>load<u32>(draws + i * 4) << 2);
    const from = entries + <usize>load<u32>(first) * ENTRY_SIZE;
    const to = entries + <usize>load<u32>(first, 4) * ENTRY_SIZE;
    store<u32>(out + i * 4, walk(holds, from, to, desired, restricted));
  }
}
