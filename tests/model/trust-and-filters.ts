/**
 * Process trust labels and access filters: two more mandatory limits. access-check.md 4.
 */

import { ACCESS_SYSTEM_SECURITY } from "../../assembly/shared/access-mask.js";
import {
  INHERIT_ONLY_ACE,
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { PURPOSE_ALLOW, TRUE } from "../../assembly/shared/condition.js";
import { evaluate } from "./condition.js";
import { firstEffective, NO_LIMIT } from "./mandatory.js";
import { aceMask, type Question, sidNumbers } from "./question.js";
import type { ModelRequest } from "./types.js";

/** 4.1 */
export function trustLimit(request: ModelRequest): number {
  const ace = firstEffective(
    request.descriptor.sacl,
    (each) => each.type === SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE && trustOf(each.sid) !== null,
  );
  if (ace === null) return NO_LIMIT;
  const label = trustOf(ace.sid) as Trust;
  const token = trustOf(request.token.trustLevel) ?? { type: 0, level: 0 };
  if (token.type >= label.type && token.level >= label.level) return NO_LIMIT;
  return (aceMask(ace.mask, request) | ACCESS_SYSTEM_SECURITY) >>> 0;
}

/** 4.2: every filter whose condition is not TRUE limits. */
export function filterLimit(question: Question): number {
  const { request } = question;
  const { sacl } = request.descriptor;
  if (sacl === "absent" || sacl === null) return NO_LIMIT;
  let allowed = NO_LIMIT;
  for (const ace of sacl) {
    if (ace.type !== SYSTEM_ACCESS_FILTER_ACE_TYPE || (ace.flags & INHERIT_ONLY_ACE) !== 0) continue;
    if (evaluate(ace.condition, { question, lane: "normal", purpose: PURPOSE_ALLOW }) === TRUE) continue;
    allowed &= aceMask(ace.mask, request) | ACCESS_SYSTEM_SECURITY;
  }
  return allowed >>> 0;
}

interface Trust {
  readonly type: number;
  readonly level: number;
}

/** S-1-19-type-level */
function trustOf(sid: string | null): Trust | null {
  if (sid === null) return null;
  const numbers = sidNumbers(sid);
  return numbers[0] === 19 && numbers.length === 3 ? { type: numbers[1], level: numbers[2] } : null;
}
