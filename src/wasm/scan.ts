/**
 * One checked request put to descriptors that lie one behind the other in foreign bytes: no JavaScript object for each.
 *
 * Bytes are copied into the arena chunk by chunk and read there once. What the kernel is not sure of in passing is
 * loaded and checked like any descriptor. Knows offsets; does not know any access rule.
 */
import { LOAD_DESCRIPTOR, SCAN_SLACK, STAGE_SCAN } from "../../assembly/shared/abi.js";
import { STATUS_NO_MEMORY } from "../../assembly/shared/ntstatus.js";
import type { CheckedRequest } from "../access-request.js";
import type { ScanFault } from "../verdict.js";
import { imagesOf, type RequestImages, withRoom, writeRequest } from "./access-check.js";
import { FULL, type Session } from "./session.js";

const CHUNK_DESCRIPTORS = 1024;
const CHUNK_BYTES = 1 << 20;

/** Puts the granted masks of the descriptors between `fences` into `masks`, 0 for what is none; which those are. */
export function runScan(
  session: Session,
  request: CheckedRequest,
  bytes: Uint8Array,
  fences: Uint32Array,
  masks: Uint32Array,
): ScanFault[] {
  const images = imagesOf(request);
  const faults: ScanFault[] = [];
  let most = CHUNK_DESCRIPTORS;
  for (let next = 0; next < masks.length; ) {
    const count = chunkFrom(fences, next, Math.min(most, masks.length - next));
    const done = scanChunk(session, request, images, bytes, fences, masks, next, count);
    next += done;
    if (done === count) {
      most = Math.min(CHUNK_DESCRIPTORS, most * 2);
      continue;
    }
    // Chunks shrink where little can be decided in passing, for what follows is copied again.
    most = Math.max(1, most >>> 2);
    const fault = checkWhole(session, request, images, bytes.slice(fences[next], fences[next + 1]), masks, next);
    if (fault !== null) faults.push({ index: next, offset: fences[next] + fault });
    next++;
  }
  return faults;
}

/** How many descriptors from `first` on fit a chunk: one at least. */
function chunkFrom(fences: Uint32Array, first: number, most: number): number {
  let count = 1;
  while (count < most && fences[first + count + 1] - fences[first] <= CHUNK_BYTES) count++;
  return count;
}

/** Offsets, masks, bytes: in this order they are staged. */
function scanChunk(
  session: Session,
  request: CheckedRequest,
  images: RequestImages,
  bytes: Uint8Array,
  fences: Uint32Array,
  masks: Uint32Array,
  first: number,
  count: number,
): number {
  const start = fences[first];
  const length = fences[first + count] - start;
  return withRoom(session, () => {
    if (!writeRequest(session, request, images, 0)) return FULL;
    const at = session.stageRoom(STAGE_SCAN, count * 8 + 8 + length + SCAN_SLACK);
    if (at === 0) return FULL;
    const { words } = session;
    const into = at + count * 4 + 4;
    const copy = into + count * 4 + 4;
    words.set(fences.subarray(first, first + count + 1), at >>> 2);
    session.bytes.set(bytes.subarray(start, start + length), copy);
    // Offsets count from the first byte of all: modulo 2^32 its place is as good as any.
    const done = session.call(() => session.kernel.scan(copy - start, at, count, into)) >>> 0;
    masks.set(words.subarray(into >>> 2, (into >>> 2) + done), first);
    return { done };
  }).done;
}

/** Loads and checks one descriptor; where its bytes are wrong, null when they are not. */
function checkWhole(
  session: Session,
  request: CheckedRequest,
  images: RequestImages,
  descriptor: Uint8Array,
  masks: Uint32Array,
  index: number,
): number | null {
  const { fault } = withRoom(session, () => {
    if (!writeRequest(session, request, images, 0)) return FULL;
    const handle = session.tryLoad(LOAD_DESCRIPTOR, descriptor);
    if (handle === FULL) return session.status() === STATUS_NO_MEMORY ? FULL : { fault: session.faultOffset() };
    masks[index] = session.checkMany(Uint32Array.of(handle))[0];
    return { fault: null };
  });
  if (fault !== null) masks[index] = 0;
  return fault;
}
