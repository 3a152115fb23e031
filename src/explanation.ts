/**
 * Why a check ended as it did: the trace of the kernel put into names and text, bit by bit and pass by pass.
 * access-check.md 13.4
 *
 * It decodes, it never decides. Does not know memory.
 */
import { EVENT_SKIP } from "../assembly/shared/abi.js";
import { MAXIMUM_ALLOWED } from "../assembly/shared/access-mask.js";
import { TRUE } from "../assembly/shared/condition.js";
import { rightsOf } from "./access-mask.js";
import type { CheckedRequest } from "./access-request.js";
import { AceReader } from "./explain/ace-reader.js";
import { truthName } from "./explain/ace-reference.js";
import { explainedAnswer } from "./explain/answer.js";
import { BitReader } from "./explain/bits.js";
import type { BitExplanation, Cause, PassName, RuleExplanation, UnusedAce } from "./explain/reason.js";
import { skipReason, skipSentence } from "./explain/skips.js";
import { tableOf } from "./explain/table.js";
import { passOf } from "./explain/timeline.js";
import { TraceIndex } from "./explain/trace-index.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import type { TraceEvent } from "./trace-event.js";
import type { Verdict } from "./verdict.js";

/** What an explanation is made from. @internal */
export interface ExplanationParts {
  readonly verdict: Verdict;
  /** Desired after mapping, without MAXIMUM_ALLOWED. */
  readonly want: number;
  readonly request: CheckedRequest;
  readonly descriptor: SecurityDescriptor;
  readonly events: readonly TraceEvent[];
  readonly complete: boolean;
}

/** One node of an object type list, explained. */
export interface NodeExplanation {
  readonly level: number;
  readonly guid: string;
  readonly bits: readonly BitExplanation[];
}

export class Explanation {
  /** The verdict, as `check` gives it. */
  readonly verdict: Verdict;
  /** Why the request as a whole ended so. */
  readonly cause: Cause;
  /** Requested rights after generic mapping, without MAXIMUM_ALLOWED. */
  readonly want: number;
  readonly maximumAllowed: boolean;
  /** The passes this token makes. */
  readonly passes: readonly PassName[];
  /** One entry a requested bit (under MAXIMUM_ALLOWED: a bit of the object's rights), highest standard rights first. */
  readonly bits: readonly BitExplanation[];
  /** Where an object type list was given: the same for every node. */
  readonly nodes?: readonly NodeExplanation[];
  /** ACEs that matched, or could not be evaluated, and did not act. */
  readonly unused: readonly UnusedAce[];
  /** The rules of the central policy that was consulted. */
  readonly rules: readonly RuleExplanation[];
  /** false: the trace had no room for everything. */
  readonly complete: boolean;
  readonly #mapping: CheckedRequest["mapping"];

  /** @internal */
  constructor(parts: ExplanationParts) {
    const { verdict, want, request, events } = parts;
    this.verdict = verdict;
    this.want = want;
    this.complete = parts.complete;
    this.#mapping = request.mapping;
    this.maximumAllowed = (request.desired & MAXIMUM_ALLOWED) !== 0;
    this.passes = passesOf(parts);
    const index = new TraceIndex(events);
    const aces = new AceReader(parts, index);
    const reader = new BitReader(parts, this.passes, index, aces);
    const found = index.granted(0);
    const shown = (want | (this.maximumAllowed ? request.mapping.all | found : 0)) >>> 0;
    const explainable = verdict.callFailed !== true && verdict.status !== "STATUS_BAD_IMPERSONATION_LEVEL";
    this.bits = explainable ? reader.bits(shown, 0) : [];
    if (explainable && request.objectTypes.length > 0) {
      this.nodes = request.objectTypes.map(({ level, guid }, node) => ({
        level,
        guid,
        bits: reader.bits(shown, node),
      }));
    }
    this.unused = unusedOf(events, aces);
    this.rules = index.rules.map((event) => ruleOf(event, aces, reader, shown));
    // Bits that MAXIMUM_ALLOWED only tried do not stop a request that names others.
    this.cause = causeOf(
      verdict,
      this.bits.filter(({ bit }) => want === 0 || (want & bit) !== 0),
      shown,
    );
  }

  /** A table of bits and passes, and a sentence for each refusal. For a terminal without colours. */
  toString(): string {
    return tableOf(this);
  }

  /** Readable name of the requested mask's rights: names and unknown bits. */
  rights(mask: number): readonly string[] {
    return rightsOf(mask, this.#mapping.name).map(({ name }) => name);
  }

  /** The form of the interchange. docs/interchange.md */
  toJSON(): Record<string, unknown> {
    const { cause, want, maximumAllowed, passes, complete } = this;
    return { cause, want, maximumAllowed, passes, ...explainedAnswer(this), complete };
  }
}

function passesOf({ request }: ExplanationParts): readonly PassName[] {
  const passes: PassName[] = ["normal"];
  if (request.token.isRestricted) passes.push("restricting");
  if (request.token.appContainer !== null) passes.push("package");
  return passes;
}

function unusedOf(events: readonly TraceEvent[], aces: AceReader): readonly UnusedAce[] {
  const unused: UnusedAce[] = [];
  for (const event of events) {
    if (event.kind !== EVENT_SKIP) continue;
    const ace = aces.reference(event, "dacl");
    const reason = skipReason(event.reason);
    unused.push({ ace, pass: passOf(event.lane), reason, sentence: skipSentence(ace, reason) });
  }
  return unused;
}

function ruleOf(event: TraceEvent, aces: AceReader, reader: BitReader, shown: number): RuleExplanation {
  const applies = event.reason === 1;
  const condition = aces.ruleCondition(event);
  return {
    rule: aces.policy === null ? null : event.extra,
    applies,
    appliesTo: truthName(event.truth ?? TRUE),
    grants: applies ? reader.grantedBySource(shown, event.extra + 1) : 0,
    ...(condition && { condition }),
  };
}

/** The refusals told apart, the earliest step first. */
function causeOf(verdict: Verdict, bits: readonly BitExplanation[], shown: number): Cause {
  if (verdict.granted) return "granted";
  if (verdict.callFailed === true || verdict.status === "STATUS_BAD_IMPERSONATION_LEVEL") return "call-failed";
  if (shown === 0) return "nothing-desired";
  const refused = bits.filter(({ granted }) => !granted);
  const by = (what: BitExplanation["decidedBy"]) => refused.some(({ decidedBy }) => decidedBy === what);
  if (by("integrity")) return "integrity";
  if (by("trust-label")) return "trust-label";
  if (by("access-filter")) return "access-filter";
  if (by("privilege")) return "missing-privilege";
  if (refused.some(({ decidedBy, reason }) => decidedBy === "normal" && reason.kind === "denied-by-ace")) {
    return "explicitly-denied";
  }
  if (by("normal")) return "not-granted";
  if (by("restricting")) return "restricting-list";
  if (by("package")) return "package";
  return by("policy") ? "policy" : "not-granted";
}
