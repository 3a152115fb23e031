/**
 * The events of a trace by what is asked of them, so that an explanation takes time linear in events and answers.
 *
 * Groups, never decides.
 */
import {
  EVENT_ALLOW,
  EVENT_ATTRIBUTE,
  EVENT_DENY,
  EVENT_EMPTY_DACL,
  EVENT_GRANTED,
  EVENT_LANE_SKIPPED,
  EVENT_NO_DACL,
  EVENT_OWNER,
  EVENT_PRIVILEGE,
  EVENT_RULE,
  EVENT_TERM,
} from "../../assembly/shared/abi.js";
import type { TraceEvent } from "../trace-event.js";

/** An event and its place in the trace. */
export interface Placed {
  readonly at: number;
  readonly event: TraceEvent;
}

const NONE: readonly Placed[] = /* @__PURE__ */ Object.freeze([]);

export class TraceIndex {
  readonly events: readonly TraceEvent[];
  /** Privileges count for every DACL. */
  readonly privileges: readonly Placed[];
  /** Applied or not, in order. */
  readonly rules: readonly TraceEvent[];
  readonly #groups = new Map<string, Placed[]>();

  constructor(events: readonly TraceEvent[]) {
    this.events = events;
    const privileges: Placed[] = [];
    const rules: TraceEvent[] = [];
    for (let at = 0; at < events.length; at++) {
      const event = events[at];
      const { kind, lane, node, source, ace } = event;
      if (kind === EVENT_PRIVILEGE) privileges.push({ at, event });
      else if (kind === EVENT_RULE) rules.push(event);
      else if (kind === EVENT_ALLOW || kind === EVENT_DENY) this.#add(`d${source}/${lane}/${node}`, at, event);
      else if (kind === EVENT_NO_DACL || kind === EVENT_LANE_SKIPPED) this.#add(`l${source}/${lane}`, at, event);
      else if (kind === EVENT_OWNER) this.#add(`o${source}`, at, event);
      else if (kind === EVENT_EMPTY_DACL) this.#add(`e${source}`, at, event);
      else if (kind === EVENT_TERM || kind === EVENT_ATTRIBUTE) this.#add(`c${source}/${lane}/${ace}`, at, event);
      else if (kind === EVENT_GRANTED) this.#add(`g${node}`, at, event);
    }
    this.privileges = privileges;
    this.rules = rules;
  }

  /** What ACEs decided in a lane of a node. */
  decisions(source: number, lane: number, node: number): readonly Placed[] {
    return this.#groups.get(`d${source}/${lane}/${node}`) ?? NONE;
  }

  /** What was decided for a whole lane: no DACL, or not asked. */
  wholeLane(source: number, lane: number): readonly Placed[] {
    return this.#groups.get(`l${source}/${lane}`) ?? NONE;
  }

  ownership(source: number): readonly Placed[] {
    return this.#groups.get(`o${source}`) ?? NONE;
  }

  isEmptyDacl(source: number): boolean {
    return this.#groups.has(`e${source}`);
  }

  /** Terms and attributes of the condition of an ACE (null: of a rule) in a lane. */
  condition(source: number, lane: number, ace: number | null): readonly Placed[] {
    return this.#groups.get(`c${source}/${lane}/${ace}`) ?? NONE;
  }

  /** What a node was granted, before labels of a specific request. */
  granted(node: number): number {
    return this.#groups.get(`g${node}`)?.[0]?.event.bits ?? 0;
  }

  #add(key: string, at: number, event: TraceEvent): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, [{ at, event }]);
    else group.push({ at, event });
  }
}
