/**
 * Conditional expressions: text to postfix tokens, in one pass with an explicit stack. formats.md 7.1
 *
 * No depth of the input deepens the call stack. Does not evaluate, and knows of the bytes only how many there will be.
 */

import { ACE_MAX_SIZE } from "../../assembly/shared/ace.js";
import {
  CONDITION_MAX_LEVELS,
  CONDITION_MAX_TOKENS,
  TOKEN_AND,
  TOKEN_NOT,
  TOKEN_OR,
} from "../../assembly/shared/condition.js";
import {
  Condition,
  type ConditionLiteral,
  type ConditionToken,
  conditionOperators,
  operatorOfSpelling,
} from "../condition.js";
import { ArgumentError } from "../errors.js";
import type { SidContext } from "../well-known-sids.js";
import { isLocalStart, parseLocalName } from "./attribute-name.js";
import { AMPERSAND, AT, BAR, CLOSE, CLOSE_BRACE, COMMA, EXCLAMATION, OPEN, OPEN_BRACE } from "./characters.js";
import { type AttributeToken, parseAttribute, parseComparison, parsePrefixedAttribute } from "./condition-attribute.js";
import { literalSize, parseConditionLiteral } from "./condition-literal.js";
import { END, Scanner } from "./scanner.js";

const CODE = "ERR_CONDITION";

type OperatorToken = Extract<ConditionToken, { kind: "operator" }>;

const operatorTokens: ReadonlyMap<number, OperatorToken> = /* @__PURE__ */ new Map(
  conditionOperators.map(({ code }) => [code, Object.freeze({ kind: "operator", code } as const)]),
);

/** Sizes of the binary form. formats.md 6.1 */
const SIGNATURE_SIZE = 4;
const OPERATOR_SIZE = 1;
const LENGTH_PREFIX_SIZE = 5;

/** A condition and the bytes it will take, padding included. */
export interface MeasuredCondition {
  readonly condition: Condition;
  readonly size: number;
}

/**
 * Reads a whole text as one condition, as it stands behind the sixth semicolon of an ACE: `(@User.Dept == "R&D")`.
 * `at` is where it begins; whitespace may surround it.
 *
 * @throws SddlError ERR_CONDITION; ERR_SDDL_ALIAS for an alias without its context SID; ERR_LIMIT. formats.md 7.1, 8.
 *   ArgumentError ERR_ARGUMENT for no text
 */
export function parseCondition(text: string, context?: SidContext, at = 0): Condition {
  if (typeof text !== "string") throw new ArgumentError("ERR_ARGUMENT", ["text"], "expected text");
  const s = new Scanner(text, context, at);
  s.skipSpace();
  const { condition } = parseMeasuredCondition(s, ACE_MAX_SIZE);
  s.skipSpace();
  if (s.peek() !== END) s.fail(CODE, s.at, "nothing after the condition");
  return condition;
}

/**
 * cond = "(" expr ")"     expr = and *("||" and)     and = term *("&&" term)
 *
 *   (XA;;FX;;;WD;(@User.a || @User.b && !(c)))
 *                ^ begins at its parenthesis and ends behind the matching one
 */
export function parseMeasuredCondition(s: Scanner, room: number): MeasuredCondition {
  if (s.peek() !== OPEN) s.fail(CODE, s.at, "a condition in parentheses");
  const reader = new ExpressionReader(s, room);
  reader.read();
  return { condition: Condition.trusted(reader.tokens), size: (reader.size + 3) & ~3 };
}

/** What waits inside one open parenthesis. Depths are those of the tree as it prints; 0 is nothing. */
interface Frame {
  /** Whether "!" stands before the parenthesis. */
  readonly negated: boolean;
  /** Depth of the left side of a pending "&&". */
  and: number;
  /** Depth of the left side of a pending "||". */
  or: number;
}

class ExpressionReader {
  readonly tokens: ConditionToken[] = [];
  size = SIGNATURE_SIZE;
  readonly #s: Scanner;
  readonly #room: number;
  readonly #frames: Frame[] = [];
  /** Depth of the operand just read. */
  #depth = 0;

  constructor(s: Scanner, room: number) {
    this.#s = s;
    this.#room = room;
  }

  read(): void {
    const s = this.#s;
    do {
      this.#openTerm();
      do s.skipSpace();
      while (s.peek() === CLOSE && this.#close());
      // Each operator is followed by a term; the last parenthesis ends the expression.
    } while (this.#frames.length > 0 && this.#joint());
  }

  /** Any number of "(" and "!(", then one term that is neither. */
  #openTerm(): void {
    const s = this.#s;
    for (;;) {
      s.skipSpace();
      const unit = s.peek();
      if (unit === EXCLAMATION) {
        s.take("operator", 1);
        s.skipSpace();
        this.#open(true);
      } else if (unit === OPEN) {
        this.#open(false);
      } else {
        this.#term(unit);
        this.#depth = 1;
        return;
      }
    }
  }

  #open(negated: boolean): void {
    const s = this.#s;
    s.expect(OPEN, CODE);
    this.#frames.push({ negated, and: 0, or: 0 });
    this.#limitLevels(this.#frames.length, s.at - 1);
  }

  /** Reads ")" and finishes its parenthesis. Whether another one is open around it. */
  #close(): boolean {
    const frame = this.#frames.pop() as Frame;
    this.#join(frame.and, TOKEN_AND);
    this.#join(frame.or, TOKEN_OR);
    if (frame.negated) {
      this.#operator(TOKEN_NOT);
      this.#deepen(this.#depth);
    }
    this.#s.take("punctuation", 1);
    return this.#frames.length > 0;
  }

  /** Reads "&&" or "||". Always true: a term must follow. */
  #joint(): boolean {
    const s = this.#s;
    const unit = s.peek();
    if (unit !== AMPERSAND && unit !== BAR) s.fail(CODE, s.at, '"&&", "||" or ")"');
    if (s.peekAt(1) !== unit) s.fail(CODE, s.at + 1, `"${String.fromCharCode(unit, unit)}"`);
    const frame = this.#frames[this.#frames.length - 1];
    this.#join(frame.and, TOKEN_AND);
    if (unit === AMPERSAND) {
      frame.and = this.#depth;
    } else {
      frame.and = 0;
      this.#join(frame.or, TOKEN_OR);
      frame.or = this.#depth;
    }
    s.take("operator", 2);
    return true;
  }

  /** Finishes a pending operator whose left side is `left` levels deep; 0 is none. */
  #join(left: number, code: number): void {
    if (left === 0) return;
    this.#operator(code);
    this.#deepen(Math.max(left, this.#depth));
  }

  #deepen(depth: number): void {
    this.#depth = depth + 1;
    this.#limitLevels(this.#depth, this.#s.at);
  }

  #limitLevels(levels: number, position: number): void {
    if (levels > CONDITION_MAX_LEVELS) this.#s.fail("ERR_LIMIT", position, `at most ${CONDITION_MAX_LEVELS} levels`);
  }

  /** term = exists attr / member list / attr [ op value2 ] */
  #term(unit: number): void {
    const s = this.#s;
    if (unit === AT) {
      this.#relation(parsePrefixedAttribute(s));
      return;
    }
    if (!isLocalStart(unit)) s.fail(CODE, s.at, "an attribute, an operator or a parenthesis");
    const start = s.at;
    const name = parseLocalName(s);
    const operator = operatorOfSpelling(name);
    s.mark(operator === undefined ? "attribute" : "operator", start);
    if (operator === undefined) {
      this.#relation({ kind: "attribute", scope: "local", name });
    } else if (operator.kind === "exists") {
      s.skipSpace();
      this.#addAttribute(parseAttribute(s));
      this.#operator(operator.code);
    } else if (operator.kind === "membership") {
      this.#list();
      this.#operator(operator.code);
    } else {
      s.fail(CODE, start, "an attribute before this operator");
    }
  }

  /** attr [ op value2 ]; a bare attribute is a term of its own. */
  #relation(left: AttributeToken): void {
    const s = this.#s;
    this.#addAttribute(left);
    s.skipSpace();
    const code = parseComparison(s);
    if (code === undefined) return;
    s.skipSpace();
    const unit = s.peek();
    if (unit === AT) this.#addAttribute(parsePrefixedAttribute(s));
    else if (unit === OPEN_BRACE) this.#composite(true);
    else this.#addLiteral(this.#literal());
    this.#operator(code);
  }

  /** list = literal or non-empty "{…}", in any number of parentheses */
  #list(): void {
    const s = this.#s;
    let open = 0;
    for (s.skipSpace(); s.peek() === OPEN; s.skipSpace()) {
      open++;
      this.#limitLevels(this.#frames.length + open, s.at);
      s.take("punctuation", 1);
    }
    if (s.peek() === OPEN_BRACE) this.#composite(false);
    else this.#addLiteral(this.#literal());
    for (; open > 0; open--) {
      s.skipSpace();
      s.expect(CLOSE, CODE);
    }
  }

  /** "{" [ literal *( "," literal ) ] "}" */
  #composite(mayBeEmpty: boolean): void {
    const s = this.#s;
    const members: ConditionLiteral[] = [];
    this.#grow(LENGTH_PREFIX_SIZE);
    s.take("punctuation", 1);
    s.skipSpace();
    if (s.peek() !== CLOSE_BRACE || !mayBeEmpty) {
      for (;;) {
        if (members.length === CONDITION_MAX_TOKENS)
          s.fail("ERR_LIMIT", s.at, `at most ${CONDITION_MAX_TOKENS} members`);
        const literal = this.#literal();
        this.#grow(literalSize(literal));
        members.push(literal);
        s.skipSpace();
        if (s.peek() !== COMMA) break;
        s.take("punctuation", 1);
        s.skipSpace();
      }
    }
    s.expect(CLOSE_BRACE, CODE);
    this.#add({ kind: "composite", members });
  }

  #literal(): ConditionLiteral {
    return parseConditionLiteral(this.#s, this.#room - this.size);
  }

  #addAttribute(token: AttributeToken): void {
    this.#grow(LENGTH_PREFIX_SIZE + 2 * token.name.length);
    this.#add(token);
  }

  #addLiteral(token: ConditionLiteral): void {
    this.#grow(literalSize(token));
    this.#add(token);
  }

  #operator(code: number): void {
    this.#grow(OPERATOR_SIZE);
    this.#add(operatorTokens.get(code) as OperatorToken);
  }

  #add(token: ConditionToken): void {
    if (this.tokens.length === CONDITION_MAX_TOKENS) {
      this.#s.fail("ERR_LIMIT", this.#s.at, `at most ${CONDITION_MAX_TOKENS} tokens`);
    }
    this.tokens.push(token);
  }

  #grow(bytes: number): void {
    this.size += bytes;
    if (this.size > this.#room) this.#s.fail("ERR_LIMIT", this.#s.at, "a condition that fits its ACL");
  }
}
