/**
 * One checked request put to many descriptors, in batches of handles. What does not fit the arena is done in several
 * fillings of it.
 *
 * Knows handles; does not know any access rule.
 */
import type { CheckedRequest } from "../access-request.js";
import type { SecurityDescriptor } from "../security-descriptor.js";
import { imagesOf, withRoom, writeRequest } from "./access-check.js";
import { descriptorHandle } from "./residency.js";
import { FULL, MANY, type Session } from "./session.js";

/** The granted masks of many descriptors, in their order, into `masks`. */
export function runCheckMany(
  session: Session,
  request: CheckedRequest,
  descriptors: readonly SecurityDescriptor[],
  masks: Uint32Array,
): void {
  runBatches(session, request, masks, (index) => descriptorHandle(session, descriptors[index]));
}

/** Asks for every index; `handleOf` loads what is not there, `resident` gives all handles when nothing has to be. */
export function runBatches(
  session: Session,
  request: CheckedRequest,
  masks: Uint32Array,
  handleOf: (index: number) => number,
  resident: () => Uint32Array | null = () => null,
): void {
  const images = imagesOf(request);
  const handles = new Uint32Array(Math.min(MANY, masks.length));
  let done = 0;
  while (done < masks.length) {
    const wanted = Math.min(MANY, masks.length - done);
    const batch = withRoom(session, () => {
      if (!writeRequest(session, request, images, 0)) return FULL;
      const known = resident();
      if (known !== null) return session.checkMany(known.subarray(done, done + wanted));
      let count = 0;
      while (count < wanted) {
        const handle = handleOf(done + count);
        if (handle === FULL) break;
        handles[count++] = handle;
      }
      return count === 0 ? FULL : session.checkMany(handles.subarray(0, count));
    });
    masks.set(batch, done);
    done += batch.length;
    // What did not fit this time begins with an empty arena.
    if (batch.length < wanted) session.reset();
  }
}
