/**
 * One explanation a bit: which step stopped or granted it, pass by pass. access-check.md 13.4
 *
 * Reads the kernel's events; which of several refusals is named first follows the order of the steps. Decides nothing.
 */
import {
  EVENT_ACCESS_FILTER,
  EVENT_LABEL,
  EVENT_PRIVILEGE_MISSING,
  EVENT_TRUST_LABEL,
} from "../../assembly/shared/abi.js";
import { MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask.js";
import { rightsOf } from "../access-mask.js";
import type { ExplanationParts } from "../explanation.js";
import { privilegeName } from "../privilege.js";
import type { TraceEvent } from "../trace-event.js";
import type { AceReader } from "./ace-reader.js";
import type { BitExplanation, DecidedBy, PassName, PassReason, Reason } from "./reason.js";
import { accessReasonOf, sentenceOf } from "./sentences.js";
import { type Decision, grants, Timeline } from "./timeline.js";
import type { TraceIndex } from "./trace-index.js";

/** Standard rights first, then ACCESS_SYSTEM_SECURITY, then the specific ones: the order of Windows's own events. */
// biome-ignore format: a row each for standard, specific and other bits
const bitOrder: readonly number[] = /* @__PURE__ */ [
  16, 17, 18, 19, 20, 24,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  21, 22, 23, 26, 27, 28, 29, 30, 31,
].map((bit) => (1 << bit) >>> 0);

type Stop = readonly [DecidedBy, Reason, PassName];

export class BitReader {
  readonly #parts: ExplanationParts;
  readonly #passes: readonly PassName[];
  readonly #index: TraceIndex;
  readonly #aces: AceReader;
  /** What labels, filters and missing privileges leave, and how each is told. */
  readonly #limits: readonly { readonly bits: number; readonly stop: () => Stop }[];

  constructor(parts: ExplanationParts, passes: readonly PassName[], index: TraceIndex, aces: AceReader) {
    this.#parts = parts;
    this.#passes = passes;
    this.#index = index;
    this.#aces = aces;
    this.#limits = index.events.flatMap((event) => this.#limit(event) ?? []);
  }

  /** One explanation for each bit of `mask` at `node`. */
  bits(mask: number, node: number): readonly BitExplanation[] {
    const timeline = this.#timeline(node, 0);
    const firstDeny = timeline.firstDeny(this.#parts.want);
    const rules = new Map<number, Timeline>();
    return bitOrder.filter((bit) => (mask & bit) !== 0).map((bit) => this.#bit(bit, node, timeline, firstDeny, rules));
  }

  /** Bits of `mask` that the DACL of `source` grants in every pass. */
  grantedBySource(mask: number, source: number): number {
    const timeline = this.#timeline(0, source);
    let granted = 0;
    for (const bit of bitOrder) {
      if ((mask & bit) === 0) continue;
      if (this.#passes.every((pass) => grants(timeline.decision(bit, pass).reason))) granted |= bit;
    }
    return granted >>> 0;
  }

  #timeline(node: number, source: number): Timeline {
    return new Timeline(this.#index, node, source, (event) => this.#aces.reference(event, "dacl"));
  }

  #bit(bit: number, node: number, timeline: Timeline, firstDeny: number, rules: Map<number, Timeline>): BitExplanation {
    const { request } = this.#parts;
    const right = rightsOf(bit, request.mapping.name)[0]?.name ?? `0x${bit.toString(16)}`;
    const decisions = new Map(this.#passes.map((pass) => [pass, timeline.decision(bit, pass)] as const));
    const stopped = this.#limits.find(({ bits }) => (bits & bit) === 0)?.stop() ?? null;
    const maximum = (request.desired & MAXIMUM_ALLOWED) !== 0;
    const granted = stopped === null && (this.#index.granted(node) & bit) !== 0;
    const normal = decisions.get("normal") as Decision;
    const [decidedBy, reason, pass] =
      stopped ?? (granted ? grantedBy(normal.reason) : this.#refusedBy(bit, node, decisions, rules));
    // What a plain check had not decided when a deny ended its walk.
    const unchecked = !maximum && stopped === null && firstDeny !== Number.POSITIVE_INFINITY && normal.at > firstDeny;
    return {
      bit,
      right,
      granted,
      decidedBy,
      reason,
      passes: Object.fromEntries([...decisions].map(([name, decision]) => [name, decision.reason])),
      accessReason: accessReasonOf(reason, unchecked),
      sentence: sentenceOf(right, granted, reason, pass),
    };
  }

  /** A label, a filter or a missing privilege, which come before the walks: what it leaves, and what it is. */
  #limit(event: TraceEvent): { bits: number; stop: () => Stop } | undefined {
    const { bits, kind } = event;
    const ace = () => (event.ace === null ? null : this.#aces.reference(event, "sacl"));
    if (kind === EVENT_LABEL) {
      const { integrity: tokenLevel } = this.#parts.request.token;
      const told = { kind: "integrity", tokenLevel, objectLevel: event.extra, policy: event.reason } as const;
      return { bits, stop: () => ["integrity", { ...told, ace: ace() }, "normal"] };
    }
    if (kind === EVENT_TRUST_LABEL) {
      return {
        bits,
        stop: () => ["trust-label", { kind: "trust-label", ace: this.#aces.reference(event, "sacl") }, "normal"],
      };
    }
    if (kind === EVENT_ACCESS_FILTER) {
      return {
        bits,
        stop: () => ["access-filter", { kind: "access-filter", ace: this.#aces.reference(event, "sacl") }, "normal"],
      };
    }
    if (kind === EVENT_PRIVILEGE_MISSING) {
      const privilege = privilegeName(BigInt(event.extra)) ?? "";
      return { bits: ~bits, stop: () => ["privilege", { kind: "missing-privilege", privilege }, "normal"] };
    }
    return undefined;
  }

  /** The first pass that does not grant; else the rule that takes the bit away. */
  #refusedBy(
    bit: number,
    node: number,
    decisions: ReadonlyMap<PassName, Decision>,
    rules: Map<number, Timeline>,
  ): Stop {
    for (const [pass, { reason }] of decisions) if (!grants(reason)) return [pass, reason, pass];
    for (const event of this.#index.rules) {
      if (event.reason !== 1) continue;
      const source = event.extra + 1;
      const rule = rules.get(source) ?? this.#timeline(node, source);
      rules.set(source, rule);
      for (const pass of this.#passes) {
        const { reason } = rule.decision(bit, pass);
        if (!grants(reason)) return ["policy", { kind: "policy-rule", rule: event.extra, pass, reason }, pass];
      }
    }
    return ["normal", { kind: "not-granted" }, "normal"];
  }
}

function grantedBy(reason: PassReason): Stop {
  const by: DecidedBy = reason.kind === "owner" ? "owner" : reason.kind === "privilege" ? "privilege" : "normal";
  return [by, reason, "normal"];
}
