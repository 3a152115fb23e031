/**
 * From an event of the trace to the ACE it speaks of, and to what its condition read. Decides nothing.
 */
import { EVENT_ATTRIBUTE, LANE_NORMAL, SOURCE_SACL, SOURCE_STAGED } from "../../assembly/shared/abi.js";
import { SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE } from "../../assembly/shared/ace.js";
import { Ace } from "../ace.js";
import { decodeClaim } from "../binary/claim-decode.js";
import { bytesToHex } from "../binary/text-encoding.js";
import type { CentralPolicy } from "../central-policy.js";
import type { Claim } from "../claim.js";
import type { AttributeScope } from "../condition.js";
import type { ExplanationParts } from "../explanation.js";
import { Sid } from "../sid.js";
import type { TraceEvent } from "../trace-event.js";
import { aceReference, conditionReport } from "./ace-reference.js";
import type { AttributeReader } from "./condition-report.js";
import type { AceReference, ConditionReport } from "./reason.js";
import { passOf } from "./timeline.js";
import type { Placed, TraceIndex } from "./trace-index.js";

const RULE_MASK = 0x3fffffff;

export class AceReader {
  readonly #parts: ExplanationParts;
  readonly #index: TraceIndex;
  readonly #references = new Map<string, AceReference>();
  #resourceClaims: readonly Claim[] | undefined;

  constructor(parts: ExplanationParts, index: TraceIndex) {
    this.#parts = parts;
    this.#index = index;
  }

  /** The policy whose rules were put to the passes, as the kernel named it; null: none, or the recovery policy. */
  get policy(): CentralPolicy | null {
    const named = this.#index.rules[0]?.bits ?? 0;
    return named === 0 ? null : (this.#parts.request.policies?.[named - 1] ?? null);
  }

  /** The ACE an event speaks of; one reference for all events of an ACE in a lane. */
  reference(event: TraceEvent, acl: "dacl" | "sacl"): AceReference {
    const source = acl === "sacl" ? SOURCE_SACL : event.source;
    const key = `${source}/${event.lane}/${event.ace}/${event.truth}`;
    const known = this.#references.get(key);
    if (known !== undefined) return known;
    const index = event.ace ?? 0;
    const rule = source === 0 || acl === "sacl" ? null : (source & RULE_MASK) - 1;
    const terms = this.#index.condition(source, event.lane, event.ace);
    const place = { acl, index, rule, pass: passOf(event.lane) };
    const reference = aceReference(place, this.#aceOf(event, acl, index), event.truth, terms, this.#reader(terms));
    this.#references.set(key, reference);
    return reference;
  }

  /** How the condition of a rule turned out; null for a rule without one. */
  ruleCondition(event: TraceEvent): ConditionReport | null {
    const condition = this.policy?.rules[event.extra]?.appliesTo ?? null;
    if (condition === null || event.truth === null) return null;
    const terms = this.#index.condition(event.extra + 1, LANE_NORMAL, null);
    return conditionReport(condition, event.truth, "normal", terms, this.#reader(terms));
  }

  #aceOf(event: TraceEvent, acl: "dacl" | "sacl", index: number): Ace {
    const { descriptor, request } = this.#parts;
    if (acl === "sacl") return descriptor.sacl?.aces[index] as Ace;
    if (event.source === 0) return descriptor.dacl?.aces[index] as Ace;
    const { policy } = this;
    if (policy === null) return recoveryAce(index, request.mapping.all);
    const { dacl, stagedDacl } = policy.rules[(event.source & RULE_MASK) - 1];
    return (event.source >>> 0 >= SOURCE_STAGED ? stagedDacl : dacl)?.dacl?.aces[index] as Ace;
  }

  /** Values of attributes: the kernel said which claim each found. */
  #reader(events: readonly Placed[]): AttributeReader {
    const found = new Map<number, number>();
    for (const { event } of events) if (event.kind === EVENT_ATTRIBUTE) found.set(event.extra, event.bits);
    return ({ scope }, token) => {
      const place = found.get(token) ?? 0;
      return place === 0 ? null : (this.#claims(scope)[place - 1]?.values.map(valueText) ?? null);
    };
  }

  #claims(scope: AttributeScope): readonly Claim[] {
    const { userClaims, deviceClaims, localClaims } = this.#parts.request.token;
    if (scope === "user") return userClaims;
    if (scope === "device") return deviceClaims;
    if (scope === "local") return localClaims;
    this.#resourceClaims ??= this.#readResources();
    return this.#resourceClaims;
  }

  /** The resource attributes in the order the kernel counts them: those that can be read. */
  #readResources(): readonly Claim[] {
    const claims: Claim[] = [];
    for (const ace of this.#parts.descriptor.sacl?.aces ?? []) {
      if (ace.type !== SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE) continue;
      try {
        claims.push(ace.data instanceof Uint8Array ? decodeClaim(ace.data) : (ace.data as Claim));
      } catch {
        // A malformed one is skipped, as the kernel does. access-check.md 11.4
      }
    }
    return claims;
  }
}

/** The recovery policy, as it would be written. access-check.md 9.1 */
function recoveryAce(index: number, all: number): Ace {
  return Ace.allow(all, Sid.parse(["S-1-5-32-544", "S-1-5-18", "S-1-3-4"][index]));
}

function valueText(value: Claim["values"][number]): string {
  return value instanceof Uint8Array ? `#${bytesToHex(value)}` : String(value);
}
