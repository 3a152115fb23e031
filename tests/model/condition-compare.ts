/**
 * Relational operators and sets, in the order of the checks that the specification gives. access-check.md 11.6, 11.7.
 */

import { CLAIM_VALUE_CASE_SENSITIVE } from "../../assembly/shared/claim.js";
import * as codes from "../../assembly/shared/condition.js";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition.js";
import { foldCase } from "./case-folding.js";
import type { Item, Scene } from "./condition.js";
import { lookUp } from "./condition-attributes.js";
import type { LiteralToken } from "./types.js";

type ValueType = "int" | "string" | "octets" | "sid" | "boolean";

/** One side of a comparison: a single value is a set of one. */
interface Side {
  /** Null for `{}`, which agrees with every type. */
  readonly type: ValueType | null;
  readonly values: readonly (bigint | string | boolean)[];
  readonly caseSensitive: boolean;
  readonly from: "attribute" | "literal" | "composite";
}

const ORDERING: ReadonlySet<number> = new Set([
  codes.TOKEN_LESS,
  codes.TOKEN_LESS_OR_EQUAL,
  codes.TOKEN_GREATER,
  codes.TOKEN_GREATER_OR_EQUAL,
]);
const EQUALITY: ReadonlySet<number> = new Set([codes.TOKEN_EQUAL, codes.TOKEN_NOT_EQUAL]);
const CONTAINS: ReadonlySet<number> = new Set([codes.TOKEN_CONTAINS, codes.TOKEN_NOT_CONTAINS]);
const ANY_OF: ReadonlySet<number> = new Set([codes.TOKEN_ANY_OF, codes.TOKEN_NOT_ANY_OF]);
const NEGATED: ReadonlySet<number> = new Set([codes.TOKEN_NOT_EQUAL, codes.TOKEN_NOT_CONTAINS, codes.TOKEN_NOT_ANY_OF]);

/** Every operator this file answers for. */
export const COMPARISONS: ReadonlySet<number> = new Set([...ORDERING, ...EQUALITY, ...CONTAINS, ...ANY_OF]);

export function compare(
  code: number,
  left: Item | undefined,
  right: Item | undefined,
  scene: Scene,
): number | "failure" {
  // Operand kinds.
  if (left?.kind !== "attribute" || right === undefined || right.kind === "result") return "failure";
  // A composite of mixed types.
  if (right.kind === "composite" && new Set(right.members.map((member) => member.kind)).size > 1) return "failure";
  // Any_of with a single literal.
  const rightIsLiteral = right.kind !== "attribute" && right.kind !== "composite";
  if (ANY_OF.has(code) && rightIsLiteral) return "failure";
  // Contains {}: never, even when the left side is missing.
  if (CONTAINS.has(code) && right.kind === "composite" && right.members.length === 0) return verdict(code, false);
  // A missing side.
  const first = sideOf(left, scene);
  const second = sideOf(right, scene);
  if (first === null || second === null) return UNKNOWN;
  // Types.
  const sides = agree(code, first, second);
  if (sides === "failure") return "failure";
  // The one-value rule.
  if (ORDERING.has(code)) return order(code, sides);
  return verdict(code, setRelation(code, sides));
}

function verdict(code: number, holds: boolean): number {
  return holds !== NEGATED.has(code) ? TRUE : FALSE;
}

/** Null when an attribute is missing. */
function sideOf(item: Exclude<Item, { kind: "result" }>, scene: Scene): Side | null {
  if (item.kind === "attribute") {
    const claim = lookUp(item.scope, item.name, scene);
    if (claim === null) return null;
    const type = claim.type === "int64" || claim.type === "uint64" ? "int" : claim.type;
    return {
      type,
      values: claim.values,
      caseSensitive: (claim.flags & CLAIM_VALUE_CASE_SENSITIVE) !== 0,
      from: "attribute",
    };
  }
  const members: readonly LiteralToken[] = item.kind === "composite" ? item.members : [item];
  return {
    type: members.length === 0 ? null : members[0].kind,
    values: members.map((member) => member.value),
    caseSensitive: false,
    from: item.kind === "composite" ? "composite" : "literal",
  };
}

interface Pair {
  readonly first: Side;
  readonly second: Side;
}

/** Both sides in one type, strings folded where neither side minds; or the failure. */
function agree(code: number, first: Side, second: Side): Pair | "failure" {
  if (second.type === null) return { first, second };
  if (first.type === "boolean") return agreeBoolean(code, first, second);
  if (first.type !== second.type) return "failure";
  if (first.type !== "string" || first.caseSensitive || second.caseSensitive) return { first, second };
  return { first: folded(first), second: folded(second) };
}

/** With a boolean, or with the literals 0 and 1; by == and != only. */
function agreeBoolean(code: number, first: Side, second: Side): Pair | "failure" {
  if (!EQUALITY.has(code)) return "failure";
  if (second.type === "boolean") return { first, second };
  const bits =
    second.from !== "attribute" &&
    second.type === "int" &&
    second.values.every((value) => value === 0n || value === 1n);
  if (!bits) return "failure";
  return { first, second: { ...second, type: "boolean", values: second.values.map((value) => value === 1n) } };
}

function folded(side: Side): Side {
  return { ...side, values: side.values.map((value) => foldCase(value as string)) };
}

/** < <= > >=: one value on either side, no composite, no SID and no boolean. */
function order(code: number, { first, second }: Pair): number | "failure" {
  if (first.values.length !== 1 || second.values.length !== 1 || second.from === "composite") return "failure";
  if (first.type === "sid" || first.type === "boolean") return "failure";
  const [a] = first.values;
  const [b] = second.values;
  if (code === codes.TOKEN_LESS) return a < b ? TRUE : FALSE;
  if (code === codes.TOKEN_LESS_OR_EQUAL) return a <= b ? TRUE : FALSE;
  if (code === codes.TOKEN_GREATER) return a > b ? TRUE : FALSE;
  return a >= b ? TRUE : FALSE;
}

/** 11.7, before `Not_` turns it round. `Contains {}` has been answered. */
function setRelation(code: number, { first, second }: Pair): boolean {
  const here = (value: bigint | string | boolean) => first.values.includes(value);
  const there = (value: bigint | string | boolean) => second.values.includes(value);
  if (EQUALITY.has(code)) {
    return first.values.length === second.values.length && first.values.every(there) && second.values.every(here);
  }
  return CONTAINS.has(code) ? second.values.every(here) : second.values.some(here);
}
