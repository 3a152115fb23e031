/**
 * An explanation as the interchange prints it: every ACE and condition once, and references to them everywhere else, so
 * that the answer grows with what decided, not with bits times nodes. docs/interchange.md
 */
import type { NodeExplanation } from "../explanation.js";
import type { AceReference, BitExplanation, ConditionReport, RuleExplanation, UnusedAce } from "./reason.js";

/** How the answer names an ACE that stands in its `aces`. */
export interface AceAnswer {
  readonly acl: "dacl" | "sacl";
  readonly index: number;
  /** Only for an ACE of a rule of the central policy. */
  readonly rule?: number;
}

/** The parts of an explanation that name ACEs. */
export interface ExplainedParts {
  readonly bits: readonly BitExplanation[];
  readonly nodes?: readonly NodeExplanation[];
  readonly unused: readonly UnusedAce[];
  readonly rules: readonly RuleExplanation[];
}

/** The same parts with references for ACEs, and the ACEs and conditions they refer to. */
export function explainedAnswer({ bits, nodes, unused, rules }: ExplainedParts): Record<string, unknown> {
  const aces = new Map<string, Omit<AceReference, "condition">>();
  const conditions = new Map<string, AceAnswer & ConditionReport>();
  const refer = (reference: AceReference): AceAnswer => {
    const { condition, ...ace } = reference;
    const answer = { acl: ace.acl, index: ace.index, ...(ace.rule !== null && { rule: ace.rule }) };
    const key = `${ace.acl}/${ace.rule}/${ace.index}`;
    if (!aces.has(key)) aces.set(key, ace);
    if (condition !== undefined) conditions.set(`${key}/${condition.pass}`, { ...answer, ...condition });
    return answer;
  };
  const explained = {
    bits: bits.map((bit) => referring(bit, refer)),
    ...(nodes && { nodes: nodes.map((node) => ({ ...node, bits: node.bits.map((bit) => referring(bit, refer)) })) }),
    unused: unused.map((entry) => ({ ...entry, ace: refer(entry.ace) })),
    rules,
  };
  return { ...explained, aces: [...aces.values()], conditions: [...conditions.values()] };
}

function referring(bit: BitExplanation, refer: (ace: AceReference) => AceAnswer): unknown {
  const reason = (value: { readonly kind: string }): unknown => {
    const { ace, reason: inner } = value as { ace?: AceReference | null; reason?: { kind: string } };
    return { ...value, ...(ace && { ace: refer(ace) }), ...(inner && { reason: reason(inner) }) };
  };
  const passes = Object.fromEntries(Object.entries(bit.passes).map(([pass, value]) => [pass, reason(value)]));
  return { ...bit, reason: reason(bit.reason), passes };
}
