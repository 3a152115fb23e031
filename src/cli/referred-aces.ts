/**
 * The explanation of an answer with its references to ACEs followed again: what the tables print from.
 *
 * The interchange writes every ACE and condition once (docs/interchange.md); here each reference becomes its ACE.
 */
import type { AceReference, BitExplanation, PassName, PassReason, Reason } from "../index.js";
import type { ExplanationAnswer } from "./question.js";

interface Reference {
  readonly acl: string;
  readonly index: number;
  readonly rule?: number | null;
}

interface Referring extends ExplanationAnswer {
  readonly aces: readonly AceReference[];
  readonly conditions: readonly (Reference & NonNullable<AceReference["condition"]>)[];
}

/** `explanation` as `Engine.explain` would have given it. */
export function withAces(explanation: unknown): ExplanationAnswer {
  const answer = explanation as Referring;
  const aces = new Map(answer.aces.map((ace) => [keyOf(ace), ace]));
  const conditions = new Map(
    answer.conditions.map((condition) => [`${keyOf(condition)}/${condition.pass}`, condition]),
  );
  const follow = (reference: Reference, pass: PassName): AceReference => {
    const ace = aces.get(keyOf(reference)) as AceReference;
    const condition = conditions.get(`${keyOf(reference)}/${pass}`);
    return condition === undefined ? ace : { ...ace, condition };
  };
  const reason = <R extends Reason | PassReason>(value: R, pass: PassName): R => {
    if ("reason" in value) return { ...value, reason: reason(value.reason, value.pass) };
    return "ace" in value && value.ace !== null ? { ...value, ace: follow(value.ace, pass) } : value;
  };
  const bit = (value: BitExplanation): BitExplanation => ({
    ...value,
    reason: reason(
      value.reason,
      value.decidedBy === "restricting" || value.decidedBy === "package" ? value.decidedBy : "normal",
    ),
    passes: Object.fromEntries(
      Object.entries(value.passes).map(([pass, why]) => [pass, reason(why, pass as PassName)]),
    ),
  });
  return {
    ...answer,
    bits: answer.bits.map(bit),
    nodes: answer.nodes?.map((node) => ({ ...node, bits: node.bits.map(bit) })),
    unused: answer.unused.map((entry) => ({ ...entry, ace: follow(entry.ace, entry.pass) })),
  };
}

function keyOf({ acl, rule, index }: Reference): string {
  return `${acl}/${rule ?? ""}/${index}`;
}
