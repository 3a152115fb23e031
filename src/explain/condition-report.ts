/**
 * The parts of a condition in words: every sub-expression's text, every attribute's values.
 *
 * Values are shown as the kernel said it found them; nothing is evaluated here.
 */
import { Condition, type ConditionToken, operatorOfCode } from "../condition.js";
import { formatCondition } from "../sddl/condition-format.js";

/** Longer sub-expressions are not printed as terms. */
const TERM_TOKENS_MAX = 32;

/** The values of an attribute as text; null: missing. */
export type AttributeReader = (
  token: ConditionToken & { kind: "attribute" },
  index: number,
) => readonly string[] | null;

/** For every token the text of the sub-expression that ends there; operands show as themselves. */
export function termTexts(condition: Condition): readonly string[] {
  const starts: number[] = [];
  const stack: number[] = [];
  condition.tokens.forEach((token, index) => {
    let start = index;
    if (token.kind === "operator") {
      const operands = operatorOfCode(token.code)?.operands ?? 1;
      for (let i = 0; i < operands && stack.length > 0; i++) start = stack.pop() as number;
    }
    stack.push(start);
    starts.push(start);
  });
  return condition.tokens.map((token, index) => {
    if (token.kind !== "operator" && token.kind !== "attribute") return "";
    // Printing every part of a long expression would take its square in time and text.
    if (index - starts[index] >= TERM_TOKENS_MAX) return "…";
    try {
      return formatCondition(Condition.trusted(condition.tokens.slice(starts[index], index + 1)));
    } catch {
      return "";
    }
  });
}

/** Every attribute named, once, with its values. */
export function attributesOf(
  condition: Condition,
  read: AttributeReader,
): readonly { name: string; values: readonly string[] | null }[] {
  const found = new Map<string, readonly string[] | null>();
  condition.tokens.forEach((token, index) => {
    if (token.kind !== "attribute") return;
    const name =
      token.scope === "local" ? token.name : `@${token.scope[0].toUpperCase()}${token.scope.slice(1)}.${token.name}`;
    if (!found.has(name)) found.set(name, read(token, index));
  });
  return [...found].map(([name, values]) => ({ name, values }));
}
