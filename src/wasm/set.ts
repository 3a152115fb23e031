/**
 * One checked request put to a prepared set: each distinct descriptor is decided once, the answers are gathered.
 *
 * Knows handles; does not know any access rule.
 */
import type { CheckedRequest } from "../access-request.js";
import { DescriptorSet } from "../descriptor-set.js";
import { runBatches } from "./many.js";
import type { Session } from "./session.js";
import { setHandle, setResidence } from "./set-residency.js";

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
  if (numbers === null) return;
  for (let i = 0; i < numbers.length; i++) masks[i] = decided[numbers[i]];
}
