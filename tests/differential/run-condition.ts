/**
 * Conditions by the engine against conditions by the model: the truth itself, for every purpose. access-check.md 11.
 */

import { PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY } from "../../assembly/shared/condition.js";
import type { AccessToken } from "../../src/access-token.js";
import { Condition } from "../../src/condition.js";
import type { SecurityDescriptor } from "../../src/security-descriptor.js";
import { questionOf } from "../model/access-check.js";
import { evaluate } from "../model/condition.js";
import type { Expression, ModelDescriptor, ModelRequest, ModelToken } from "../model/types.js";
import { expression, knownTo } from "./generate-condition.js";
import { resourceAce } from "./generate-descriptor.js";
import { token } from "./generate-token.js";
import { EVERYTHING } from "./generator.js";
import { type Random, randomFrom } from "./random.js";
import { shrink } from "./shrink.js";
import { conditionTo, descriptorTo, tokenInput, tokenTo } from "./to-values.js";

type Purpose = "allow" | "deny" | "audit";

/** What this test needs of an engine. */
export interface ConditionEngine {
  evaluateCondition(request: {
    readonly condition: Condition;
    readonly token: AccessToken;
    readonly descriptor: SecurityDescriptor;
    readonly purpose: Purpose;
  }): string;
}

interface Case {
  readonly token: ModelToken;
  readonly descriptor: ModelDescriptor;
  readonly condition: Expression;
  readonly purpose: Purpose;
}

const PURPOSES: Readonly<Record<Purpose, number>> = { allow: PURPOSE_ALLOW, deny: PURPOSE_DENY, audit: PURPOSE_AUDIT };
const TRUTHS: readonly string[] = ["FALSE", "UNKNOWN", "TRUE"];

/** The differences found, each as a line of its shrunken case; at most `limit`. */
export function compareConditions(
  engine: ConditionEngine,
  { count, seed, limit = 5 }: { count: number; seed: number; limit?: number },
): string[] {
  const random = randomFrom(seed);
  const lines: string[] = [];
  for (let index = 0; index < count && lines.length < limit; index++) {
    const made = generate(random);
    if (!differs(engine, made)) continue;
    const smallest = shrink(made, (candidate) => differsStill(engine, candidate));
    lines.push(line(engine, smallest));
  }
  return lines;
}

function generate(random: Random): Case {
  const subject = token(random, EVERYTHING, false);
  const sacl = random.times(random.below(4), () => resourceAce(random));
  const made = expression(random, knownTo(subject, sacl));
  return {
    token: subject,
    descriptor: { owner: null, group: null, dacl: "absent", sacl },
    condition: typeof made === "string" ? [] : made,
    purpose: random.pick<Purpose>(["allow", "deny", "audit"]),
  };
}

function differs(engine: ConditionEngine, made: Case): boolean {
  return byModel(made) !== byEngine(engine, made);
}

/** Shrinking makes cases that are none, such as a claim without values: those do not count. */
function differsStill(engine: ConditionEngine, candidate: Case): boolean {
  try {
    return differs(engine, candidate);
  } catch {
    return false;
  }
}

function byModel({ token: subject, descriptor, condition, purpose }: Case): string {
  const question = questionOf({ ...BARE, token: subject, descriptor });
  return TRUTHS[evaluate(condition, { question, lane: "normal", purpose: PURPOSES[purpose] })];
}

function byEngine(engine: ConditionEngine, { token: subject, descriptor, condition, purpose }: Case): string {
  const value = conditionTo(condition);
  if (!(value instanceof Condition)) throw new TypeError("only expressions can be asked for");
  return engine.evaluateCondition({
    condition: value,
    token: tokenTo(subject),
    descriptor: descriptorTo(descriptor),
    purpose,
  });
}

function line(engine: ConditionEngine, made: Case): string {
  const written = { ...made, token: tokenInput(made.token) };
  return JSON.stringify({ ...written, expected: byModel(made), actual: byEngine(engine, made) }, (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/** A request that asks for nothing: only token and descriptor are read. */
const BARE: Omit<ModelRequest, "token" | "descriptor"> = {
  desired: 0,
  mapping: { read: 0, write: 0, execute: 0, all: 0 },
  call: "SeAccessCheck",
  objectTypes: null,
  principalSelf: null,
  previouslyGranted: 0,
  primaryToken: null,
  policies: null,
  aceGenericRights: "mapped",
  audit: false,
};
