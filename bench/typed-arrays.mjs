/**
 * The formulation of the kernel in JavaScript: SIDs as small numbers, a byte per SID, typed arrays, both passes fused.
 *
 * Knows plain ACEs alone.
 */
import { HOLD_ALLOW, HOLD_DENY, HOLD_RESTRICT_ALLOW, HOLD_RESTRICT_DENY, numbered } from "./numbered.mjs";

export function typedArrays(workload) {
  const { firsts, entries, holds, desired, restricted } = numbered(workload);
  const words = new Int32Array(entries.buffer);
  const masks = Int32Array.from({ length: words.length / 2 }, (_, entry) => words[entry * 2]);
  const rest = Int32Array.from({ length: words.length / 2 }, (_, entry) => words[entry * 2 + 1]);

  /** `rest` holds u16 SID, u8 need, u8 flags (1: deny). */
  function walk(at, end) {
    let first = desired;
    let second = restricted ? desired : 0;
    for (; at < end; at++) {
      const ace = rest[at];
      const held = holds[ace & 0xffff] & (ace >> 16);
      if (held === 0) continue;
      const mask = masks[at];
      if (ace >>> 24 !== 0) {
        if ((held & HOLD_DENY) !== 0 && (mask & first) !== 0) return false;
        if ((held & HOLD_RESTRICT_DENY) !== 0 && (mask & second) !== 0) return false;
      } else {
        if ((held & HOLD_ALLOW) !== 0) first &= ~mask;
        if ((held & HOLD_RESTRICT_ALLOW) !== 0) second &= ~mask;
        if ((first | second) === 0) return true;
      }
    }
    return false;
  }

  return { one: (index) => walk(firsts[index], firsts[index + 1]) };
}

/** All draws at once, equal descriptors walked once and then gathered. */
export function gatheredTypedArrays(workload) {
  const { one } = typedArrays(workload);
  const draws = Uint32Array.from(workload.draws);
  const granted = new Uint32Array(draws.length);
  const once = new Uint32Array(workload.descriptors.length);
  return {
    all: () => {
      for (let index = 0; index < once.length; index++) once[index] = one(index) ? workload.desired : 0;
      for (let at = 0; at < draws.length; at++) granted[at] = once[draws[at]];
      return granted;
    },
  };
}
