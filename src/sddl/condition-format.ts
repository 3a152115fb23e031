/**
 * Conditional expressions: postfix tokens to the text Windows prints. formats.md 7.2
 *
 * Refuses what the grammar of `condition-parse.ts` could not have made, so that what prints reads back.
 */
import { CONDITION_MAX_LEVELS, CONDITION_MAX_TOKENS } from "../../assembly/shared/condition.js";
import {
  attributeScopes,
  Condition,
  type ConditionOperator,
  type ConditionToken,
  operatorOfCode,
  operatorOfSpelling,
} from "../condition.js";
import { ArgumentError, FormatError } from "../errors.js";
import type { SidContext } from "../well-known-sids.js";
import { formatPrefixedName, isLocalName } from "./attribute-name.js";
import { formatConditionLiteral } from "./condition-literal.js";

const CODE = "ERR_CONDITION";

/** What can stand on the stack: each kind of operand has its own places in the grammar. */
type OperandKind = "local" | "prefixed" | "literal" | "list" | "empty-list" | "result";

interface Operand {
  readonly kind: OperandKind;
  readonly text: string;
  /** Parentheses around the deepest part of a result; 1 for an attribute, which gets them where a result stands. */
  readonly depth: number;
}

/**
 * The canonical text, in parentheses.
 *
 * @throws FormatError ERR_CONDITION for tokens that no text makes; ERR_LIMIT beyond 4,096 tokens or members, or 256
 *   levels. ArgumentError ERR_ARGUMENT for anything but a Condition
 */
export function formatCondition(condition: Condition, context?: SidContext): string {
  if (!(condition instanceof Condition)) throw new ArgumentError("ERR_ARGUMENT", ["condition"], "expected a Condition");
  const { tokens } = condition;
  limit(tokens.length, CONDITION_MAX_TOKENS, "tokens");
  const stack: Operand[] = [];
  for (const token of tokens) {
    stack.push(token.kind === "operator" ? applied(token.code, stack) : operand(token, context));
  }
  const last = stack.pop();
  if (last === undefined || stack.length > 0) throw refused("tokens that do not make one expression");
  return asResult(last).text;
}

function operand(token: Exclude<ConditionToken, { kind: "operator" }>, context: SidContext | undefined): Operand {
  switch (token.kind) {
    case "attribute":
      return token.scope === "local"
        ? { kind: "local", text: localName(token.name), depth: 1 }
        : {
            kind: "prefixed",
            text: attributeScopes[token.scope].prefix + formatPrefixedName(token.name, CODE),
            depth: 1,
          };
    case "composite": {
      limit(token.members.length, CONDITION_MAX_TOKENS, "members");
      const members = token.members.map((member) => formatConditionLiteral(member, context));
      return { kind: members.length === 0 ? "empty-list" : "list", text: `{${members.join(", ")}}`, depth: 0 };
    }
    default:
      return { kind: "literal", text: formatConditionLiteral(token, context), depth: 0 };
  }
}

function localName(name: string): string {
  if (!isLocalName(name) || operatorOfSpelling(name) !== undefined) {
    throw refused("a local attribute that SDDL cannot spell");
  }
  return name;
}

function applied(code: number, stack: Operand[]): Operand {
  const operator = operatorOfCode(code);
  if (operator === undefined) throw refused("an unknown operator");
  const right = stack.pop();
  const left = operator.operands === 2 ? stack.pop() : undefined;
  if (right === undefined || (operator.operands === 2 && left === undefined))
    throw refused("an operator without operands");
  return left === undefined ? unary(operator, right) : binary(operator, left, right);
}

function unary({ kind, spelling }: ConditionOperator, right: Operand): Operand {
  if (kind === "logical") {
    const result = asResult(right);
    return { kind: "result", text: `(${spelling}${result.text})`, depth: deepened(result.depth) };
  }
  const fits = kind === "exists" ? isAttribute(right) : right.kind === "literal" || right.kind === "list";
  if (!fits) throw refused(`${spelling} of something else`);
  return { kind: "result", text: `(${spelling} ${right.text})`, depth: 1 };
}

function binary({ kind, spelling }: ConditionOperator, left: Operand, right: Operand): Operand {
  if (kind === "logical") {
    const [first, second] = [asResult(left), asResult(right)];
    return {
      kind: "result",
      text: `(${first.text} ${spelling} ${second.text})`,
      depth: deepened(Math.max(first.depth, second.depth)),
    };
  }
  if (!isAttribute(left)) throw refused(`no attribute on the left of ${spelling}`);
  if (right.kind === "local" || right.kind === "result") throw refused(`no value on the right of ${spelling}`);
  return { kind: "result", text: `(${left.text} ${spelling} ${right.text})`, depth: 1 };
}

/** An attribute gets parentheses where a result is wanted; a value has no place there. */
function asResult(operand: Operand): Operand {
  if (operand.kind === "result") return operand;
  if (!isAttribute(operand)) throw refused("a value where a result is wanted");
  return { kind: "result", text: `(${operand.text})`, depth: 1 };
}

function isAttribute(operand: Operand): boolean {
  return operand.kind === "local" || operand.kind === "prefixed";
}

function deepened(depth: number): number {
  limit(depth + 1, CONDITION_MAX_LEVELS, "levels");
  return depth + 1;
}

function limit(count: number, most: number, what: string): void {
  if (count > most) throw new FormatError("ERR_LIMIT", 0, `a condition of more than ${most} ${what}`);
}

function refused(what: string): FormatError {
  return new FormatError(CODE, 0, `a condition that SDDL cannot spell: ${what}`);
}
