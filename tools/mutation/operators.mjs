/**
 * What can be wrong with a line: the mutants of one node, as replacement texts.
 *
 * Every replacement has the type of what it replaces. Does not know numbers of mutants, nor how one is switched on.
 */
import { kind, literal, operatorOf } from "./tree.mjs";

const relational = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
};
const arithmetic = {
  "+": "-",
  "-": "+",
  "*": "+",
  "/": "*",
  "%": "/",
  "&": "|",
  "|": "&",
  "^": "&",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
};
const assignments = { "|=": ["&=", "="], "&=": ["|=", "="], "+=": ["-="], "-=": ["+="], "^=": ["|="] };

/**
 * Replacements of an expression: `{ operator, text }`. `source(node)` is the text of a node, as written; `constantOf(name)`
 * the value of a constant.
 */
export function expressionMutants(node, source, neighbourOf, constantOf) {
  switch (node.kind) {
    case kind.Binary:
      return binaryMutants(node, source, constantOf);
    case kind.UnaryPrefix:
      return ["!", "~", "-"].includes(operatorOf(node)) ? [{ operator: "unary", text: source(node.operand) }] : [];
    case kind.Ternary:
      return [
        { operator: "forced", text: source(node.ifThen) },
        { operator: "forced", text: source(node.ifElse) },
      ];
    case kind.True:
      return [{ operator: "constant", text: "false" }];
    case kind.False:
      return [{ operator: "constant", text: "true" }];
    case kind.Literal:
      return literalMutants(node, source);
    case kind.Identifier: {
      const neighbour = neighbourOf(node.text);
      return neighbour === undefined ? [] : [{ operator: "neighbour", text: neighbour }];
    }
    default:
      return [];
  }
}

function binaryMutants(node, source, constantOf) {
  const operator = operatorOf(node);
  const [left, right] = [node.left, node.right].map((side) => operand(side, source));
  if (operator in relational) {
    return relational[operator].map((other) => ({ operator: "relational", text: `${left} ${other} ${right}` }));
  }
  if (operator === "&&" || operator === "||") {
    const other = operator === "&&" ? "||" : "&&";
    return [
      { operator: "logical", text: `${left} ${other} ${right}` },
      { operator: "logical", text: left },
      { operator: "logical", text: right },
    ];
  }
  // Nothing added or taken away is the same program.
  if ((operator === "+" || operator === "-") && constantOf(right) === 0) return [];
  if (operator in arithmetic) return [{ operator: "arithmetic", text: `${left} ${arithmetic[operator]} ${right}` }];
  return [];
}

/** An operand keeps its place whatever the operator beside it. */
function operand(node, source) {
  return node.kind === kind.Binary || node.kind === kind.Ternary ? `(${source(node)})` : source(node);
}

/** 0 and 1 change places, others grow by one; numbers beyond 32 bits stay. */
function literalMutants(node, source) {
  if (node.literalKind !== literal.Integer) return [];
  const value = Number(source(node));
  if (!(value <= 0xffffffff)) return [];
  const other = value === 0 ? 1 : value === 1 ? 0 : value === 0xffffffff ? 0 : value + 1;
  return [{ operator: "constant", text: String(other) }];
}

/** Replacements of a condition of `if`. */
export function conditionMutants() {
  return [
    { operator: "forced", text: "true" },
    { operator: "forced", text: "false" },
  ];
}

/** Other values that a `return` may give. */
export function returnMutants(node, type, source, constantOf) {
  if (node.value === null || [kind.True, kind.False, kind.Literal].includes(node.value.kind)) return [];
  if (type === "bool") {
    return ["true", "false"].map((text) => ({ operator: "return", text }));
  }
  if (/^(u8|u16|u32|i32|u64|i64|usize)$/.test(type) && constantOf(source(node.value)) !== 0) {
    return [{ operator: "return", text: `<${type}>0` }];
  }
  return [];
}

/** What an assignment may do instead: `{ operator, text }`, a statement without its semicolon. */
export function assignmentMutants(node, source) {
  if (node.kind !== kind.Binary) return [];
  return (assignments[operatorOf(node)] ?? []).map((other) => ({
    operator: "assignment",
    text: `${source(node.left)} ${other} ${source(node.right)}`,
  }));
}

export function isAssignment(node) {
  return node.kind === kind.Binary && /^(=|[^=!<>]+=|<<=|>>=|>>>=)$/.test(operatorOf(node));
}
