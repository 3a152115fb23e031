/**
 * One checked request put to descriptors that come one by one, as many as there are: answers in batches, in order.
 *
 * Nothing of a batch is kept once it is answered, and nothing is asked of the source that nobody waits for. Does not
 * know any access rule.
 */
import { type CheckedRequest, reading, type StreamRequest } from "./access-request.js";
import { DescriptorBatch, memberBytes } from "./descriptor-batch.js";
import type { StreamBatch } from "./verdict.js";
import { runScan } from "./wasm/scan.js";
import type { Session } from "./wasm/session.js";

/** The answers for `descriptors`, whose iterator is closed however this ends. */
export async function* answerStream(
  session: Session,
  request: CheckedRequest,
  descriptors: StreamRequest["descriptors"],
): AsyncGenerator<StreamBatch, void, undefined> {
  const batch = new DescriptorBatch();
  let first = 0;

  function answer(): StreamBatch {
    const access = new Uint32Array(batch.size);
    const faults = runScan(session, request, batch.bytes, batch.fences, access).map(({ index, offset }) => ({
      index: first + index,
      offset: batch.faultWithin(index, offset),
    }));
    const answered = { first, access, faults };
    first += batch.size;
    batch.clear();
    return answered;
  }

  for await (const descriptor of descriptors) {
    const bytes = reading(() => memberBytes(descriptor, ["descriptors", first + batch.size]));
    // The new one is copied before anyone else runs: what it lies in may be used again.
    const before = batch.hasRoom(bytes) ? null : answer();
    batch.add(bytes);
    if (before !== null) yield before;
    if (batch.full) yield answer();
  }
  if (batch.size > 0) yield answer();
}
