/**
 * Conditional expressions: a stack machine with three truth values. access-check.md 11.2, 11.3, 11.5, 11.8.
 *
 * A failure anywhere makes the whole expression UNKNOWN; only a missing attribute is UNKNOWN in its own place.
 */

import * as codes from "../../assembly/shared/condition.js";
import { FALSE, PURPOSE_ALLOW, TRUE, UNKNOWN } from "../../assembly/shared/condition.js";
import { lookUp } from "./condition-attributes.js";
import { COMPARISONS, compare } from "./condition-compare.js";
import { holds, holdsInList, holdsInRestrictingList, type Lane } from "./match.js";
import type { Question } from "./question.js";
import type { Expression, ExpressionToken, SidText } from "./types.js";

/** For whom an expression is read: which pass, and for an ACE of which purpose. */
export interface Scene {
  readonly question: Question;
  readonly lane: Lane;
  /** PURPOSE_… */
  readonly purpose: number;
}

/** What lies on the stack: an operand as written, or the result of an operator. */
export type Item = Exclude<ExpressionToken, { kind: "operator" }> | { readonly kind: "result"; readonly truth: number };

type Failure = "failure";

/** FALSE, UNKNOWN or TRUE. */
export function evaluate(expression: Expression, scene: Scene): number {
  if (expression === "malformed" || expression === "none") return UNKNOWN;
  const stack: Item[] = [];
  for (const token of expression) {
    if (token.kind !== "operator") {
      stack.push(token);
    } else {
      const truth = operate(token.code, stack, scene);
      if (truth === "failure") return UNKNOWN;
      stack.push({ kind: "result", truth });
    }
    if (stack.length > codes.CONDITION_MAX_STACK) return UNKNOWN;
  }
  if (stack.length !== 1) return UNKNOWN;
  const truth = truthOf(stack[0], scene);
  return truth === "failure" ? UNKNOWN : truth;
}

/** Takes the operands of one operator from the stack. */
function operate(code: number, stack: Item[], scene: Scene): number | Failure {
  if (code === codes.TOKEN_NOT) return not(stack, scene);
  if (code === codes.TOKEN_AND || code === codes.TOKEN_OR) return junction(code, stack, scene);
  if (code === codes.TOKEN_EXISTS || code === codes.TOKEN_NOT_EXISTS) return exists(code, stack.pop(), scene);
  if (COMPARISONS.has(code)) {
    const right = stack.pop();
    const left = stack.pop();
    return compare(code, left, right, scene);
  }
  const membership = MEMBERSHIPS.get(code);
  return membership === undefined ? "failure" : memberOf(membership, stack.pop(), scene);
}

/** The quirk of 11.3: a bare attribute beneath a negated bare attribute is a failure. */
function not(stack: Item[], scene: Scene): number | Failure {
  const operand = stack.pop();
  if (operand?.kind === "attribute" && stack.at(-1)?.kind === "attribute") return "failure";
  const truth = truthOf(operand, scene);
  return truth === "failure" ? truth : TRUE - truth;
}

/** AND is the smaller, OR the larger, of FALSE < UNKNOWN < TRUE. */
function junction(code: number, stack: Item[], scene: Scene): number | Failure {
  const right = truthOf(stack.pop(), scene);
  const left = truthOf(stack.pop(), scene);
  if (right === "failure" || left === "failure") return "failure";
  return code === codes.TOKEN_AND ? Math.min(left, right) : Math.max(left, right);
}

/** 11.3: a result, or an attribute read as a truth value. */
function truthOf(item: Item | undefined, scene: Scene): number | Failure {
  if (item?.kind === "result") return item.truth;
  if (item?.kind !== "attribute") return "failure";
  const claim = lookUp(item.scope, item.name, scene);
  if (claim === null || claim.type === "sid" || claim.type === "octets") return UNKNOWN;
  return claim.values.some((value) => value !== 0n && value !== "" && value !== false) ? TRUE : FALSE;
}

/** 11.5 */
function exists(code: number, item: Item | undefined, scene: Scene): number | Failure {
  if (item?.kind !== "attribute" || item.scope === "user" || item.scope === "device") return "failure";
  const found = lookUp(item.scope, item.name, scene) !== null;
  return found === (code === codes.TOKEN_EXISTS) ? TRUE : FALSE;
}

interface Membership {
  readonly of: "token" | "device";
  readonly quantity: "all" | "any";
  readonly negated: boolean;
}

const MEMBERSHIPS: ReadonlyMap<number, Membership> = new Map([
  [codes.TOKEN_MEMBER_OF, { of: "token", quantity: "all", negated: false }],
  [codes.TOKEN_DEVICE_MEMBER_OF, { of: "device", quantity: "all", negated: false }],
  [codes.TOKEN_MEMBER_OF_ANY, { of: "token", quantity: "any", negated: false }],
  [codes.TOKEN_DEVICE_MEMBER_OF_ANY, { of: "device", quantity: "any", negated: false }],
  [codes.TOKEN_NOT_MEMBER_OF, { of: "token", quantity: "all", negated: true }],
  [codes.TOKEN_NOT_DEVICE_MEMBER_OF, { of: "device", quantity: "all", negated: true }],
  [codes.TOKEN_NOT_MEMBER_OF_ANY, { of: "token", quantity: "any", negated: true }],
  [codes.TOKEN_NOT_DEVICE_MEMBER_OF_ANY, { of: "device", quantity: "any", negated: true }],
]);

/** 11.8 */
function memberOf(membership: Membership, item: Item | undefined, scene: Scene): number | Failure {
  const sids = sidsOf(item);
  if (sids === "failure") return "failure";
  const held = (sid: SidText) => (membership.of === "device" ? deviceHolds(sid, scene) : subjectHolds(sid, scene));
  const is = membership.quantity === "all" ? sids.every(held) : sids.some(held);
  return is !== membership.negated ? TRUE : FALSE;
}

/** A SID literal, or a composite of SID literals that is not empty. */
function sidsOf(item: Item | undefined): readonly SidText[] | Failure {
  if (item?.kind === "sid") return [item.value];
  if (item?.kind !== "composite" || item.members.length === 0) return "failure";
  const sids: SidText[] = [];
  for (const member of item.members) {
    if (member.kind !== "sid") return "failure";
    sids.push(member.value);
  }
  return sids;
}

/** 7.9: the second walk sees the restricting list. */
function subjectHolds(sid: SidText, { question, lane, purpose }: Scene): boolean {
  const { token } = question.request;
  if (lane === "restricting") return holdsInRestrictingList(token, sid);
  return holds(token, sid, purpose === PURPOSE_ALLOW ? "allow" : "deny");
}

function deviceHolds(sid: SidText, { question, purpose }: Scene): boolean {
  return holdsInList(question.request.token.deviceGroups, sid, purpose === PURPOSE_ALLOW ? "allow" : "deny");
}
