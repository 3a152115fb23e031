/**
 * Descriptors in pieces for several threads: each gets its own bytes, none gets the whole. Knows offsets alone.
 */
import { DescriptorSet } from "../descriptor-set.js";

/** Descriptors `first` to `end` - 1, and their bytes one behind the other. */
export interface Piece {
  readonly first: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/** A piece of fewer bytes, counted once for each token, costs more to send than to check. */
const LEAST_BYTES = 1 << 15;
/** So many for each thread, for not every piece takes as long. */
const PIECES_EACH = 4;

/** Copies of what lies between `fences`, for so many threads; shared memory is not copied, for all can read it. */
export function piecesOfBytes(bytes: Uint8Array, fences: Uint32Array, threads: number): Piece[] {
  return cuts(fences, LEAST_BYTES, threads).map(([first, end]) => {
    const start = fences[first];
    const offsets = new Uint32Array(end - first + 1);
    for (let i = 0; i < offsets.length; i++) offsets[i] = fences[first + i] - start;
    const own = bytes.subarray(start, fences[end]);
    return { first, end, bytes: isShared(own) ? own : own.slice(), offsets };
  });
}

/** As `piecesOfBytes`, of the distinct descriptors of a set that so many tokens are put to. */
export function piecesOfSet(set: DescriptorSet, tokens: number, threads: number): Piece[] {
  const { bytesAt } = DescriptorSet.partsOf(set);
  const fences = new Float64Array(set.distinct + 1);
  for (let i = 0; i < set.distinct; i++) fences[i + 1] = fences[i] + bytesAt(i).length;
  return cuts(fences, LEAST_BYTES / tokens, threads).map(([first, end]) => {
    const offsets = new Uint32Array(end - first + 1);
    const bytes = new Uint8Array(fences[end] - fences[first]);
    for (let i = first; i < end; i++) {
      bytes.set(bytesAt(i), offsets[i - first]);
      offsets[i - first + 1] = fences[i + 1] - fences[first];
    }
    return { first, end, bytes, offsets };
  });
}

/** Whether other threads see the memory of `bytes`. */
export function isShared(bytes: Uint8Array): boolean {
  return typeof SharedArrayBuffer === "function" && bytes.buffer instanceof SharedArrayBuffer;
}

/** From where to where each piece goes, all of about as many bytes and at least so many. None without threads. */
function cuts(fences: ArrayLike<number>, least: number, threads: number): (readonly [number, number])[] {
  const count = fences.length - 1;
  if (threads === 0) return [];
  const wanted = Math.max(least, (fences[count] - fences[0]) / (threads * PIECES_EACH));
  const found: (readonly [number, number])[] = [];
  for (let first = 0, i = 1; i <= count; i++) {
    if (i < count && fences[i] - fences[first] < wanted) continue;
    found.push([first, i]);
    first = i;
  }
  return found;
}
