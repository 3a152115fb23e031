/**
 * Conditional expressions as values: flat postfix tokens, one for each token of the bytes. [MS-DTYP] 2.4.4.17
 *
 * The operator table is the one place where code, spelling and number of operands meet; text and bytes both read
 * it. Knows neither grammar nor layout, and does not evaluate.
 */
import {
  TOKEN_AND,
  TOKEN_ANY_OF,
  TOKEN_CONTAINS,
  TOKEN_DEVICE_ATTRIBUTE,
  TOKEN_DEVICE_MEMBER_OF,
  TOKEN_DEVICE_MEMBER_OF_ANY,
  TOKEN_EQUAL,
  TOKEN_EXISTS,
  TOKEN_GREATER,
  TOKEN_GREATER_OR_EQUAL,
  TOKEN_LESS,
  TOKEN_LESS_OR_EQUAL,
  TOKEN_LOCAL_ATTRIBUTE,
  TOKEN_MEMBER_OF,
  TOKEN_MEMBER_OF_ANY,
  TOKEN_NOT,
  TOKEN_NOT_ANY_OF,
  TOKEN_NOT_CONTAINS,
  TOKEN_NOT_DEVICE_MEMBER_OF,
  TOKEN_NOT_DEVICE_MEMBER_OF_ANY,
  TOKEN_NOT_EQUAL,
  TOKEN_NOT_EXISTS,
  TOKEN_NOT_MEMBER_OF,
  TOKEN_NOT_MEMBER_OF_ANY,
  TOKEN_OR,
  TOKEN_RESOURCE_ATTRIBUTE,
  TOKEN_USER_ATTRIBUTE,
} from "../assembly/shared/condition.js";
import type { Sid } from "./sid.js";

/** Where an attribute is looked up: bare names, `@User.`, `@Resource.`, `@Device.`. */
export type AttributeScope = "local" | "user" | "resource" | "device";

/** A value written in the expression, other than a list. */
export type ConditionLiteral =
  | {
      readonly kind: "int";
      /** Width as stored: 1 int8, 2 int16, 3 int32, 4 int64. Text always gives 4. */
      readonly code: 1 | 2 | 3 | 4;
      /** -2^63…2^63-1. */
      readonly value: bigint;
      /** How the sign was written: 1 `+`, 2 `-`, 3 not at all. */
      readonly sign: 1 | 2 | 3;
      /** How the digits were written: 1 octal, 2 decimal, 3 hexadecimal. */
      readonly base: 1 | 2 | 3;
    }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "octets"; readonly value: Uint8Array }
  | { readonly kind: "sid"; readonly value: Sid };

export type ConditionToken =
  | ConditionLiteral
  | { readonly kind: "composite"; readonly members: readonly ConditionLiteral[] }
  | { readonly kind: "attribute"; readonly scope: AttributeScope; readonly name: string }
  | { readonly kind: "operator" /** A code of `conditionOperators`. */; readonly code: number };

/** A conditional expression. Immutable; two readers may share it. */
export class Condition {
  /** Postfix order, as stored. */
  readonly tokens: readonly ConditionToken[];
  /** No other object has it. */
  readonly #made = true;

  private constructor(tokens: readonly ConditionToken[]) {
    this.tokens = Object.freeze(tokens);
    Object.freeze(this);
  }

  /** @internal Whether this class made `value`: a proxy of one, or an object of its prototype alone, passes `instanceof`. */
  static is(value: unknown): value is Condition {
    return typeof value === "object" && value !== null && #made in value;
  }

  /** Copies the tokens, bytes included. Whether they make an expression is for whoever writes them out to say. */
  static of(tokens: readonly ConditionToken[]): Condition {
    return new Condition(tokens.map(copyToken));
  }

  /** @internal Takes over an array and tokens that nobody else holds. */
  static trusted(tokens: ConditionToken[]): Condition {
    return new Condition(tokens);
  }
}

function copyToken(token: ConditionToken): ConditionToken {
  if (token.kind === "composite") {
    return Object.freeze({ kind: "composite", members: Object.freeze(token.members.map(copyLiteral)) });
  }
  if (token.kind === "attribute" || token.kind === "operator") return Object.freeze({ ...token });
  return copyLiteral(token);
}

function copyLiteral(literal: ConditionLiteral): ConditionLiteral {
  if (literal.kind === "octets") return Object.freeze({ kind: "octets", value: literal.value.slice() });
  return Object.freeze({ ...literal });
}

/**
 * What an operator asks of its operands: `relational` and `set` compare an attribute with a value, `exists` takes an
 * attribute, `membership` takes SIDs, `logical` takes results.
 */
export type OperatorKind = "relational" | "set" | "exists" | "membership" | "logical";

export interface ConditionOperator {
  /** TOKEN_… of the binary form. */
  readonly code: number;
  /** As Windows prints it; read in any ASCII case. */
  readonly spelling: string;
  readonly kind: OperatorKind;
  /** Operands taken from the stack. */
  readonly operands: 1 | 2;
}

function operator(code: number, spelling: string, kind: OperatorKind, operands: 1 | 2): ConditionOperator {
  return Object.freeze({ code, spelling, kind, operands });
}

/** Every operator. formats.md 6.1 */
export const conditionOperators: readonly ConditionOperator[] = /* @__PURE__ */ Object.freeze([
  /* @__PURE__ */ operator(TOKEN_EQUAL, "==", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_NOT_EQUAL, "!=", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_LESS, "<", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_LESS_OR_EQUAL, "<=", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_GREATER, ">", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_GREATER_OR_EQUAL, ">=", "relational", 2),
  /* @__PURE__ */ operator(TOKEN_CONTAINS, "Contains", "set", 2),
  /* @__PURE__ */ operator(TOKEN_ANY_OF, "Any_of", "set", 2),
  /* @__PURE__ */ operator(TOKEN_NOT_CONTAINS, "Not_Contains", "set", 2),
  /* @__PURE__ */ operator(TOKEN_NOT_ANY_OF, "Not_Any_of", "set", 2),
  /* @__PURE__ */ operator(TOKEN_EXISTS, "Exists", "exists", 1),
  /* @__PURE__ */ operator(TOKEN_NOT_EXISTS, "Not_Exists", "exists", 1),
  /* @__PURE__ */ operator(TOKEN_MEMBER_OF, "Member_of", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_DEVICE_MEMBER_OF, "Device_Member_of", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_MEMBER_OF_ANY, "Member_of_any", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_DEVICE_MEMBER_OF_ANY, "Device_Member_of_any", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_NOT_MEMBER_OF, "Not_Member_of", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_NOT_DEVICE_MEMBER_OF, "Not_Device_Member_of", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_NOT_MEMBER_OF_ANY, "Not_Member_of_any", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_NOT_DEVICE_MEMBER_OF_ANY, "Not_Device_Member_of_any", "membership", 1),
  /* @__PURE__ */ operator(TOKEN_AND, "&&", "logical", 2),
  /* @__PURE__ */ operator(TOKEN_OR, "||", "logical", 2),
  /* @__PURE__ */ operator(TOKEN_NOT, "!", "logical", 1),
]);

const byCode: ReadonlyMap<number, ConditionOperator> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ conditionOperators.map((entry) => [entry.code, entry]),
);
const bySpelling: ReadonlyMap<string, ConditionOperator> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ conditionOperators.map((entry) => [entry.spelling.toLowerCase(), entry]),
);
const LONGEST_SPELLING = 24;

/** The operator with this token code, or undefined. */
export function operatorOfCode(code: number): ConditionOperator | undefined {
  return byCode.get(code);
}

/** The operator of this spelling in any ASCII case, or undefined. */
export function operatorOfSpelling(spelling: string): ConditionOperator | undefined {
  // The bound keeps a long name from being lower-cased for nothing; the test of ASCII keeps foreign case folding out.
  if (spelling.length > LONGEST_SPELLING || !/^[!-~]+$/.test(spelling)) return undefined;
  return bySpelling.get(spelling.toLowerCase());
}

/** The token code of each scope, and the prefix as Windows prints it (read in any ASCII case). formats.md 6.1, 7.2 */
export const attributeScopes: Readonly<Record<AttributeScope, { readonly code: number; readonly prefix: string }>> =
  /* @__PURE__ */ Object.freeze({
    local: /* @__PURE__ */ Object.freeze({ code: TOKEN_LOCAL_ATTRIBUTE, prefix: "" }),
    user: /* @__PURE__ */ Object.freeze({ code: TOKEN_USER_ATTRIBUTE, prefix: "@USER." }),
    resource: /* @__PURE__ */ Object.freeze({ code: TOKEN_RESOURCE_ATTRIBUTE, prefix: "@RESOURCE." }),
    device: /* @__PURE__ */ Object.freeze({ code: TOKEN_DEVICE_ATTRIBUTE, prefix: "@DEVICE." }),
  });

/** The scope with this token code, or undefined. */
export function scopeOfCode(code: number): AttributeScope | undefined {
  switch (code) {
    case TOKEN_LOCAL_ATTRIBUTE:
      return "local";
    case TOKEN_USER_ATTRIBUTE:
      return "user";
    case TOKEN_RESOURCE_ATTRIBUTE:
      return "resource";
    case TOKEN_DEVICE_ATTRIBUTE:
      return "device";
    default:
      return undefined;
  }
}
