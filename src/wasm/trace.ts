/**
 * Trace events as values: the fixed records of assembly/shared/abi.ts, decoded. Knows offsets, no names and no rules.
 */
import {
  EVENT_ACE,
  EVENT_BITS,
  EVENT_EXTRA,
  EVENT_KIND,
  EVENT_LANE,
  EVENT_NODE,
  EVENT_REASON,
  EVENT_SIZE,
  EVENT_SOURCE,
  EVENT_TRUTH,
  NO_ACE,
  TRUTH_NONE,
} from "../../assembly/shared/abi.js";
import type { TraceEvent } from "../trace-event.js";

/** The events in the order the kernel emitted them. */
export function readTrace(events: DataView): readonly TraceEvent[] {
  const list: TraceEvent[] = [];
  for (let at = 0; at < events.byteLength; at += EVENT_SIZE) {
    const ace = events.getUint32(at + EVENT_ACE, true);
    const truth = events.getUint8(at + EVENT_TRUTH);
    list.push({
      kind: events.getUint8(at + EVENT_KIND),
      lane: events.getUint8(at + EVENT_LANE),
      reason: events.getUint8(at + EVENT_REASON),
      truth: truth === TRUTH_NONE ? null : truth,
      ace: ace === NO_ACE ? null : ace,
      node: events.getUint32(at + EVENT_NODE, true),
      bits: events.getUint32(at + EVENT_BITS, true),
      source: events.getUint32(at + EVENT_SOURCE, true),
      extra: events.getUint32(at + EVENT_EXTRA, true),
    });
  }
  return list;
}
