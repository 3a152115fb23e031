/**
 * One checked request put to a prepared set: each distinct descriptor is decided once, the answers are gathered.
 *
 * Knows handles; does not know any access rule.
 */
import { STAGE_GATHER } from "../../assembly/shared/abi.js";
import type { CheckedRequest } from "../access-request.js";
import { DescriptorSet } from "../descriptor-set.js";
import { runBatches } from "./many.js";
import type { Session } from "./session.js";
import { setHandle, setResidence } from "./set-residency.js";

/** Numbers that are gathered at once: what stays in the nearest cache. */
const CHUNK = 16384;

/** The granted masks of a set's descriptors, in their order, into `masks`. */
export function runCheckSet(session: Session, request: CheckedRequest, set: DescriptorSet, masks: Uint32Array): void {
  const { numbers } = DescriptorSet.partsOf(set);
  const decided = numbers === null ? masks : new Uint32Array(set.distinct);
  const place = setResidence(session, set);
  runBatches(
    session,
    request,
    decided,
    (number) => setHandle(place, set, number),
    () => (place.generation === session.generation && place.loaded === set.distinct ? place.handles : null),
  );
  if (numbers === null || gather(session, decided, numbers, masks)) return;
  for (let i = 0; i < numbers.length; i++) masks[i] = decided[numbers[i]];
}

/**
 * `masks[i] = decided[numbers[i]]`, chunk by chunk through the kernel: JavaScript takes three times as long for it. False
 * when there is no room; emptying the arena for it would cost more.
 */
function gather(session: Session, decided: Uint32Array, numbers: Uint32Array, masks: Uint32Array): boolean {
  const at = session.stageRoom(STAGE_GATHER, (decided.length + CHUNK) * 4);
  if (at === 0) return false;
  const { words, kernel } = session;
  const chunk = (at >>> 2) + decided.length;
  words.set(decided, at >>> 2);
  for (let first = 0; first < numbers.length; first += CHUNK) {
    const count = Math.min(CHUNK, numbers.length - first);
    words.set(numbers.subarray(first, first + count), chunk);
    session.call(() => kernel.gather(chunk * 4, at, count));
    masks.set(words.subarray(chunk, chunk + count), first);
  }
  return true;
}
