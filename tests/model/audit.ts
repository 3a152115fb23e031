/**
 * Auditing: which ACEs of the SACL answer to the verdict. Never changes it. access-check.md 12.
 */

import { FAILED_ACCESS_ACE_FLAG, INHERIT_ONLY_ACE, SUCCESSFUL_ACCESS_ACE_FLAG } from "../../assembly/shared/ace.js";
import { FALSE, PURPOSE_AUDIT } from "../../assembly/shared/condition.js";
import { isAudit, isConditional } from "./ace-kinds.js";
import { evaluate } from "./condition.js";
import { replaceSelf } from "./dacl.js";
import { holds } from "./match.js";
import { OWNER_RIGHTS } from "./owner.js";
import { aceMask, type Question } from "./question.js";
import type { AuditEvent, ModelAce, NodeAnswer } from "./types.js";

/** `verdicts` has one entry for each node of the tree. */
export function auditEvents(question: Question, verdicts: readonly NodeAnswer[]): readonly AuditEvent[] {
  const { sacl } = question.request.descriptor;
  if (sacl === "absent" || sacl === null) return [];
  return sacl.flatMap((ace, index) => {
    const node = ace.objectType === null ? 0 : question.tree.guids.indexOf(ace.objectType);
    const success = node === -1 ? null : outcome(question, ace, verdicts[node]);
    return success === null ? [] : [{ ace: index, success, node }];
  });
}

/** True for a success event, false for a failure event, null for none. */
function outcome(question: Question, ace: ModelAce, { status, access }: NodeAnswer): boolean | null {
  if (!isAudit(ace.type) || (ace.flags & INHERIT_ONLY_ACE) !== 0 || !auditsSubject(question, ace)) return null;
  const mask = aceMask(ace.mask, question.request);
  if (status === "STATUS_SUCCESS")
    return (ace.flags & SUCCESSFUL_ACCESS_ACE_FLAG) !== 0 && (mask & access) !== 0 ? true : null;
  const bareMaximum = question.maximum && question.want === 0;
  return (ace.flags & FAILED_ACCESS_ACE_FLAG) !== 0 && (bareMaximum || (mask & question.want) !== 0) ? false : null;
}

function auditsSubject(question: Question, ace: ModelAce): boolean {
  const { token, descriptor } = question.request;
  const sid = ace.sid === OWNER_RIGHTS ? descriptor.owner : replaceSelf(question, ace.sid as string);
  if (sid === null || !holds(token, sid, "deny")) return false;
  return (
    !isConditional(ace.type) || evaluate(ace.condition, { question, lane: "normal", purpose: PURPOSE_AUDIT }) !== FALSE
  );
}
