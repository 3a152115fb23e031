/** Self-relative descriptors as strangers hand them over: one behind the other, and broken here and there. */

import type { SecurityDescriptor } from "../../src/index.js";
import type { Random } from "../differential/random.js";

/** `parts` one behind the other, and the offsets between them. */
export function concatenated(parts: readonly Uint8Array[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i] + part.length;
  });
  const bytes = new Uint8Array(offsets[parts.length]);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  return { bytes, offsets };
}

/** `count` descriptors: some whole, some with foreign bytes in them, some cut short. */
export function damaged(descriptors: readonly SecurityDescriptor[], count: number, random: Random): Uint8Array[] {
  return random.times(count, () => {
    const bytes = random.pick(descriptors).toBytes();
    for (let hits = random.below(4); hits > 0; hits--) bytes[random.below(bytes.length)] = random.below(256);
    return random.chance(5) ? bytes.slice(0, random.below(bytes.length + 1)) : bytes;
  });
}
