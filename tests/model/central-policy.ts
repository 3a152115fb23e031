/**
 * Central access policies: rules that can only remove. access-check.md 9.
 */

import { ACCESS_ALLOWED_ACE_TYPE, SYSTEM_SCOPED_POLICY_ID_ACE_TYPE } from "../../assembly/shared/ace.js";
import { PURPOSE_ALLOW, TRUE } from "../../assembly/shared/condition.js";
import { evaluate } from "./condition.js";
import { firstEffective } from "./mandatory.js";
import { OWNER_RIGHTS } from "./owner.js";
import { type Question, sidNumbers } from "./question.js";
import type { ModelAce, ModelRequest, ModelRule } from "./types.js";

const ADMINISTRATORS = "S-1-5-32-544";
const LOCAL_SYSTEM = "S-1-5-18";

/** The rules that apply to the object and this token; null when no policy has an effect. 9.1, 9.2 */
export function applyingRules(question: Question): readonly ModelRule[] | null {
  const { policies, descriptor } = question.request;
  if (policies === null) return null;
  const ace = firstEffective(
    descriptor.sacl,
    (each) => each.type === SYSTEM_SCOPED_POLICY_ID_ACE_TYPE && isPolicySid(each.sid),
  );
  if (ace === null) return null;
  const policy = policies.find((each) => each.sid === ace.sid);
  const rules = policy === undefined ? [recoveryRule(question.request)] : policy.rules;
  return rules.filter(
    (rule) =>
      rule.appliesTo === null ||
      evaluate(rule.appliesTo, { question, lane: "normal", purpose: PURPOSE_ALLOW }) === TRUE,
  );
}

/** S-1-17-… */
function isPolicySid(sid: string | null): boolean {
  if (sid === null) return false;
  const numbers = sidNumbers(sid);
  return numbers[0] === 17 && numbers.length > 1;
}

/** Everything to administrators, the system and the owner. */
function recoveryRule(request: ModelRequest): ModelRule {
  const dacl = [ADMINISTRATORS, LOCAL_SYSTEM, OWNER_RIGHTS].map((sid) => allow(sid, request.mapping.all));
  return { appliesTo: null, dacl, stagedDacl: undefined };
}

function allow(sid: string, mask: number): ModelAce {
  return {
    type: ACCESS_ALLOWED_ACE_TYPE,
    flags: 0,
    mask,
    sid,
    objectType: null,
    inheritedObjectType: null,
    serverSid: null,
    condition: "none",
    claim: null,
  };
}
