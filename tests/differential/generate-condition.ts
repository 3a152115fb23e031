/**
 * Conditional expressions, well-formed and broken: what an author would write, and what only bytes can say.
 */

import * as codes from "../../assembly/shared/condition.js";
import type { Expression, ExpressionToken, LiteralToken, ModelAcl, ModelClaim, ModelToken } from "../model/types.js";
import { someValue } from "./generate-claims.js";
import type { Random } from "./random.js";
import { ACE_SIDS, CLAIM_NAMES } from "./universe.js";

const SCOPES = ["local", "user", "user", "resource", "device"] as const;
const COMPARISONS: readonly number[] = [
  codes.TOKEN_EQUAL,
  codes.TOKEN_EQUAL,
  codes.TOKEN_NOT_EQUAL,
  codes.TOKEN_LESS,
  codes.TOKEN_LESS_OR_EQUAL,
  codes.TOKEN_GREATER,
  codes.TOKEN_GREATER_OR_EQUAL,
  codes.TOKEN_CONTAINS,
  codes.TOKEN_ANY_OF,
  codes.TOKEN_NOT_CONTAINS,
  codes.TOKEN_NOT_ANY_OF,
];
const MEMBERSHIPS: readonly number[] = [
  codes.TOKEN_MEMBER_OF,
  codes.TOKEN_DEVICE_MEMBER_OF,
  codes.TOKEN_MEMBER_OF_ANY,
  codes.TOKEN_DEVICE_MEMBER_OF_ANY,
  codes.TOKEN_NOT_MEMBER_OF,
  codes.TOKEN_NOT_DEVICE_MEMBER_OF,
  codes.TOKEN_NOT_MEMBER_OF_ANY,
  codes.TOKEN_NOT_DEVICE_MEMBER_OF_ANY,
];
const EXISTENCE: readonly number[] = [codes.TOKEN_EXISTS, codes.TOKEN_NOT_EXISTS];
const LOGIC: readonly number[] = [codes.TOKEN_AND, codes.TOKEN_OR];
const LITERALS = ["int", "int", "string", "string", "octets", "sid"] as const;

/** Claims an expression can meet. */
export interface Known {
  readonly scope: (typeof SCOPES)[number];
  readonly claim: ModelClaim;
}

/** What the attributes of an expression may find in a token and a SACL. */
export function knownTo(token: ModelToken, sacl: ModelAcl): Known[] {
  const resources = (sacl === "absent" || sacl === null ? [] : sacl).flatMap(({ claim }) =>
    claim === null || claim === "malformed" ? [] : [claim],
  );
  const from = (scope: Known["scope"], claims: readonly ModelClaim[]) => claims.map((claim) => ({ scope, claim }));
  return [
    ...from("local", token.localClaims),
    ...from("user", token.userClaims),
    ...from("device", token.deviceClaims),
    ...from("resource", resources),
  ];
}

/** An expression that mostly speaks of `known`. */
export function expression(random: Random, known: readonly Known[] = []): Expression {
  if (random.chance(3)) return "malformed";
  if (random.chance(3)) return "none";
  if (random.below(1500) === 0) return tower(random, known);
  const tokens = term(random, known, 3);
  return random.chance(8) ? broken(random, known, tokens) : tokens;
}

/** As deep as the stack allows, or one deeper. */
function tower(random: Random, known: readonly Known[]): ExpressionToken[] {
  const height = codes.CONDITION_MAX_STACK + random.below(2);
  const leaf = attribute(subject(random, known));
  const operator = random.pick(LOGIC);
  return [...random.times(height, () => leaf), ...random.times(height - 1, () => op(operator))];
}

function term(random: Random, known: readonly Known[], depth: number): ExpressionToken[] {
  const deeper = () => term(random, known, depth - 1);
  const kind = random.below(depth > 0 ? 12 : 8);
  if (kind < 4) return comparison(random, known);
  if (kind < 6) return membership(random);
  if (kind < 7) return [attribute(subject(random, known))];
  if (kind < 8) return [attribute(subject(random, known)), op(random.pick(EXISTENCE))];
  if (kind < 10) return [...deeper(), ...deeper(), op(random.pick(LOGIC))];
  return [...deeper(), op(codes.TOKEN_NOT)];
}

function comparison(random: Random, known: readonly Known[]): ExpressionToken[] {
  const left = subject(random, known);
  const right = random.chance(25) ? attribute(subject(random, known)) : operand(random, left);
  return [attribute(left), right, op(random.pick(COMPARISONS))];
}

/** Whom an attribute names, and what it would find there. */
interface Subject {
  readonly scope: (typeof SCOPES)[number];
  readonly name: string;
  readonly claim: ModelClaim | null;
}

function subject(random: Random, known: readonly Known[]): Subject {
  if (known.length === 0 || random.chance(20))
    return { scope: random.pick(SCOPES), name: random.pick(CLAIM_NAMES), claim: null };
  const { scope, claim } = random.pick(known);
  return { scope, name: random.chance(80) ? claim.name : random.pick(CLAIM_NAMES), claim };
}

/** A literal, or several, mostly of the type and often of the values on the left. */
function operand(random: Random, { claim }: Subject): ExpressionToken {
  const kind = claim !== null && random.chance(85) ? LITERAL_OF[claim.type] : random.pick(LITERALS);
  const one = () =>
    claim !== null && kind === LITERAL_OF[claim.type] && random.chance(60)
      ? echo(random, claim)
      : literal(random, kind);
  if (random.chance(50)) return one();
  const members = random.times(random.below(4), () =>
    random.chance(96) ? one() : literal(random, random.pick(LITERALS)),
  );
  const whole = claim !== null && random.chance(30) ? claim.values.map((value) => literalOf(claim.type, value)) : [];
  return { kind: "composite", members: whole.length > 0 ? whole.toReversed() : members };
}

const LITERAL_OF: Readonly<Record<ModelClaim["type"], LiteralToken["kind"]>> = {
  int64: "int",
  uint64: "int",
  boolean: "int",
  string: "string",
  sid: "sid",
  octets: "octets",
};

/** One of the claim's own values, as a literal. */
function echo(random: Random, claim: ModelClaim): LiteralToken {
  return claim.values.length === 0
    ? literal(random, LITERAL_OF[claim.type])
    : literalOf(claim.type, random.pick(claim.values));
}

function literalOf(type: ModelClaim["type"], value: bigint | string | boolean): LiteralToken {
  const kind = LITERAL_OF[type];
  return kind === "int" ? { kind, value: BigInt.asIntN(64, BigInt(value)) } : { kind, value: value as string };
}

function membership(random: Random): ExpressionToken[] {
  const sid = (): LiteralToken => ({ kind: "sid", value: random.pick(ACE_SIDS) });
  const list: ExpressionToken = {
    kind: "composite",
    members: random.times(random.chance(95) ? 1 + random.below(2) : 0, sid),
  };
  return [random.chance(50) ? sid() : list, op(random.pick(MEMBERSHIPS))];
}

function attribute({ scope, name }: Subject): ExpressionToken {
  return { kind: "attribute", scope, name };
}

function literal(random: Random, kind: LiteralToken["kind"]): LiteralToken {
  if (kind === "int")
    return { kind, value: random.chance(60) ? BigInt(random.below(3)) : (someValue(random, "int64") as bigint) };
  if (kind === "string") return { kind, value: someValue(random, "string") as string };
  if (kind === "octets") return { kind, value: someValue(random, "octets") as string };
  return { kind, value: someValue(random, "sid") as string };
}

function op(code: number): ExpressionToken {
  return { kind: "operator", code };
}

/** One token lost, doubled, moved or put in. */
function broken(random: Random, known: readonly Known[], tokens: readonly ExpressionToken[]): ExpressionToken[] {
  const at = random.below(tokens.length);
  const left = subject(random, known);
  const operator = op(random.pick([...COMPARISONS, ...MEMBERSHIPS, ...LOGIC, codes.TOKEN_NOT]));
  const put = random.pick([attribute(left), operand(random, left), operator]);
  switch (random.below(4)) {
    case 0:
      return tokens.toSpliced(at, 1);
    case 1:
      return tokens.toSpliced(at, 0, tokens[at]);
    case 2:
      return tokens.toSpliced(at, 1, put);
    default:
      return tokens.toSpliced(at, 0, put);
  }
}
