/**
 * The owner: who is it, and what does ownership give. access-check.md 5.
 */

import { OWNER_RIGHTS_MASK } from "../../assembly/shared/access-mask.js";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace.js";
import { actionOf } from "./ace-kinds.js";
import { holds, holdsInRestrictingList } from "./match.js";
import type { Question } from "./question.js";
import type { ModelAcl, ModelDescriptor, ModelToken } from "./types.js";

/** OWNER RIGHTS */
export const OWNER_RIGHTS = "S-1-3-4";

/** 5.1: by user or enabled group, and by the restricting list when there is one. */
export function isOwner(token: ModelToken, descriptor: ModelDescriptor): boolean {
  const { owner } = descriptor;
  if (owner === null || !holds(token, owner, "allow")) return false;
  return token.restrictedSids === null || holdsInRestrictingList(token, owner);
}

/** 5.2, 5.3: READ_CONTROL and WRITE_DAC, unless an OWNER RIGHTS ACE of this DACL says otherwise. */
export function ownerShare(question: Question, dacl: ModelAcl): number {
  return question.subjectIsOwner && !suppresses(dacl) ? OWNER_RIGHTS_MASK : 0;
}

function suppresses(dacl: ModelAcl): boolean {
  if (dacl === "absent" || dacl === null) return false;
  return dacl.some(
    (ace) => ace.sid === OWNER_RIGHTS && actionOf(ace.type) !== null && (ace.flags & INHERIT_ONLY_ACE) === 0,
  );
}
