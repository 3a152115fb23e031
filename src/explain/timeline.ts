/**
 * What decided a bit in a pass of one DACL at one node. It decodes, never decides.
 */
import {
  EVENT_ALLOW,
  EVENT_DENY,
  EVENT_NO_DACL,
  LANE_NORMAL,
  LANE_PACKAGE,
  LANE_RESTRICTING,
} from "../../assembly/shared/abi.js";
import { privilegeName } from "../privilege.js";
import type { TraceEvent } from "../trace-event.js";
import type { AceReference, PassName, PassReason } from "./reason.js";
import type { TraceIndex } from "./trace-index.js";

export const laneOf: Readonly<Record<PassName, number>> = /* @__PURE__ */ Object.freeze({
  normal: LANE_NORMAL,
  restricting: LANE_RESTRICTING,
  package: LANE_PACKAGE,
});

/** The pass of a LANE_… code. */
export function passOf(lane: number): PassName {
  return lane === LANE_RESTRICTING ? "restricting" : lane === LANE_PACKAGE ? "package" : "normal";
}

/** What decided, and where in the trace it did. */
export interface Decision {
  readonly reason: PassReason;
  /** Index of the event; Infinity where nothing decided. */
  readonly at: number;
}

/** Answers for one node and one DACL. */
export class Timeline {
  readonly #index: TraceIndex;
  readonly #node: number;
  readonly #source: number;
  readonly #ace: (event: TraceEvent) => AceReference;

  constructor(index: TraceIndex, node: number, source: number, ace: (event: TraceEvent) => AceReference) {
    this.#index = index;
    this.#node = node;
    this.#source = source;
    this.#ace = ace;
  }

  /** What decided `bit` in `pass`: privileges and ownership come before the walk. */
  decision(bit: number, pass: PassName): Decision {
    const index = this.#index;
    const source = this.#source;
    if (pass !== "package") {
      for (const { at, event } of index.privileges) {
        if ((event.bits & bit) === 0) continue;
        return { reason: { kind: "privilege", privilege: privilegeName(BigInt(event.extra)) ?? "" }, at };
      }
      for (const { at, event } of index.ownership(source)) {
        if ((event.bits & bit) !== 0) return { reason: { kind: "owner" }, at };
      }
    }
    for (const { at, event } of index.wholeLane(source, laneOf[pass])) {
      if ((event.bits & bit) === 0) continue;
      return { reason: { kind: event.kind === EVENT_NO_DACL ? "no-dacl" : "not-asked" }, at };
    }
    for (const { at, event } of index.decisions(source, laneOf[pass], this.#node)) {
      if ((event.bits & bit) === 0) continue;
      const kind = event.kind === EVENT_ALLOW ? "allowed-by-ace" : "denied-by-ace";
      return { reason: { kind, ace: this.#ace(event) }, at };
    }
    return { reason: { kind: index.isEmptyDacl(source) ? "empty-dacl" : "not-granted" }, at: Number.POSITIVE_INFINITY };
  }

  /** Where the first deny of one of `bits` in the normal pass stands in the trace; Infinity without one. */
  firstDeny(bits: number): number {
    const decided = this.#index.decisions(this.#source, LANE_NORMAL, this.#node);
    const first = decided.find(({ event }) => event.kind === EVENT_DENY && (event.bits & bits) !== 0);
    return first?.at ?? Number.POSITIVE_INFINITY;
  }
}

/** Whether this reason grants in its pass. */
export function grants(reason: PassReason): boolean {
  return (
    reason.kind === "allowed-by-ace" ||
    reason.kind === "owner" ||
    reason.kind === "privilege" ||
    reason.kind === "no-dacl" ||
    reason.kind === "not-asked"
  );
}
