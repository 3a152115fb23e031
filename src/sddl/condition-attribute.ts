/**
 * Attributes of conditions, and the operators that stand between an attribute and a value. formats.md 7.1
 *
 * Reads one of them at a place; does not know the expression around it.
 */
import {
  type AttributeScope,
  attributeScopes,
  type ConditionToken,
  conditionOperators,
  operatorOfSpelling,
} from "../condition.js";
import { isLocalStart, parseLocalName, parsePrefixedName } from "./attribute-name.js";
import { AT, EQUAL, EXCLAMATION, GREATER, LESS, lowerOf } from "./characters.js";
import type { Scanner } from "./scanner.js";

const CODE = "ERR_CONDITION";

export type AttributeToken = Extract<ConditionToken, { kind: "attribute" }>;

/** attr = local / prefixed; a word that names an operator is that operator. */
export function parseAttribute(s: Scanner): AttributeToken {
  if (s.peek() === AT) return parsePrefixedAttribute(s);
  if (!isLocalStart(s.peek())) s.fail(CODE, s.at, "an attribute");
  const start = s.at;
  const name = parseLocalName(s);
  if (operatorOfSpelling(name) !== undefined) s.fail(CODE, start, "an attribute");
  s.mark("attribute", start);
  return { kind: "attribute", scope: "local", name };
}

/** prefixed = ("@User." / "@Device." / "@Resource.") name */
export function parsePrefixedAttribute(s: Scanner): AttributeToken {
  const start = s.at;
  const scope = scopeOfLetter.get(lowerOf(s.peekAt(1)));
  if (scope === undefined || !readPrefix(s, scope)) s.fail(CODE, s.at, '"@User.", "@Device." or "@Resource."');
  const name = parsePrefixedName(s, CODE);
  s.mark("attribute", start);
  return { kind: "attribute", scope, name };
}

/** Prefixes by their first letter. */
const scopeOfLetter: ReadonlyMap<number, AttributeScope> = /* @__PURE__ */ new Map([
  [0x75, "user"],
  [0x64, "device"],
  [0x72, "resource"],
]);

/** Whether the whole prefix stands here; then it is passed over. */
function readPrefix(s: Scanner, scope: AttributeScope): boolean {
  const { prefix } = attributeScopes[scope];
  for (let i = 0; i < prefix.length; i++) {
    if (lowerOf(s.peekAt(i)) !== lowerOf(prefix.charCodeAt(i))) return false;
  }
  s.at += prefix.length;
  return true;
}

/**
 * The code of a comparison, or of the word of a set operator; undefined, and nothing read, at anything that is neither.
 *
 *   (@User.Project Any_of {"a"})
 *                  ^
 */
export function parseComparison(s: Scanner): number | undefined {
  const unit = s.peek();
  if (unit === EQUAL || unit === EXCLAMATION || unit === LESS || unit === GREATER) {
    const length = s.peekAt(1) === EQUAL ? 2 : 1;
    const code = codeOfSign.get(unit * length);
    if (code === undefined) s.fail(CODE, s.at + 1, '"="');
    s.take("operator", length);
    return code;
  }
  if (!isLocalStart(unit)) return undefined;
  let length = 1;
  while (isLocalStart(s.peekAt(length))) length++;
  const operator = operatorOfSpelling(s.text.slice(s.at, s.at + length));
  if (operator?.kind !== "set") s.fail(CODE, s.at, "an operator");
  s.take("operator", length);
  return operator.code;
}

/** The signs, by their first unit times their length. */
const codeOfSign: ReadonlyMap<number, number> = /* @__PURE__ */ new Map(
  conditionOperators
    .filter(({ kind }) => kind === "relational")
    .map(({ spelling, code }) => [spelling.charCodeAt(0) * spelling.length, code]),
);
