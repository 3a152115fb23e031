/**
 * The engine against the model on generated requests; a difference is shrunk and printed as a vector line.
 *
 * Takes the engine as an argument. Does not know how either side decides.
 */

import type { AccessCheckRequest } from "../../src/access-request.js";
import { isSallyportError } from "../../src/errors.js";
import type { Verdict } from "../../src/verdict.js";
import { check } from "../model/access-check.js";
import type { ModelAnswer, ModelRequest } from "../model/types.js";
import { EVERYTHING, type Features, request as generate } from "./generator.js";
import { randomFrom } from "./random.js";
import { shrink } from "./shrink.js";
import { interchangeLine } from "./to-interchange.js";
import { descriptorTo, policyTo, tokenTo } from "./to-values.js";

/** What this test needs of an engine. */
export interface CheckingEngine {
  check(request: AccessCheckRequest): Verdict;
}

export interface Difference {
  /** Which request of the run. */
  readonly index: number;
  readonly expected: Comparable;
  readonly actual: Comparable;
  /** The shrunken request with the model's answer: a vector line. */
  readonly line: string;
}

/** What both sides must agree on. */
type Comparable =
  | {
      readonly status: string;
      readonly granted: boolean;
      readonly access: number;
      readonly privilegesUsed: readonly string[];
      readonly callFailed: boolean;
      readonly objectTypes: readonly { readonly status: string; readonly access: number }[] | null;
      /** Null when the staged policies answer the same. */
      readonly staged: { readonly status: string; readonly access: number } | null;
      readonly auditEvents: readonly string[];
    }
  | { readonly error: string };

export interface Run {
  readonly count: number;
  readonly seed: number;
  readonly features?: Features;
  /** Stop after so many differences. */
  readonly limit?: number;
  /** Called now and then with the number of requests done. */
  readonly progress?: (done: number) => void;
}

const PROGRESS_STEP = 20_000;

/** The differences found, at most `limit` of them. */
export function compare(
  engine: CheckingEngine,
  { count, seed, features = EVERYTHING, limit = 5, progress }: Run,
): Difference[] {
  const random = randomFrom(seed);
  const differences: Difference[] = [];
  for (let index = 0; index < count && differences.length < limit; index++) {
    const request = generate(random, features);
    if (differs(engine, request)) differences.push(difference(engine, index, request));
    if (progress !== undefined && (index + 1) % PROGRESS_STEP === 0) progress(index + 1);
  }
  return differences;
}

function differs(engine: CheckingEngine, request: ModelRequest): boolean {
  return JSON.stringify(fromModel(check(request))) !== JSON.stringify(fromEngine(engine, request));
}

function difference(engine: CheckingEngine, index: number, request: ModelRequest): Difference {
  const kind = failureKind(fromEngine(engine, request));
  const smallest = shrink(
    request,
    (candidate) => differs(engine, candidate) && failureKind(fromEngine(engine, candidate)) === kind,
  );
  const expected = fromModel(check(smallest));
  return { index, expected, actual: fromEngine(engine, smallest), line: interchangeLine(smallest, expected) };
}

/** Shrinking must not trade a wrong answer for a request that is refused, nor one refusal for another. */
function failureKind(answer: Comparable): string {
  return "error" in answer ? answer.error.replace(/\d+/g, "") : "an answer";
}

function fromModel(answer: ModelAnswer): Comparable {
  const { status, granted, access, privilegesUsed, callFailed, objectTypes, staged, auditEvents } = answer;
  return {
    status,
    granted,
    access,
    privilegesUsed,
    callFailed,
    objectTypes: objectTypes?.map((node) => ({ status: node.status, access: node.access })) ?? null,
    staged: staged?.differs ? { status: staged.status, access: staged.access } : null,
    auditEvents: auditEvents.map((event) => `${event.ace} ${event.success ? "success" : "failure"} at ${event.node}`),
  };
}

function fromEngine(engine: CheckingEngine, request: ModelRequest): Comparable {
  try {
    const asked = engineRequest(request);
    const verdict = fromVerdict(engine.check(asked));
    return shortWayDiffers(engine, asked) ?? verdict;
  } catch (error) {
    if (isSallyportError(error)) return { error: `${error.code}: ${error.message}` };
    return { error: String(error) };
  }
}

/** Four members of resident values go a shorter way through the kernel: it must end where the whole way ends. */
function shortWayDiffers(engine: CheckingEngine, asked: AccessCheckRequest): Comparable | undefined {
  const { token, descriptor, desired, mapping } = asked;
  // The short way first: nothing of the question before may show in it.
  const short = JSON.stringify(engine.check({ token, descriptor, desired, mapping }));
  const whole = JSON.stringify(engine.check({ token, descriptor, desired, mapping, audit: false }));
  if (short === whole) return undefined;
  return { error: `the short way answers ${short}, the whole way ${whole}` };
}

function fromVerdict(verdict: Verdict): Comparable {
  const { status, granted, access, privilegesUsed, callFailed, objectTypes, staged, auditEvents } = verdict;
  return {
    status,
    granted,
    access,
    privilegesUsed,
    callFailed: callFailed === true,
    objectTypes: objectTypes?.map((node) => ({ status: node.status, access: node.access })) ?? null,
    staged: staged === undefined ? null : { status: staged.status, access: staged.access },
    auditEvents: (auditEvents ?? []).map((event) => `${event.ace} ${event.kind} at ${event.node}`),
  };
}

/** Members that the call does not take are left out. */
export function engineRequest(request: ModelRequest): AccessCheckRequest {
  return {
    token: tokenTo(request.token),
    descriptor: descriptorTo(request.descriptor),
    desired: request.desired,
    mapping: request.mapping,
    call: request.call,
    aceGenericRights: request.aceGenericRights,
    audit: request.audit,
    ...(request.objectTypes === null ? {} : { objectTypes: request.objectTypes }),
    ...(request.principalSelf === null ? {} : { principalSelf: request.principalSelf }),
    ...(request.call === "SeAccessCheck" ? { previouslyGranted: request.previouslyGranted } : {}),
    ...(request.primaryToken === null ? {} : { primaryToken: tokenTo(request.primaryToken) }),
    ...(request.policies === null ? {} : { policies: request.policies.map(policyTo) }),
  };
}
