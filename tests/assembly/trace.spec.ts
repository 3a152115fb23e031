/** Trace events. access-check.md 13.4 */
import {
  beginTrace,
  emit,
  emitAttribute,
  emitBits,
  emitTerm,
  endTrace,
  record,
  resetTrace,
  traceBuffer,
  traceCondition,
  traceCount,
  traceLost,
  traceSource,
  tracing,
} from "../../assembly/check/trace";
import { arenaUsed, openArena } from "../../assembly/memory/arena";
import { TraceEvent } from "../../assembly/memory/boundary";
import {
  EVENT_ALLOW,
  EVENT_ATTRIBUTE,
  EVENT_AUDIT,
  EVENT_OWNER,
  EVENT_SIZE,
  EVENT_TERM,
  LANE_PACKAGE,
  LANE_RESTRICTING,
  NO_ACE,
  TRACE_CAPACITY,
  TRACE_RESERVED,
  TRUTH_NONE,
} from "../../assembly/shared/abi";
import { arenaStart, freshKernel } from "./kernel-arena";

function event(index: u32): TraceEvent {
  return changetype<TraceEvent>(traceBuffer() + index * EVENT_SIZE);
}

beforeEach(() => {
  freshKernel();
});

describe("while nobody asks why", () => {
  test("nothing is written and nothing is taken", () => {
    const used = arenaUsed();
    expect(beginTrace(false)).toBe(true);
    expect(tracing()).toBe(false);
    emitBits(EVENT_OWNER, 0, 1, 0);
    expect(traceCount()).toBe(0);
    expect(traceBuffer()).toBe(0);
    expect(arenaUsed()).toBe(used);
  });

  test("a trace of before is over", () => {
    beginTrace(true);
    emitBits(EVENT_OWNER, 0, 1, 0);
    beginTrace(false);
    expect(tracing()).toBe(false);
    expect(traceCount()).toBe(0);
  });
});

test("a closed trace can be read, and nothing more comes into it", () => {
  beginTrace(true);
  emitBits(EVENT_OWNER, 0, 1, 0);
  endTrace();
  expect(tracing()).toBe(false);
  emitBits(EVENT_OWNER, 0, 2, 0);
  expect(traceCount()).toBe(1);
  expect(event(0).bits).toBe(1);
});

describe("an event", () => {
  test("has all its fields, and the DACL it speaks of", () => {
    beginTrace(true);
    traceSource(3);
    emit(EVENT_ALLOW, LANE_PACKAGE, 2, 1, 9, 4, 0x80000001, 77);
    const one = event(0);
    expect(<u32>one.kind).toBe(EVENT_ALLOW);
    expect(<u32>one.lane).toBe(LANE_PACKAGE);
    expect(<u32>one.reason).toBe(2);
    expect(<u32>one.truth).toBe(1);
    expect(one.ace).toBe(9);
    expect(one.node).toBe(4);
    expect(one.bits).toBe(0x80000001);
    expect(one.source).toBe(3);
    expect(one.extra).toBe(77);
  });

  test("of no ACE has none, nor a truth", () => {
    beginTrace(true);
    emitBits(EVENT_OWNER, LANE_RESTRICTING, 0x60000, 5);
    expect(event(0).ace).toBe(NO_ACE);
    expect(<u32>event(0).truth).toBe(TRUTH_NONE);
    expect(event(0).bits).toBe(0x60000);
    expect(event(0).extra).toBe(5);
  });

  test("of a condition belongs to the ACE and the lane told before", () => {
    beginTrace(true);
    traceCondition(LANE_RESTRICTING, 6);
    emitTerm(11, 1);
    emitAttribute(12, 3);
    expect(<u32>event(0).kind).toBe(EVENT_TERM);
    expect(<u32>event(0).lane).toBe(LANE_RESTRICTING);
    expect(event(0).ace).toBe(6);
    expect(event(0).extra).toBe(11);
    expect(<u32>event(0).truth).toBe(1);
    expect(<u32>event(1).kind).toBe(EVENT_ATTRIBUTE);
    expect(event(1).bits).toBe(3);
    expect(event(1).extra).toBe(12);
  });
});

describe("a new trace", () => {
  test("begins at the object's own DACL, in the same buffer, with no event", () => {
    beginTrace(true);
    traceSource(3);
    emitBits(EVENT_OWNER, 0, 1, 0);
    const buffer = traceBuffer();
    const used = arenaUsed();
    beginTrace(true);
    expect(traceCount()).toBe(0);
    expect(traceBuffer()).toBe(buffer);
    expect(arenaUsed()).toBe(used);
    emitBits(EVENT_OWNER, 0, 1, 0);
    expect(event(0).source).toBe(0);
  });

  test("is refused where there is no room for its buffer, and nothing is traced", () => {
    openArena(arenaStart(), arenaStart() + 0x10000);
    resetTrace();
    expect(beginTrace(true)).toBe(false);
    expect(tracing()).toBe(false);
    expect(beginTrace(false)).toBe(true);
  });
});

describe("a trace that is full", () => {
  test("says so, and keeps what it has", () => {
    beginTrace(true);
    for (let i: u32 = 0; i < TRACE_CAPACITY - TRACE_RESERVED; i++) emitBits(EVENT_OWNER, 0, 0, i);
    expect(traceLost()).toBe(false);
    const used = arenaUsed();
    emitBits(EVENT_OWNER, 0, 0, 1);
    expect(traceLost()).toBe(true);
    expect(traceCount()).toBe(TRACE_CAPACITY - TRACE_RESERVED);
    expect(event(traceCount() - 1).extra).toBe(traceCount() - 1);
    expect(arenaUsed()).toBe(used);
    beginTrace(true);
    expect(traceLost()).toBe(false);
  });

  test("has room still for what a long walk must not crowd out, up to its end", () => {
    beginTrace(true);
    for (let i: u32 = 0; i < TRACE_CAPACITY; i++) emitBits(EVENT_OWNER, 0, 0, i);
    const full = traceCount();
    for (let i: u32 = full; i < TRACE_CAPACITY; i++) record(EVENT_AUDIT, 0, 1, 0, i, 0, 0, 0);
    expect(traceCount()).toBe(TRACE_CAPACITY);
    expect(event(full).ace).toBe(full);
    const behind = load<u32>(traceBuffer() + TRACE_CAPACITY * EVENT_SIZE);
    record(EVENT_AUDIT, 0, 1, 0, 0xffffffff, 0, 0xffffffff, 0);
    expect(traceCount()).toBe(TRACE_CAPACITY);
    expect(load<u32>(traceBuffer() + TRACE_CAPACITY * EVENT_SIZE)).toBe(behind, "not a byte more");
  });
});

test("what is recorded anyway needs a buffer, not a trace", () => {
  beginTrace(false, true);
  expect(tracing()).toBe(false);
  emitBits(EVENT_OWNER, 0, 0, 0);
  expect(traceCount()).toBe(0);
  record(EVENT_AUDIT, 0, 1, 0, 5, 0, 0, 0);
  expect(traceCount()).toBe(1);
  expect(event(0).ace).toBe(5);
});
