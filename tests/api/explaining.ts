/** How the tests of explanations ask, and shorten what they are told. */

import type { AccessCheckRequest } from "../../src/access-request.js";
import type { PassReason, Reason } from "../../src/explain/reason.js";
import type { Explanation } from "../../src/explanation.js";
import { Engine, type SecurityDescriptor, Sid } from "../../src/index.js";
import { ask, sd } from "./questions.js";

export const engine = new Engine();
export const A = "10000000-0000-4000-8000-000000000001";
export const B = "20000000-0000-4000-8000-000000000002";

export function explain(
  descriptor: SecurityDescriptor | string,
  desired: number | string,
  changes: Partial<AccessCheckRequest> = {},
): Explanation {
  return engine.explain(ask(descriptor, desired, changes));
}

export function bit(explanation: Explanation, wanted: number) {
  const found = explanation.bits.find((entry) => entry.bit === wanted);
  if (found === undefined) throw new Error(`no bit 0x${wanted.toString(16)}`);
  return found;
}

/** A reason with its ACE shortened to the index. */
export function short(reason: Reason | PassReason | undefined): unknown {
  if (reason === undefined) return undefined;
  return "ace" in reason ? `${reason.kind} ${reason.ace?.index ?? "none"}` : reason.kind;
}

export const policyOf = (dacl: string) => [
  { sid: Sid.parse("S-1-17-1"), rules: [{ appliesTo: null, dacl: sd(dacl, ""), stagedDacl: null }] },
];
