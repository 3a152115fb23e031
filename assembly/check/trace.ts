/**
 * Trace events: what decided what. A no-op while tracing is off. access-check.md 13.4
 *
 * An event is a fixed record; names and text are added on the other side of the boundary. A trace that overflows
 * says so and loses nothing else. Does not know why anybody asks.
 */
import { allocate, reserve } from "../memory/arena";
import { TraceEvent } from "../memory/boundary";
import { EVENT_ATTRIBUTE, EVENT_SIZE, EVENT_TERM, LANE_NORMAL, NO_ACE, TRACE_CAPACITY, TRACE_RESERVED, TRUTH_NONE } from "../shared/abi";

let on: bool = false;
let buffer: usize = 0;
let count: u32 = 0;
let lost: bool = false;
/** Which DACL is being walked: EVENT_SOURCE. */
let source: u32 = 0;
/** Lane and ACE that a condition's terms belong to. */
let termLane: u32 = LANE_NORMAL;
let termAce: u32 = NO_ACE;

/** Forgets the buffer; the arena has just been reset. */
export function resetTrace(): void {
  buffer = 0;
  on = false;
  count = 0;
}

/** Begins a check: `wanted` traces every step, `buffered` makes room for what is recorded anyway. False: no room. */
export function beginTrace(wanted: bool, buffered: bool = wanted): bool {
  on = false;
  count = 0;
  lost = false;
  source = 0;
  if (!buffered) return true;
  if (buffer == 0) {
    if (!reserve(TRACE_CAPACITY * EVENT_SIZE)) return false;
    buffer = allocate(TRACE_CAPACITY * EVENT_SIZE);
  }
  on = wanted;
  return true;
}

/** Closes the trace; what it holds can still be read. The next walk must not write to it. */
export function endTrace(): void {
  on = false;
}

/** Never where the kernel is for checks alone: nobody asks it why. */
@inline
export function tracing(): bool {
  return isDefined(ONLY_CHECKS) ? false : on;
}

export function traceBuffer(): usize {
  return buffer;
}

export function traceCount(): u32 {
  return count;
}

export function traceLost(): bool {
  return lost;
}

/** The DACL that later events speak of. */
export function traceSource(which: u32): void {
  source = which;
}

/** The ACE and lane that the terms of the next condition belong to. */
export function traceCondition(lane: u32, ace: u32): void {
  termLane = lane;
  termAce = ace;
}

/** The truth of the sub-expression that ends at token `index`. */
export function emitTerm(index: u32, truth: u32): void {
  emit(EVENT_TERM, termLane, 0, truth, termAce, 0, 0, index);
}

/** The claim that the attribute at token `index` found: its place in its list + 1, 0 when it is missing. */
export function emitAttribute(index: u32, found: u32): void {
  emit(EVENT_ATTRIBUTE, termLane, 0, TRUTH_NONE, termAce, 0, found, index);
}

export function emit(
  kind: u32,
  lane: u32,
  reason: u32,
  truth: u32,
  ace: u32,
  node: u32,
  bits: u32,
  extra: u32,
): void {
  if (!on) return;
  if (count >= TRACE_CAPACITY - TRACE_RESERVED) {
    lost = true;
    return;
  }
  record(kind, lane, reason, truth, ace, node, bits, extra);
}

/** An event that a long walk must not crowd out, and that audit events are even when nothing else is traced. */
export function record(
  kind: u32,
  lane: u32,
  reason: u32,
  truth: u32,
  ace: u32,
  node: u32,
  bits: u32,
  extra: u32,
): void {
  if (count >= TRACE_CAPACITY) {
    lost = true;
    return;
  }
  const event = changetype<TraceEvent>(buffer + count * EVENT_SIZE);
  count += 1;
  event.kind = <u8>kind;
  event.lane = <u8>lane;
  event.reason = <u8>reason;
  event.truth = <u8>truth;
  event.ace = ace;
  event.node = node;
  event.bits = bits;
  event.source = source;
  event.extra = extra;
}

/** An event of no ACE. */
export function emitBits(kind: u32, lane: u32, bits: u32, extra: u32): void {
  emit(kind, lane, 0, TRUTH_NONE, NO_ACE, 0, bits, extra);
}
