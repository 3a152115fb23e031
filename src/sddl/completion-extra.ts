/**
 * What could stand at a place inside a condition or a claim. formats.md 7.1
 *
 * Judges by the token before the place, and the one before that. Does not know ACEs.
 */
import { conditionOperators, type OperatorKind, operatorOfSpelling } from "../condition.js";
import { wordOfType } from "./claim-text.js";
import { aliasCandidates, candidate, punctuation, type SddlCandidate } from "./completion-candidates.js";
import type { TokenSource } from "./token-meaning.js";

/** Most attribute names that are gathered from the text. */
const MAX_ATTRIBUTES = 200;

/** `last` is the index of the token before the place, which lies inside `condition`. */
export function conditionCandidates(source: TokenSource, last: number): SddlCandidate[] {
  const text = textOf(source, last);
  switch (source.kinds[last]) {
    case "punctuation":
      if (text === "(") return afterParenthesis(source, last);
      if (text === "{" || text === ",") return literalCandidates();
      return [...logical(), ...punctuation(")")];
    case "operator":
      return afterOperator(source, text);
    case "attribute":
      return isOperand(source, last) ? [...logical(), ...punctuation(")")] : afterAttribute();
    case "keyword":
      return punctuation("(");
    case "alias":
    case "sid":
      return punctuation(")");
    case "error":
      return [];
    default:
      return source.nodes[source.holders[last]].kind === "list"
        ? punctuation(",", "}")
        : [...logical(), ...punctuation(")")];
  }
}

function textOf({ text, starts, ends }: TokenSource, index: number): string {
  return index < 0 ? "" : text.slice(starts[index], ends[index]);
}

/** Operators of these kinds, as they print. */
function operators(...kinds: OperatorKind[]): SddlCandidate[] {
  return conditionOperators
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, spelling }) => candidate("operator", spelling, kind));
}

function logical(): SddlCandidate[] {
  return operators("logical").filter(({ text }) => text !== "!");
}

function afterAttribute(): SddlCandidate[] {
  return [...operators("relational", "set"), ...logical(), ...punctuation(")")];
}

function afterParenthesis(source: TokenSource, last: number): SddlCandidate[] {
  if (last > 0 && source.kinds[last - 1] === "keyword") return aliasCandidates(source.context);
  if (operatorKind(textOf(source, last - 1)) === "membership") return listCandidates();
  return termCandidates(source);
}

function afterOperator(source: TokenSource, text: string): SddlCandidate[] {
  switch (operatorKind(text)) {
    case "exists":
      return attributeCandidates(source);
    case "membership":
      return listCandidates();
    case "relational":
    case "set":
      return [...attributeCandidates(source).filter((each) => each.text.startsWith("@")), ...listCandidates()];
    default:
      return text === "!" ? punctuation("(") : termCandidates(source);
  }
}

function operatorKind(text: string): OperatorKind | undefined {
  return operatorOfSpelling(text)?.kind;
}

/** Whether the attribute is the right side of a comparison, or what Exists asks for. */
function isOperand(source: TokenSource, index: number): boolean {
  const before =
    index === 0 || source.kinds[index - 1] !== "operator" ? undefined : operatorKind(textOf(source, index - 1));
  return before !== undefined && before !== "logical";
}

function termCandidates(source: TokenSource): SddlCandidate[] {
  return [
    ...attributeCandidates(source),
    ...operators("exists", "membership"),
    candidate("operator", "!", "logical"),
    ...punctuation("("),
  ];
}

/** The three prefixes, and the attributes that the text names anywhere. */
function attributeCandidates(source: TokenSource): SddlCandidate[] {
  const names = new Set<string>();
  for (let i = 0; i < source.kinds.length && names.size < MAX_ATTRIBUTES; i++) {
    if (source.kinds[i] === "attribute") names.add(textOf(source, i));
  }
  return [
    candidate("attribute", "@User.", "claim of the user"),
    candidate("attribute", "@Device.", "claim of the device"),
    candidate("attribute", "@Resource.", "attribute of the object"),
    ...[...names].map((name) => candidate("attribute", name, "named in this text")),
  ];
}

function literalCandidates(): SddlCandidate[] {
  return [
    candidate("keyword", "SID(", "a SID"),
    candidate("string", '""', "a string"),
    candidate("octets", "#", "bytes"),
  ];
}

function listCandidates(): SddlCandidate[] {
  return [...literalCandidates(), ...punctuation("{")];
}

/** `last` is the index of the token before the place, `first` that of the parenthesis of the claim. */
export function claimCandidates(source: TokenSource, first: number, last: number): SddlCandidate[] {
  const text = textOf(source, last);
  if (text === "(") return [candidate("claim-name", '"', "the name, in quotes")];
  if (source.kinds[last] === "error") return [];
  if (text !== ",")
    return source.kinds[last] === "claim-name" || source.kinds[last] === "claim-type"
      ? punctuation(",")
      : punctuation(",", ")");
  let field = 0;
  let type = "";
  for (let i = first; i <= last; i++) {
    if (source.kinds[i] === "claim-type") type = textOf(source, i).toUpperCase();
    if (source.kinds[i] === "punctuation" && textOf(source, i) === ",") field++;
  }
  if (field === 1) return Object.entries(wordOfType).map(([name, word]) => candidate("claim-type", word, name));
  if (field === 2) return [candidate("claim-flags", "0x0", "no flags")];
  return valueCandidates(source, type);
}

function valueCandidates(source: TokenSource, type: string): SddlCandidate[] {
  switch (type) {
    case "TD":
      return aliasCandidates(source.context);
    case "TB":
      return [candidate("integer", "0", "false"), candidate("integer", "1", "true")];
    case "TS":
      return [candidate("string", '""', "a string")];
    case "TX":
      return [candidate("octets", "#", "bytes")];
    default:
      return [];
  }
}
